//! Introspection and UserInfo by the bare server: the signature, the very row that the server reads, the same answer. Where the server
//! opens a sealed id, this one has a table.

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use placet::clock::Clock;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{Row as _, query};
use uuid::Uuid;

use super::pools::{Pools, either};
use super::statements::Statements;
use crate::Result;

/// What the two endpoints know.
pub(super) struct Bearer {
    pub(super) pools: Pools,
    pub(super) sql: Statements,
    pub(super) clock: Clock,
    pub(super) issuer: String,
    /// Who may ask.
    pub(super) authorizations: [String; 2],
    pub(super) keys: HashMap<String, ParsedPublicKey>,
    /// The grant behind each token id.
    pub(super) grants: HashMap<String, Uuid>,
}

#[derive(Deserialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

#[derive(Deserialize, Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    jti: &'a str,
    client_id: &'a str,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amr: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Introspection<'a> {
    active: bool,
    token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(flatten)]
    claims: Claims<'a>,
}

#[derive(Serialize)]
struct UserInfo<'a> {
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    preferred_username: String,
    updated_at: i64,
}

/// The ES256 keys of a key set.
pub(super) fn keys(jwks: &str) -> Result<HashMap<String, ParsedPublicKey>> {
    let set: Value = serde_json::from_str(jwks)?;
    let mut keys = HashMap::new();
    for key in set["keys"].as_array().into_iter().flatten() {
        if key["alg"] != "ES256" {
            continue;
        }
        let mut point = vec![4];
        for name in ["x", "y"] {
            point.extend(URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap_or_default())?);
        }
        let kid = key["kid"].as_str().unwrap_or_default().to_owned();
        keys.insert(kid, ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)?);
    }
    Ok(keys)
}

/// `POST /introspect`
pub(super) async fn introspect(
    request: HttpRequest,
    body: Bytes,
    bearer: Data<Bearer>,
) -> HttpResponse {
    match bearer.introspect(&request, &body).await {
        Ok(Some(response)) => response,
        Ok(None) => HttpResponse::BadRequest().finish(),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

/// `GET /userinfo`
pub(super) async fn userinfo(request: HttpRequest, bearer: Data<Bearer>) -> HttpResponse {
    match bearer.userinfo(&request).await {
        Ok(Some(response)) => response,
        Ok(None) => HttpResponse::Unauthorized().finish(),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

impl Bearer {
    /// The claims of a token that is rightly signed, as JSON.
    fn verified(&self, token: &str) -> Option<Vec<u8>> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let header = URL_SAFE_NO_PAD.decode(header).ok()?;
        let header: Header<'_> = serde_json::from_slice(&header).ok()?;
        if header.alg != "ES256" || header.typ != "at+jwt" {
            return None;
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let key = self.keys.get(header.kid)?;
        key.verify_sig(message.as_bytes(), &signature).ok()?;
        URL_SAFE_NO_PAD.decode(claims).ok()
    }

    fn read<'a>(&self, json: &'a [u8]) -> Option<Claims<'a>> {
        let claims: Claims<'a> = serde_json::from_slice(json).ok()?;
        let is_good = claims.iss == self.issuer && claims.exp > self.clock.now().timestamp();
        is_good.then_some(claims)
    }

    async fn introspect(&self, request: &HttpRequest, body: &[u8]) -> Result<Option<HttpResponse>> {
        let Some(token) = self.asked(request, body) else {
            return Ok(None);
        };
        let Some(json) = self.verified(&token) else {
            return Ok(None);
        };
        let Some(claims) = self.read(&json) else {
            return Ok(None);
        };
        let username = if let Some(grant) = self.grants.get(claims.jti) {
            Some(self.live_person(*grant).await?)
        } else {
            self.not_revoked(claims.jti).await?;
            None
        };
        let answer = Introspection {
            active: true,
            token_type: "Bearer",
            username,
            claims,
        };
        Ok(Some(ok(&answer)))
    }

    fn asked(&self, request: &HttpRequest, body: &[u8]) -> Option<String> {
        let sent = request
            .headers()
            .get(header::AUTHORIZATION)?
            .to_str()
            .ok()?;
        STANDARD.decode(sent.strip_prefix("Basic ")?).ok()?;
        self.authorizations.iter().find(|known| *known == sent)?;
        url::form_urlencoded::parse(body)
            .find(|(name, _)| name == "token")
            .map(|(_, token)| token.into_owned())
    }

    /// The name of the person, if the grant lives.
    async fn live_person(&self, grant: Uuid) -> Result<String> {
        let (revoked_at, disabled_at, username) = either!(read self.pools, db => {
            let row = query(self.sql.find_grant).bind(grant).fetch_one(db).await?;
            let revoked_at: Option<DateTime<Utc>> = row.try_get("revoked_at")?;
            let disabled_at: Option<DateTime<Utc>> = row.try_get("disabled_at")?;
            (revoked_at, disabled_at, row.try_get("username")?)
        });
        if revoked_at.is_some() || disabled_at.is_some() {
            return Err("revoked".into());
        }
        Ok(username)
    }

    async fn not_revoked(&self, jti: &str) -> Result<()> {
        let hash = digest::digest(&digest::SHA256, jti.as_bytes());
        let is_revoked = either!(read self.pools, db => query(self.sql.find_revoked)
            .bind(hash.as_ref()).fetch_optional(db).await?.is_some());
        if is_revoked {
            return Err("revoked".into());
        }
        Ok(())
    }

    async fn userinfo(&self, request: &HttpRequest) -> Result<Option<HttpResponse>> {
        let sent = request.headers().get(header::AUTHORIZATION);
        let sent = sent.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let Some(json) = sent.and_then(|token| self.verified(token)) else {
            return Ok(None);
        };
        let Some(claims) = self.read(&json) else {
            return Ok(None);
        };
        let Some(grant) = self.grants.get(claims.jti) else {
            return Ok(None);
        };
        let (revoked_at, name, username, updated_at) = either!(read self.pools, db => {
            let row = query(self.sql.find_person_grant).bind(*grant).fetch_one(db).await?;
            let revoked_at: Option<DateTime<Utc>> = row.try_get("revoked_at")?;
            let updated_at: DateTime<Utc> = row.try_get("user_updated_at")?;
            (revoked_at, row.try_get("name")?, row.try_get("username")?, updated_at)
        });
        if revoked_at.is_some() || !claims.scope.split(' ').any(|name| name == "openid") {
            return Ok(None);
        }
        let answer = UserInfo {
            sub: claims.sub,
            name,
            preferred_username: username,
            updated_at: updated_at.timestamp(),
        };
        Ok(Some(ok(&answer)))
    }
}

fn ok(answer: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(answer)
}
