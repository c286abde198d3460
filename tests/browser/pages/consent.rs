//! The question, in all that can stand in it, and the way back by a form.

use serde_json::json;

use super::apps::SCOPE;
use super::stage::{FORM, Stage};

pub(super) async fn pages(stage: &mut Stage<'_>) {
    let apps = stage.apps;
    let printer = &apps.printer;
    let resources = [
        ("scope", SCOPE),
        ("resource", "https://photos.example/"),
        ("resource", "https://calendar.example/"),
    ];
    let everything = printer.authorize_url(&resources);
    stage.sign_in("ada").await;
    stage
        .show(
            "consent, nothing but who one is",
            &apps.stranger.authorize_url(&[]),
        )
        .await;
    stage.show("consent, everything", &everything).await;
    stage
        .show("consent, on this computer", &apps.tool.authorize_url(&[]))
        .await;
    stage
        .show("consent, on this phone", &apps.native.authorize_url(&[]))
        .await;
    let entry = [
        ("scope", "openid"),
        ("resource", "https://calendar.example/"),
    ];
    stage
        .show("consent, a resource alone", &printer.authorize_url(&entry))
        .await;
    stage
        .send(
            "decide once more",
            &everything,
            &[("csrf", "x"), ("decision", "allow")],
        )
        .await;

    // Decided in another tab meanwhile.
    let name = stage.name("ada");
    let some = [
        ("scope", "openid profile email photos:read"),
        resources[1],
        resources[2],
    ];
    let some = printer.authorize_url(&some);
    let question = stage.person.visit(&some).await;
    stage.open(question.url.as_str()).await;
    let limited = [("decision", "allow"), ("lasting", "limited")];
    stage.person.submit(&question, &limited).await;
    stage.submit(FORM, &limited).await;
    stage.look_at("done before").await;
    stage
        .show("consent, for more than before", &everything)
        .await;

    let form_post = printer.authorize_url(&[("response_mode", "form_post")]);
    printer.sign_in(&mut stage.person, &name, &[]).await;
    let block = |urls: &[&str]| json!({ "urls": urls });
    stage
        .chromium
        .devtools("Network.setBlockedURLs", block(&["*form_post.js*"]))
        .await;
    stage.show("form post", &form_post).await;
    stage
        .chromium
        .devtools("Network.setBlockedURLs", block(&[]))
        .await;
}
