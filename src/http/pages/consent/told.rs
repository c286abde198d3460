//! The mail about an app that was allowed much by somebody who had allowed it nothing before.

use super::Question;
use crate::http::web::Web;
use crate::model::scope::{ADMIN, ADMIN_READ, OFFLINE_ACCESS, Scopes, is_built_in};
use crate::storage;

/// Whether the person is to be told. To be asked before anything is stored.
pub(super) async fn is_due(
    web: &Web,
    question: &Question,
    scope: &Scopes,
) -> storage::Result<bool> {
    let user = &question.signed_in.user;
    let can_be_told = web.app.mailer.is_set_up() && user.email.is_some();
    if !can_be_told || !is_much(scope) {
        return Ok(false);
    }
    let client = &question.checked.client.id;
    let allows = web.app.store.allows_anything(user.id, client, question.now);
    Ok(!allows.await?)
}

/// To administer, or to reach an API while the person is away.
fn is_much(scope: &Scopes) -> bool {
    let is_of_api = |name: &str| !is_built_in(name);
    let administers = scope.contains(ADMIN) || scope.contains(ADMIN_READ);
    administers || (scope.contains(OFFLINE_ACCESS) && scope.iter().any(is_of_api))
}
