//! `private_key_jwt` and `client_secret_jwt` (OIDC Core §9, RFC 7521 §4.2, RFC 7523 §3): the client proves itself by a JWT that it signed.
//!
//! 1. the type is the one of JWTs, and the client is the one that the assertion names as `sub`
//! 2. the signature is made with a key of that client, by an algorithm of its registration
//! 3. `iss`, `aud` and the times are right, and it lives for an hour at most
//! 4. its `jti` was never used before, on any node; only now, because a forged one must not use up a real one's

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::AuthenticatedClient;
use crate::app::App;
use crate::crypto;
use crate::keys::crypto::VerifyingKey;
use crate::keys::jwt::{self, Checks, JwtError, Peeked};
use crate::model::client::{AuthMethod, Client};
use crate::model::signing_key::SigningAlg;
use crate::oauth::client_keys;
use crate::oauth::error::{Error, invalid_client, invalid_request};
use crate::oauth::params::Params;

const PARAMETERS: [&str; 3] = ["client_assertion_type", "client_assertion", "client_id"];
/// RFC 7523 §2.2.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// draft-ietf-oauth-rfc7523bis §4; before it there was no type of their own.
const TYP: &str = "client-authentication+jwt";
/// Clocks of clients are off by some seconds.
const LEEWAY: Duration = Duration::from_secs(30);
/// Each has to be remembered for as long as it lives.
const MAX_TTL: TimeDelta = TimeDelta::hours(1);
/// Nodes whose clocks differ must not take an assertion after another forgot it.
const REMEMBERED_LONGER: TimeDelta = TimeDelta::minutes(5);
/// Where clients authenticate.
const ENDPOINTS: [&str; 3] = ["/token", "/introspect", "/revoke"];

#[derive(Deserialize)]
struct Claims {
    sub: Option<String>,
    aud: Option<Audience>,
    exp: f64,
    jti: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Whether the request tries this method.
pub(super) fn is_presented(params: &Params) -> bool {
    params.has("client_assertion") || params.has("client_assertion_type")
}

/// Authenticates the client that the assertion is of.
pub(super) async fn authenticate(
    app: &App,
    params: &Params,
    now: DateTime<Utc>,
) -> Result<AuthenticatedClient, Error> {
    if let Some(name) = params.repeated(&PARAMETERS) {
        return Err(invalid_request(format!("{name} was sent more than once")));
    }
    let (Some(token), Some(kind)) = (
        params.get("client_assertion"),
        params.get("client_assertion_type"),
    ) else {
        return Err(
            invalid_client("client_assertion and client_assertion_type go together").told(),
        );
    };
    if kind != JWT_BEARER {
        return Err(invalid_client(format!("client_assertion_type must be {JWT_BEARER}")).told());
    }
    let peeked = jwt::peek(token).map_err(|error| refused(&error))?;
    let client = named_client(app, params, &peeked).await?;
    let claims = verify(app, &client, token, &peeked, now).await?;
    check(app, &client, &claims, now)?;
    use_once(app, &client, &claims).await?;
    Ok(AuthenticatedClient(client))
}

/// The client that the assertion names; nothing is proved yet.
async fn named_client(app: &App, params: &Params, peeked: &Peeked) -> Result<Arc<Client>, Error> {
    let subject = peeked
        .sub
        .as_deref()
        .ok_or_else(|| invalid_client("client_assertion: it has no sub").told())?;
    if params.get("client_id").is_some_and(|id| id != subject) {
        return Err(invalid_client("client_id differs from the sub of client_assertion").told());
    }
    let client = app
        .find_client(subject)
        .await?
        .ok_or_else(|| invalid_client("client_assertion: unknown client"))?;
    if !client.is_enabled() {
        return Err(invalid_client("the client is disabled"));
    }
    Ok(client)
}

async fn verify(
    app: &App,
    client: &Client,
    token: &str,
    peeked: &Peeked,
    now: DateTime<Utc>,
) -> Result<Claims, Error> {
    let metadata = &client.metadata;
    let one = metadata.token_endpoint_auth_signing_alg;
    let mut checks = Checks {
        issuer: client.id.as_str(),
        // Compared in `check`: it is not enough that one of several is ours.
        audience: None,
        typ: TYP,
        algorithms: one.as_slice(),
        now,
        leeway: LEEWAY,
    };
    let outcome = match metadata.token_endpoint_auth_method {
        AuthMethod::PrivateKeyJwt => {
            if one.is_none() {
                checks.algorithms = &SigningAlg::ASYMMETRIC;
            }
            client_keys::verify(app, client, token, &checks).await
        }
        AuthMethod::ClientSecretJwt => {
            checks.algorithms = &[SigningAlg::HS256];
            let keys = secret_keys(app, client, peeked.kid.as_deref(), now)?;
            jwt::verify_of_client(token, &keys, &checks)
        }
        other => {
            return Err(invalid_client(format!(
                "the client is registered for token_endpoint_auth_method {}, and sent a client_assertion",
                other.as_str()
            )));
        }
    };
    outcome.map_err(|error| refused(&error))
}

/// The client's secrets as keys. A secret needs no name, so whatever `kid` the assertion has is taken for theirs.
fn secret_keys(
    app: &App,
    client: &Client,
    kid: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<VerifyingKey>, Error> {
    let keys: Vec<VerifyingKey> = client
        .live_secrets(now)
        .filter_map(|secret| {
            let sealed = secret.sealed.as_deref()?;
            let plain = app.crypto.at_rest.open(secret.hash.as_bytes(), sealed)?;
            VerifyingKey::from_hmac_secret(kid, &plain).ok()
        })
        .collect();
    if keys.is_empty() {
        return Err(invalid_client(
            "the client has no secret that was made for client_secret_jwt; make one with: placet client secret ID",
        ));
    }
    Ok(keys)
}

/// What is left once signature, `iss` and times are right.
fn check(app: &App, client: &Client, claims: &Claims, now: DateTime<Utc>) -> Result<(), Error> {
    let fault = |text: &str| Err(invalid_client(format!("client_assertion: {text}")).told());
    if claims.sub.as_deref() != Some(client.id.as_str()) {
        return fault("iss and sub must both be the client_id");
    }
    if !is_for_us(app, claims.aud.as_ref()) {
        return fault("aud must be the issuer of this server, or the URL of its token endpoint");
    }
    if claims.exp > seconds(now + MAX_TTL) + LEEWAY.as_secs_f64() {
        return fault("exp is more than an hour ahead");
    }
    if claims.jti.as_deref().is_none_or(str::is_empty) {
        return fault("it has no jti");
    }
    Ok(())
}

/// RFC 7523 §3 has the token endpoint's URL name the server, RFC 7523bis its issuer alone; libraries in use send the one, the other, or an array
/// of both. All are taken, and nobody else's name beside them: an assertion that another server may read too could be played to us by that one.
/// The issuer alone is for profiles that ask it of each client (FAPI 2.0 §5.3.2.1).
fn is_for_us(app: &App, audience: Option<&Audience>) -> bool {
    let issuer = app.issuer();
    let base = issuer.trim_end_matches('/');
    let is_ours = |audience: &String| {
        let path = audience.strip_prefix(base);
        audience == issuer || path.is_some_and(|path| ENDPOINTS.contains(&path))
    };
    match audience {
        Some(Audience::One(audience)) => is_ours(audience),
        Some(Audience::Several(all)) => !all.is_empty() && all.iter().all(is_ours),
        None => false,
    }
}

async fn use_once(app: &App, client: &Client, claims: &Claims) -> Result<(), Error> {
    let jti = claims.jti.as_deref().unwrap_or_default();
    let hash = crypto::hash_token(&format!("client_assertion\n{}\n{jti}", client.id));
    let used_until = instant(claims.exp + LEEWAY.as_secs_f64()) + REMEMBERED_LONGER;
    if app.store.use_assertion(&hash, used_until).await? {
        return Ok(());
    }
    Err(invalid_client(
        "client_assertion: it was used before; make a new one, with a jti of its own, for each request",
    )
    .told())
}

/// Before the signature is proved, a stranger may be asking.
fn refused(error: &JwtError) -> Error {
    let is_rightful = !matches!(
        error,
        JwtError::UnknownKey | JwtError::Signature | JwtError::Header(_) | JwtError::Malformed(_)
    );
    let refused = invalid_client(format!("client_assertion: {error}"));
    if is_rightful { refused.told() } else { refused }
}

fn seconds(at: DateTime<Utc>) -> f64 {
    Duration::from_micros(u64::try_from(at.timestamp_micros()).unwrap_or(0)).as_secs_f64()
}

/// `exp` was found to be within an hour of now.
fn instant(seconds: f64) -> DateTime<Utc> {
    let since = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
