//! A bare actix server: a token endpoint that parses the same request and signs one JWT with a key parsed once, the same
//! documents as ready bytes; and the endpoints of [`super::bearer`] and [`super::turns`].

use std::collections::HashMap;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use actix_web::http::header;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use placet::clock::Clock;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bearer::{self, Bearer};
use super::pools;
use super::statements::Statements;
use super::turns::{Form, Turns};
use crate::Result;

/// The file with the settings.
pub(super) const SETTINGS: &str = "floor.json";

#[derive(Clone, Deserialize)]
struct Settings {
    /// The value of the Authorization header that is right.
    authorization: String,
    issuer: String,
    /// Algorithm and URI of each resource.
    resources: [(String, String); 2],
    jwks: String,
    discovery: String,
    /// The server's own database, which is only read.
    database_url: String,
    /// One of our own, with the same schema.
    turns_database_url: String,
    /// The Authorization header of the API.
    api: String,
    /// The grant behind each token id.
    grants: HashMap<String, Uuid>,
}

struct Floor {
    settings: Settings,
    /// `client_id:client_secret`.
    credentials: String,
    signer: Signer,
    turns: Turns,
    clock: Clock,
}

/// Keys that were parsed once.
pub(super) struct Signer {
    es256: EcdsaKeyPair,
    eddsa: Ed25519KeyPair,
    rs256: RsaKeyPair,
    /// Protected headers, encoded: ES256, EdDSA, RS256.
    headers: [String; 3],
    random: SystemRandom,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    jti: &'a str,
    client_id: &'a str,
    scope: &'a str,
}

#[derive(Serialize)]
struct Answer<'a> {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    scope: &'a str,
}

/// Serves until it is killed; its address is its first line.
pub(super) fn serve(folder: &Path) -> Result<()> {
    let settings: Settings = serde_json::from_slice(&fs::read(folder.join(SETTINGS))?)?;
    let documents = [
        Bytes::from(settings.jwks.clone()),
        Bytes::from(settings.discovery.clone()),
    ];
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    actix_web::rt::System::new().block_on(async move {
        let bearer = Data::new(settings.bearer().await?);
        let floor = Data::new(Floor::new(settings).await?);
        let address = listener.local_addr()?;
        let server = HttpServer::new(move || {
            let [jwks, discovery] = documents.clone();
            App::new()
                .app_data(floor.clone())
                .app_data(bearer.clone())
                .route("/token", web::post().to(token))
                .route("/authorize", web::get().to(authorize))
                .route("/introspect", web::post().to(bearer::introspect))
                .route("/userinfo", web::get().to(bearer::userinfo))
                .route(
                    "/.well-known/jwks.json",
                    web::get().to(move || std::future::ready(document(&jwks))),
                )
                .route(
                    "/.well-known/openid-configuration",
                    web::get().to(move || std::future::ready(document(&discovery))),
                )
        });
        let server = server.workers(1).listen(listener)?.run();
        crate::tell(&address.to_string());
        Ok(server.await?)
    })
}

impl Settings {
    async fn bearer(&self) -> Result<Bearer> {
        Ok(Bearer {
            pools: pools::open(&self.database_url).await?,
            sql: Statements::read()?,
            clock: Clock::system(),
            issuer: self.issuer.clone(),
            authorizations: [self.authorization.clone(), self.api.clone()],
            keys: bearer::keys(&self.jwks)?,
            grants: self.grants.clone(),
        })
    }
}

fn document(bytes: &Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .body(bytes.clone())
}

async fn token(request: HttpRequest, body: Bytes, floor: Data<Floor>) -> HttpResponse {
    let form: Form<'_> = url::form_urlencoded::parse(&body).collect();
    let is_own = |(name, value): &(_, _)| name == "grant_type" && value == "client_credentials";
    if form.iter().any(is_own) {
        return match floor.answer(&request, &form) {
            Some(response) => response,
            None => HttpResponse::BadRequest().finish(),
        };
    }
    let answer = floor.turns.token(&form, &floor.signer).await;
    answer.unwrap_or_else(|error| failed(&*error))
}

async fn authorize(request: HttpRequest, floor: Data<Floor>) -> HttpResponse {
    let answer = floor.turns.authorize(&request).await;
    answer.unwrap_or_else(|error| failed(&*error))
}

fn failed(error: &dyn std::error::Error) -> HttpResponse {
    HttpResponse::InternalServerError().body(error.to_string())
}

impl Floor {
    async fn new(settings: Settings) -> Result<Self> {
        let credentials = STANDARD.decode(settings.authorization.trim_start_matches("Basic "))?;
        Ok(Self {
            credentials: String::from_utf8(credentials)?,
            signer: Signer::new()?,
            turns: Turns::seed(&settings.turns_database_url, settings.issuer.clone()).await?,
            clock: Clock::system(),
            settings,
        })
    }

    fn answer(&self, request: &HttpRequest, form: &Form<'_>) -> Option<HttpResponse> {
        let sent = request
            .headers()
            .get(header::AUTHORIZATION)?
            .to_str()
            .ok()?
            .strip_prefix("Basic ")?;
        let sent = String::from_utf8(STANDARD.decode(sent).ok()?).ok()?;
        let (client_id, _) = sent.split_once(':').filter(|_| sent == self.credentials)?;
        let (mut scope, mut resource) = (None, None);
        for (name, value) in form {
            match name.as_ref() {
                "scope" => scope = Some(value.as_ref()),
                "resource" => resource = Some(value.as_ref()),
                _ => {}
            }
        }
        let now = self.clock.now().timestamp();
        let jti = URL_SAFE_NO_PAD.encode(placet::random::bytes::<32>());
        let issuer = self.settings.issuer.as_str();
        let scope = scope?;
        let claims = Claims {
            iss: issuer,
            sub: client_id,
            aud: resource.unwrap_or(issuer),
            exp: now + 600,
            iat: now,
            jti: &jti,
            client_id,
            scope,
        };
        let access_token = self.signer.sign(self.key_of(resource)?, &claims)?;
        let answer = Answer {
            access_token,
            token_type: "Bearer",
            expires_in: 600,
            scope,
        };
        Some(
            HttpResponse::Ok()
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .json(answer),
        )
    }

    fn key_of(&self, resource: Option<&str>) -> Option<usize> {
        let Some(resource) = resource else {
            return Some(0);
        };
        let mut resources = self.settings.resources.iter();
        Some(resources.position(|(_, known)| known == resource)? + 1)
    }
}

impl Signer {
    fn new() -> Result<Self> {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)?;
        let kid = URL_SAFE_NO_PAD.encode(placet::random::bytes::<32>());
        let header = |alg: &str| {
            URL_SAFE_NO_PAD.encode(format!(r#"{{"typ":"at+jwt","alg":"{alg}","kid":"{kid}"}}"#))
        };
        Ok(Self {
            es256: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref())?,
            eddsa: Ed25519KeyPair::generate()?,
            rs256: RsaKeyPair::generate(KeySize::Rsa2048)?,
            headers: ["ES256", "EdDSA", "RS256"].map(header),
            random,
        })
    }

    /// A JWT with key number so-and-so.
    pub(super) fn sign(&self, index: usize, claims: &impl Serialize) -> Option<String> {
        let claims = serde_json::to_vec(claims).ok()?;
        let mut token = String::with_capacity(1024);
        token.push_str(self.headers.get(index)?);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let mut rsa = [0; 256];
        let signature = match index {
            0 => URL_SAFE_NO_PAD.encode(self.es256.sign(&self.random, token.as_bytes()).ok()?),
            1 => URL_SAFE_NO_PAD.encode(self.eddsa.sign(token.as_bytes())),
            _ => {
                self.rs256
                    .sign(&RSA_PKCS1_SHA256, &self.random, token.as_bytes(), &mut rsa)
                    .ok()?;
                URL_SAFE_NO_PAD.encode(rsa)
            }
        };
        token.push('.');
        token.push_str(&signature);
        Some(token)
    }
}
