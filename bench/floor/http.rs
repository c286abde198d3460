//! A bare actix server: a token endpoint that parses the same request and signs one JWT with a key parsed once, and the
//! same documents as ready bytes.

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
}

struct Floor {
    settings: Settings,
    /// `client_id:client_secret`.
    credentials: String,
    es256: EcdsaKeyPair,
    eddsa: Ed25519KeyPair,
    rs256: RsaKeyPair,
    /// Protected headers, encoded: ES256, EdDSA, RS256.
    headers: [String; 3],
    random: SystemRandom,
    clock: Clock,
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
    let floor = Data::new(Floor::new(settings)?);
    let documents = [
        Bytes::from(floor.settings.jwks.clone()),
        Bytes::from(floor.settings.discovery.clone()),
    ];
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    crate::tell(&listener.local_addr()?.to_string());
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            let [jwks, discovery] = documents.clone();
            App::new()
                .app_data(floor.clone())
                .route("/token", web::post().to(token))
                .route(
                    "/.well-known/jwks.json",
                    web::get().to(move || std::future::ready(document(&jwks))),
                )
                .route(
                    "/.well-known/openid-configuration",
                    web::get().to(move || std::future::ready(document(&discovery))),
                )
        });
        server.workers(1).listen(listener)?.run().await
    })?;
    Ok(())
}

fn document(bytes: &Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .body(bytes.clone())
}

async fn token(request: HttpRequest, body: Bytes, floor: Data<Floor>) -> HttpResponse {
    match floor.answer(&request, &body) {
        Some(response) => response,
        None => HttpResponse::BadRequest().finish(),
    }
}

impl Floor {
    fn new(settings: Settings) -> Result<Self> {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)?;
        let credentials = STANDARD.decode(settings.authorization.trim_start_matches("Basic "))?;
        let kid = URL_SAFE_NO_PAD.encode(placet::random::bytes::<32>());
        let header = |alg: &str| {
            URL_SAFE_NO_PAD.encode(format!(r#"{{"typ":"at+jwt","alg":"{alg}","kid":"{kid}"}}"#))
        };
        Ok(Self {
            credentials: String::from_utf8(credentials)?,
            es256: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref())?,
            eddsa: Ed25519KeyPair::generate()?,
            rs256: RsaKeyPair::generate(KeySize::Rsa2048)?,
            headers: ["ES256", "EdDSA", "RS256"].map(header),
            random,
            clock: Clock::system(),
            settings,
        })
    }

    fn answer(&self, request: &HttpRequest, body: &[u8]) -> Option<HttpResponse> {
        let sent = request
            .headers()
            .get(header::AUTHORIZATION)?
            .to_str()
            .ok()?
            .strip_prefix("Basic ")?;
        let sent = String::from_utf8(STANDARD.decode(sent).ok()?).ok()?;
        let (client_id, _) = sent.split_once(':').filter(|_| sent == self.credentials)?;
        let (mut grant, mut scope, mut resource) = (None, None, None);
        for (name, value) in url::form_urlencoded::parse(body) {
            match name.as_ref() {
                "grant_type" => grant = Some(value),
                "scope" => scope = Some(value),
                "resource" => resource = Some(value),
                _ => {}
            }
        }
        grant.filter(|grant| grant == "client_credentials")?;
        let now = self.clock.now().timestamp();
        let jti = URL_SAFE_NO_PAD.encode(placet::random::bytes::<32>());
        let issuer = self.settings.issuer.as_str();
        let scope = scope?;
        let claims = Claims {
            iss: issuer,
            sub: client_id,
            aud: resource.as_deref().unwrap_or(issuer),
            exp: now + 600,
            iat: now,
            jti: &jti,
            client_id,
            scope: &scope,
        };
        let access_token = self.sign(resource.as_deref(), &serde_json::to_vec(&claims).ok()?)?;
        let answer = Answer {
            access_token,
            token_type: "Bearer",
            expires_in: 600,
            scope: &scope,
        };
        Some(
            HttpResponse::Ok()
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .json(answer),
        )
    }

    fn sign(&self, resource: Option<&str>, claims: &[u8]) -> Option<String> {
        let resources = &self.settings.resources;
        let alg = resource.map(|uri| resources.iter().position(|(_, known)| known == uri));
        let index = match alg {
            None => 0,
            Some(found) => found? + 1,
        };
        let mut token = String::with_capacity(1024);
        token.push_str(&self.headers[index]);
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
