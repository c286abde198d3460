//! What a provider says of itself (OIDC Discovery §3), kept as long as it says.

use std::sync::Arc;

use serde::Deserialize;
use url::Url;
use uuid::Uuid;

use super::{Failure, Fault};
use crate::app::App;
use crate::config::{Protocol, Provider};
use crate::fetch::Want;

const MAX_BYTES: usize = 256 * 1024;
/// Stands for the tenant in the issuer of Microsoft's shared document.
const TENANT: &str = "{tenantid}";

/// How this server shows who it is at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Basic,
    Post,
    /// A public client.
    None,
}

/// What is used of it.
#[derive(Debug, Clone)]
pub(super) struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    pub method: Method,
    /// RFC 9207.
    sends_iss: bool,
    pub is_microsoft: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// The metadata of a provider, which must be its own.
pub(super) async fn of(app: &App, provider: &Provider) -> Result<Metadata, Failure> {
    let base = provider.issuer.trim_end_matches('/');
    let url = format!("{base}/.well-known/openid-configuration");
    let now = app.clock.now();
    let fetched: Arc<_> = app
        .fetcher
        .cached(&url, Want::Json, MAX_BYTES, now)
        .await
        .map_err(|error| Failure::fetch("the provider's metadata", &url, error))?;
    let wrong = |what: &str| {
        Failure::told(
            Fault::Unavailable,
            format!("the provider's metadata: {what}"),
        )
    };
    let document: Document =
        serde_json::from_slice(&fetched.body).map_err(|_| wrong("a member is missing"))?;
    if !is_own(provider, &document.issuer) {
        return Err(wrong("it names another issuer"));
    }
    let is_safe = |text: &str| {
        let url = Url::parse(text).ok();
        url.is_some_and(|url| url.scheme() == "https" || provider.issuer.starts_with("http:"))
    };
    if !is_safe(&document.authorization_endpoint) || !is_safe(&document.token_endpoint) {
        return Err(wrong("an endpoint is no https address"));
    }
    Ok(Metadata {
        method: method(
            provider,
            document.token_endpoint_auth_methods_supported.as_deref(),
        )
        .ok_or_else(|| wrong("it takes neither client_secret_basic nor client_secret_post"))?,
        issuer: document.issuer,
        authorization_endpoint: document.authorization_endpoint,
        token_endpoint: document.token_endpoint,
        jwks_uri: document.jwks_uri,
        userinfo_endpoint: document.userinfo_endpoint,
        sends_iss: document.authorization_response_iss_parameter_supported,
        is_microsoft: provider.protocol == Protocol::Microsoft,
    })
}

/// Whether the document is that provider's (OIDC Discovery §4.3). Microsoft's names the tenant by its id, or leaves it open where it is that
/// of many.
fn is_own(provider: &Provider, issuer: &str) -> bool {
    if provider.protocol != Protocol::Microsoft {
        return issuer == provider.issuer;
    }
    let Some((place, tenant)) = tenant_of(issuer) else {
        return false;
    };
    let Some((own_place, own)) = tenant_of(&provider.issuer) else {
        return false;
    };
    let is_tenant = match tenant {
        TENANT => provider.is_multi_tenant(),
        id if Uuid::try_parse(own).is_ok() => id == own,
        id => Uuid::try_parse(id).is_ok(),
    };
    place == own_place && is_tenant
}

/// `https://login.microsoftonline.com/`, and the tenant.
fn tenant_of(issuer: &str) -> Option<(&str, &str)> {
    let (before, tenant) = issuer.strip_suffix("/v2.0")?.rsplit_once('/')?;
    Some((before, tenant))
}

/// The first that both sides know; a provider that names none takes `client_secret_basic` (OIDC Discovery §3).
fn method(provider: &Provider, supported: Option<&[String]>) -> Option<Method> {
    if provider.client_secret.is_none() {
        return Some(Method::None);
    }
    let takes = |name: &str| supported.is_some_and(|all| all.iter().any(|its| its == name));
    if supported.is_none() || takes("client_secret_basic") {
        return Some(Method::Basic);
    }
    takes("client_secret_post").then_some(Method::Post)
}

impl Metadata {
    /// RFC 9207 §2.4: an answer that names another issuer is another's, and where the provider always names itself, one without a name too.
    pub(super) fn check_sender(&self, iss: Option<&str>) -> Result<(), Failure> {
        match iss {
            Some(iss) if iss != self.issuer => Err(Failure::untrusted(
                "the answer is from another issuer (iss)",
            )),
            None if self.sends_iss => Err(Failure::untrusted("the answer lacks iss")),
            _ => Ok(()),
        }
    }

    /// The issuer of a token whose `tid` is this.
    pub(super) fn issuer_for(&self, tenant: Option<&str>) -> Option<String> {
        if !self.issuer.contains(TENANT) {
            return Some(self.issuer.clone());
        }
        let tenant = tenant.filter(|tenant| Uuid::try_parse(tenant).is_ok())?;
        Some(self.issuer.replace(TENANT, tenant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::secret::Secret;

    const ID: &str = "0a8a3bd3-3a3a-4a3b-8a3a-0a8a3bd33a3a";

    fn microsoft(tenant: &str) -> Provider {
        Provider {
            protocol: Protocol::Microsoft,
            ..Provider::openid("ms", &issuer(tenant), "c")
        }
    }

    fn issuer(tenant: &str) -> String {
        format!("https://login.microsoftonline.com/{tenant}/v2.0")
    }

    #[test]
    fn the_document_of_another_is_not_believed() {
        let plain = Provider::openid("a", "https://a.example", "c");
        assert!(is_own(&plain, "https://a.example"));
        for other in [
            "https://a.example/",
            "https://b.example",
            "http://a.example",
            "",
        ] {
            assert!(!is_own(&plain, other), "{other}");
        }
        for (tenant, its, is_good) in [
            ("common", TENANT, true),
            ("organizations", TENANT, true),
            ("common", ID, true),
            ("consumers", ID, true),
            ("consumers", TENANT, false),
            ("acme.example", ID, true),
            ("acme.example", "evil", false),
            (ID, ID, true),
            (ID, "1a8a3bd3-3a3a-4a3b-8a3a-0a8a3bd33a3a", false),
            (ID, TENANT, false),
        ] {
            assert_eq!(
                is_own(&microsoft(tenant), &issuer(its)),
                is_good,
                "{tenant} {its}"
            );
        }
        let elsewhere = format!("https://evil.example/{ID}/v2.0");
        assert!(!is_own(&microsoft("common"), &elsewhere));
    }

    #[test]
    fn methods_are_those_of_both_sides() {
        let mut provider = Provider::openid("a", "https://a.example", "c");
        let all = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(method(&provider, None), Some(Method::None));
        provider.client_secret = Some(Secret::new("s".to_owned()));
        for (supported, found) in [
            (None, Some(Method::Basic)),
            (
                Some(all(&["client_secret_post", "client_secret_basic"])),
                Some(Method::Basic),
            ),
            (Some(all(&["client_secret_post"])), Some(Method::Post)),
            (Some(all(&["private_key_jwt"])), None),
        ] {
            assert_eq!(
                method(&provider, supported.as_deref()),
                found,
                "{supported:?}"
            );
        }
    }
}
