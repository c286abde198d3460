//! The cookie by which a browser is known: it may be a family's, outlives a renewed hash, and ends with another password.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::account::send;
use super::mail::{add, by};
use super::support::server::PASSWORD;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;
use crate::support::smtp::MailServer;

const KNOWN: &str = "placet_known";
const NEW: &str = "A new sign-in at Placet";

async fn sign_in(browser: &mut Browser, name: &str, password: &str) {
    browser.cookies.remove("placet_session");
    let page = browser.get("/login").await;
    let typed = [("username", name), ("password", password)];
    let page = browser.submit(&page, &typed).await;
    assert_eq!(page.url.path(), "/account", "{name}: {}", page.text());
}

/// How many mails say that somebody signed in with a new device.
async fn told(server: &TestServer, mails: &MailServer) -> usize {
    server.wait_for_rows("outgoing_mails", 0).await;
    let all = mails.take();
    let new = all.iter().filter(|mail| mail.header("Subject") == NEW);
    new.count()
}

fn decoded(browser: &Browser) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(&browser.cookies[KNOWN]).unwrap()
}

on_both! {
    async fn a_browser_is_known_to_a_family(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let family = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus"];
        let mut browser = Browser::new(&server.url);
        for name in family {
            add(&server, name).await;
            sign_in(&mut Browser::new(&server.url), name, PASSWORD).await;
        }
        assert_eq!(told(&server, &mails).await, 0, "nobody had signed in before");
        for name in &family[..6] {
            sign_in(&mut browser, name, PASSWORD).await;
        }
        assert_eq!(told(&server, &mails).await, 6);
        for name in &family[..6] {
            sign_in(&mut browser, name, PASSWORD).await;
        }
        assert_eq!(told(&server, &mails).await, 0, "it is known to all of them");
        // Of more, whoever was there longest ago is forgotten, and the cookie grows no more.
        let length = browser.cookies[KNOWN].len();
        sign_in(&mut browser, "gus", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 1);
        assert!(length < 600 && browser.cookies[KNOWN].len() == length, "{length}");
        sign_in(&mut browser, "bob", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 0);
        sign_in(&mut browser, "ada", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 1, "the oldest");
        // However long a browser makes it, no more is looked at, and it comes back as short as ever.
        let (own, filling) = (decoded(&browser), vec![7; 65 * 6]);
        browser.cookies.insert(KNOWN.to_owned(), URL_SAFE_NO_PAD.encode([filling, own].concat()));
        sign_in(&mut browser, "ada", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 1);
        assert_eq!(browser.cookies[KNOWN].len(), length);
    }

    // S46: an entry is one person's, and nobody makes one.
    async fn nobody_is_known_by_anothers_entry(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let mut browser = Browser::new(&server.url);
        let mut entries = Vec::new();
        for name in ["ada", "bob"] {
            add(&server, name).await;
            let mut own = Browser::new(&server.url);
            sign_in(&mut own, name, PASSWORD).await;
            entries.push(decoded(&own));
        }
        let (ada, bob) = (&entries[0], &entries[1]);
        let with_mfa = [&bob[..32], &[1], &bob[33..]].concat();
        for forged in [[&bob[..16], &ada[16..]].concat(), with_mfa, bob[..64].to_vec(), [&[0], &bob[..]].concat(), ada.clone()] {
            browser.cookies.insert(KNOWN.to_owned(), URL_SAFE_NO_PAD.encode(&forged));
            sign_in(&mut browser, "bob", PASSWORD).await;
            assert_eq!(told(&server, &mails).await, 1, "{forged:?}");
        }
        // Taken together they are what a browser that both used has.
        browser.cookies.insert(KNOWN.to_owned(), URL_SAFE_NO_PAD.encode([&ada[..], bob].concat()));
        sign_in(&mut browser, "bob", PASSWORD).await;
        sign_in(&mut browser, "ada", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 0);
    }

    // S46 S60
    async fn it_ends_with_the_password_and_with_nothing_less(db: TestDatabase) {
        let mails = MailServer::start().await;
        let mail = by(&mails);
        let server = TestServer::start_with(db, |config| {
            mail(config);
            config.account.deletable = true;
        }).await;
        let costly = server.second_node(|config| config.password_hash.iterations = 2).await;
        for name in ["ada", "bob"] {
            add(&server, name).await;
        }
        let (mut shared, mut other) = (Browser::new(&server.url), Browser::new(&server.url));
        for name in ["bob", "ada"] {
            sign_in(&mut shared, name, PASSWORD).await;
        }
        sign_in(&mut other, "ada", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 1);
        // The hash is renewed, and is the same password's.
        let hash = async || server.database.texts("SELECT password_hash FROM users ORDER BY username".to_owned()).await;
        let before = hash().await;
        server.advance(10);
        sign_in(&mut Browser::new(&costly.url), "ada", PASSWORD).await;
        assert_ne!(hash().await[0], before[0]);
        told(&server, &mails).await;
        for browser in [&mut shared, &mut other] {
            sign_in(browser, "ada", PASSWORD).await;
        }
        assert_eq!(told(&server, &mails).await, 0, "both are known still");
        // Another password ends it, but where it was changed; and only that person's.
        server.advance(10);
        let page = send(&mut shared, "/account/password", &[("current", PASSWORD), ("new", "another horse, another battery"), ("repeated", "another horse, another battery")]).await;
        assert!(page.text().contains("Your password is changed."), "{}", page.text());
        told(&server, &mails).await;
        sign_in(&mut shared, "ada", "another horse, another battery").await;
        sign_in(&mut shared, "bob", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 0);
        sign_in(&mut other, "ada", "another horse, another battery").await;
        assert_eq!(told(&server, &mails).await, 1);
        // Whoever removes their account takes away no more than their own.
        sign_in(&mut shared, "ada", "another horse, another battery").await;
        let page = send(&mut shared, "/account/delete", &[("username", "ada")]).await;
        assert!(page.text().contains("Your account is deleted"), "{}", page.text());
        sign_in(&mut shared, "bob", PASSWORD).await;
        assert_eq!(told(&server, &mails).await, 0, "bob was not concerned");
    }
}
