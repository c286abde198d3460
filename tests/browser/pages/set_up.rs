//! Before there is anybody.

use super::stage::Stage;
use crate::http::support::TestServer;
use crate::http::support::server::PASSWORD;

pub(super) async fn pages(stage: &mut Stage<'_>, bare: &TestServer) {
    stage.move_to(bare);
    bare.database.execute("DELETE FROM users").await;
    let token = bare.app.setup_token().await.unwrap();
    let setup = format!("/setup?token={token}");
    stage.show("home, nobody yet", "/").await;
    stage.show("set-up", &setup).await;
    let weak = [("username", "root"), ("password", "x")];
    stage.send("set-up, refused", &setup, &weak).await;
    stage
        .send(
            "set-up done",
            &setup,
            &[("username", "root"), ("password", PASSWORD)],
        )
        .await;
    stage.show("set up before", "/setup").await;
}
