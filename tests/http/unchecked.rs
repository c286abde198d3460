//! An app that registered itself chose its name: every page that says the name says so too.

use placet::config::RegistrationMode;
use serde_json::json;

use super::register::{CALLBACK, register, with};
use super::sign_up;
use super::support::requests::new_client;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;
use crate::support::smtp::MailServer;

#[track_caller]
fn assert_marked(page: &Page, is_unchecked: bool, case: &str) {
    let text = page.text();
    assert!(text.contains("Photo Printer"), "{case}: {text}");
    let marked = text.contains("was not checked by Placet");
    assert_eq!(marked, is_unchecked, "{case}: {text}");
}

on_both! {
    // S51
    async fn it_is_marked_wherever_it_is_named(db: TestDatabase) {
        let mails = MailServer::start().await;
        let by_mail = sign_up::open(&mails);
        let server = TestServer::start_with(db, |config| {
            by_mail(config);
            config.registration.mode = RegistrationMode::Open;
        }).await;
        server.add_user("ada").await;
        let body = with(&json!({ "client_name": "Photo Printer", "client_uri": "https://app.example/home" }));
        let unchecked = Client::registered(&server, &register(&server, &body).await);
        let checked = server.add_client(new_client("Photo Printer", &[CALLBACK])).await;
        for (client, is_unchecked) in [(&unchecked, true), (&checked, false)] {
            let mut browser = Browser::new(&server.url);
            let login = browser.visit(&client.authorize_url(&[])).await;
            assert_marked(&login, is_unchecked, "sign-in");
            let form = browser.get(&format!("/sign-up?request={}", login.field("request"))).await;
            assert_marked(&form, is_unchecked, "sign-up");
            let email = if is_unchecked { "eve@mail.example" } else { "grace@mail.example" };
            let sent = browser.submit(&form, &[("email", email)]).await;
            assert_marked(&sent, is_unchecked, "sign-up, sent");
            let made = browser.get(&mails.next().await.link()).await;
            assert_marked(&made, is_unchecked, "sign-up, behind the link");

            let strong = browser.visit(&client.authorize_url(&[("acr_values", "phr"), ("claims", r#"{"id_token":{"acr":{"essential":true,"value":"phr"}}}"#)])).await;
            let enrol = browser.log_in(&strong, "ada").await;
            assert_eq!(enrol.heading_kind(), "enrol", "{}", enrol.body);
            assert_marked(&enrol, is_unchecked, "enrol");
            let logout = browser.get(&format!("/logout?client_id={}", client.id)).await;
            assert_marked(&logout, is_unchecked, "sign-out");
            // No room for the mark, so not the name either, nor a way to wherever it likes.
            let posted = browser.visit(&client.authorize_url(&[("response_mode", "form_post"), ("prompt", "none")])).await;
            assert!(!posted.text().contains("Photo Printer"), "{}", posted.text());
            server.advance(3601);
            let old = browser.get(&format!("/login?request={}", login.field("request"))).await;
            assert_eq!(old.status, 400, "{}", old.text());
            assert!(!old.body.contains("https://app.example/home") && !old.text().contains("Photo Printer"), "{}", old.text());
        }
    }
}
