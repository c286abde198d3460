//! Client metadata as an administrator gives it: what is left out, what is taken away, and the checks against what else is registered.

use std::str::FromStr;

use oauth2_types::requests::GrantType;
use serde_json::Value;

use super::items::{check_contact, grant_types, redirect_uri, resource};
use super::{NewClient, admin_api};
use crate::admin::localized::LocalizedFields;
use crate::admin::{AdminError, Result, check_scopes, invalid, parse_alg};
use crate::app::Registry;
use crate::model::client::{ClientMetadata, IdTokenAlg, MetadataError, response_type};
use crate::model::redirect_uri::RedirectUri;
use crate::model::signing_key::SigningAlg;

/// What a client with the code grant may ask for unless its scope is named.
const DEFAULT_SCOPE: &str = "openid profile email offline_access";

/// Metadata as given, in the words of RFC 7591 §2: a field that is `None` keeps its value, or gets its default in a new client.
/// An empty text or list takes a value away.
#[derive(Debug, Clone, Default)]
pub struct ClientFields {
    pub name: Option<String>,
    pub application_type: Option<String>,
    pub redirect_uris: Option<Vec<String>>,
    /// New clients: `authorization_code refresh_token`, or `client_credentials` where there is no redirect URI.
    pub grants: Option<Vec<String>>,
    /// Where grants are given and these are not: `code` with `authorization_code`.
    pub response_types: Option<Vec<String>>,
    /// Blank-separated. New clients with the code grant: [`DEFAULT_SCOPE`].
    pub scope: Option<String>,
    pub resources: Option<Vec<String>>,
    pub resource_server_of: Option<Vec<String>>,
    pub token_endpoint_auth_method: Option<String>,
    pub token_endpoint_auth_signing_alg: Option<String>,
    /// A key set as JSON text.
    pub jwks: Option<String>,
    /// A merge patch upon the key set that there is (RFC 7396).
    pub jwks_patch: Option<Value>,
    pub jwks_uri: Option<String>,
    pub localized: LocalizedFields,
    pub is_first_party: Option<bool>,
    pub is_consent_always_asked: Option<bool>,
    pub required_acr: Option<String>,
    /// Colours as `#rrggbb`.
    pub accent: Option<String>,
    pub accent_dark: Option<String>,
    pub client_uri: Option<String>,
    pub logo_uri: Option<String>,
    pub policy_uri: Option<String>,
    pub tos_uri: Option<String>,
    pub initiate_login_uri: Option<String>,
    pub contacts: Option<Vec<String>>,
    pub subject_type: Option<String>,
    pub sector_identifier_uri: Option<String>,
    pub id_token_signed_response_alg: Option<String>,
    pub userinfo_signed_response_alg: Option<String>,
    pub introspection_signed_response_alg: Option<String>,
    pub request_object_signing_alg: Option<String>,
    pub request_uris: Option<Vec<String>>,
    /// `Some(None)` takes it away.
    pub default_max_age: Option<Option<u32>>,
    pub default_acr_values: Option<Vec<String>>,
    pub post_logout_redirect_uris: Option<Vec<String>>,
    pub backchannel_logout_uri: Option<String>,
    pub backchannel_logout_session_required: Option<bool>,
    pub frontchannel_logout_uri: Option<String>,
    pub frontchannel_logout_session_required: Option<bool>,
}

/// The metadata of a new client, checked against what is registered.
pub(in crate::admin) fn new_metadata(
    registry: &Registry,
    new: &NewClient,
) -> Result<ClientMetadata> {
    let mut fields = new.fields.clone();
    if new.is_public {
        match fields.token_endpoint_auth_method.as_deref() {
            None | Some("none") => fields.token_endpoint_auth_method = Some("none".to_owned()),
            Some(other) => {
                let fault = format!(
                    "{other} needs a secret or a key, and a public client has none; leave out one of the two"
                );
                return Err(invalid("token_endpoint_auth_method", fault));
            }
        }
    }
    let is_public = fields.token_endpoint_auth_method.as_deref() == Some("none");
    let is_given = |items: &Option<Vec<String>>| {
        items
            .as_ref()
            .is_some_and(|items| items.iter().any(|item| !item.is_empty()))
    };
    let has_redirect_uri = is_given(&fields.redirect_uris);
    let is_resource_server = is_given(&fields.resource_server_of);
    if fields.response_types.is_none() {
        let grants = fields.grants.get_or_insert_with(|| {
            // A public client cannot come on its own account, so it is a redirect URI that is missing there.
            let is_for_people = has_redirect_uri || is_public;
            let names: &[&str] = match (is_for_people, is_resource_server) {
                (true, _) => &["authorization_code", "refresh_token"],
                // It asks about tokens, and gets none.
                (false, true) => &[],
                (false, false) => &["client_credentials"],
            };
            names.iter().map(|name| (*name).to_owned()).collect()
        });
        if fields.scope.is_none() && grants.iter().any(|grant| grant == "authorization_code") {
            fields.scope = Some(DEFAULT_SCOPE.to_owned());
        }
    } else if fields.scope.is_none() {
        fields.scope = Some(DEFAULT_SCOPE.to_owned());
    }
    let mut metadata = ClientMetadata::default();
    apply(registry, &mut metadata, &fields)?;
    let is_for_codes = metadata.may_use(&GrantType::AuthorizationCode);
    if fields.grants.is_none() && is_for_codes {
        metadata.grant_types.push(GrantType::RefreshToken);
    }
    metadata.check()?;
    Ok(metadata)
}

/// Puts what is given into `metadata`; its fields are not yet checked against one another.
pub(super) fn apply(
    registry: &Registry,
    metadata: &mut ClientMetadata,
    fields: &ClientFields,
) -> Result<()> {
    if let Some(name) = &fields.name {
        name.trim().clone_into(&mut metadata.client_name);
    }
    fields.localized.apply(&mut metadata.localized)?;
    apply_lists(registry, metadata, fields)?;
    apply_grants(metadata, fields)?;
    if let Some(scope) = &fields.scope {
        metadata.scope = check_scopes(registry, scope)?;
    }
    parsed(
        fields.application_type.as_ref(),
        &mut metadata.application_type,
    )?;
    parsed(
        fields.token_endpoint_auth_method.as_ref(),
        &mut metadata.token_endpoint_auth_method,
    )?;
    parsed(fields.subject_type.as_ref(), &mut metadata.subject_type)?;
    apply_algs(metadata, fields)?;
    if let Some(jwks) = &fields.jwks {
        metadata.jwks = match jwks.trim() {
            "" => None,
            text => Some(parse_jwks(text)?),
        };
    }
    let texts = [
        (&fields.jwks_uri, &mut metadata.jwks_uri),
        (&fields.client_uri, &mut metadata.client_uri),
        (&fields.logo_uri, &mut metadata.logo_uri),
        (&fields.policy_uri, &mut metadata.policy_uri),
        (&fields.tos_uri, &mut metadata.tos_uri),
        (&fields.initiate_login_uri, &mut metadata.initiate_login_uri),
        (
            &fields.sector_identifier_uri,
            &mut metadata.sector_identifier_uri,
        ),
        (
            &fields.backchannel_logout_uri,
            &mut metadata.backchannel_logout_uri,
        ),
        (
            &fields.frontchannel_logout_uri,
            &mut metadata.frontchannel_logout_uri,
        ),
    ];
    for (given, kept) in texts {
        if let Some(text) = given {
            *kept = (!text.is_empty()).then(|| text.clone());
        }
    }
    admin_api::name(registry, metadata);
    metadata.default_max_age = fields.default_max_age.unwrap_or(metadata.default_max_age);
    metadata.backchannel_logout_session_required = fields
        .backchannel_logout_session_required
        .unwrap_or(metadata.backchannel_logout_session_required);
    metadata.frontchannel_logout_session_required = fields
        .frontchannel_logout_session_required
        .unwrap_or(metadata.frontchannel_logout_session_required);
    Ok(())
}

fn apply_lists(
    registry: &Registry,
    metadata: &mut ClientMetadata,
    fields: &ClientFields,
) -> Result<()> {
    let uris = |field: &'static str, uris: &Option<Vec<String>>, kept: &mut Vec<RedirectUri>| {
        if let Some(uris) = uris {
            *kept = given(uris)
                .map(|uri| redirect_uri(field, uri))
                .collect::<Result<_>>()?;
        }
        Ok::<_, AdminError>(())
    };
    uris(
        "redirect_uris",
        &fields.redirect_uris,
        &mut metadata.redirect_uris,
    )?;
    uris(
        "post_logout_redirect_uris",
        &fields.post_logout_redirect_uris,
        &mut metadata.post_logout_redirect_uris,
    )?;
    let resources = [
        ("resources", &fields.resources, &mut metadata.resources),
        (
            "resource_server_of",
            &fields.resource_server_of,
            &mut metadata.resource_server_of,
        ),
    ];
    for (field, uris, kept) in resources {
        if let Some(uris) = uris {
            *kept = given(uris)
                .map(|uri| resource(registry, field, uri))
                .collect::<Result<_>>()?;
        }
    }
    if let Some(contacts) = &fields.contacts {
        metadata.contacts = given(contacts)
            .map(|contact| check_contact(contact))
            .collect::<Result<_>>()?;
    }
    let plain = [
        (&fields.request_uris, &mut metadata.request_uris),
        (&fields.default_acr_values, &mut metadata.default_acr_values),
    ];
    for (items, kept) in plain {
        if let Some(items) = items {
            *kept = given(items).cloned().collect();
        }
    }
    Ok(())
}

fn apply_grants(metadata: &mut ClientMetadata, fields: &ClientFields) -> Result<()> {
    if let Some(names) = &fields.response_types {
        metadata.response_types = given(names)
            .map(|name| {
                let found = response_type(name).map(ToOwned::to_owned);
                found.ok_or_else(|| invalid("response_types", format!("{name:?} is not one")))
            })
            .collect::<Result<_>>()?;
        let wants = |part: &str| {
            let mut types = metadata.response_types.iter();
            types.any(|name| name.split(' ').any(|word| word == part))
        };
        if fields.grants.is_none() {
            // What the response types need (RFC 7591 §2.1), beside what there is.
            for (grant, is_needed) in [
                (GrantType::AuthorizationCode, wants("code")),
                (GrantType::Implicit, wants("token") || wants("id_token")),
            ] {
                metadata.grant_types.retain(|known| *known != grant);
                if is_needed {
                    metadata.grant_types.push(grant);
                }
            }
        }
    }
    if let Some(grants) = &fields.grants {
        metadata.grant_types = grant_types(grants);
        if fields.response_types.is_none() {
            keep_response_types(metadata);
        }
    }
    Ok(())
}

/// The response types that the grant types still allow (RFC 7591 §2.1), and `code` where there was none for its grant.
fn keep_response_types(metadata: &mut ClientMetadata) {
    let has_code = metadata.may_use(&GrantType::AuthorizationCode);
    let has_implicit = metadata.may_use(&GrantType::Implicit);
    let fits = |word: &str| {
        if word == "code" {
            has_code
        } else {
            has_implicit
        }
    };
    let types = &mut metadata.response_types;
    types.retain(|name| name.split(' ').all(fits));
    if has_code && !types.iter().any(|name| name.starts_with("code")) {
        types.insert(0, "code".to_owned());
    }
}

fn apply_algs(metadata: &mut ClientMetadata, fields: &ClientFields) -> Result<()> {
    if let Some(alg) = &fields.id_token_signed_response_alg {
        metadata.id_token_signed_response_alg = published("id_token_signed_response_alg", alg)?;
    }
    let ours = [
        (
            "userinfo_signed_response_alg",
            &fields.userinfo_signed_response_alg,
            &mut metadata.userinfo_signed_response_alg,
        ),
        (
            "introspection_signed_response_alg",
            &fields.introspection_signed_response_alg,
            &mut metadata.introspection_signed_response_alg,
        ),
    ];
    for (field, given, kept) in ours {
        if let Some(alg) = given {
            *kept = match alg.as_str() {
                "" => None,
                alg => Some(published(field, alg)?),
            };
        }
    }
    let theirs: [(_, _, &mut Option<SigningAlg>); 2] = [
        (
            "token_endpoint_auth_signing_alg",
            &fields.token_endpoint_auth_signing_alg,
            &mut metadata.token_endpoint_auth_signing_alg,
        ),
        (
            "request_object_signing_alg",
            &fields.request_object_signing_alg,
            &mut metadata.request_object_signing_alg,
        ),
    ];
    for (field, given, kept) in theirs {
        if let Some(alg) = given {
            *kept = match alg.as_str() {
                "" => None,
                alg => Some(parse_alg(field, alg)?),
            };
        }
    }
    Ok(())
}

fn published(field: &'static str, alg: &str) -> Result<IdTokenAlg> {
    IdTokenAlg::new(parse_alg(field, alg)?).ok_or_else(|| {
        invalid(
            field,
            "HS256 is for resources; this is verified by the published keys",
        )
    })
}

fn parsed<T: FromStr<Err = MetadataError>>(given: Option<&String>, kept: &mut T) -> Result<()> {
    if let Some(text) = given {
        *kept = text.parse()?;
    }
    Ok(())
}

fn parse_jwks(text: &str) -> Result<Value> {
    let wanted = "it is not JSON; a JWK Set is wanted, {\"keys\":[…]}, and PEM is none";
    serde_json::from_str(text).map_err(|error| invalid("jwks", format!("{wanted}: {error}")))
}

/// The items that are not empty.
fn given(items: &[String]) -> impl Iterator<Item = &String> {
    items.iter().filter(|item| !item.is_empty())
}
