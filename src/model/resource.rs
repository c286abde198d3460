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
    /// The shared secret of an HS256 resource, sealed under the secret key.
    #[serde(skip)]
    pub secret_sealed: Option<Vec<u8>>,
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
