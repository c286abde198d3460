//! `/settings`: those in force. They are changed in the server's file and environment alone.

use utoipa::ToSchema;

use super::call::Call;
use super::reply::{self, Answer, List};
use crate::admin::settings;

/// A setting.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the document alone reads it")]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    /// As in `placet.toml`, with its section.
    key: String,
    /// As one would write it; null: not set. Of a secret only whether it is set.
    #[schema(required)]
    value: Option<String>,
    #[schema(required)]
    default: Option<String>,
    is_default: bool,
    /// The environment variable.
    env: String,
    /// What it is for.
    help: String,
}

/// Lists the settings in force. Secrets are not shown.
#[utoipa::path(get, path = "/settings", tag = "Settings",
    responses((status = 200, description = "The settings", body = List<Setting>)))]
pub(super) async fn list(call: Call) -> Answer {
    call.no_query()?;
    Ok(reply::all(settings::in_force(call.app())))
}
