//! A client: who may ask, and what it registered (RFC 7591 §2). The rules of registration stand here, once.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;
use serde::{Deserialize, Serialize};
use url::Url;

use super::id::ClientId;
use super::redirect_uri::RedirectUri;
use super::scope::Scopes;
use super::secret::TokenHash;
use super::signing_key::SigningAlg;

/// A registered client, as every node caches it.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its `client_id`.
    pub id: ClientId,
    /// What it registered.
    pub metadata: ClientMetadata,
    /// Belongs to the installation itself: people are not asked for consent.
    pub is_first_party: bool,
    /// Who registered it: decides what the consent page says of it.
    pub registration: Registration,
    /// Set: no grant works.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The hashes of its secrets; several during a change of secret.
    pub secrets: Vec<ClientSecret>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// One secret of a client, hashed.
#[derive(Debug, Clone, Copy)]
pub struct ClientSecret {
    /// SHA-256 of the secret.
    pub hash: TokenHash,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From then on it is dead; `None`: until removed.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Who registered a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// An administrator, who looked at it.
    Administrator,
    /// The client itself (RFC 7591).
    Dynamic,
}

/// `token_endpoint_auth_method` (RFC 7591 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// HTTP Basic (RFC 6749 §2.3.1).
    #[default]
    ClientSecretBasic,
    /// In the form body (RFC 6749 §2.3.1).
    ClientSecretPost,
    /// A public client: no authentication (RFC 6749 §2.1).
    None,
}

impl AuthMethod {
    /// The name in metadata.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::None => "none",
        }
    }
}

impl FromStr for AuthMethod {
    type Err = MetadataError;
    fn from_str(value: &str) -> Result<Self, Self::Err> {
        [Self::ClientSecretBasic, Self::ClientSecretPost, Self::None]
            .into_iter()
            .find(|method| method.as_str() == value)
            .ok_or_else(|| {
                MetadataError::new(
                    "token_endpoint_auth_method",
                    format!("{value} is not one of client_secret_basic, client_secret_post, none"),
                )
            })
    }
}

/// Client metadata in the words of RFC 7591 §2 and OpenID Connect Dynamic Client Registration §2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientMetadata {
    pub client_name: String,
    #[serde(default)]
    pub redirect_uris: Vec<RedirectUri>,
    pub grant_types: Vec<GrantType>,
    #[serde(default)]
    pub response_types: Vec<String>,
    #[serde(default)]
    pub token_endpoint_auth_method: AuthMethod,
    /// Every scope that it may ask for.
    #[serde(default)]
    pub scope: Scopes,
    /// The resources (RFC 8707) that it may ask tokens for, by URI.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    /// Algorithm of ID tokens; RS256 where none is registered (OIDC Registration §2).
    #[serde(default)]
    pub id_token_signed_response_alg: IdTokenAlg,
    /// Seconds; used where a request has no `max_age`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_max_age: Option<u32>,
}

/// The algorithms that a client may choose for its ID tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct IdTokenAlg(SigningAlg);

impl IdTokenAlg {
    /// `None` for HS256: an ID token is verified by the published keys.
    pub fn new(alg: SigningAlg) -> Option<Self> {
        (alg != SigningAlg::HS256).then_some(Self(alg))
    }

    /// The algorithm.
    pub const fn alg(self) -> SigningAlg {
        self.0
    }
}

/// What is wrong with one field of client metadata.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct MetadataError {
    /// The field's name in RFC 7591.
    pub field: &'static str,
    /// The fault and its mend.
    pub fault: String,
}

impl MetadataError {
    /// A fault of `field`.
    pub fn new(field: &'static str, fault: impl Into<String>) -> Self {
        Self {
            field,
            fault: fault.into(),
        }
    }
}

impl ClientMetadata {
    /// Whether `grant` was registered.
    pub fn may_use(&self, grant: &GrantType) -> bool {
        self.grant_types.contains(grant)
    }

    /// Whether it is a public client (RFC 6749 §2.1).
    pub fn is_public(&self) -> bool {
        self.token_endpoint_auth_method == AuthMethod::None
    }

    /// Checks the fields against one another (RFC 7591 §2); the first fault found.
    pub fn check(&self) -> Result<(), MetadataError> {
        self.check_name()?;
        self.check_grants()?;
        self.check_redirect_uris()?;
        self.check_links()?;
        for resource in &self.resources {
            super::resource::check_uri(resource)
                .map_err(|fault| MetadataError::new("resources", format!("{resource}: {fault}")))?;
        }
        Ok(())
    }

    fn check_name(&self) -> Result<(), MetadataError> {
        let name = self.client_name.trim();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(MetadataError::new(
                "client_name",
                "it has 1 to 200 characters",
            ));
        }
        if name.chars().any(is_deceptive) {
            return Err(MetadataError::new(
                "client_name",
                "it has control characters or ones that turn the direction of writing",
            ));
        }
        Ok(())
    }

    fn check_grants(&self) -> Result<(), MetadataError> {
        let fault = |text: &str| Err(MetadataError::new("grant_types", text));
        if self.grant_types.is_empty() {
            return fault("at least one is needed");
        }
        for grant in &self.grant_types {
            if !SUPPORTED_GRANTS.contains(grant) {
                return fault(&format!(
                    "{grant} is not one of authorization_code, refresh_token, client_credentials, password"
                ));
            }
        }
        if self.is_public() && self.may_use(&GrantType::ClientCredentials) {
            return fault("a public client cannot have client_credentials (RFC 6749 section 4.4)");
        }
        let starts = [GrantType::AuthorizationCode, GrantType::Password];
        if self.may_use(&GrantType::RefreshToken) && !starts.iter().any(|grant| self.may_use(grant))
        {
            return fault("refresh_token needs authorization_code or password beside it");
        }
        let wants_code = self.response_types.iter().any(|r| r == "code");
        if wants_code != self.may_use(&GrantType::AuthorizationCode)
            || self.response_types.len() > 1
        {
            return Err(MetadataError::new(
                "response_types",
                "it is [\"code\"] with the grant type authorization_code, else empty",
            ));
        }
        Ok(())
    }

    fn check_redirect_uris(&self) -> Result<(), MetadataError> {
        let needed = self.may_use(&GrantType::AuthorizationCode);
        if needed && self.redirect_uris.is_empty() {
            return Err(MetadataError::new(
                "redirect_uris",
                "authorization_code needs at least one",
            ));
        }
        for (index, uri) in self.redirect_uris.iter().enumerate() {
            if self.redirect_uris[..index].contains(uri) {
                return Err(MetadataError::new(
                    "redirect_uris",
                    format!("{uri} is there twice"),
                ));
            }
        }
        Ok(())
    }

    fn check_links(&self) -> Result<(), MetadataError> {
        let links = [
            ("client_uri", &self.client_uri),
            ("logo_uri", &self.logo_uri),
            ("policy_uri", &self.policy_uri),
            ("tos_uri", &self.tos_uri),
        ];
        for (field, link) in links {
            let Some(link) = link else { continue };
            let is_web = Url::parse(link)
                .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
            if !is_web || link.len() > 2000 {
                return Err(MetadataError::new(
                    field,
                    "it must be an http or https address",
                ));
            }
        }
        Ok(())
    }

    /// The host of its home page, as the consent page shows it.
    pub fn home_host(&self) -> Option<String> {
        let url = Url::parse(self.client_uri.as_deref()?).ok()?;
        url.host_str().map(ToOwned::to_owned)
    }
}

/// The grant types that work; discovery lists them.
pub const SUPPORTED_GRANTS: [GrantType; 4] = [
    GrantType::AuthorizationCode,
    GrantType::RefreshToken,
    GrantType::ClientCredentials,
    GrantType::Password,
];

impl Client {
    /// Whether any grant may work now.
    pub const fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// Whether one of its secrets is alive at `now`.
    pub fn live_secrets(&self, now: DateTime<Utc>) -> impl Iterator<Item = &ClientSecret> {
        self.secrets
            .iter()
            .filter(move |secret| secret.expires_at.is_none_or(|at| now < at))
    }
}

/// Characters with which a name could pass for another or break the page: controls and bidirectional overrides.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web() -> ClientMetadata {
        ClientMetadata {
            client_name: "App".into(),
            redirect_uris: vec![RedirectUri::parse("https://app.example/cb").unwrap()],
            grant_types: vec![GrantType::AuthorizationCode],
            response_types: vec!["code".into()],
            token_endpoint_auth_method: AuthMethod::default(),
            scope: Scopes::default(),
            resources: vec![],
            client_uri: None,
            logo_uri: None,
            policy_uri: None,
            tos_uri: None,
            contacts: vec![],
            id_token_signed_response_alg: IdTokenAlg::default(),
            default_max_age: None,
        }
    }

    #[test]
    fn each_fault_names_its_field() {
        assert_eq!(web().check(), Ok(()));
        let field = |change: &dyn Fn(&mut ClientMetadata)| {
            let mut metadata = web();
            change(&mut metadata);
            metadata.check().unwrap_err().field
        };
        assert_eq!(field(&|m| m.client_name = " ".into()), "client_name");
        assert_eq!(
            field(&|m| m.client_name = "a\u{202e}b".into()),
            "client_name"
        );
        assert_eq!(field(&|m| m.grant_types.clear()), "grant_types");
        assert_eq!(
            field(&|m| m.grant_types = vec![GrantType::Implicit]),
            "grant_types"
        );
        assert_eq!(field(&|m| m.redirect_uris.clear()), "redirect_uris");
        assert_eq!(
            field(&|m| m.redirect_uris.push(m.redirect_uris[0].clone())),
            "redirect_uris"
        );
        assert_eq!(
            field(&|m| m.policy_uri = Some("javascript:x".into())),
            "policy_uri"
        );
        assert_eq!(field(&|m| m.response_types.clear()), "response_types");
        assert_eq!(field(&|m| m.resources = vec!["/x".into()]), "resources");
        let public = &|m: &mut ClientMetadata| {
            m.token_endpoint_auth_method = AuthMethod::None;
            m.grant_types.push(GrantType::ClientCredentials);
        };
        assert_eq!(field(public), "grant_types");
    }
}
