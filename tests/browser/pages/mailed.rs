//! Links by mail: asking for one, opening it, using it.

use super::stage::{FORM, Stage};

const NEW: &str = "another horse, another battery";

pub(super) async fn pages(stage: &mut Stage<'_>) {
    stage.leave();
    stage.show("forgot", "/forgot").await;
    stage
        .send("forgot, refused", "/forgot", &[("name", "")])
        .await;
    let name = stage.name("ada");
    stage
        .send("forgot sent", "/forgot", &[("name", &name)])
        .await;
    let reset = link(stage, "/reset?").await;
    stage.show("reset", &reset).await;
    stage
        .send("reset, refused", &reset, &[("password", "password1")])
        .await;
    stage.send("reset done", &reset, &[("password", NEW)]).await;
    // Back to the password that every other page knows.
    let page = stage.person.get("/forgot").await;
    stage.person.submit(&page, &[("name", &name)]).await;
    let reset = link(stage, "/reset?").await;
    let page = stage.person.get(&reset).await;
    let password = crate::http::support::server::PASSWORD;
    stage.person.submit(&page, &[("password", password)]).await;

    stage.sign_in("ada").await;
    stage.show("address", "/account/email").await;
    stage
        .send(
            "address, refused",
            "/account/email",
            &[("email", "nowhere")],
        )
        .await;
    let new = format!("new-{name}@mail.example");
    stage
        .send("address, on its way", "/account/email", &[("email", &new)])
        .await;
    let verify = link(stage, "/verify-email?").await;
    stage.show("address yours?", &verify).await;
    stage.open(&verify).await;
    stage.submit(FORM, &[]).await;
    stage.look_at("address is yours").await;
}

/// The link of that kind in the next mail that has one.
pub(super) async fn link(stage: &Stage<'_>, kind: &str) -> String {
    loop {
        let text = stage.mails.next().await.text();
        let found = text.lines().find(|line| line.contains(kind));
        if let Some(found) = found {
            return found.trim().to_owned();
        }
    }
}
