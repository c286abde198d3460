//! What administrators alone say of a client: how strong its sign-ins are, its colours, and whether people are asked for consent: never, every
//! time, or as they decided before.

use super::ClientFields;
use crate::admin::{Result, invalid};
use crate::model::acr::Acr;
use crate::model::client::{Client, ClientBranding};
use crate::model::colour::{Colour, DARK, LIGHT};

/// Puts the marks that are given on the client.
pub(super) fn mark(client: &mut Client, fields: &ClientFields) -> Result<()> {
    client.is_first_party = fields.is_first_party.unwrap_or(client.is_first_party);
    client.is_consent_always_asked = fields
        .is_consent_always_asked
        .unwrap_or(client.is_consent_always_asked);
    client.required_acr = required_acr(fields, client.required_acr)?;
    client.branding = branding(fields, client.branding)?;
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

/// What is given, else what was there; an empty text takes it away.
pub(in crate::admin) fn required_acr(
    fields: &ClientFields,
    before: Option<Acr>,
) -> Result<Option<Acr>> {
    match fields.required_acr.as_deref() {
        None => Ok(before),
        Some("") => Ok(None),
        Some(name) => {
            let parsed = name.parse::<Acr>();
            parsed
                .map(Some)
                .map_err(|error| invalid("required_acr", format!("{name:?}: {error}")))
        }
    }
}

/// What is given, if it can be read on our pages, else what was there; an empty text takes it away.
pub(in crate::admin) fn branding(
    fields: &ClientFields,
    before: ClientBranding,
) -> Result<ClientBranding> {
    let accent = ("accent", fields.accent.as_deref());
    let accent_dark = ("accent_dark", fields.accent_dark.as_deref());
    Ok(ClientBranding {
        accent: colour(accent, before.accent, &LIGHT)?,
        accent_dark: colour(accent_dark, before.accent_dark, &DARK)?,
    })
}

fn colour(
    (field, given): (&'static str, Option<&str>),
    before: Option<Colour>,
    grounds: &[Colour],
) -> Result<Option<Colour>> {
    let text = match given {
        None => return Ok(before),
        Some("") => return Ok(None),
        Some(text) => text,
    };
    let parsed = text.parse::<Colour>();
    let colour = parsed.map_err(|fault| invalid(field, format!("{text:?} {fault}")))?;
    match colour.fault_on(grounds) {
        Some(fault) => Err(invalid(field, format!("{colour} {fault}"))),
        None => Ok(Some(colour)),
    }
}
