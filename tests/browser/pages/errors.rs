//! What is shown where something is wrong.

use super::stage::{FORM, Stage};

pub(super) async fn pages(stage: &mut Stage<'_>) {
    stage.leave();
    stage
        .show("no such app", "/authorize?client_id=nobody")
        .await;
    stage.show("nowhere", "/nowhere").await;
    stage.show("stale", "/consent?request=x").await;
    stage
        .show("sign-out link", "/logout?client_id=nobody")
        .await;
    stage.show("no set-up", "/setup?token=x").await;
    stage.show("link dead", "/reset?token=x").await;
    stage.open("/login").await;
    let by_mail = "document.querySelector(arguments[0]).enctype = 'text/plain'";
    let run = stage.chromium.client.execute(by_mail, vec![FORM.into()]);
    run.await.unwrap();
    stage.submit(FORM, &[]).await;
    stage.look_at("not read").await;
    stage.sign_in("ada").await;
    stage
        .show("link dead, of an address", "/account/verify-email?token=x")
        .await;
    stage
        .send("form of before", "/account/sessions", &[("csrf", "x")])
        .await;
}
