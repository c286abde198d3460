//! What client metadata may hold: each field, and the fields against one another (RFC 7591 §2, OIDC Registration §2).

use oauth2_types::requests::GrantType;
use serde_json::Value;
use url::{Host, Url};

use super::metadata::{AuthMethod, ClientMetadata, SubjectType};
use super::{MetadataError, REGISTRABLE_GRANTS, RESPONSE_TYPES, is_deceptive};
use crate::model::redirect_uri::RedirectUri;
use crate::model::resource;
use crate::model::signing_key::SigningAlg;

const MAX_URI: usize = 2000;
/// More keys than that are nobody's wish, and each costs a look.
const MAX_KEYS: usize = 20;
/// Far more than twenty keys need.
const MAX_JWKS: usize = 32 * 1024;
/// The members of a JWK that are secret (RFC 7518 §6).
const SECRET_MEMBERS: [&str; 8] = ["d", "k", "p", "q", "dp", "dq", "qi", "oth"];

type Checked = Result<(), MetadataError>;

impl ClientMetadata {
    /// Checks the fields against one another; the first fault found.
    pub fn check(&self) -> Checked {
        self.check_name()?;
        self.check_grants()?;
        self.check_response_types()?;
        self.check_redirect_uris()?;
        self.check_links()?;
        self.check_keys()?;
        self.check_subject()?;
        self.check_logout()?;
        for (field, uris) in [
            ("resources", &self.resources),
            ("resource_server_of", &self.resource_server_of),
        ] {
            for uri in uris {
                resource::check_uri(uri)
                    .map_err(|fault| MetadataError::new(field, format!("{uri}: {fault}")))?;
            }
        }
        if !self.resource_server_of.is_empty() && self.is_public() {
            return fault(
                "resource_server_of",
                "a public client cannot ask about tokens: it has no way to prove itself",
            );
        }
        Ok(())
    }

    fn check_name(&self) -> Checked {
        check_shown_name(&self.client_name)?;
        for (field, _, text) in self.localized.iter() {
            match field {
                "client_name" => check_shown_name(text)?,
                link => check_link(link, text)?,
            }
        }
        for (field, text) in [
            ("software_id", &self.software_id),
            ("software_version", &self.software_version),
        ] {
            let is_bad = |text: &String| text.len() > 200 || text.chars().any(is_deceptive);
            if text.as_ref().is_some_and(is_bad) {
                return fault(field, "it has at most 200 characters on one line");
            }
        }
        Ok(())
    }

    fn check_grants(&self) -> Checked {
        let fault = |text: &str| fault("grant_types", text);
        if self.grant_types.is_empty() && self.resource_server_of.is_empty() {
            return fault("at least one is needed");
        }
        for grant in &self.grant_types {
            if !REGISTRABLE_GRANTS.contains(grant) {
                return fault(&format!(
                    "{grant} is not one of authorization_code, refresh_token, client_credentials, password, implicit"
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
        Ok(())
    }

    /// RFC 7591 §2.1: each response type needs its grant types, and each of these two grant types a response type.
    fn check_response_types(&self) -> Checked {
        let fault = |text: String| fault("response_types", text);
        for name in &self.response_types {
            if !RESPONSE_TYPES.contains(&name.as_str()) {
                return fault(format!(
                    "{name} is not one of {}",
                    RESPONSE_TYPES.join(", ")
                ));
            }
        }
        let parts = |wanted: fn(&str) -> bool| {
            self.response_types
                .iter()
                .any(|name| name.split(' ').any(wanted))
        };
        let needs = [
            (GrantType::AuthorizationCode, parts(|part| part == "code")),
            (GrantType::Implicit, parts(|part| part != "code")),
        ];
        for (grant, is_needed) in needs {
            if is_needed && !self.may_use(&grant) {
                return fault(format!(
                    "they need the grant type {grant} (RFC 7591 section 2.1)"
                ));
            }
            if !is_needed && self.may_use(&grant) {
                return fault(format!(
                    "the grant type {grant} needs a response type of its own (RFC 7591 section 2.1)"
                ));
            }
        }
        Ok(())
    }

    fn check_redirect_uris(&self) -> Checked {
        if !self.response_types.is_empty() && self.redirect_uris.is_empty() {
            return fault("redirect_uris", "authorization_code needs at least one");
        }
        check_unique("redirect_uris", &self.redirect_uris)?;
        check_unique("post_logout_redirect_uris", &self.post_logout_redirect_uris)
    }

    fn check_links(&self) -> Checked {
        let links = [
            ("client_uri", &self.client_uri),
            ("logo_uri", &self.logo_uri),
            ("policy_uri", &self.policy_uri),
            ("tos_uri", &self.tos_uri),
        ];
        for (field, link) in links {
            if let Some(link) = link {
                check_link(field, link)?;
            }
        }
        let called = [
            ("jwks_uri", &self.jwks_uri),
            ("sector_identifier_uri", &self.sector_identifier_uri),
            ("initiate_login_uri", &self.initiate_login_uri),
        ];
        for (field, link) in called {
            if let Some(link) = link {
                check_called(field, link)?;
            }
        }
        // OIDC Core §4 leaves no room for http here, not even on this machine.
        let is_https = |uri: &String| uri.starts_with("https://");
        if !self.initiate_login_uri.iter().all(is_https) {
            return fault("initiate_login_uri", "it must be an https address");
        }
        if self.request_uris.len() > 20 {
            return fault("request_uris", "there are at most 20");
        }
        for uri in &self.request_uris {
            // A fragment may hold the hash of what is there (OIDC Core §6.2); it never reaches the server that answers.
            let (address, _) = uri.split_once('#').unwrap_or((uri, ""));
            check_called("request_uris", address)?;
        }
        Ok(())
    }

    fn check_keys(&self) -> Checked {
        if let Some(jwks) = &self.jwks {
            if self.jwks_uri.is_some() {
                return fault(
                    "jwks",
                    "give jwks or jwks_uri, not both (RFC 7591 section 2)",
                );
            }
            check_jwks(jwks)?;
        }
        let method = self.token_endpoint_auth_method;
        let has_keys = self.jwks.is_some() || self.jwks_uri.is_some();
        if method == AuthMethod::PrivateKeyJwt && !has_keys {
            return fault(
                "token_endpoint_auth_method",
                "private_key_jwt needs jwks or jwks_uri",
            );
        }
        let is_symmetric = |alg| alg == SigningAlg::HS256;
        let fits = match (method, self.token_endpoint_auth_signing_alg) {
            (_, None) => true,
            (AuthMethod::PrivateKeyJwt, Some(alg)) => !is_symmetric(alg),
            (AuthMethod::ClientSecretJwt, Some(alg)) => is_symmetric(alg),
            (_, Some(_)) => false,
        };
        if !fits {
            return fault(
                "token_endpoint_auth_signing_alg",
                "it goes with private_key_jwt (RS256, ES256, PS256, EdDSA) or client_secret_jwt (HS256)",
            );
        }
        match self.request_object_signing_alg {
            Some(SigningAlg::HS256) => fault(
                "request_object_signing_alg",
                "HS256 is not supported here; sign with a key of the client's",
            ),
            Some(_) if !has_keys => {
                fault("request_object_signing_alg", "it needs jwks or jwks_uri")
            }
            _ => Ok(()),
        }
    }

    fn check_subject(&self) -> Checked {
        if self.subject_type == SubjectType::Pairwise && self.sector().is_none() {
            return fault(
                "sector_identifier_uri",
                "it is needed with subject_type pairwise, because the redirect URIs have no host or several (OIDC Core section 8.1)",
            );
        }
        Ok(())
    }

    fn check_logout(&self) -> Checked {
        if let Some(uri) = &self.backchannel_logout_uri {
            check_called("backchannel_logout_uri", uri)?;
        }
        let Some(uri) = &self.frontchannel_logout_uri else {
            return Ok(());
        };
        check_called("frontchannel_logout_uri", uri)?;
        // OIDC Front-Channel Logout §2: scheme, host and port are those of a redirect URI.
        let origin = Url::parse(uri).map(|url| url.origin().ascii_serialization());
        let is_known = self
            .redirect_uris
            .iter()
            .any(|redirect| redirect.origin() == origin.clone().ok());
        if !is_known {
            return fault(
                "frontchannel_logout_uri",
                "its scheme, host and port must be those of a redirect URI",
            );
        }
        Ok(())
    }
}

fn fault(field: &'static str, text: impl Into<String>) -> Checked {
    Err(MetadataError::new(field, text))
}

/// What people are told that it is called.
fn check_shown_name(name: &str) -> Checked {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 200 {
        return fault("client_name", "it has 1 to 200 characters");
    }
    if name.chars().any(is_deceptive) {
        return fault(
            "client_name",
            "it has control characters or ones that turn the direction of writing",
        );
    }
    Ok(())
}

/// Somewhere that people are led to, or a picture comes from.
fn check_link(field: &'static str, link: &str) -> Checked {
    let is_web = Url::parse(link)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    if !is_web || link.len() > MAX_URI {
        return fault(field, "it must be an http or https address");
    }
    Ok(())
}

fn check_unique(field: &'static str, uris: &[RedirectUri]) -> Checked {
    for (index, uri) in uris.iter().enumerate() {
        if uris[..index].contains(uri) {
            return fault(field, format!("{uri} is there twice"));
        }
    }
    Ok(())
}

/// An address that somebody calls: https, or http on this very machine for development; no fragment, no user name.
fn check_called(field: &'static str, uri: &str) -> Checked {
    let is_good = |url: &Url| {
        let is_loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
        is_safe && url.has_host() && url.username().is_empty() && url.password().is_none()
    };
    let is_plain = uri.len() <= MAX_URI && uri.chars().all(|c| c.is_ascii_graphic());
    if !is_plain || uri.contains('#') || !Url::parse(uri).is_ok_and(|url| is_good(&url)) {
        return fault(
            field,
            format!("{uri:?} is not an https address without a fragment"),
        );
    }
    Ok(())
}

/// A key set of public keys (RFC 7517 §5).
fn check_jwks(jwks: &Value) -> Checked {
    let Some(keys) = jwks.get("keys").and_then(Value::as_array) else {
        return fault(
            "jwks",
            "it is not a key set: {\"keys\": [ … ]} (RFC 7517 section 5)",
        );
    };
    if keys.is_empty() || keys.len() > MAX_KEYS {
        return fault("jwks", format!("it has 1 to {MAX_KEYS} keys"));
    }
    if jwks.to_string().len() > MAX_JWKS {
        return fault("jwks", "it is longer than 32 KiB");
    }
    for key in keys {
        let kty = key.get("kty").and_then(Value::as_str).unwrap_or_default();
        if !["RSA", "EC", "OKP"].contains(&kty) {
            return fault("jwks", "each key has kty RSA, EC or OKP");
        }
        if SECRET_MEMBERS.iter().any(|name| key.get(name).is_some()) {
            return fault(
                "jwks",
                "it holds a private or symmetric key; give the public half alone, and replace that key: it is known now",
            );
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
