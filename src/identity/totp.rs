//! Codes of an app (RFC 6238).

use crate::app::App;
use crate::model::user::User;
use crate::storage;

/// Whether it is the code of this moment, and was not used before.
#[expect(clippy::unused_async, reason = "it will read")]
pub async fn check(_app: &App, _user: &User, _code: &str) -> storage::Result<bool> {
    Ok(false)
}
