//! A client's metadata as it is sent. A member that is left out stays as it is in a PATCH, and gets its default elsewhere.

use actix_web::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{PartialSchema as _, ToSchema};

use crate::admin::clients::ClientFields;
use crate::admin::localized::LocalizedFields;
use crate::http::api::call::{Nullable, present, removable};
use crate::http::api::problem::Problem;
use crate::model::client::localized_field;

/// What a client registers, in the words of RFC 7591 §2 and OpenID Connect Dynamic Client Registration §2.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(in crate::http::api) struct ClientBody {
    /// Chosen in a POST, else one is made; elsewhere the one in the address.
    #[serde(deserialize_with = "present")]
    #[schema(
        min_length = 1,
        max_length = 128,
        pattern = "^[A-Za-z0-9._~:/@-]+$",
        example = "photo-printer",
        nullable = false
    )]
    pub client_id: Option<String>,
    /// What people read.
    #[serde(deserialize_with = "present")]
    #[schema(max_length = 100, example = "Photo Printer", nullable = false)]
    pub client_name: Option<String>,
    /// web if not given.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub application_type: Option<String>,
    #[serde(deserialize_with = "removable")]
    #[schema(example = json!(["https://app.example.com/callback"]))]
    pub redirect_uris: Option<Vec<String>>,
    /// `authorization_code` and `refresh_token` where there are redirect URIs, else `client_credentials`, if not given.
    #[serde(deserialize_with = "removable")]
    pub grant_types: Option<Vec<String>>,
    /// What the grant types need, if not given.
    #[serde(deserialize_with = "removable")]
    pub response_types: Option<Vec<String>>,
    /// Blank-separated; each registered before.
    #[serde(deserialize_with = "removable")]
    #[schema(example = "openid profile email")]
    pub scope: Option<String>,
    /// The resources (RFC 8707) that it may ask tokens for.
    #[serde(deserialize_with = "removable")]
    pub resources: Option<Vec<String>>,
    /// The resources that it is the server of: it may ask about their tokens (RFC 7662).
    #[serde(deserialize_with = "removable")]
    pub resource_server_of: Option<Vec<String>>,
    /// `client_secret_basic` if not given; `none` for a public client.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub token_endpoint_auth_method: Option<String>,
    /// The one algorithm of its client assertions; else any that fits.
    #[serde(deserialize_with = "removable")]
    pub token_endpoint_auth_signing_alg: Option<String>,
    /// Its public keys, as a key set (RFC 7517 §5).
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<Nullable<Map<String, Value>>>,
    /// Where its public keys are.
    #[serde(deserialize_with = "removable")]
    pub jwks_uri: Option<String>,
    /// Belongs to the installation itself: people are not asked for consent.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub first_party: Option<bool>,
    /// What it wants of every sign-in at least: `mfa`, two factors, or `phr`, a passkey.
    #[serde(deserialize_with = "removable")]
    pub required_acr: Option<String>,
    /// The colour of links and main buttons on the pages that lead to it, as `#rrggbb`. Text in it must be readable on a light page.
    #[serde(deserialize_with = "removable")]
    #[schema(pattern = "^(#[0-9A-Fa-f]{6})?$", example = "#0f6a5b")]
    pub accent: Option<String>,
    /// The same on dark pages; made of `accent` if not given.
    #[serde(deserialize_with = "removable")]
    #[schema(pattern = "^(#[0-9A-Fa-f]{6})?$", example = "#6fcdb6")]
    pub accent_dark: Option<String>,
    /// People are asked every time, whatever they allowed before. Not with `first_party`.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub always_ask: Option<bool>,
    /// Its home page.
    #[serde(deserialize_with = "removable")]
    pub client_uri: Option<String>,
    #[serde(deserialize_with = "removable")]
    pub logo_uri: Option<String>,
    #[serde(deserialize_with = "removable")]
    pub policy_uri: Option<String>,
    #[serde(deserialize_with = "removable")]
    pub tos_uri: Option<String>,
    /// Where it can be told to start a sign-in (OIDC Core §4).
    #[serde(deserialize_with = "removable")]
    pub initiate_login_uri: Option<String>,
    #[serde(deserialize_with = "removable")]
    pub contacts: Option<Vec<String>>,
    /// `public` if not given.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub subject_type: Option<String>,
    /// Names the hosts that share its pairwise subjects (OIDC Core §8.1).
    #[serde(deserialize_with = "removable")]
    pub sector_identifier_uri: Option<String>,
    /// `RS256` if not given.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub id_token_signed_response_alg: Option<String>,
    /// UserInfo as a JWT of that algorithm; else as JSON.
    #[serde(deserialize_with = "removable")]
    pub userinfo_signed_response_alg: Option<String>,
    #[serde(deserialize_with = "removable")]
    pub introspection_signed_response_alg: Option<String>,
    /// The one algorithm of its request objects; else any that its keys have.
    #[serde(deserialize_with = "removable")]
    pub request_object_signing_alg: Option<String>,
    #[serde(deserialize_with = "removable")]
    pub request_uris: Option<Vec<String>>,
    /// Seconds; used where a request has no `max_age`.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<u32>)]
    pub default_max_age: Option<Nullable<u32>>,
    #[serde(deserialize_with = "removable")]
    pub default_acr_values: Option<Vec<String>>,
    /// Where a person may be sent after signing out.
    #[serde(deserialize_with = "removable")]
    pub post_logout_redirect_uris: Option<Vec<String>>,
    #[serde(deserialize_with = "removable")]
    pub backchannel_logout_uri: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub backchannel_logout_session_required: Option<bool>,
    #[serde(deserialize_with = "removable")]
    pub frontchannel_logout_uri: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    pub frontchannel_logout_session_required: Option<bool>,
    /// Fields in other languages (RFC 7591 §2.2), such as `client_name#de`; there is no other member. The document is told of them by hand.
    #[serde(flatten)]
    #[schema(ignore)]
    pub others: Map<String, Value>,
}

impl ClientBody {
    /// The same in the words of `admin`, of a merge patch: an object goes into the one that there is (RFC 7396 §2).
    pub(in crate::http::api) fn into_changes(mut self) -> Result<ClientFields, Problem> {
        let jwks_patch = self.jwks.take_if(|jwks| jwks.is_some()).flatten();
        Ok(ClientFields {
            jwks_patch: jwks_patch.map(Value::Object),
            ..self.into_fields()?
        })
    }

    /// The same in the words of `admin`.
    pub(in crate::http::api) fn into_fields(self) -> Result<ClientFields, Problem> {
        let texts = self.others.iter().map(localized);
        let texts = texts.collect::<Result<_, Problem>>()?;
        Ok(ClientFields {
            localized: LocalizedFields {
                texts,
                are_all: false,
            },
            name: self.client_name,
            application_type: self.application_type,
            redirect_uris: self.redirect_uris,
            grants: self.grant_types,
            response_types: self.response_types,
            scope: self.scope,
            resources: self.resources,
            resource_server_of: self.resource_server_of,
            token_endpoint_auth_method: self.token_endpoint_auth_method,
            token_endpoint_auth_signing_alg: self.token_endpoint_auth_signing_alg,
            jwks: self
                .jwks
                .map(|jwks| jwks.map_or_else(String::new, |jwks| Value::Object(jwks).to_string())),
            jwks_patch: None,
            jwks_uri: self.jwks_uri,
            is_first_party: self.first_party,
            required_acr: self.required_acr,
            accent: self.accent,
            accent_dark: self.accent_dark,
            is_consent_always_asked: self.always_ask,
            client_uri: self.client_uri,
            logo_uri: self.logo_uri,
            policy_uri: self.policy_uri,
            tos_uri: self.tos_uri,
            initiate_login_uri: self.initiate_login_uri,
            contacts: self.contacts,
            subject_type: self.subject_type,
            sector_identifier_uri: self.sector_identifier_uri,
            id_token_signed_response_alg: self.id_token_signed_response_alg,
            userinfo_signed_response_alg: self.userinfo_signed_response_alg,
            introspection_signed_response_alg: self.introspection_signed_response_alg,
            request_object_signing_alg: self.request_object_signing_alg,
            request_uris: self.request_uris,
            default_max_age: self.default_max_age,
            default_acr_values: self.default_acr_values,
            post_logout_redirect_uris: self.post_logout_redirect_uris,
            backchannel_logout_uri: self.backchannel_logout_uri,
            backchannel_logout_session_required: self.backchannel_logout_session_required,
            frontchannel_logout_uri: self.frontchannel_logout_uri,
            frontchannel_logout_session_required: self.frontchannel_logout_session_required,
        })
    }
}

/// The names of the members, to be read.
fn members() -> String {
    let schema = serde_json::to_value(ClientBody::schema()).unwrap_or_default();
    let names = schema["properties"].as_object().into_iter().flatten();
    let names: Vec<String> = names.map(|(name, _)| format!("`{name}`")).collect();
    names.join(", ")
}

/// A member that is none of the fields: one of them in another language, or a fault. `null` takes it away.
fn localized((member, value): (&String, &Value)) -> Result<(String, String), Problem> {
    let fault = |text: String| {
        Err(Problem::field(
            StatusCode::UNPROCESSABLE_ENTITY,
            member,
            text,
        ))
    };
    if localized_field(member).is_none() {
        return fault(format!(
            "unknown field `{member}`, expected one of {}",
            members()
        ));
    }
    match value {
        Value::Null => Ok((member.clone(), String::new())),
        Value::String(text) => Ok((member.clone(), text.clone())),
        _ => fault("it must be text".to_owned()),
    }
}
