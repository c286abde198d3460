//! The issuer: this server's name for itself in tokens and metadata (RFC 8414 §2, OIDC Discovery §3). Kept byte for byte as it was given.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use url::{Host, Url};

/// An https URL without query, fragment, user information or trailing slash. http is good for a loopback host only.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Issuer {
    given: String,
    url: Url,
}

/// Why a URL is no issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssuerError {
    #[error("not an absolute http or https URL")]
    NotAUrl,
    #[error("http is for loopback hosts only; use https")]
    Insecure,
    #[error("must not have a query")]
    Query,
    #[error("must not have a fragment")]
    Fragment,
    #[error("must not have a user name or password")]
    UserInfo,
    #[error("must not end in a slash")]
    TrailingSlash,
    #[error(
        "must be written in its plain form: lower-case host, no default port, no blanks, no dot segments"
    )]
    NotCanonical,
}

impl Issuer {
    /// As given: what `iss` says and what clients compare byte for byte (RFC 9207 §2.4).
    pub fn as_str(&self) -> &str {
        &self.given
    }

    /// Parsed; its path is `/` where the issuer has none.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the installation is served over TLS.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// What comes before every route: `""`, or `"/x"` without a slash at its end.
    pub fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// Scheme, host and port, such as `https://id.example.com:8443`.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Whether the host is this machine: `localhost`, `*.localhost`, 127.0.0.0/8 or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

/// `http://localhost:8080`, where a server is that was not told its name.
impl Default for Issuer {
    fn default() -> Self {
        let given = "http://localhost:8080";
        match given.parse() {
            Ok(issuer) => issuer,
            // A test reads it; there is no other way to write down a parsed URL.
            Err(_) => unreachable!("{given} is an issuer"),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl FromStr for Issuer {
    type Err = IssuerError;

    fn from_str(given: &str) -> Result<Self, IssuerError> {
        let url = Url::parse(given).map_err(|_| IssuerError::NotAUrl)?;
        let is_http = url.scheme() == "http";
        if (!is_http && url.scheme() != "https") || url.host().is_none() {
            return Err(IssuerError::NotAUrl);
        }
        let faults = [
            (is_http && !is_loopback(&url), IssuerError::Insecure),
            // Looked for in the text as well: an empty query or user name leaves no trace in the parsed URL.
            (given.contains('#'), IssuerError::Fragment),
            (given.contains('?'), IssuerError::Query),
            (given.contains('@'), IssuerError::UserInfo),
            (given.ends_with('/'), IssuerError::TrailingSlash),
            // Clients parse and rebuild URLs; one that changes when parsed would not compare equal any more.
            (
                url.as_str().trim_end_matches('/') != given,
                IssuerError::NotCanonical,
            ),
        ];
        match faults.into_iter().find(|(is_fault, _)| *is_fault) {
            Some((_, fault)) => Err(fault),
            None => Ok(Self {
                given: given.to_owned(),
                url,
            }),
        }
    }
}

impl From<Issuer> for String {
    fn from(issuer: Issuer) -> Self {
        issuer.given
    }
}

impl<'de> Deserialize<'de> for Issuer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.given)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issuer({})", self.given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_issuers_are_kept_as_given() {
        let cases = [
            (
                "https://id.example.com",
                "",
                "https://id.example.com",
                false,
            ),
            (
                "https://id.example.com:8443",
                "",
                "https://id.example.com:8443",
                false,
            ),
            (
                "https://example.com/id",
                "/id",
                "https://example.com",
                false,
            ),
            (
                "https://example.com/a/b",
                "/a/b",
                "https://example.com",
                false,
            ),
            ("http://localhost:8080", "", "http://localhost:8080", true),
            ("http://id.localhost", "", "http://id.localhost", true),
            ("http://127.0.0.2:1", "", "http://127.0.0.2:1", true),
            ("http://[::1]:8080/x", "/x", "http://[::1]:8080", true),
            ("https://10.0.0.1", "", "https://10.0.0.1", false),
        ];
        for (given, path, origin, is_loopback) in cases {
            let issuer: Issuer = given.parse().unwrap();
            assert_eq!(issuer.as_str(), given);
            assert_eq!(issuer.path(), path, "{given}");
            assert_eq!(issuer.origin(), origin);
            assert_eq!(issuer.is_loopback(), is_loopback, "{given}");
            assert_eq!(issuer.is_https(), given.starts_with("https"));
        }
    }

    #[test]
    fn the_default_is_an_issuer() {
        assert_eq!(Issuer::default().as_str(), "http://localhost:8080");
    }

    #[test]
    fn bad_issuers_say_why() {
        let cases = [
            ("", IssuerError::NotAUrl),
            ("id.example.com", IssuerError::NotAUrl),
            ("ftp://id.example.com", IssuerError::NotAUrl),
            ("mailto:a@b", IssuerError::NotAUrl),
            ("http://id.example.com", IssuerError::Insecure),
            ("http://localhost.example.com", IssuerError::Insecure),
            ("http://notlocalhost", IssuerError::Insecure),
            ("http://192.168.0.1", IssuerError::Insecure),
            ("https://id.example.com?", IssuerError::Query),
            ("https://id.example.com/x?a=b", IssuerError::Query),
            ("https://id.example.com#", IssuerError::Fragment),
            ("https://id.example.com#x", IssuerError::Fragment),
            ("https://ada@id.example.com", IssuerError::UserInfo),
            ("https://@id.example.com", IssuerError::UserInfo),
            ("https://id.example.com/", IssuerError::TrailingSlash),
            ("https://example.com/id/", IssuerError::TrailingSlash),
            ("https://ID.example.com", IssuerError::NotCanonical),
            ("https://id.example.com:443", IssuerError::NotCanonical),
            ("https://id.example.com/a/../b", IssuerError::NotCanonical),
            (" https://id.example.com", IssuerError::NotCanonical),
            ("https:id.example.com", IssuerError::NotCanonical),
        ];
        for (given, fault) in cases {
            assert_eq!(given.parse::<Issuer>(), Err(fault), "{given}");
        }
    }
}
