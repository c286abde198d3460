//! Redirect URIs of requests: compared character by character with the registered ones (RFC 9700 §4.1.3).
//!
//! The only maker of a [`Callback`] and of a [`PostLogoutCallback`]: whoever holds one may send the browser there.

use url::{Host, Url};

use crate::model::client::Client;
use crate::model::redirect_uri::{RedirectKind, RedirectUri, kind_of};

/// A redirect URI that the client registered. Private field: it cannot be made elsewhere, nor read from a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback(String);

/// Why a redirect URI is not followed; the developer reads it on the error page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCallback {
    #[error(
        "the redirect_uri of the request is not one that the client registered; they are compared character by character"
    )]
    NotRegistered,
    #[error("the request has no redirect_uri, and the client registered several (or none)")]
    Ambiguous,
}

impl Callback {
    /// The URI exactly as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it leads.
    pub fn kind(&self) -> RedirectKind {
        kind_of(&self.0)
    }

    /// What a person is told of where the browser goes: the host, or the app's scheme.
    pub fn shown_host(&self) -> String {
        shown_host(&self.0)
    }
}

/// A `post_logout_redirect_uri` that the client registered (OIDC RP-Initiated Logout §3). Made by [`verify_post_logout`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLogoutCallback(String);

impl PostLogoutCallback {
    /// The whole address, with `state` where there is one.
    pub fn with_state(&self, state: Option<&str>) -> String {
        let Some(state) = state else {
            return self.0.clone();
        };
        let separator = if self.0.contains('?') { '&' } else { '?' };
        let params = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("state", state)
            .finish();
        format!("{}{separator}{params}", self.0)
    }

    /// What a person is told of where the browser goes.
    pub fn shown_host(&self) -> String {
        shown_host(&self.0)
    }
}

/// Compares character by character, also the port of loopback addresses: the specification knows no exception.
pub fn verify_post_logout(client: &Client, sent: &str) -> Option<PostLogoutCallback> {
    let mut registered = client.metadata.post_logout_redirect_uris.iter();
    registered
        .any(|uri| uri.as_str() == sent)
        .then(|| PostLogoutCallback(sent.to_owned()))
}

/// The host, or the app's scheme.
pub fn shown_host(uri: &str) -> String {
    match Url::parse(uri) {
        Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => {
            let host = url.host_str().unwrap_or_default();
            url.port()
                .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
        }
        Ok(url) => url.scheme().to_owned(),
        Err(_) => uri.to_owned(),
    }
}

/// Finds the way back to the client. `sent` is the request's `redirect_uri`.
pub fn verify(client: &Client, sent: Option<&str>) -> Result<Callback, NoCallback> {
    let registered = &client.metadata.redirect_uris;
    match sent {
        Some(sent) if registered.iter().any(|uri| is_same(uri, sent)) => {
            Ok(Callback(sent.to_owned()))
        }
        Some(_) => Err(NoCallback::NotRegistered),
        None => match registered.as_slice() {
            [only] => Ok(Callback(only.as_str().to_owned())),
            _ => Err(NoCallback::Ambiguous),
        },
    }
}

fn is_same(registered: &RedirectUri, sent: &str) -> bool {
    if registered.as_str() == sent {
        return true;
    }
    // RFC 8252 §7.3: an app on this computer gets whatever port is free, so only the port may differ, and only on
    // a loopback IP literal: `localhost` may resolve to something else.
    registered.kind() == RedirectKind::LoopbackIp
        && match (split_port(registered.as_str()), split_port(sent)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
}

/// The URI cut around its port, for `http` on a loopback IP literal; `None` for anything else.
fn split_port(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| {
        port.is_empty() || port.parse::<u16>().is_err() || port.starts_with('+')
    }) {
        return None;
    }
    let is_loopback = match Url::parse(uri).ok()?.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(_) => false,
    };
    is_loopback.then_some((host, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(registered: &str, sent: &str) -> bool {
        is_same(&RedirectUri::parse(registered).unwrap(), sent)
    }

    #[test]
    fn exact_but_for_the_port_of_a_loopback_ip() {
        for (registered, sent, expected) in [
            ("https://a.example/cb", "https://a.example/cb", true),
            ("https://a.example/cb", "https://a.example/cb/", false),
            ("https://a.example/cb", "https://a.example:443/cb", false),
            ("https://a.example/cb", "https://A.example/cb", false),
            ("https://a.example/cb", "https://a.example/cb?x=1", false),
            ("https://a.example/cb", "https://a.example/cb#", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:5123/cb", true),
            ("http://127.0.0.1:1/cb", "http://127.0.0.1:5123/cb", true),
            ("http://127.0.0.1/cb", "http://127.0.0.2:5123/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:5123/cb2", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:5123/cb?x", false),
            ("http://127.0.0.1/cb", "https://127.0.0.1:5123/cb", false),
            (
                "http://127.0.0.1/cb",
                "http://127.0.0.1:5123@evil.example/cb",
                false,
            ),
            (
                "http://127.0.0.1/cb",
                "http://evil@127.0.0.1:5123/cb",
                false,
            ),
            ("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb", false),
            ("http://127.0.0.1/cb", "http://127.1:5123/cb", false),
            ("http://[::1]/cb", "http://[::1]:5123/cb", true),
            ("http://[::1]/cb", "http://[::1]/cb", true),
            ("http://localhost/cb", "http://localhost:5123/cb", false),
            ("http://localhost:3000/cb", "http://localhost:3000/cb", true),
            ("com.example.app:/cb", "com.example.app:/cb", true),
            ("com.example.app:/cb", "com.example.app:/cb2", false),
        ] {
            assert_eq!(same(registered, sent), expected, "{registered} {sent}");
        }
    }
}
