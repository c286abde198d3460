//! A resource (RFC 8707): an API that accepts our access tokens.

use serde::Serialize;
use url::Url;

use super::scope::Scopes;
use super::signing_key::SigningAlg;

/// A registered resource, as every node caches it.
#[derive(Debug, Clone, Serialize)]
pub struct Resource {
    /// Its identifier: the `aud` of its tokens.
    pub uri: String,
    /// What the consent page calls it.
    pub name: String,
    /// The scopes that are its own: tokens for others do not carry them.
    pub scope: Scopes,
    /// What its tokens are signed with.
    pub alg: SigningAlg,
    /// Lifetime of its tokens in seconds; `None`: the server's default.
    pub access_ttl_seconds: Option<i64>,
    /// What its tokens look like.
    pub format: TokenFormat,
    /// The shared secret of an HS256 resource, sealed under the secret key.
    #[serde(skip)]
    pub secret_sealed: Option<Vec<u8>>,
}

/// What access tokens look like to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// RFC 9068: it validates them itself.
    #[default]
    Jwt,
    /// It can only ask about them (RFC 7662).
    Opaque,
}

impl TokenFormat {
    /// The name on the command line and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jwt => "jwt",
            Self::Opaque => "opaque",
        }
    }
}

/// Checks a resource identifier: an absolute URI without fragment (RFC 8707 §2).
pub fn check_uri(uri: &str) -> Result<(), &'static str> {
    if uri.is_empty() || uri.len() > 2000 || !uri.chars().all(|c| c.is_ascii_graphic()) {
        return Err("it is not 1 to 2000 characters of ASCII without blanks");
    }
    if uri.contains('#') {
        return Err("it must not have a fragment (RFC 8707 section 2)");
    }
    Url::parse(uri).map_err(|_| "it is not an absolute URI such as https://api.example.com")?;
    Ok(())
}
