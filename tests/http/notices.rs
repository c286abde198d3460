//! Mails that tell somebody what happened to their account: each once, and of a new app only where it was allowed much.

use placet::admin::clients::ClientFields;
use placet::admin::users::{self, NewUser};
use placet::config::RegistrationMode;
use placet::model::secret::Secret;
use serde_json::json;

use super::account::send;
use super::mail::{add, by};
use super::passkeys::{named, register};
use super::register::{CALLBACK, register as register_client, with};
use super::support::authenticator::Authenticator;
use super::support::provider::{FakeProvider, back, knows, sent_to};
use super::support::requests::new_client;
use super::support::server::PASSWORD;
use super::support::soft_key::SoftKey;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;
use crate::support::smtp::{Mail, MailServer};

const PHOTOS: &str = "https://api.example";
const NEW_PASSWORD: &str = "another horse, another battery";

async fn signed_in(server: &TestServer, password: &str) -> (Browser, Page) {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    let typed = [("username", "ada"), ("password", password)];
    let page = browser.submit(&page, &typed).await;
    (browser, page)
}

/// All that was sent since, by subject.
async fn sent(server: &TestServer, mails: &MailServer) -> Vec<String> {
    server.wait_for_rows("outgoing_mails", 0).await;
    let all = mails.take();
    all.iter().map(|mail| mail.header("Subject")).collect()
}

/// The one mail that was sent since.
async fn told(server: &TestServer, mails: &MailServer) -> Mail {
    server.wait_for_rows("outgoing_mails", 0).await;
    let mut all = mails.take();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// Scope, resource, what is chosen on the page, and how many mails.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], usize);

/// An app that may ask for all that there is.
async fn api_client(server: &TestServer, own: &str) -> Client {
    let client = server.web_client().await;
    let scope = "openid offline_access photos:read placet:read";
    let fields = ClientFields {
        scope: Some(scope.to_owned()),
        resources: Some(vec![PHOTOS.to_owned(), own.to_owned()]),
        ..ClientFields::default()
    };
    server.change_client(&client, fields).await;
    client
}

on_both! {
    async fn each_change_is_told_once(db: TestDatabase) {
        let mails = MailServer::start().await;
        let mail = by(&mails);
        let server = TestServer::start_with(db, |config| {
            mail(config);
            named(config);
        })
        .await;
        add(&server, "ada").await;
        let (mut browser, _) = signed_in(&server, PASSWORD).await;
        assert!(sent(&server, &mails).await.is_empty());
        let change = [("current", PASSWORD), ("new", NEW_PASSWORD), ("repeated", NEW_PASSWORD)];
        let page = send(&mut browser, "/account/password", &change).await;
        assert!(page.text().contains("Your password is changed."), "{}", page.text());
        assert_eq!(sent(&server, &mails).await, ["Your password at Placet was changed"]);
        // The same browser is no new device, under the new password too.
        browser.cookies.remove("placet_session");
        let page = browser.get("/login").await;
        browser.submit(&page, &[("username", "ada"), ("password", NEW_PASSWORD)]).await;
        assert!(sent(&server, &mails).await.is_empty(), "a known browser");

        let mut key = SoftKey::new(&server.url.replace("127.0.0.1", "localhost"));
        register(&mut browser, &mut key).await;
        assert_eq!(sent(&server, &mails).await, ["A way to sign in was added at Placet"]);
        let user = users::show(&server.app, "ada").await.unwrap();
        let stored = server.app.store.list_passkeys(user.id).await.unwrap();
        let page = browser.visit(&format!("/account/security/passkeys/{}", stored[0].id)).await;
        let page = browser.submit(&page, &[("remove", "yes")]).await;
        assert!(page.text().contains("is removed"), "{}", page.text());
        assert_eq!(sent(&server, &mails).await, ["A way to sign in was removed at Placet"]);

        Authenticator::set_up(&server, "ada").await;
        sent(&server, &mails).await;
        users::remove_factors(&server.app, &TestServer::by(), "ada").await.unwrap();
        assert_eq!(sent(&server, &mails).await, ["A way to sign in was removed at Placet"], "by an administrator");
    }

    // ASVS 6.3.7: the mail is kept in the moment of what it tells of, so that neither is lost without the other.
    async fn what_cannot_be_told_is_not_done(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let (mut browser, _) = signed_in(&server, PASSWORD).await;
        let before = (server.database.count("sessions").await, server.count_events("sign_in_succeeded").await);
        server.database.execute("ALTER TABLE outgoing_mails RENAME TO away").await;
        let (mut other, page) = signed_in(&server, PASSWORD).await;
        assert_eq!(page.status, 500, "{}", page.text());
        assert_ne!(other.get("/account").await.status, 200);
        let after = (server.database.count("sessions").await, server.count_events("sign_in_succeeded").await);
        assert_eq!(after, before);
        let change = [("current", PASSWORD), ("new", NEW_PASSWORD), ("repeated", NEW_PASSWORD)];
        let page = send(&mut browser, "/account/password", &change).await;
        assert_eq!(page.status, 500, "{}", page.text());
        let (pool, new) = (&server.identity.passwords, Secret::new(NEW_PASSWORD.to_owned()));
        assert!(users::set_password(&server.app, pool, &TestServer::by(), "ada", new).await.is_err());
        server.database.execute("ALTER TABLE away RENAME TO outgoing_mails").await;
        let (_, page) = signed_in(&server, PASSWORD).await;
        assert!(page.status == 200 && page.text().contains("Profile"), "{}", page.text());
        assert_eq!(sent(&server, &mails).await, ["A new sign-in at Placet"]);
    }

    async fn of_an_account_elsewhere_both_ends_of_the_link_are_told(db: TestDatabase) {
        let mails = MailServer::start().await;
        let fake = FakeProvider::start().await;
        let (mail, provider, host) = (by(&mails), fake.settings(), fake.host.clone());
        let server = TestServer::start_with(db, |config| {
            mail(config);
            knows(config, host, provider);
        })
        .await;
        add(&server, "ada").await;
        let (mut browser, _) = signed_in(&server, PASSWORD).await;
        let page = browser.visit("/account/security/upstream/link/fake").await;
        let to = sent_to(&browser.submit(&page, &[]).await);
        assert!(sent(&server, &mails).await.is_empty(), "nothing is linked yet");
        fake.grant(&to, &json!({}));
        browser.get(&back(&to, &[])).await;
        let told = told(&server, &mails).await;
        assert_eq!(told.header("Subject"), "A way to sign in was added at Placet");
        assert!(told.text().contains("An account at Fake & Sons was linked to the account of"), "{}", told.text());
        let page = browser.visit("/account/security").await;
        let at = page.body.find("/account/security/upstream/remove/").unwrap();
        let address = page.body[at..].split('"').next().unwrap().to_owned();
        let page = browser.get(&address).await;
        browser.submit(&page, &[]).await;
        let told = self::told(&server, &mails).await;
        assert_eq!(told.header("Subject"), "A way to sign in was removed at Placet");
        assert!(told.text().contains("The link between an account at Fake & Sons and"), "{}", told.text());
    }

    // ASVS 6.3.7: what a thief would do.
    async fn what_becomes_of_recovery_codes_is_told(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        signed_in(&server, PASSWORD).await;
        let app = Authenticator::set_up(&server, "ada").await;
        sent(&server, &mails).await;
        let (mut thief, page) = signed_in(&server, PASSWORD).await;
        let page = thief.submit(&page, &[("recovery", "1"), ("code", &app.recovery[0])]).await;
        assert_eq!(page.url.path(), "/account", "{}", page.text());
        let mut told = sent(&server, &mails).await;
        told.sort_unstable();
        assert_eq!(told, ["A new sign-in at Placet", "A recovery code was used at Placet"]);
        let page = thief.visit("/account/security/codes").await;
        thief.submit(&page, &[]).await;
        assert_eq!(sent(&server, &mails).await, ["New recovery codes were made at Placet"]);
        // Whoever types wrong codes has the password: told once.
        let (mut guesser, mut page) = signed_in(&server, PASSWORD).await;
        for nth in 0..13 {
            page = guesser.submit(&page, &[("code", &app.wrong_code(&server, nth))]).await;
        }
        assert_eq!(page.status, 429, "{}", page.text());
        assert_eq!(sent(&server, &mails).await, ["Too many wrong codes at Placet"]);
    }

    // A browser that was known stays known when its person sets a password by a link; one that was not is still new.
    async fn a_link_makes_no_browser_known(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        add(&server, "ada").await;
        let (known, _) = signed_in(&server, PASSWORD).await;
        for (mut browser, told) in [(known, 0), (Browser::new(&server.url), 1)] {
            browser.cookies.remove("placet_session");
            let page = browser.get("/forgot").await;
            browser.submit(&page, &[("name", "ada")]).await;
            let page = browser.get(&mails.next().await.link()).await;
            let page = browser.submit(&page, &[("password", NEW_PASSWORD)]).await;
            assert!(page.text().contains("The new password is set"), "{}", page.text());
            assert_eq!(sent(&server, &mails).await, ["Your password at Placet was changed"]);
            let page = browser.get("/login").await;
            let page = browser.submit(&page, &[("username", "ada"), ("password", NEW_PASSWORD)]).await;
            assert_eq!(page.url.path(), "/account", "{}", page.text());
            let subjects = sent(&server, &mails).await;
            assert_eq!(subjects, vec!["A new sign-in at Placet"; told]);
        }
    }

    async fn of_a_new_app_with_broad_access_the_person_is_told(db: TestDatabase) {
        let mails = MailServer::start().await;
        let server = TestServer::start_with(db, by(&mails)).await;
        let new = NewUser { username: "ada".to_owned(), email: Some("ada@mail.example".to_owned()), roles: vec!["admin".to_owned()], ..NewUser::default() };
        server.add_user_with(new).await;
        server.add_scope("photos:read", "look at your photos").await;
        server.add_resource(PHOTOS, "photos:read").await;
        let own = format!("{}/api/v1", server.url);
        let (mut browser, _) = signed_in(&server, PASSWORD).await;
        let cases: [Case<'_>; 5] = [
            ("openid offline_access", PHOTOS, &[], 0),
            ("openid photos:read", PHOTOS, &[], 0),
            ("openid offline_access photos:read", PHOTOS, &[("lasting", "once")], 0),
            ("openid offline_access photos:read", PHOTOS, &[], 1),
            ("openid placet:read", &own, &[], 1),
        ];
        let mut last = None;
        for (scope, resource, choices, told) in cases {
            let client = api_client(&server, &own).await;
            let page = browser.visit(&client.authorize_url(&[("scope", scope), ("resource", resource)])).await;
            assert_eq!(page.heading_kind(), "consent", "{scope}: {}", page.text());
            let page = browser.submit(&page, &[&[("decision", "allow")], choices].concat()).await;
            assert!(page.returned("code").is_some(), "{scope}: {}", page.text());
            let subjects = sent(&server, &mails).await;
            assert_eq!(subjects, vec!["A new app may use your account at Placet"; told], "{scope} {choices:?}");
            last = Some(client);
        }
        // What may do something already is no new app, whatever it asks for beside that.
        let more = [("scope", "openid offline_access photos:read"), ("resource", PHOTOS)];
        let page = browser.visit(&last.unwrap().authorize_url(&more)).await;
        let page = browser.approve(&page).await;
        assert!(page.returned("code").is_some(), "{}", page.text());
        assert!(sent(&server, &mails).await.is_empty(), "it is known");
        // Nor is one that is denied.
        let denied = api_client(&server, &own).await;
        let page = browser.visit(&denied.authorize_url(&more)).await;
        browser.deny(&page).await;
        assert!(sent(&server, &mails).await.is_empty(), "denied");
    }

    // S51: the mail says it as the page did, and leads to where the app is disconnected.
    async fn the_mail_says_whether_anybody_looked_at_the_app(db: TestDatabase) {
        let mails = MailServer::start().await;
        let by_mail = by(&mails);
        let server = TestServer::start_with(db, |config| {
            by_mail(config);
            config.registration.mode = RegistrationMode::Open;
            config.registration.scope.push("photos:read".to_owned());
        }).await;
        add(&server, "ada").await;
        server.add_scope("photos:read", "look at your photos").await;
        let scope = "openid offline_access photos:read";
        let body = with(&json!({ "client_name": "Photo Printer", "scope": scope, "grant_types": ["authorization_code", "refresh_token"] }));
        let unchecked = Client::registered(&server, &register_client(&server, &body).await);
        let mut new = new_client("Photo Printer", &[CALLBACK]);
        new.fields.scope = Some(scope.to_owned());
        let checked = server.add_client(new).await;
        let (mut browser, _) = signed_in(&server, PASSWORD).await;
        mails.take();
        for (client, says) in [(&unchecked, "This app was not checked by Placet: anyone could have chosen this name."), (&checked, "This app was checked by Placet.")] {
            let page = browser.visit(&client.authorize_url(&[("scope", scope)])).await;
            browser.approve(&page).await;
            let mail = told(&server, &mails).await;
            assert!(mail.text().contains("Photo Printer may now use") && mail.text().contains(says), "{}", mail.text());
            let page = format!("{}/account/apps", server.url);
            assert!(mail.text().lines().any(|line| line.trim() == page), "{}", mail.text());
        }
    }
}
