//! Wrong passwords: one counter however the account is written and by whichever door, held under concurrency, never turned
//! against the victim (S43 to S46); and the queue before the hashing threads (S178).

use std::time::{Duration, Instant};

use placet::admin::users::NewUser;
use placet::config::Config;

use super::support::server::PASSWORD;
use super::support::storm::{at_once, count};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

/// Sensible limits to test against: this many for an account here, everywhere, and for an address.
fn limits(config: &mut Config) {
    config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    config.sign_in.attempts_per_account = 5;
    config.sign_in.attempts_per_account_everywhere = 12;
    config.sign_in.attempts_per_address = 20;
    config.sign_in.window = Duration::from_mins(15);
}

async fn started(db: TestDatabase) -> (TestServer, Client) {
    let server = TestServer::start_with(db, limits).await;
    for name in ["ada", "bob"] {
        let email = Some(format!("{name}@example.com"));
        server
            .add_user_with(NewUser {
                username: name.to_owned(),
                email,
                ..NewUser::default()
            })
            .await;
    }
    let client = server.password_client().await;
    (server, client)
}

fn browser_at(server: &TestServer, address: &str) -> Browser {
    let mut browser = Browser::new(&server.url);
    browser
        .headers
        .push(("x-forwarded-for", address.to_owned()));
    browser
}

async fn try_page(browser: &mut Browser, username: &str, password: &str) -> Page {
    let page = browser.visit("/login").await;
    browser
        .submit(&page, &[("username", username), ("password", password)])
        .await
}

fn is_signed_in(page: &Page) -> bool {
    page.url.path() == "/account"
}

on_both! {
    // S43, S45: user name, e-mail, case and Unicode variants, sign-in page and password grant: one counter.
    async fn every_spelling_and_door_counts_as_one(db: TestDatabase) {
        let (server, client) = started(db).await;
        let mut browser = browser_at(&server, "192.0.2.1");
        // Fullwidth letters, and e-mail in another case.
        for (index, name) in ["ada", "ADA@example.com", "\u{ff41}\u{ff44}\u{ff41}", "AdA", "ada@EXAMPLE.com"].iter().enumerate() {
            if index % 2 == 0 {
                let page = try_page(&mut browser, name, "wrong").await;
                assert_eq!(page.status, 200, "{name}: {}", page.text());
            } else {
                client.password_from("192.0.2.1", name, "wrong").await.assert_refused(400, "invalid_grant", name);
            }
        }
        assert_eq!(server.count_events("sign_in_failed").await, 5);
        // Six, whichever door, and the right password too: nothing is evaluated any more.
        for (name, password) in [("ada", PASSWORD), ("ada@example.com", PASSWORD), ("ada", "wrong")] {
            let answer = client.password_from("192.0.2.1", name, password).await;
            answer.assert_refused(429, "invalid_grant", name);
            let seconds: u64 = answer.header("retry-after").parse().unwrap();
            assert!((1..=900).contains(&seconds), "{seconds}");
            let page = try_page(&mut browser, name, password).await;
            assert_eq!(page.status, 429);
            assert!((1..=900).contains(&page.header("retry-after").parse::<u64>().unwrap()));
            assert!(page.text().contains("Please try again in 15 minutes."), "{}", page.text());
            assert!(!is_signed_in(&page) && !browser.cookies.contains_key("placet_session"));
        }
        assert_eq!(server.count_events("sign_in_failed").await, 5, "refused ones are not evaluated");
        // Others are not concerned.
        client.password_from("192.0.2.1", "bob", PASSWORD).await.assert_granted("bob at the same address");
    }

    // The window ends by the clock, not by the last attempt: trying on does not keep anyone out for ever.
    async fn the_window_ends_by_itself(db: TestDatabase) {
        let (server, client) = started(db).await;
        for _ in 0..5 {
            client.password_from("192.0.2.1", "ada", "wrong").await.assert_refused(400, "invalid_grant", "wrong");
            server.advance(100);
        }
        // 500 s after the first failure; refused ones in between push nothing on.
        for _ in 0..3 {
            client.password_from("192.0.2.1", "ada", PASSWORD).await.assert_refused(429, "invalid_grant", "inside");
            server.advance(100);
        }
        server.advance(99);
        client.password_from("192.0.2.1", "ada", PASSWORD).await.assert_refused(429, "invalid_grant", "899 s");
        server.advance(1);
        client.password_from("192.0.2.1", "ada", PASSWORD).await.assert_granted("900 s after the first failure");
    }

    // The right password forgets the wrong ones of this account here, so that slips over a day do not add up.
    async fn the_right_password_begins_anew(db: TestDatabase) {
        let (_server, client) = started(db).await;
        for _ in 0..3 {
            for _ in 0..4 {
                client.password_from("192.0.2.1", "ada", "wrong").await.assert_refused(400, "invalid_grant", "wrong");
            }
            client.password_from("192.0.2.1", "ada", PASSWORD).await.assert_granted("right");
        }
    }

    // S44: a hundred at once: no more than the limit are evaluated, on the page and at the token endpoint together.
    async fn of_a_hundred_at_once_only_the_limit_is_evaluated(db: TestDatabase) {
        let (server, client) = started(db).await;
        let answers = at_once(100, |index| {
            let client = client.clone();
            async move { client.password_from("192.0.2.1", "ada", &format!("wrong {index}")).await }
        })
        .await;
        assert_eq!(count(&answers, 400), 5, "evaluated");
        assert_eq!(count(&answers, 429), 95);
        assert_eq!(server.count_events("sign_in_failed").await, 5);
        client.password_from("192.0.2.1", "ada", PASSWORD).await.assert_refused(429, "invalid_grant", "the window");

        // The same with the right password among them: found only if it is of the first five; nobody is let in twice over.
        let answers = at_once(100, |index| {
            let client = client.clone();
            let password = if index % 20 == 19 { PASSWORD.to_owned() } else { format!("wrong {index}") };
            async move { client.password_from("192.0.2.7", "bob", &password).await }
        })
        .await;
        assert_eq!(count(&answers, 200) + count(&answers, 400) + count(&answers, 429), 100);
        // Each success may begin anew.
        assert!(count(&answers, 400) <= 5 * (count(&answers, 200) + 1), "{} refused, {} let in", count(&answers, 400), count(&answers, 200));
    }

    // S44: names that do not exist are throttled alike, or the throttle would tell who exists.
    async fn unknown_names_are_throttled_alike(db: TestDatabase) {
        let (_server, client) = started(db).await;
        for name in ["ada", "nobody"] {
            let mut seen = vec![];
            for _ in 0..7 {
                let answer = client.password_from("192.0.2.1", name, "wrong").await;
                seen.push((answer.status.as_u16(), answer.json.to_string(), answer.header("retry-after").to_owned()));
            }
            let statuses: Vec<u16> = seen.iter().map(|(status, _, _)| *status).collect();
            assert_eq!(statuses, [400, 400, 400, 400, 400, 429, 429], "{name}");
        }
    }

    // S46: an attacker elsewhere cannot keep the person out: neither at another address, nor, once every address is
    // exhausted, in a browser that the person has used before.
    async fn the_victim_still_gets_in(db: TestDatabase) {
        let (server, client) = started(db).await;
        let mut own = browser_at(&server, "198.51.100.1");
        assert!(is_signed_in(&try_page(&mut own, "ada", PASSWORD).await));
        for _ in 0..8 {
            client.password_from("192.0.2.1", "ada", "wrong").await;
        }
        client.password_from("192.0.2.1", "ada", PASSWORD).await.assert_refused(429, "invalid_grant", "the attacker's address");
        client.password_from("203.0.113.5", "ada", PASSWORD).await.assert_granted("another address");
        // A botnet: every address tries, until the account's limit everywhere is full.
        let mut evaluated = 0;
        for host in 10..40 {
            let answer = client.password_from(&format!("192.0.2.{host}"), "ada", "wrong").await;
            evaluated += usize::from(answer.status == 400);
        }
        assert!(evaluated <= 12, "{evaluated} guesses from everywhere");
        client.password_from("203.0.113.6", "ada", PASSWORD).await.assert_refused(429, "invalid_grant", "new places wait");
        own.cookies.remove("placet_session");
        assert!(is_signed_in(&try_page(&mut own, "ada", PASSWORD).await), "the person's own browser");
        // That cookie is no way round the limit for guessing.
        own.cookies.remove("placet_session");
        let mut evaluated = 0;
        for _ in 0..10 {
            evaluated += usize::from(try_page(&mut own, "ada", "wrong").await.status == 200);
        }
        assert_eq!(evaluated, 5);
        // Nor one for another account.
        let page = try_page(&mut own, "bob", "wrong").await;
        assert_eq!(page.status, 200);
        server.advance(900);
        client.password_from("203.0.113.6", "ada", PASSWORD).await.assert_granted("a window later");
    }

    // One password tried for many accounts: the address is counted whatever the account. S61: the address is what the
    // trusted proxy says last, not what the client wrote before.
    async fn an_address_is_counted_over_all_accounts(db: TestDatabase) {
        let (_server, client) = started(db).await;
        // Ten times the limit: it is an app's own server that asks, for all the app's people.
        for index in 0..200 {
            let forged = format!("10.9.8.{index}, 192.0.2.1");
            let answer = client.password_from(&forged, &format!("user{index}"), "Summer2026").await;
            answer.assert_refused(400, "invalid_grant", "within the limit");
        }
        for address in ["192.0.2.1", "203.0.113.99, 192.0.2.1", "::ffff:192.0.2.1"] {
            let answer = client.password_from(address, "ada", PASSWORD).await;
            answer.assert_refused(429, "invalid_grant", address);
        }
        client.password_from("192.0.2.2", "ada", PASSWORD).await.assert_granted("the neighbour");
        // IPv6: the /64 is the place.
        for index in 0..200 {
            client.password_from(&format!("2001:db8:1:2::{index:x}"), &format!("user{index}"), "Summer2026").await;
        }
        let answer = client.password_from("2001:db8:1:2:ffff::1", "ada", PASSWORD).await;
        answer.assert_refused(429, "invalid_grant", "the same /64");
        client.password_from("2001:db8:1:3::1", "ada", PASSWORD).await.assert_granted("the next /64");
    }

    // S178: ten times what the threads can do: 503 with Retry-After at both doors, nothing else suffers, and it passes.
    async fn a_full_queue_says_so_and_harms_nothing_else(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.password_hash.memory_kib = 65_536;
            config.password_hash.iterations = 4;
            config.password_hash.threads = 1;
            config.password_hash.queue = 3;
        })
        .await;
        server.add_user("ada").await;
        let (client, service) = (server.password_client().await, server.service_client().await);
        let flood = tokio::spawn({
            let client = client.clone();
            async move {
                at_once(40, |index| {
                    let client = client.clone();
                    async move { client.password(&format!("user{index}"), "wrong").await }
                })
                .await
            }
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut slowest = Duration::ZERO;
        let (mut asked, mut page_was_busy) = (0, false);
        let mut browser = Browser::new(&server.url);
        let form = browser.visit("/login").await;
        while !flood.is_finished() {
            let started = Instant::now();
            service.token(&[("grant_type", "client_credentials")]).await.assert_granted("during the flood");
            assert!(server.jwks().await["keys"].is_array());
            slowest = slowest.max(started.elapsed());
            asked += 1;
            if !page_was_busy && asked > 1 {
                let page = tokio::time::timeout(Duration::from_millis(50), browser.submit(&form, &[("username", "x"), ("password", "y")])).await;
                if let Ok(page) = page {
                    page_was_busy = page.status == 503 && !page.header("retry-after").is_empty() && page.heading_kind() == "login";
                }
            }
        }
        let answers = flood.await.unwrap();
        let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
        assert!(busy.len() >= 30, "{} of 40 were told to wait", busy.len());
        for answer in busy {
            answer.assert_refused(503, "temporarily_unavailable", "full");
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
        }
        assert!(page_was_busy, "the sign-in page says so too");
        assert!(asked >= 3 && slowest < Duration::from_secs(2), "{asked} answers, the slowest after {slowest:?}");
        client.password("ada", PASSWORD).await.assert_granted("at once after the load");
    }
}
