//! A redirect URI as a client registered it (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §4.1).
//!
//! Kept byte for byte as it was given, since requests are compared with it character by character.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// A registered redirect URI. Holding one means that the rules of [`RedirectUri::parse`] were met.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RedirectUri(String);

/// Where a redirect URI leads: what a person is told, and how it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectKind {
    /// `https` on a host that its owner can prove.
    Web,
    /// `http://localhost`: this computer, by a name.
    Localhost,
    /// `http://127.0.0.1` or `http://[::1]`: this computer; the port is not compared (RFC 8252 §7.3).
    LoopbackIp,
    /// `com.example.app:/…`: an app on the device (RFC 8252 §7.1).
    PrivateUse,
}

/// Why a string may not be registered as a redirect URI; each says the mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RedirectUriError {
    #[error("it is no absolute URI; write it in full, such as https://app.example.com/callback")]
    NotAbsolute,
    #[error(
        "it has blanks, control characters, a backslash or non-ASCII characters; percent-encode them"
    )]
    Characters,
    #[error("it has a fragment (#); RFC 6749 section 3.1.2 forbids one")]
    Fragment,
    #[error("it has a user name or password before the host; leave them out")]
    UserInfo,
    #[error("it has a wildcard; register each URI in full")]
    Wildcard,
    #[error("http is for loopback hosts (localhost, 127.0.0.1, [::1]) only; use https")]
    PlainHttp,
    #[error(
        "a private-use scheme must be a reversed domain name with a dot, such as com.example.app:/callback (RFC 8252 section 7.1)"
    )]
    SchemeWithoutDot,
    #[error("its path has . or .. segments, or encoded ones; write the plain path")]
    DotSegments,
    #[error("it is longer than 2000 characters")]
    TooLong,
}

impl RedirectUri {
    /// Checks a URI at registration.
    pub fn parse(value: &str) -> Result<Self, RedirectUriError> {
        use RedirectUriError as E;
        if value.len() > 2000 {
            return Err(E::TooLong);
        }
        if value
            .chars()
            .any(|c| !c.is_ascii_graphic() || "\\\"<>^`{|}".contains(c))
        {
            return Err(E::Characters);
        }
        let url = Url::parse(value).map_err(|_| E::NotAbsolute)?;
        if value.contains('#') {
            return Err(E::Fragment);
        }
        if value.contains('*') {
            return Err(E::Wildcard);
        }
        match url.scheme() {
            "https" | "http" => Self::check_web(value, &url)?,
            scheme if !scheme.contains('.') => return Err(E::SchemeWithoutDot),
            _ => {}
        }
        Ok(Self(value.to_owned()))
    }

    fn check_web(value: &str, url: &Url) -> Result<(), RedirectUriError> {
        use RedirectUriError as E;
        let authority = value.split_once("://").ok_or(E::NotAbsolute)?.1;
        let authority = authority.split(['/', '?']).next().unwrap_or_default();
        if authority.is_empty() {
            return Err(E::NotAbsolute);
        }
        if authority.contains('@') {
            return Err(E::UserInfo);
        }
        let path = value
            .split('?')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let decoded = path.replace("%2e", ".").replace("%2f", "/");
        if decoded
            .split('/')
            .any(|segment| segment == "." || segment == "..")
        {
            return Err(E::DotSegments);
        }
        if url.scheme() == "http" && !is_loopback(url) {
            return Err(E::PlainHttp);
        }
        Ok(())
    }

    /// The URI exactly as registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it leads.
    pub fn kind(&self) -> RedirectKind {
        kind_of(&self.0)
    }

    /// The web origin that it is on; `None` for an app's own scheme.
    pub fn origin(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
    }
}

/// Where the URI leads, by its scheme and host.
pub fn kind_of(uri: &str) -> RedirectKind {
    match Url::parse(uri) {
        Ok(url) if url.scheme() == "https" => RedirectKind::Web,
        Ok(url) if url.scheme() == "http" => match url.host() {
            Some(Host::Domain(_)) => RedirectKind::Localhost,
            _ => RedirectKind::LoopbackIp,
        },
        _ => RedirectKind::PrivateUse,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RedirectUri {
    type Error = RedirectUriError;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<RedirectUri> for String {
    fn from(uri: RedirectUri) -> Self {
        uri.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_rules() {
        use RedirectUriError as E;
        for good in [
            "https://app.example.com/cb",
            "https://app.example.com",
            "https://app.example.com/cb?tenant=1",
            "http://localhost:3000/callback",
            "http://127.0.0.1/cb",
            "http://[::1]/cb",
            "com.example.app:/cb",
            "com.example.app://cb",
        ] {
            assert_eq!(RedirectUri::parse(good).map(|u| u.0), Ok(good.to_owned()));
        }
        for (bad, why) in [
            ("/cb", E::NotAbsolute),
            ("", E::NotAbsolute),
            ("https:app.example.com", E::NotAbsolute),
            ("https://a.example/cb#x", E::Fragment),
            ("https://a.example/cb#", E::Fragment),
            ("https://good@evil.example/cb", E::UserInfo),
            ("https://*.example.com/cb", E::Wildcard),
            ("http://a.example/cb", E::PlainHttp),
            ("http://localhost.evil.example/cb", E::PlainHttp),
            ("javascript:alert(1)", E::SchemeWithoutDot),
            ("data:text/html,x", E::SchemeWithoutDot),
            ("vbscript:x", E::SchemeWithoutDot),
            ("file:///etc/passwd", E::SchemeWithoutDot),
            ("blob:https://a.example/x", E::SchemeWithoutDot),
            ("myapp:/cb", E::SchemeWithoutDot),
            ("https://a.example/a/../cb", E::DotSegments),
            ("https://a.example/a/%2e%2e/cb", E::DotSegments),
            ("https://a.example\\@evil/cb", E::Characters),
            ("https://a.example/ cb", E::Characters),
            ("https://ä.example/cb", E::Characters),
        ] {
            assert_eq!(RedirectUri::parse(bad), Err(why), "{bad}");
        }
    }
}
