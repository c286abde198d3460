//! Clients as administrators see them.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::secrets::secret_id;
use crate::model::acr::Acr;
use crate::model::client::{Client, ClientBranding, ClientMetadata, ClientSecret};
use crate::model::secret::Secret;

/// Client information in the words of RFC 7591 §3.2.1, and ours.
#[derive(Debug, Serialize)]
pub struct ClientView<'a> {
    client_id: &'a str,
    client_id_issued_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
    /// 0: it does not expire. Goes with `client_secret`.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret_expires_at: Option<i64>,
    #[serde(flatten)]
    metadata: &'a ClientMetadata,
    // The metadata leaves an empty list out.
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<[&'a str; 0]>,
    first_party: bool,
    always_ask: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    required_acr: Option<Acr>,
    #[serde(flatten)]
    branding: ClientBranding,
    disabled: bool,
    /// The secrets that are alive, by their times.
    secrets: Vec<SecretView>,
}

/// A secret as administrators see one: never itself (S171).
#[derive(Debug, Clone, Serialize)]
pub struct SecretView {
    /// Names it, and tells nothing of it: the beginning of its hash.
    pub id: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
}

impl<'a> ClientView<'a> {
    /// As stored; `secret` only where one was just made.
    pub fn new(client: &'a Client, secret: Option<&'a Secret<String>>, now: DateTime<Utc>) -> Self {
        let metadata = &client.metadata;
        Self {
            client_id: client.id.as_str(),
            client_id_issued_at: client.created_at.timestamp(),
            client_secret: secret.map(|secret| secret.expose().as_str()),
            client_secret_expires_at: secret.map(|_| 0),
            metadata,
            resources: metadata.resources.is_empty().then_some([]),
            first_party: client.is_first_party,
            always_ask: client.is_consent_always_asked,
            required_acr: client.required_acr,
            branding: client.branding,
            disabled: !client.is_enabled(),
            secrets: client.live_secrets(now).map(SecretView::from).collect(),
        }
    }
}

impl From<&ClientSecret> for SecretView {
    fn from(secret: &ClientSecret) -> Self {
        Self {
            id: secret_id(secret),
            created_at: secret.created_at,
            expires_at: secret.expires_at,
        }
    }
}
