//! Recovery codes.

use crate::app::App;
use crate::model::user::User;
use crate::storage;

/// Whether it is one of the person's codes; it is used up then.
#[expect(clippy::unused_async, reason = "it will read")]
pub async fn take(_app: &App, _user: &User, _code: &str) -> storage::Result<bool> {
    Ok(false)
}
