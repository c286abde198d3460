//! Every page for people in every language, as axe-core, narrow and wide windows, and a picture see it.
//!
//! One browser visits them all. A page is a line in [`account`], [`consent`], [`errors`], [`mailed`], [`security`], [`set_up`],
//! [`sign_in`], [`sign_up`] or [`upstream`]: `stage.show("name", "/address")`, or `stage.send("name", "/address", &[("field", "value")])` for what a form leads to.
//! What stands behind a comma in a name is one more state of the same page, which has the same title.
//!
//! With `PLACET_TEST_PICTURES=<folder>` it also takes a picture of each, to be looked at.

mod account;
mod apps;
mod consent;
mod errors;
mod mailed;
mod security;
mod set_up;
mod sign_in;
mod sign_up;
mod stage;
mod upstream;

use placet::admin::users::NewUser;
use placet::config::{MailTransport, RegistrationMode, SignUpMode};
use placet::texts::Language;

use super::Browser;
use crate::http::support::TestServer;
use crate::http::support::provider::{self, FakeProvider};
use crate::support::database::{Kind, TestDatabase};
use crate::support::smtp::MailServer;
use apps::Apps;
use stage::Stage;

/// A server with a name, for which browsers make passkeys, with mail, and with everything that people may be allowed.
async fn start(mails: &MailServer, fake: &FakeProvider) -> TestServer {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let url = mails.url();
    let (host, provider) = (fake.host.clone(), fake.settings());
    TestServer::start_with(database, move |config| {
        let issuer = config.issuer.as_str().replace("127.0.0.1", "localhost");
        config.issuer = issuer.parse().unwrap();
        "Acme".clone_into(&mut config.name);
        provider::knows(config, host, provider);
        config.account.deletable = true;
        config.sign_up.mode = SignUpMode::Open;
        config.registration.mode = RegistrationMode::Open;
        config.second_factor.required_for_roles = vec!["keeper".to_owned()];
        config.mail.transport = MailTransport::Smtp;
        config.mail.from = Some("Acme <id@acme.example>".parse().unwrap());
        config.mail.smtp_url = Some(url.parse().unwrap());
    })
    .await
}

// WCAG 2.2 AA as far as a program can see it
#[tokio::test]
async fn every_page_is_for_everyone_in_every_language() {
    let Some(chromium) = Browser::open(true).await else {
        return;
    };
    let mails = MailServer::start().await;
    let fake = FakeProvider::start().await;
    let server = start(&mails, &fake).await;
    let apps = Apps::register(&server).await;
    let root = NewUser {
        username: "root".to_owned(),
        roles: vec!["admin".to_owned()],
        ..NewUser::default()
    };
    server.add_user_with(root).await;
    let bare = TestServer::start(TestDatabase::new(Kind::Sqlite).await.unwrap()).await;
    chromium.load_axe().await;
    let only = std::env::var("PLACET_TEST_LANGUAGES").unwrap_or_default();
    let mut faults = Vec::new();
    for language in Language::ALL {
        if !only.is_empty() && !only.split(',').any(|tag| tag == language.tag()) {
            continue;
        }
        // Nobody is held back for what people of other languages did.
        server.advance(3600);
        let mut stage = Stage::set(&chromium, (&server, &mails), &apps, language).await;
        sign_in::pages(&mut stage).await;
        consent::pages(&mut stage).await;
        errors::pages(&mut stage).await;
        mailed::pages(&mut stage).await;
        sign_up::pages(&mut stage).await;
        security::pages(&mut stage).await;
        upstream::pages(&mut stage, &fake).await;
        account::pages(&mut stage).await;
        set_up::pages(&mut stage, &bare).await;
        faults.extend(stage.end());
    }
    chromium.close().await;
    let count = faults.len();
    assert!(count == 0, "{count} faults:\n{}", faults.join("\n"));
}
