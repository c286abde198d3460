//! Making an account: by a link that was mailed, and because somebody was invited.

use placet::admin::invitations::{self, NewInvitation};
use placet::admin::users::Delivery;

use super::mailed::link;
use super::stage::Stage;
use crate::http::support::TestServer;

pub(super) async fn pages(stage: &mut Stage<'_>) {
    stage.leave();
    stage.show("sign up", "/sign-up").await;
    stage
        .send("sign up, refused", "/sign-up", &[("email", "nowhere")])
        .await;
    let email = format!("{}@mail.example", stage.name("new"));
    // The same words as after a forgotten password.
    stage
        .send("forgot sent, sign up", "/sign-up", &[("email", &email)])
        .await;
    let made = link(stage, "/sign-up?").await;
    stage.show("sign up, by link", &made).await;
    for (field, value) in [("username", "a@b"), ("password", "password1")] {
        let case = format!("sign up, {field} refused");
        stage.send(&case, &made, &[(field, value)]).await;
    }
    let new = NewInvitation {
        email: format!("{}@mail.example", stage.name("guest")),
        username: None,
        name: None,
        locale: None,
        roles: Vec::new(),
        delivery: Delivery::ByHand,
    };
    let invited = invitations::add(&stage.server.app, &TestServer::by(), new).await;
    let (_, invited) = invited.unwrap();
    let invited = invited.unwrap().into_inner();
    stage.show("sign up, invited", &invited).await;
    let app = stage.apps.printer.authorize_url(&[("prompt", "create")]);
    stage.show("sign up, for an app", &app).await;
}
