//! What one signs in with.

use placet::admin::users;
use placet::identity::login::Place;
use placet::identity::totp::{self, Confirmed};
use totp_rs::{Builder, Secret};

use super::stage::{FORM, Stage};
use crate::http::passkeys;
use crate::http::support::TestServer;

pub(super) async fn pages(stage: &mut Stage<'_>) {
    stage.sign_in("ada").await;
    let at = |path: &str| format!("/account/security{path}");
    stage.show("security, nothing yet", &at("")).await;
    stage.show("app", &at("/app")).await;
    stage
        .send("app, refused", &at("/app"), &[("code", "000000")])
        .await;
    stage.show("new passkey", &at("/passkeys/new")).await;
    stage.open(&at("/passkeys/new")).await;
    stage
        .submit("form[data-passkey]", &[("response", "{}")])
        .await;
    stage.look_at("new passkey, refused").await;

    let mut key = passkeys::key(stage.server);
    passkeys::register(&mut stage.person, &mut key).await;
    let name = stage.name("ada");
    add_app(stage, &name).await;
    stage.show("security, everything", &at("")).await;
    let page = stage.person.get(&at("")).await;
    let passkey = page
        .body
        .split("href=\"")
        .find(|part| part.starts_with("/account/security/passkeys/") && !part.contains("/new\""));
    let passkey = passkey.unwrap().split('"').next().unwrap().to_owned();
    stage.show("a passkey", &passkey).await;
    stage
        .send("a passkey, refused", &passkey, &[("name", "")])
        .await;
    stage.show("remove the app", &at("/app/remove")).await;
    stage.show("new codes", &at("/codes")).await;
    stage.open(&at("/codes")).await;
    stage.submit(FORM, &[]).await;
    stage.look_at("codes").await;
    let by = TestServer::by();
    let removed = users::remove_factors(&stage.server.app, &by, &name);
    removed.await.unwrap();
}

/// Adds an app to a passkey: no new codes come with it.
async fn add_app(stage: &Stage<'_>, name: &str) {
    let app = &stage.server.app;
    let user = app.store.find_user_by_name(name).await.unwrap().unwrap();
    let begun = totp::begin(app, &user);
    let secret = Secret::try_from_base32(begun.secret.expose()).unwrap();
    let shown = Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(app.clock.now().timestamp()).unwrap();
    let code = shown.generate(now).to_string();
    let sent = (begun.sealed.as_str(), code.as_str());
    let place = Place::default();
    let confirmed = totp::confirm(app, &user, sent, &place).await;
    assert!(matches!(confirmed.unwrap(), Confirmed::Added(None)));
}
