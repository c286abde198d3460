//! Client metadata in the words of RFC 7591 §2, OpenID Connect Dynamic Client Registration §2 and the logout specifications.
//! What each field may hold stands in `check`.

use std::str::FromStr;

use oauth2_types::requests::GrantType;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::{LocalizedMetadata, MetadataError};
use crate::model::redirect_uri::RedirectUri;
use crate::model::scope::Scopes;
use crate::model::signing_key::SigningAlg;

/// `token_endpoint_auth_method` (RFC 7591 §2, OIDC Core §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// HTTP Basic (RFC 6749 §2.3.1).
    #[default]
    ClientSecretBasic,
    /// In the form body (RFC 6749 §2.3.1).
    ClientSecretPost,
    /// A JWT that is authenticated with the secret (RFC 7523).
    ClientSecretJwt,
    /// A JWT that is signed with a key of the client's (RFC 7523).
    PrivateKeyJwt,
    /// A public client: no authentication (RFC 6749 §2.1).
    None,
}

impl AuthMethod {
    /// Every method, in the order of the metadata document.
    pub const ALL: [Self; 5] = [
        Self::ClientSecretBasic,
        Self::ClientSecretPost,
        Self::ClientSecretJwt,
        Self::PrivateKeyJwt,
        Self::None,
    ];

    /// The name in metadata.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::ClientSecretJwt => "client_secret_jwt",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::None => "none",
        }
    }

    /// Whether it rests on a secret that we made.
    pub const fn has_secret(self) -> bool {
        matches!(
            self,
            Self::ClientSecretBasic | Self::ClientSecretPost | Self::ClientSecretJwt
        )
    }
}

impl FromStr for AuthMethod {
    type Err = MetadataError;
    fn from_str(value: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL
            .into_iter()
            .find(|method| method.as_str() == value);
        found.ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            MetadataError::new(
                "token_endpoint_auth_method",
                format!("{value} is not one of {known}"),
            )
        })
    }
}

/// `application_type` (OIDC Registration §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationType {
    #[default]
    Web,
    Native,
}

impl FromStr for ApplicationType {
    type Err = MetadataError;
    fn from_str(value: &str) -> Result<Self, Self::Err> {
        match value {
            "web" => Ok(Self::Web),
            "native" => Ok(Self::Native),
            _ => Err(MetadataError::new(
                "application_type",
                format!("{value} is not one of web, native"),
            )),
        }
    }
}

/// `subject_type` (OIDC Core §8): what `sub` is to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum SubjectType {
    /// The same for every client.
    #[default]
    Public,
    /// Another for every sector, so that clients cannot tell each other whom they know.
    Pairwise,
}

impl SubjectType {
    /// The name in metadata.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Pairwise => "pairwise",
        }
    }
}

impl FromStr for SubjectType {
    type Err = MetadataError;
    fn from_str(value: &str) -> Result<Self, Self::Err> {
        match value {
            "public" => Ok(Self::Public),
            "pairwise" => Ok(Self::Pairwise),
            _ => Err(MetadataError::new(
                "subject_type",
                format!("{value} is not one of public, pairwise"),
            )),
        }
    }
}

/// An algorithm that a client may choose for what is signed for it with our published keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct IdTokenAlg(SigningAlg);

impl IdTokenAlg {
    /// `None` for HS256: such a token is verified by the published keys.
    pub fn new(alg: SigningAlg) -> Option<Self> {
        (alg != SigningAlg::HS256).then_some(Self(alg))
    }

    /// The algorithm.
    pub const fn alg(self) -> SigningAlg {
        self.0
    }
}

/// What a client registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ClientMetadata {
    pub client_name: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub application_type: ApplicationType,
    #[serde(default)]
    pub redirect_uris: Vec<RedirectUri>,
    pub grant_types: Vec<GrantType>,
    /// Each in the order of [`RESPONSE_TYPES`](super::RESPONSE_TYPES).
    #[serde(default)]
    pub response_types: Vec<String>,
    #[serde(default)]
    pub token_endpoint_auth_method: AuthMethod,
    /// The one algorithm of its client assertions; else any that fits the method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_signing_alg: Option<SigningAlg>,
    /// Its public keys, as a key set (RFC 7517 §5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Where its public keys are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// Every scope that it may ask for.
    #[serde(default)]
    pub scope: Scopes,
    /// The resources (RFC 8707) that it may ask tokens for, by URI.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The resources that it is the server of: it may ask about their tokens (RFC 7662).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_server_of: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    /// Where it can be told to start a sign-in (OIDC Core §4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiate_login_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub subject_type: SubjectType,
    /// Names the hosts that share its pairwise subjects (OIDC Core §8.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector_identifier_uri: Option<String>,
    /// Algorithm of ID tokens; RS256 where none is registered (OIDC Registration §2).
    #[serde(default)]
    pub id_token_signed_response_alg: IdTokenAlg,
    /// UserInfo as a JWT of that algorithm; else as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<IdTokenAlg>,
    /// Algorithm of introspection answers as JWTs (RFC 9701 §6); else RS256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introspection_signed_response_alg: Option<IdTokenAlg>,
    /// The one algorithm of its request objects; else any that its keys have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_object_signing_alg: Option<SigningAlg>,
    /// Where its request objects may be (OIDC Core §6.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub request_uris: Vec<String>,
    /// Seconds; used where a request has no `max_age`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_max_age: Option<u32>,
    /// `auth_time` in every ID token; it is there anyway.
    #[serde(default, skip_serializing_if = "is_default")]
    pub require_auth_time: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default_acr_values: Vec<String>,
    /// Where a person may be sent after signing out (OIDC RP-Initiated Logout §3.1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// Called when a session ends (OIDC Back-Channel Logout §2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_uri: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub backchannel_logout_session_required: bool,
    /// Loaded in a frame when a session ends (OIDC Front-Channel Logout §2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontchannel_logout_uri: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub frontchannel_logout_session_required: bool,
    /// Identifies its software over several registrations (RFC 7591 §2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software_version: Option<String>,
    /// What people read, in other languages.
    #[serde(flatten)]
    pub localized: LocalizedMetadata,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
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

    /// Whether it wants to hear when a session that it knows ends.
    pub const fn hears_of_logout(&self) -> bool {
        self.backchannel_logout_uri.is_some() || self.frontchannel_logout_uri.is_some()
    }

    /// The algorithms that it chose for what is signed for it.
    pub fn chosen_algs(&self) -> impl Iterator<Item = SigningAlg> {
        let chosen = [
            Some(self.id_token_signed_response_alg),
            self.userinfo_signed_response_alg,
            self.introspection_signed_response_alg,
        ];
        chosen.into_iter().flatten().map(IdTokenAlg::alg)
    }

    /// The host of its home page, as a page in that language shows it.
    pub fn home_host_in(&self, tag: &str) -> Option<String> {
        let url = Url::parse(self.client_uri_in(tag)?).ok()?;
        url.host_str().map(ToOwned::to_owned)
    }

    /// What tells the sectors of pairwise subjects apart (OIDC Core §8.1): the host of `sector_identifier_uri`, else the one
    /// that all redirect URIs share; `None` where there is no such host.
    pub fn sector(&self) -> Option<String> {
        // Whoever invents a scheme may put any host behind it, and would be in a stranger's sector.
        let host = |uri: &str| {
            let url = Url::parse(uri).ok()?;
            let is_web = matches!(url.scheme(), "https" | "http");
            url.host_str().filter(|_| is_web).map(ToOwned::to_owned)
        };
        if let Some(uri) = &self.sector_identifier_uri {
            return host(uri);
        }
        let mut hosts = self.redirect_uris.iter().map(|uri| host(uri.as_str()));
        let first = hosts.next()??;
        hosts
            .all(|other| other.as_ref() == Some(&first))
            .then_some(first)
    }
}
