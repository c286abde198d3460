//! Whether people are asked for consent: never, every time, or as they decided before.

use super::ClientFields;
use crate::admin::{Result, invalid};
use crate::model::client::Client;

/// Puts the marks that are given on the client.
pub(super) fn mark(client: &mut Client, fields: &ClientFields) -> Result<()> {
    client.is_first_party = fields.is_first_party.unwrap_or(client.is_first_party);
    client.is_consent_always_asked = fields
        .is_consent_always_asked
        .unwrap_or(client.is_consent_always_asked);
    check_marks(client.is_first_party, client.is_consent_always_asked)
}

/// One says never, the other always.
pub(in crate::admin) fn check_marks(is_first_party: bool, is_always_asked: bool) -> Result<()> {
    if is_first_party && is_always_asked {
        return Err(invalid(
            "always_ask",
            "nobody is asked about a first-party client; choose one of first_party and always_ask",
        ));
    }
    Ok(())
}
