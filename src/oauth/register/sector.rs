//! `sector_identifier_uri` at registration (OIDC Core §8.1, Registration §5): the document behind it names every redirect URI, or a client could
//! put itself into a stranger's sector and learn the stranger's subjects. An administrator who gives one is believed.

use super::fields::{fault, shown};
use crate::app::App;
use crate::model::client::ClientMetadata;
use crate::oauth::error::Error;

/// More than as many redirect URIs as a client may have, each of the greatest length.
const MAX_BYTES: usize = 128 * 1024;
const FIELD: &str = "sector_identifier_uri";

/// Fetches the document and looks; nothing of it is kept or told (S151).
pub(super) async fn check(app: &App, metadata: &ClientMetadata) -> Result<(), Error> {
    let Some(uri) = &metadata.sector_identifier_uri else {
        return Ok(());
    };
    let document = app
        .fetcher
        .get_json(uri, MAX_BYTES)
        .await
        .map_err(|error| fault(FIELD, &error.to_string()))?;
    let Some(listed) = document.as_array() else {
        return Err(fault(FIELD, "what it leads to is not a JSON list"));
    };
    let mut uris = metadata.redirect_uris.iter();
    match uris.find(|uri| !listed.iter().any(|item| item == uri.as_str())) {
        None => Ok(()),
        Some(missing) => Err(fault(
            FIELD,
            &format!(
                "the list that it leads to does not have the redirect URI {}",
                shown(missing.as_str())
            ),
        )),
    }
}
