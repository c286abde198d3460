//! A code turn and a refresh by the bare server: the statements of [`super::sql`] and the signatures, nothing that decides.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use placet::clock::Clock;
use placet::{crypto, random};
use serde::Serialize;
use uuid::Uuid;

use super::http::Signer;
use super::pools;
use super::sql::{Floor, Fresh, Step};
use super::statements::Statements;
use crate::Result;
use crate::server::PEOPLE;

/// What a grant's access token says.
#[derive(Serialize)]
struct AccessClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    jti: &'a str,
    client_id: &'a str,
    scope: &'static str,
    auth_time: i64,
    acr: &'static str,
    amr: [&'static str; 1],
    roles: [&'static str; 0],
}

/// What its ID token says.
#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'static str>,
    acr: &'static str,
    amr: [&'static str; 1],
    azp: &'a str,
    at_hash: &'a str,
    sid: &'a str,
}

#[derive(Serialize)]
struct Answer {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
    id_token: String,
    scope: &'static str,
}

/// People with a session and a grant each.
pub(super) struct Turns {
    people: Vec<(Floor, Uuid)>,
    clock: Clock,
    issuer: String,
}

/// What was sent, decoded.
pub(super) type Form<'a> = Vec<(std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>;

fn get<'f>(form: &'f Form<'_>, wanted: &str) -> Option<&'f str> {
    let found = form.iter().find(|(name, _)| name == wanted);
    found.map(|(_, value)| value.as_ref())
}

/// The refresh token that number so-and-so begins with.
pub(crate) fn first_refresh_token(number: usize) -> String {
    format!("{number}.0.first")
}

impl Turns {
    /// On a database that has the schema and nothing else.
    pub(super) async fn seed(url: &str, issuer: String) -> Result<Self> {
        let (pools, sql) = (pools::open(url).await?, Statements::read()?);
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let floor = Floor::seed(pools.clone(), sql, number).await?;
            let grant = random::uuid();
            let hash = crypto::sha256(first_refresh_token(number).as_bytes());
            floor.add_grant(grant, hash).await?;
            people.push((floor, grant));
        }
        Ok(Self {
            people,
            clock: Clock::system(),
            issuer,
        })
    }

    fn person(&self, number: &str) -> Result<&(Floor, Uuid)> {
        let person = self.people.get(number.parse::<usize>()?);
        person.ok_or_else(|| "no such person".into())
    }

    /// `GET /authorize`
    pub(super) async fn authorize(&self, request: &HttpRequest) -> Result<HttpResponse> {
        let query = request.query_string();
        let form: Form<'_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let cookie = request.cookie("placet_session").ok_or("no cookie")?;
        let (floor, _) = self.person(cookie.value())?;
        let grant = random::uuid();
        let secret = URL_SAFE_NO_PAD.encode(random::bytes::<32>());
        let code = format!("{}.{grant}.{secret}", cookie.value());
        let fresh = Fresh {
            code: crypto::sha256(code.as_bytes()),
            grant,
            refresh: [0; 32],
            now: self.clock.now(),
        };
        floor.issue(&fresh).await?;
        let answer = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("code", &code)
            .append_pair("state", get(&form, "state").ok_or("no state")?)
            .append_pair("iss", &self.issuer)
            .finish();
        let back = get(&form, "redirect_uri").ok_or("no redirect_uri")?;
        Ok(HttpResponse::SeeOther()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::LOCATION, format!("{back}?{answer}")))
            .finish())
    }

    /// `POST /token` with a code or a refresh token.
    pub(super) async fn token(&self, form: &Form<'_>, signer: &Signer) -> Result<HttpResponse> {
        let now = self.clock.now();
        let client = get(form, "client_id").ok_or("no client_id")?;
        let secret = URL_SAFE_NO_PAD.encode(random::bytes::<32>());
        let (floor, grant, refresh_token, nonce) = if let Some(code) = get(form, "code") {
            let mut parts = code.split('.');
            let number = parts.next().unwrap_or_default();
            let grant: Uuid = parts.next().unwrap_or_default().parse()?;
            let (floor, _) = self.person(number)?;
            let verifier = get(form, "code_verifier").ok_or("no code_verifier")?;
            std::hint::black_box(crypto::sha256(verifier.as_bytes()));
            (
                floor,
                grant,
                format!("{number}.0.{secret}"),
                Some("n-0S6_WzA2Mj"),
            )
        } else {
            let sent = get(form, "refresh_token").ok_or("no refresh_token")?;
            let mut parts = sent.split('.');
            let number = parts.next().unwrap_or_default();
            let generation: i64 = parts.next().unwrap_or_default().parse()?;
            let (floor, grant) = self.person(number)?;
            (
                floor,
                *grant,
                format!("{number}.{}.{secret}", generation + 1),
                None,
            )
        };
        let answer = self.sign(floor, (client, nonce), refresh_token, signer)?;
        let to = crypto::sha256(answer.refresh_token.as_bytes());
        if let Some(code) = get(form, "code") {
            let fresh = Fresh {
                code: crypto::sha256(code.as_bytes()),
                grant,
                refresh: to,
                now,
            };
            floor.redeem(&fresh).await?;
        } else {
            let sent = get(form, "refresh_token").unwrap_or_default();
            let generation = sent.split('.').nth(1).unwrap_or_default();
            let step = Step {
                grant,
                generation: generation.parse()?,
                from: crypto::sha256(sent.as_bytes()),
                to,
                now,
            };
            floor.rotate(&step).await?;
        }
        Ok(HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(answer))
    }

    fn sign(
        &self,
        floor: &Floor,
        (client, nonce): (&str, Option<&'static str>),
        refresh_token: String,
        signer: &Signer,
    ) -> Result<Answer> {
        let now = self.clock.now();
        let sub = floor.user.to_string();
        let jti = URL_SAFE_NO_PAD.encode(random::bytes::<32>());
        let access = AccessClaims {
            iss: &self.issuer,
            sub: &sub,
            aud: &self.issuer,
            exp: (now + TimeDelta::from_std(Duration::from_mins(10))?).timestamp(),
            iat: now.timestamp(),
            jti: &jti,
            client_id: client,
            scope: "openid profile",
            auth_time: now.timestamp(),
            acr: "pwd",
            amr: ["pwd"],
            roles: [],
        };
        let access_token = signer.sign(0, &access).ok_or("signing failed")?;
        let hash = crypto::sha256(access_token.as_bytes());
        let id = IdClaims {
            iss: &self.issuer,
            sub: &sub,
            aud: client,
            exp: access.exp,
            iat: access.iat,
            auth_time: access.auth_time,
            nonce,
            acr: "pwd",
            amr: ["pwd"],
            azp: client,
            at_hash: &URL_SAFE_NO_PAD.encode(&hash[..16]),
            sid: &floor.session.to_string(),
        };
        let id_token = signer.sign(0, &id).ok_or("signing failed")?;
        Ok(Answer {
            access_token,
            token_type: "Bearer",
            expires_in: 600,
            refresh_token,
            id_token,
            scope: "openid profile",
        })
    }
}
