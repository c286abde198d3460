//! Signing in with an account elsewhere, and linking one.

use serde_json::json;

use super::stage::Stage;
use crate::http::support::provider::{FakeProvider, back, begin, sent_to};

const LINK: &str = "/account/security/upstream/link/fake";
const CALLBACK: &str = "/login/upstream/fake/callback";

pub(super) async fn pages(stage: &mut Stage<'_>, fake: &FakeProvider) {
    stage.leave();
    stage
        .show(
            "not in with that, stale",
            &format!("{CALLBACK}?state=x&code=y"),
        )
        .await;
    let to = begin(&mut stage.person, "/login", "fake").await;
    let cancelled = back(&to, &[("code", ""), ("error", "access_denied")]);
    stage.show("not in with that, cancelled", &cancelled).await;
    let to = begin(&mut stage.person, "/login", "fake").await;
    let name = stage.name("ada");
    let now = stage.server.app.clock.now().timestamp();
    let claims = json!({ "sub": name, "iat": now, "exp": now + 60 });
    fake.grant(&to, &claims);
    stage
        .show("not in with that, nobody's", &back(&to, &[]))
        .await;

    stage.sign_in("ada").await;
    stage.show("link it", LINK).await;
    let page = stage.person.get(LINK).await;
    let (action, fields) = page.form();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let to = sent_to(&stage.person.post(&action, &fields).await);
    fake.grant(&to, &claims);
    stage.person.get(&back(&to, &[])).await;
    stage
        .show("security, linked elsewhere", "/account/security")
        .await;
    let page = stage.person.get("/account/security").await;
    let mut links = page.body.split("href=\"");
    let unlink = links.find(|part| part.starts_with("/account/security/upstream/remove/"));
    let unlink = unlink.unwrap_or_else(|| panic!("nothing is linked: {}", page.text()));
    let unlink = unlink.split('"').next().unwrap().to_owned();
    stage.show("take the link away", &unlink).await;
}
