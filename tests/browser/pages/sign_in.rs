//! From the sign-in page to the page that asks, and out again.

use super::stage::{FORM, Stage};
use crate::http::passkeys;
use crate::http::support::authenticator::Authenticator;
use crate::http::support::requests::encode;

pub(super) async fn pages(stage: &mut Stage<'_>) {
    let apps = stage.apps;
    let printer = apps.printer.authorize_url(&[]);
    let again = apps.printer.authorize_url(&[("prompt", "login")]);
    let choose = apps.printer.authorize_url(&[("prompt", "select_account")]);
    stage.show("home", "/").await;
    stage.show("sign-in", "/login").await;
    stage.show("sign-in, to an app", &printer).await;
    stage
        .show("sign-in, to a stranger", &apps.stranger.authorize_url(&[]))
        .await;
    let wrong = [("username", "nobody"), ("password", "x")];
    stage.send("sign-in, refused", "/login", &wrong).await;
    stage
        .send("sign-in, not checked", &printer, &[("csrf", "x")])
        .await;
    hold_back(stage).await;
    stage.show("sign-in, held back", "/login").await;
    stage
        .submit(FORM, &[("username", "held"), ("password", "x")])
        .await;
    stage.look_at("sign-in, held back").await;
    let form = "form[data-passkey]";
    stage.open(&printer).await;
    stage.submit(form, &[("response", "{}")]).await;
    stage.look_at("passkey refused").await;

    stage.sign_in("ada").await;
    stage.show("sign-in, once more", &again).await;
    stage.show("choose account", &choose).await;
    more_than_a_password(stage).await;
    sign_out(stage).await;
}

/// So many wrong passwords for one name that it has to wait.
async fn hold_back(stage: &mut Stage<'_>) {
    for _ in 0..30 {
        let page = stage.person.get("/login").await;
        let wrong = [("username", "held"), ("password", "x")];
        if stage.person.submit(&page, &wrong).await.status == 429 {
            return;
        }
    }
    panic!("nobody is held back");
}

/// The second step, and what is shown to those who have none.
async fn more_than_a_password(stage: &mut Stage<'_>) {
    let printer = &stage.apps.printer;
    let more = printer.authorize_url(&[("acr_values", "mfa")]);
    let passkey = printer.authorize_url(&[("acr_values", "phr")]);
    stage.show("enrol", &more).await;
    stage.show("enrol, with a passkey", &passkey).await;
    stage.sign_in("max").await;
    stage
        .show("enrol, for all here", "/login/verify?return_to=/account")
        .await;

    Authenticator::set_up(stage.server, &stage.name("kim")).await;
    stage.sign_in("kim").await;
    stage.show("verify", "/login/verify").await;
    stage
        .send("verify, refused", "/login/verify", &[("code", "000000")])
        .await;
    stage
        .show("verify, recovery", "/login/verify?recovery=1")
        .await;
    let wrong = [("code", "xxxx-xxxx")];
    stage
        .send(
            "verify, recovery refused",
            "/login/verify?recovery=1",
            &wrong,
        )
        .await;
    stage.leave();
    let login = stage.person.visit(&more).await;
    let name = stage.name("kim");
    let verify = stage.person.log_in(&login, &name).await;
    stage.show("verify, to an app", verify.url.as_str()).await;

    let mut key = passkeys::key(stage.server);
    stage.sign_in("max").await;
    passkeys::register(&mut stage.person, &mut key).await;
    stage.sign_in("max").await;
    stage.show("verify, with a passkey", "/login/verify").await;
}

async fn sign_out(stage: &mut Stage<'_>) {
    stage.sign_in("lou").await;
    let printer = &stage.apps.printer;
    let name = stage.name("lou");
    let hint = hint(stage, &name).await;
    let out = [
        ("client_id", printer.id.as_str()),
        (
            "post_logout_redirect_uri",
            "https://app.printer.example/out",
        ),
    ];
    let asks = format!("/logout?{}", encode(&out));
    // What was just signed in is not asked about.
    stage.server.advance(5);
    stage.show("logout", "/logout").await;
    stage.show("logout, an app asks", &asks).await;
    let told = format!("/logout?{}", encode(&[("id_token_hint", &hint)]));
    stage.show("signed out, others are told", &told).await;
    stage.sign_in("lou").await;
    let hint = self::hint(stage, &name).await;
    let back = [out[1], ("id_token_hint", hint.as_str())];
    stage.open(&format!("/logout?{}", encode(&back))).await;
    let stop = stage.chromium.client.execute("window.stop()", Vec::new());
    stop.await.unwrap();
    stage.look_at("signed out, on the way back").await;
    stage.leave();
    stage.show("signed out", "/logout").await;
}

/// Signs in to the app; what it may show when it asks for a sign-out.
async fn hint(stage: &mut Stage<'_>, name: &str) -> String {
    let printer = &stage.apps.printer;
    let page = printer.sign_in(&mut stage.person, name, &[]).await;
    let tokens = printer.redeem(&page.returned("code").unwrap()).await;
    tokens.json["id_token"].as_str().unwrap().to_owned()
}
