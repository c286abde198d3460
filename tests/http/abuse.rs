//! Abuse over every way in (issue 5, point 9): one counter for all of them, ranges of addresses, fewer tries for strangers while an account is
//! attacked, passkeys beside locked passwords, figures; and the person who always gets in (S43 to S46, S50, S61).

use std::time::Duration;

use placet::admin::users::{self, NewUser};
use placet::config::Config;

use super::account::send;
use super::passkeys::{answer, asked, named, register};
use super::support::server::PASSWORD;
use super::support::soft_key::SoftKey;
use super::support::storm::at_once;
use super::support::{Browser, Page, TestServer};
use crate::support::database::{TestDatabase, on_both};

const NEW_PASSWORD: &str = "another horse, another battery";

fn limits(config: &mut Config) {
    config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    config.sign_in.attempts_per_account = 6;
    config.sign_in.attempts_per_account_everywhere = 12;
    config.sign_in.attempts_per_address = 8;
    config.sign_in.attempts_per_network = 14;
    config.sign_in.window = Duration::from_mins(15);
}

async fn started(db: TestDatabase, change: impl FnOnce(&mut Config)) -> TestServer {
    let server = TestServer::start_with(db, |config| {
        limits(config);
        change(config);
    })
    .await;
    for name in ["ada", "bob"] {
        let email = Some(format!("{name}@example.com"));
        let username = name.to_owned();
        let new = NewUser {
            username,
            email,
            ..NewUser::default()
        };
        server.add_user_with(new).await;
    }
    server
}

fn at(server: &TestServer, address: &str) -> Browser {
    let mut browser = Browser::new(&server.url);
    browser
        .headers
        .push(("x-forwarded-for", address.to_owned()));
    browser
}

async fn type_in(browser: &mut Browser, form: &str, username: &str, password: &str) -> Page {
    let page = browser.visit(form).await;
    browser
        .submit(&page, &[("username", username), ("password", password)])
        .await
}

fn assert_in(page: &Page, what: &str) {
    assert_eq!(
        (page.status.as_u16(), page.url.path()),
        (200, "/account"),
        "{what}: {}",
        page.text()
    );
}

fn assert_throttled(page: &Page, what: &str) {
    assert_eq!(page.status, 429, "{what}: {}", page.text());
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&seconds), "{what}: {seconds}");
}

/// The figure with exactly these labels.
async fn figure(server: &TestServer, series: &str) -> u64 {
    let text = Browser::new(&server.url).get("/metrics").await.body;
    let line = text.lines().find_map(|line| line.strip_prefix(series));
    line.map_or(0, |value| value.trim().parse().unwrap())
}

fn key(server: &TestServer) -> SoftKey {
    SoftKey::new(&server.url.replace("127.0.0.1", "localhost"))
}

/// Signs in with nothing but the passkey, or what is not one.
async fn with_passkey(browser: &mut Browser, key: Option<&mut SoftKey>) -> Page {
    let page = browser.visit("/login").await;
    let response = match key {
        Some(key) => key.get(&asked(&page).0),
        None => "{}".to_owned(),
    };
    let page = answer(browser, &page, "/login/passkey", &response).await;
    browser.follow(page).await
}

on_both! {
    // S43 S45: the sign-in page, the same where it asks once more, the account page, the password grant; by name, address, case, full width.
    async fn every_way_in_has_the_same_counter(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        let client = server.password_client().await;
        let mut session = at(&server, "192.0.2.1");
        assert_in(&type_in(&mut session, "/login", "ada", PASSWORD).await, "before");
        // Whoever has only the session, and not the browser that is known.
        session.cookies.remove("placet_known");
        let mut other = at(&server, "192.0.2.1");
        assert_eq!(type_in(&mut other, "/login", "ada", "wrong").await.status, 200);
        assert_eq!(type_in(&mut other, "/login?return_to=/account/security", "ADA@example.com", "wrong").await.status, 200);
        assert_eq!(type_in(&mut session, "/login?again=1", "\u{ff41}da", "wrong").await.status, 200);
        let change = [("current", "wrong"), ("new", NEW_PASSWORD), ("repeated", NEW_PASSWORD)];
        assert_eq!(send(&mut session, "/account/password", &change).await.status, 422);
        client.password_from("192.0.2.1", "AdA", "wrong").await.assert_refused(400, "invalid_grant", "fifth");
        client.password_from("192.0.2.1", "ada@EXAMPLE.com", "wrong").await.assert_refused(400, "invalid_grant", "sixth");

        // Locked for all of them, the right password too.
        assert_throttled(&type_in(&mut other, "/login", "ada", PASSWORD).await, "sign-in page");
        assert_throttled(&type_in(&mut session, "/login?again=1", "ada", PASSWORD).await, "asked once more");
        let change = [("current", PASSWORD), ("new", NEW_PASSWORD), ("repeated", NEW_PASSWORD)];
        assert_throttled(&send(&mut session, "/account/password", &change).await, "account page");
        let refused = client.password_from("192.0.2.1", "ada", PASSWORD).await;
        refused.assert_refused(429, "invalid_grant", "password grant");
        assert!((1..=900).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
        assert_eq!(server.count_events("password_changed").await, 0);
        // S46: nobody else, and nobody elsewhere; and the session is as good as before.
        assert_in(&type_in(&mut at(&server, "192.0.2.1"), "/login", "bob", PASSWORD).await, "another account");
        assert_in(&type_in(&mut at(&server, "198.51.100.1"), "/login", "ada", PASSWORD).await, "another address");
        assert_in(&session.visit("/account").await, "the session");
        let by = |limit: &str| format!("placet_throttled_total{{action=\"password\",limit=\"{limit}\"}}");
        assert_eq!(figure(&server, &by("account_here")).await, 4);
    }

    // S44: a hundred at once, by three of those ways.
    async fn a_hundred_at_once_by_every_way_are_within_one_limit(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        let client = server.password_client().await;
        let mut first = at(&server, "192.0.2.1");
        let csrf = first.visit("/login").await.field("csrf");
        let statuses = at_once(100, |index| {
            let (mut browser, csrf, client) = (first.clone(), csrf.clone(), client.clone());
            async move {
                let name = ["ada", "ADA", "ada@example.com", "\u{ff41}da"][index % 4];
                if index % 3 == 0 {
                    return client.password_from("192.0.2.1", name, "wrong").await.status.as_u16();
                }
                let form = ["/login", "/login?again=1"][index % 2];
                browser.post(form, &[("csrf", &csrf), ("username", name), ("password", "wrong")]).await.status.as_u16()
            }
        })
        .await;
        assert!(statuses.iter().all(|status| [200, 400, 429].contains(status)), "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status != 429).count(), 6, "{statuses:?}");
        assert_eq!(server.count_events("sign_in_failed").await, 6);
    }

    // S46 S61: somebody with a whole range of addresses is counted as one; beside it, and in a browser that is known, people get in.
    async fn a_network_is_counted_over_its_addresses(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        for (own, neighbours, beside) in [
            ("192.0.2.250", ["192.0.2.1", "192.0.2.2", "192.0.2.3"], "192.0.3.1"),
            ("2001:db8:1:ffff::1", ["2001:db8:1:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1"], "2001:db8:2::1"),
        ] {
            let mut known = at(&server, own);
            assert_in(&type_in(&mut known, "/login", "ada", PASSWORD).await, own);
            known.cookies.remove("placet_session");
            let mut evaluated = 0;
            for index in 0..24 {
                // What the browser says of itself stands before what the proxy says, and counts for nothing.
                let mut browser = at(&server, &format!("203.0.113.{index}, {}", neighbours[index % 3]));
                let page = type_in(&mut browser, "/login", &format!("user{index}"), "Summer2026").await;
                evaluated += usize::from(page.status == 200);
            }
            assert_eq!(evaluated, 14, "{own}");
            assert_throttled(&type_in(&mut at(&server, own), "/login", "bob", PASSWORD).await, own);
            assert_in(&type_in(&mut at(&server, beside), "/login", "bob", PASSWORD).await, beside);
            assert_in(&type_in(&mut known, "/login", "ada", PASSWORD).await, "the known browser in the midst of it");
        }
        assert_eq!(figure(&server, "placet_throttled_total{action=\"password\",limit=\"network\"}").await, 22);
        server.advance(900);
        assert_in(&type_in(&mut at(&server, "192.0.2.250"), "/login", "bob", PASSWORD).await, "a window later");
    }

    // S46: half of its tries used up, an account is under attack: strangers get fewer, so that what is left lasts for more of them.
    async fn under_attack_strangers_get_fewer_tries(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        let mut known = at(&server, "198.51.100.1");
        assert_in(&type_in(&mut known, "/login", "ada", PASSWORD).await, "before");
        known.cookies.remove("placet_session");
        let tries = async |address: &str, username: &str| {
            let mut browser = at(&server, address);
            let mut evaluated = 0;
            for _ in 0..8 {
                evaluated += usize::from(type_in(&mut browser, "/login", username, "wrong").await.status == 200);
            }
            evaluated
        };
        assert_eq!(tries("192.0.2.1", "ada").await, 6);
        assert_eq!(tries("203.0.113.1", "ada").await, 2, "a third");
        assert_in(&type_in(&mut at(&server, "198.51.101.1"), "/login", "bob", PASSWORD).await, "others are not concerned");
        assert_eq!(tries("203.0.114.1", "bob").await, 6);
        for _ in 0..6 {
            assert_eq!(type_in(&mut known, "/login", "ada", "wrong").await.status, 200, "the known browser has all of its own");
        }
        assert_throttled(&type_in(&mut known, "/login", "ada", PASSWORD).await, "no free pass");
        // With a new device, at an address that nobody guesses from, one still gets in, and that begins anew.
        assert_in(&type_in(&mut at(&server, "198.51.102.1"), "/login", "ada", PASSWORD).await, "a new device");
        assert_eq!(tries("203.0.115.1", "ada").await, 6);
    }

    // S46: whoever changes their password stays known in that browser, and in no other.
    async fn a_known_browser_survives_a_new_password(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        let mut own = at(&server, "198.51.100.1");
        assert_in(&type_in(&mut own, "/login", "ada", PASSWORD).await, "before");
        let mut other = at(&server, "198.51.100.2");
        assert_in(&type_in(&mut other, "/login", "ada", PASSWORD).await, "before");
        server.advance(1);
        let change = [("current", PASSWORD), ("new", NEW_PASSWORD), ("repeated", NEW_PASSWORD), ("end_others", "yes")];
        assert_in(&send(&mut own, "/account/password", &change).await, "changed");
        own.cookies.remove("placet_session");
        other.cookies.remove("placet_session");
        for host in 0..12 {
            type_in(&mut at(&server, &format!("203.0.{host}.1")), "/login", "ada", "wrong").await;
        }
        assert_throttled(&type_in(&mut other, "/login", "ada", NEW_PASSWORD).await, "a browser that knew the old one");
        assert_in(&type_in(&mut own, "/login", "ada", NEW_PASSWORD).await, "the one that it was changed in");
    }

    // S45 S46: there is nothing to guess in a passkey, so it gets in where passwords are locked.
    async fn a_passkey_gets_in_where_passwords_are_locked(db: TestDatabase) {
        let server = started(db, named).await;
        let mut key = key(&server);
        let mut browser = at(&server, "198.51.100.1");
        assert_in(&type_in(&mut browser, "/login", "ada", PASSWORD).await, "before");
        register(&mut browser, &mut key).await;
        for host in 0..14 {
            type_in(&mut at(&server, &format!("192.0.2.{host}")), "/login", "ada", "wrong").await;
        }
        let mut new = at(&server, "192.0.2.1");
        assert_throttled(&type_in(&mut new, "/login", "ada", PASSWORD).await, "the password");
        assert_in(&with_passkey(&mut new, Some(&mut key)).await, "the passkey, from the very network");
        // That opens nothing for the password.
        let mut stranger = at(&server, "203.0.113.1");
        assert_throttled(&type_in(&mut stranger, "/login", "ada", PASSWORD).await, "the password, still");
    }

    // S46 S50: what passkeys cost is bounded by address and network, apart from passwords.
    async fn wrong_passkeys_are_bounded_by_address(db: TestDatabase) {
        let server = started(db, named).await;
        let mut key = key(&server);
        let mut browser = at(&server, "198.51.100.1");
        assert_in(&type_in(&mut browser, "/login", "ada", PASSWORD).await, "before");
        register(&mut browser, &mut key).await;
        let mut attacker = at(&server, "192.0.2.1");
        let page = attacker.visit("/login").await;
        let (options, mut fields) = asked(&page);
        let origin = std::mem::replace(&mut key.origin, "https://evil.example".to_owned());
        let wrong = key.get(&options);
        key.origin = origin;
        for (name, value) in &mut fields {
            if name == "response" {
                value.clone_from(&wrong);
            }
        }
        let statuses = at_once(40, |_| {
            let (mut browser, fields) = (attacker.clone(), fields.clone());
            async move {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                browser.post("/login/passkey", &fields).await.status.as_u16()
            }
        })
        .await;
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 8, "{statuses:?}");
        let late = with_passkey(&mut attacker, Some(&mut key)).await;
        assert_throttled(&late, "the right one");
        assert!(late.text().contains("too many wrong tries"), "{}", late.text());
        assert_in(&type_in(&mut at(&server, "192.0.2.1"), "/login", "bob", PASSWORD).await, "a password from there");
        assert_in(&with_passkey(&mut at(&server, "192.0.2.2"), Some(&mut key)).await, "the passkey from elsewhere");
        assert_eq!(figure(&server, "placet_sign_ins_total{factor=\"passkey\",outcome=\"failed\"}").await, 8);
        assert_eq!(figure(&server, "placet_throttled_total{action=\"passkey\",limit=\"address\"}").await, 33);
        assert_eq!(server.count_events("sign_in_throttled").await, 1, "told once");
        server.advance(900);
        assert_in(&with_passkey(&mut attacker, Some(&mut key)).await, "a window later");
    }

    // S46: what costs nothing is not counted; it would keep out all who come from that address.
    async fn garbage_keeps_no_passkey_out(db: TestDatabase) {
        let server = started(db, named).await;
        let mut key = key(&server);
        let mut browser = at(&server, "192.0.2.1");
        assert_in(&type_in(&mut browser, "/login", "ada", PASSWORD).await, "before");
        register(&mut browser, &mut key).await;
        let mut attacker = at(&server, "192.0.2.1");
        let page = attacker.visit("/login").await;
        let mut stranger = SoftKey::new(&key.origin);
        stranger.handle.clone_from(&key.handle);
        let unknown = stranger.get(&asked(&page).0);
        for nth in 0..200 {
            let response = ["{}", "", unknown.as_str(), "garbage"][nth % 4];
            assert_eq!(answer(&mut attacker, &page, "/login/passkey", response).await.status, 200, "{nth}");
        }
        assert_in(&with_passkey(&mut at(&server, "192.0.2.1"), Some(&mut key)).await, "the right one, from there");
        assert_eq!(server.database.count("sign_in_throttles").await, 0);
    }

    // The good path reads, and writes nothing.
    async fn who_gets_in_leaves_no_counter(db: TestDatabase) {
        let server = started(db, named).await;
        let mut key = key(&server);
        let mut browser = at(&server, "198.51.100.1");
        assert_in(&type_in(&mut browser, "/login", "ada", PASSWORD).await, "by password");
        register(&mut browser, &mut key).await;
        assert_in(&with_passkey(&mut at(&server, "198.51.100.1"), Some(&mut key)).await, "by passkey");
        assert_eq!(server.database.count("sign_in_throttles").await, 0);
    }

    // Figures say what was held back and by which limit, and nobody's name or address.
    async fn figures_name_nobody(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        let mut browser = at(&server, "192.0.2.77");
        for _ in 0..7 {
            type_in(&mut browser, "/login", "ada", "wrong").await;
        }
        let user = users::show(&server.app, "ada").await.unwrap();
        let text = Browser::new(&server.url).get("/metrics").await.body;
        assert!(text.contains("placet_throttled_total{action=\"password\",limit=\"account_here\"} 1"), "{text}");
        assert!(text.contains("placet_sign_ins_total{factor=\"password\",outcome=\"failed\"} 6"), "{text}");
        assert!(text.contains("placet_sign_ins_total{factor=\"password\",outcome=\"throttled\"} 1"), "{text}");
        for part in ["ada", "192.0.2", &user.id.to_string()] {
            assert!(!text.contains(part), "{part}: {text}");
        }
    }

    // Retry-After is the time that is left, not the whole window.
    async fn it_says_when_there_is_room_again(db: TestDatabase) {
        let server = started(db, |_| {}).await;
        let mut browser = at(&server, "192.0.2.1");
        for _ in 0..6 {
            type_in(&mut browser, "/login", "ada", "wrong").await;
        }
        server.advance(100);
        let page = type_in(&mut browser, "/login", "ada", PASSWORD).await;
        assert_eq!((page.status.as_u16(), page.header("retry-after")), (429, "800"));
        server.advance(799);
        let page = type_in(&mut browser, "/login", "ada", PASSWORD).await;
        assert_eq!(page.header("retry-after"), "1");
        server.advance(1);
        assert_in(&type_in(&mut browser, "/login", "ada", PASSWORD).await, "when it said so");
    }

    // Each answer that turns somebody away for now says for how long: here the hashing queue is full.
    async fn whoever_is_turned_away_is_told_for_how_long(db: TestDatabase) {
        let first = started(db, |_| {}).await;
        let client = first.password_client().await;
        let mut session = at(&first, "192.0.2.1");
        assert_in(&type_in(&mut session, "/login", "ada", PASSWORD).await, "before");
        let link = users::reset_link(&first.app, &TestServer::by(), "bob", users::Delivery::ByHand).await.unwrap();
        let link = link.url.expose().strip_prefix(&first.url).unwrap().to_owned();
        let full = first.second_node(|config| {
            limits(config);
            config.password_hash.queue = 0;
        })
        .await;
        full.app.refresh().await.unwrap();
        session.server.clone_from(&full.url);
        let mut browser = at(&full, "192.0.2.2");
        let reset = browser.get(&link).await;
        let change = [("current", PASSWORD), ("new", NEW_PASSWORD), ("repeated", NEW_PASSWORD)];
        let pages = [
            ("sign-in page", type_in(&mut at(&full, "192.0.2.2"), "/login", "ada", PASSWORD).await),
            ("account page", send(&mut session, "/account/password", &change).await),
            ("reset page", browser.submit(&reset, &[("password", NEW_PASSWORD)]).await),
        ];
        for (what, page) in pages {
            assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "2"), "{what}: {}", page.text());
        }
        let refused = client.at(&full).password_from("192.0.2.2", "ada", PASSWORD).await;
        refused.assert_refused(503, "temporarily_unavailable", "token endpoint");
        assert_eq!(refused.header("retry-after"), "2");
        assert_eq!(first.database.count("sign_in_throttles").await, 0, "nobody is blamed for it");
    }
}
