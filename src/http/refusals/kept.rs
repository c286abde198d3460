//! What is kept of the parameters of a refused request: the values of a list of names, something about a few that are secret, and of all others
//! the name (S179). A password, a code, a verifier, a token, an assertion are on no list.

use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::Body;
use crate::http::body;
use crate::model::refusal::{MAX_VALUE, NOT_KEPT, looks_secret, tame, without_users};
use crate::model::request::AuthorizationRequest;
use crate::oauth::params::decode;

/// More parameters are nobody's mistake.
const MAX_PARAMS: usize = 60;
/// All values of a request together, in bytes: no request fills the table by itself.
const MAX_BYTES: usize = 8 * 1024;
/// What stands in place of a value beyond that.
const TOO_MUCH: &str = "(not kept: the request is too long)";
/// A longer name, or one of other characters, may be a value that lost its name.
const MAX_NAME: usize = 40;

/// What is said of a request beside its parameters.
const HEADER: &str = "(Authorization header)";
const BROKEN: &str = "(not UTF-8)";
const OURS: [&str; 2] = [HEADER, BROKEN];

/// The names whose values are kept.
const VALUES: [&str; 17] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "code_challenge_method",
    "response_mode",
    "prompt",
    "max_age",
    "resource",
    "grant_type",
    "display",
    "ui_locales",
    "acr_values",
    "claims",
    "post_logout_redirect_uri",
    "token_type_hint",
    "client_assertion_type",
];
/// The same, of client metadata (RFC 7591 §2).
const METADATA: [&str; 9] = [
    "redirect_uris",
    "post_logout_redirect_uris",
    "grant_types",
    "response_types",
    "scope",
    "token_endpoint_auth_method",
    "application_type",
    "subject_type",
    "client_id",
];
/// The names of which only the length is kept.
const LENGTHS: [&str; 2] = ["state", "nonce"];
/// Kept as there or not.
const PRESENCE: [&str; 2] = ["id_token_hint", "request"];

/// What may be remembered.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) params: Map<String, Value>,
    /// Who asks, as far as the request says.
    pub(super) client_id: Option<String>,
    /// Of all values so far.
    bytes: usize,
}

/// Of the address, the body and the `Authorization` header. `unseal` reads a request that travels sealed through our pages.
pub(super) fn of(
    request: &HttpRequest,
    unseal: impl Fn(&str) -> Option<AuthorizationRequest>,
) -> Kept {
    let mut kept = Kept::default();
    kept.form(request.query_string(), &unseal);
    let extensions = request.extensions();
    let body = extensions.get::<Body>();
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(body::is_form_type);
    match body.map(|body| std::str::from_utf8(&body.0)) {
        Some(Ok(text)) if is_form => kept.form(text, &unseal),
        Some(Ok(text)) => kept.metadata(text),
        _ => {}
    }
    for value in request.headers().get_all(header::AUTHORIZATION).take(2) {
        kept.authorization(value.to_str().unwrap_or_default());
    }
    if let Some(id) = request.match_info().get("client_id") {
        kept.client_id.get_or_insert_with(|| id.to_owned());
    }
    kept
}

impl Kept {
    fn form(&mut self, text: &str, unseal: &impl Fn(&str) -> Option<AuthorizationRequest>) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            // A value that lost its name must not pass for one.
            let (name, value) = pair.split_once('=').unwrap_or(("", pair));
            let (Ok(name), Ok(value)) = (decode(name), decode(value)) else {
                self.put(BROKEN, NOT_KEPT.into());
                continue;
            };
            match name.as_str() {
                "client_id" if !value.is_empty() => {
                    self.client_id = Some(value.clone());
                }
                "request" => {
                    if let Some(request) = unseal(&value) {
                        self.sealed(&request);
                        continue;
                    }
                }
                "client_assertion" => {
                    self.assertion(&value);
                    continue;
                }
                "id_token_hint" => {
                    let claims = members(value.split('.').nth(1));
                    let aud = claims
                        .as_ref()
                        .and_then(|claims| claims.get("aud")?.as_str());
                    if let Some(aud) = aud {
                        self.client_id.get_or_insert_with(|| aud.to_owned());
                    }
                }
                _ => {}
            }
            let shown = shown(&name, &value);
            self.put(&name, shown);
        }
    }

    fn put(&mut self, name: &str, value: Value) {
        let is_name = !name.is_empty()
            && name.len() <= MAX_NAME
            && !looks_secret(name)
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
        let name = if is_name || OURS.contains(&name) {
            name
        } else {
            "(another name)"
        };
        if self.params.len() >= MAX_PARAMS && !self.params.contains_key(name) {
            return;
        }
        let size = value
            .as_str()
            .map_or_else(|| value.to_string().len(), str::len);
        let value = if self.bytes + size > MAX_BYTES {
            TOO_MUCH.into()
        } else {
            self.bytes += size;
            value
        };
        match self.params.get_mut(name) {
            None => {
                self.params.insert(name.to_owned(), value);
            }
            Some(Value::Array(values)) if values.len() < MAX_PARAMS => values.push(value),
            Some(Value::Array(_)) => {}
            Some(one) => *one = json!([one.take(), value]),
        }
    }

    /// What was asked for when the person set out.
    fn sealed(&mut self, request: &AuthorizationRequest) {
        self.client_id
            .get_or_insert_with(|| request.client_id.to_string());
        let prompt: Vec<String> = request.prompt.iter().map(ToString::to_string).collect();
        let texts = [
            ("client_id", request.client_id.to_string()),
            ("response_type", request.response_type.as_str().to_owned()),
            ("redirect_uri", request.redirect_uri.clone()),
            ("scope", request.scope.to_string()),
            ("resource", request.resources.to_string()),
            ("prompt", prompt.join(" ")),
            (
                "max_age",
                request
                    .max_age
                    .map(|age| age.to_string())
                    .unwrap_or_default(),
            ),
        ];
        for (name, value) in texts {
            if !value.is_empty() {
                self.put(name, shown(name, &value));
            }
        }
    }

    /// Header and claims that say who signed for whom until when; nobody has proved them. The signature, without which it is worth nothing, and
    /// `jti` are not kept.
    fn assertion(&mut self, jwt: &str) {
        let mut parts = jwt.split('.');
        let (Some(head), Some(claims)) = (members(parts.next()), members(parts.next())) else {
            return self.put("client_assertion", "(no JWT)".into());
        };
        let mut told = Map::new();
        for (of, names) in [
            (&head, &["alg", "kid"][..]),
            (&claims, &["iss", "sub", "aud", "exp"]),
        ] {
            for name in names {
                if let Some(value) = of.get(*name) {
                    told.insert((*name).to_owned(), json!(text(&plain(value))));
                }
            }
        }
        if let Some(sub) = claims.get("sub").and_then(Value::as_str) {
            self.client_id.get_or_insert_with(|| sub.to_owned());
        }
        self.put("client_assertion", Value::Object(told));
    }

    fn metadata(&mut self, text: &str) {
        let Ok(members) = serde_json::from_str::<Map<String, Value>>(text) else {
            return;
        };
        for (name, value) in &members {
            let shown = if METADATA.contains(&name.as_str()) {
                self::text(&plain(value)).into()
            } else {
                NOT_KEPT.into()
            };
            self.put(name, shown);
        }
    }

    /// The scheme, and of Basic the name of the client.
    fn authorization(&mut self, value: &str) {
        let (scheme, rest) = value.split_once(' ').unwrap_or(("", value));
        let scheme = ["Basic", "Bearer", "DPoP"]
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(scheme))
            .unwrap_or("of another scheme");
        self.put(HEADER, scheme.into());
        if scheme != "Basic" {
            return;
        }
        let credentials = STANDARD.decode(rest.trim()).ok();
        let credentials = credentials.and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some((id, _)) = credentials.as_deref().and_then(|text| text.split_once(':'))
            && let Ok(id) = decode(id)
        {
            self.client_id = Some(id);
        }
    }
}

/// One part of a JWT, which nobody has proved.
fn members(part: Option<&str>) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// What is kept of one parameter.
fn shown(name: &str, value: &str) -> Value {
    if VALUES.contains(&name) {
        return text(value).into();
    }
    if LENGTHS.contains(&name) {
        return format!("({} characters)", value.chars().count()).into();
    }
    if PRESENCE.contains(&name) {
        return if value.is_empty() {
            "(empty)"
        } else {
            "(present)"
        }
        .into();
    }
    match name {
        "code_challenge" => challenge(value).into(),
        // What is there, and what form it has, is half of the explanation.
        "code_verifier" if value.len() < 43 || value.len() > 128 => {
            format!("(not kept; {} characters)", value.chars().count()).into()
        }
        _ => NOT_KEPT.into(),
    }
}

fn challenge(value: &str) -> String {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let form = if value.bytes().all(is_base64url) {
        "base64url"
    } else {
        "not base64url"
    };
    format!("({} characters, {form})", value.chars().count())
}

fn text(value: &str) -> String {
    if looks_secret(value) {
        return "(not kept: it looks like a secret in the wrong place)".to_owned();
    }
    tame(&without_users(value), MAX_VALUE)
}

/// A member as text: lists blank-separated, all else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_passwords() {
        for (sent, kept) in [
            ("https://a.example/cb?x=y@z", "https://a.example/cb?x=y@z"),
            (
                "https://u:p@a.example/cb",
                "https://(not kept)@a.example/cb",
            ),
            ("https://u@v@a.example", "https://(not kept)@a.example"),
            ("openid email", "openid email"),
            (
                "https://a.example/cb https://u:p@b.example/cb",
                "https://a.example/cb https://(not kept)@b.example/cb",
            ),
            ("//u:p@a.example/", "//(not kept)@a.example/"),
        ] {
            assert_eq!(text(sent), kept);
        }
    }

    #[test]
    fn no_request_fills_the_table() {
        let pairs: Vec<String> = (0..60)
            .map(|_| format!("scope={}&claims={}", "a".repeat(500), "b".repeat(500)))
            .collect();
        let mut kept = Kept::default();
        kept.form(&pairs.join("&"), &|_| None);
        let bytes = Value::Object(kept.params).to_string().len();
        assert!(bytes < 2 * MAX_BYTES, "{bytes}");
    }
}
