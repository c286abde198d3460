//! A person's own account, with what gathers there.

use placet::admin::users::{self, UserFields};

use super::apps::SCOPE;
use super::stage::{FORM, Stage};
use crate::http::support::TestServer;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

pub(super) async fn pages(stage: &mut Stage<'_>) {
    stage.sign_in("ada").await;
    let name = stage.name("ada");
    let mut elsewhere = stage.elsewhere();
    elsewhere.headers.push(("user-agent", FIREFOX.to_owned()));
    let page = elsewhere.get("/login").await;
    elsewhere.log_in(&page, &name).await;
    let wrong = [
        ("current", "x"),
        ("new", "correct horses run"),
        ("repeated", "correct horses run"),
    ];
    stage.show("profile", "/account").await;
    stage
        .send(
            "profile, refused",
            "/account",
            &[("birthdate", "yesterday"), ("zoneinfo", "Mars")],
        )
        .await;
    stage
        .send(
            "profile, changed",
            "/account",
            &[("nickname", "Countess"), ("language", "")],
        )
        .await;
    know_much(stage, &name).await;
    stage
        .send(
            "profile, much is known",
            "/account",
            &[("phone_number", "020 7946 0000")],
        )
        .await;
    stage.show("password", "/account/password").await;
    stage
        .send("password, refused", "/account/password", &wrong)
        .await;
    stage.show("sessions", "/account/sessions").await;
    let app = &stage.apps.printer;
    app.tokens(&name, &[("scope", SCOPE)]).await;
    stage.show("apps", "/account/apps").await;
    stage
        .send(
            "apps, none",
            "/account/apps",
            &[("disconnect", app.id.as_str())],
        )
        .await;
    stage.show("activity", "/account/events").await;
    stage.show("data", "/account/data").await;
    stage.show("delete", "/account/delete").await;
    stage
        .send(
            "delete, refused",
            "/account/delete",
            &[("username", "somebody")],
        )
        .await;
    stage.open("/account/delete").await;
    stage.submit(FORM, &[("username", &name)]).await;
    stage.look_at("deleted").await;
}

/// What administrators may set, and people not all of.
async fn know_much(stage: &Stage<'_>, name: &str) {
    let claims = [
        ("preferred_username", "countess"),
        (
            "profile",
            "https://ada.example/about/whoever-she-was-and-what-she-did-in-her-life",
        ),
        ("phone_number", "+44 20 7946 0000"),
        ("phone_number_verified", "true"),
        ("address.formatted", "12 St James's Square\nLondon"),
        ("address.street_address", "12 St James's Square"),
        ("address.locality", "London"),
    ];
    let claims = claims.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let fields = UserFields {
        claims: claims.into(),
        ..UserFields::default()
    };
    let changed = users::change(&stage.server.app, &TestServer::by(), name, fields).await;
    changed.unwrap();
}
