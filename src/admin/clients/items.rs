//! One item of a list of a client's metadata, checked.

use oauth2_types::requests::GrantType;

use crate::admin::{Result, invalid};
use crate::app::Registry;
use crate::model::client::is_deceptive;
use crate::model::redirect_uri::RedirectUri;

pub(super) fn redirect_uri(field: &'static str, uri: &str) -> Result<RedirectUri> {
    RedirectUri::parse(uri).map_err(|error| invalid(field, format!("{uri:?}: {error}")))
}

/// Each once, in the order given.
pub(super) fn grant_types(names: &[String]) -> Vec<GrantType> {
    let mut types: Vec<GrantType> = Vec::new();
    for name in names.iter().flat_map(|name| name.split_whitespace()) {
        let Ok(grant) = name.parse::<GrantType>();
        if !types.contains(&grant) {
            types.push(grant);
        }
    }
    types
}

pub(super) fn resource(registry: &Registry, field: &'static str, uri: &str) -> Result<String> {
    if registry.resources.contains_key(uri) {
        return Ok(uri.to_owned());
    }
    let fault = format!(
        "{uri:?} is not registered; register it first: placet resource add URI --name \"…\" --scope \"…\""
    );
    Err(invalid(field, fault))
}

pub(super) fn check_contact(contact: &str) -> Result<String> {
    if contact.chars().count() > 254 || contact.chars().any(is_deceptive) {
        return Err(invalid(
            "contacts",
            format!("{contact:?} is not an address of at most 254 characters on one line"),
        ));
    }
    Ok(contact.to_owned())
}
