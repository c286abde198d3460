//! ID tokens of others (OIDC Core §3.1.3.7), believed in the order of `keys::jwt`.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::exchange::Tokens;
use super::metadata::Metadata;
use super::{Attempt, Claims, Failure};
use crate::app::App;
use crate::config::{Protocol, Provider};
use crate::crypto;
use crate::fetch::Want;
use crate::keys::jwt::{self, Checks, JwtError};
use crate::keys::key_set;
use crate::model::signing_key::SigningAlg;

const MAX_SET_BYTES: usize = 256 * 1024;
/// Clocks of providers are off by some seconds.
const LEEWAY: Duration = Duration::from_mins(1);
/// OIDC Core §2.
const MAX_SUBJECT: usize = 255;

#[derive(Deserialize)]
struct IdClaims {
    sub: String,
    aud: Value,
    azp: Option<String>,
    iat: Option<f64>,
    nonce: Option<String>,
    at_hash: Option<String>,
    auth_time: Option<f64>,
    #[serde(flatten)]
    more: serde_json::Map<String, Value>,
}

/// Verifies the ID token, and reads who it is of.
pub(super) async fn verify(
    app: &App,
    provider: &Provider,
    metadata: &Metadata,
    (tokens, attempt): (&Tokens, &Attempt),
) -> Result<Claims, Failure> {
    let token = tokens
        .id_token
        .as_ref()
        .map(|token| token.expose().as_str());
    let token = token.ok_or_else(|| Failure::untrusted("there is no ID token"))?;
    let issuer = issuer_of(metadata, token)?;
    let checks = Checks {
        issuer: &issuer,
        audience: Some(&provider.client_id),
        typ: "JWT",
        algorithms: &SigningAlg::ASYMMETRIC,
        now: app.clock.now(),
        leeway: LEEWAY,
    };
    let claims: IdClaims = by_keys(app, metadata, token, &checks).await?;
    check(provider, &claims, attempt)?;
    check_hash(tokens, token, &claims)?;
    let more = |name: &str| claims.more.get(name);
    Ok(Claims {
        email: text(more("email")),
        is_email_verified: is_verified(provider, more("email_verified")),
        preferred_username: text(more("preferred_username")),
        name: text(more("name")),
        amr: methods(more("amr")),
        authenticated_at: claims.auth_time.and_then(time),
        issuer,
        subject: claims.sub,
    })
}

/// Whom the token must be from. Of Microsoft's many tenants the token names its own; the signature is checked by keys that are good for it.
fn issuer_of(metadata: &Metadata, token: &str) -> Result<String, Failure> {
    let tenant = if metadata.is_microsoft {
        jwt::peek(token).map_err(refused)?.tid
    } else {
        None
    };
    let issuer = metadata.issuer_for(tenant.as_deref());
    issuer.ok_or_else(|| Failure::untrusted("the ID token names no tenant (tid)"))
}

/// With the keys that are there; with those that are there now, where none of them will do (OIDC Core §10.1.1).
async fn by_keys(
    app: &App,
    metadata: &Metadata,
    token: &str,
    checks: &Checks<'_>,
) -> Result<IdClaims, Failure> {
    let (fetcher, uri, now) = (&app.fetcher, &metadata.jwks_uri, checks.now);
    let failed = |error| Failure::fetch("the provider's keys", uri, error);
    let kept = fetcher.cached(uri, Want::Json, MAX_SET_BYTES, now).await;
    let set = good_for(metadata, checks.issuer, &kept.map_err(failed)?.body);
    let outcome = jwt::verify_of_client(token, &key_set::parse(&set), checks);
    if !matches!(outcome, Err(JwtError::UnknownKey | JwtError::Signature)) {
        return outcome.map_err(refused);
    }
    let renewed = fetcher.refreshed(uri, Want::Json, MAX_SET_BYTES, now).await;
    let set = good_for(metadata, checks.issuer, &renewed.map_err(failed)?.body);
    jwt::verify_of_client(token, &key_set::parse(&set), checks).map_err(refused)
}

/// Of Microsoft's shared set the keys that may sign for that issuer: each names whom it is for, with a place for the tenant's id where it is for
/// all of them.
fn good_for(metadata: &Metadata, issuer: &str, set: &[u8]) -> Vec<u8> {
    if !metadata.is_microsoft {
        return set.to_vec();
    }
    let set: Value = serde_json::from_slice(set).unwrap_or_default();
    let tenant = issuer
        .strip_suffix("/v2.0")
        .and_then(|text| text.rsplit('/').next());
    let is_good = |key: &&Value| match key.get("issuer").and_then(Value::as_str) {
        Some(whose) => whose.replace("{tenantid}", tenant.unwrap_or_default()) == issuer,
        None => true,
    };
    let keys = set.get("keys").and_then(Value::as_array);
    let keys: Vec<&Value> = keys.into_iter().flatten().filter(is_good).collect();
    json!({ "keys": keys }).to_string().into_bytes()
}

/// What `keys::jwt` leaves to its caller.
fn check(provider: &Provider, claims: &IdClaims, attempt: &Attempt) -> Result<(), Failure> {
    let is_subject = !claims.sub.is_empty()
        && claims.sub.len() <= MAX_SUBJECT
        && !claims.sub.chars().any(char::is_control);
    if !is_subject {
        return Err(Failure::untrusted("the ID token's sub is refused"));
    }
    // No other audience is trusted (OIDC Core §3.1.3.7).
    let is_for_others = claims.aud.as_array().is_some_and(|all| all.len() > 1);
    let azp = claims.azp.as_deref();
    if is_for_others || azp.is_some_and(|azp| azp != provider.client_id) {
        return Err(Failure::untrusted(
            "the ID token is for others too, or another client's (aud, azp)",
        ));
    }
    if claims.iat.is_none() {
        return Err(Failure::untrusted("the ID token lacks iat"));
    }
    let nonce = claims.nonce.as_deref().unwrap_or_default();
    if !crypto::equal(nonce.as_bytes(), attempt.nonce.as_bytes()) {
        return Err(Failure::untrusted(
            "the ID token is of another sign-in (nonce)",
        ));
    }
    let began = attempt.began() - LEEWAY;
    let is_old =
        |time: f64| time < Duration::from_secs(began.timestamp().unsigned_abs()).as_secs_f64();
    // What does not say when is no proof (OIDC Core §3.1.3.7).
    let must_be_new = attempt.is_fresh && provider.protocol.proves_anew();
    if must_be_new && claims.auth_time.is_none_or(is_old) {
        let reason = "the provider did not ask anew who somebody is (auth_time)";
        return Err(Failure::untrusted(reason));
    }
    Ok(())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "whatever is out of range is no time, and refused as such"
)]
fn time(seconds: f64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds as i64, 0)
}

/// OIDC Core §3.1.3.8, of an access token that will be used.
fn check_hash(tokens: &Tokens, token: &str, claims: &IdClaims) -> Result<(), Failure> {
    let (Some(hash), Some(access)) = (&claims.at_hash, &tokens.access_token) else {
        return Ok(());
    };
    let alg = jwt::peek(token).map_err(refused)?.alg;
    let access = access.expose().as_bytes();
    let half = if SigningAlg::EdDSA.is_called(&alg) {
        URL_SAFE_NO_PAD.encode(&crypto::sha512(access)[..32])
    } else {
        URL_SAFE_NO_PAD.encode(&crypto::sha256(access)[..16])
    };
    if *hash == half {
        return Ok(());
    }
    Err(Failure::untrusted(
        "the access token is of another ID token (at_hash)",
    ))
}

/// True and nothing else. Microsoft answers for no address.
pub(super) fn is_verified(provider: &Provider, claim: Option<&Value>) -> bool {
    provider.protocol != Protocol::Microsoft && claim == Some(&Value::Bool(true))
}

pub(super) fn text(claim: Option<&Value>) -> Option<String> {
    let text = claim?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

fn methods(claim: Option<&Value>) -> Vec<String> {
    let all = claim.and_then(Value::as_array);
    let texts = all.into_iter().flatten().filter_map(Value::as_str);
    texts.take(20).map(str::to_owned).collect()
}

fn refused(error: JwtError) -> Failure {
    Failure::untrusted(format!("the ID token: {error}"))
}
