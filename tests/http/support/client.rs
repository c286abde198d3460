//! An OAuth client, as apps are: it starts a sign-in, redeems codes, refreshes. It asserts on wire bytes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use placet::admin::clients::ClientWithSecret;

use super::{Browser, Page, TestServer};

/// RFC 7636 appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub id: String,
    pub secret: Option<String>,
    pub redirect_uri: Option<String>,
    /// The node that it talks to.
    pub server: String,
    http: reqwest::Client,
}

/// The token endpoint's answer.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Client {
    pub(crate) fn new(server: &TestServer, made: &ClientWithSecret) -> Self {
        Self::of(&server.url, made)
    }

    /// A client by the information that its registration was answered with (RFC 7591 §3.2.1).
    pub(crate) fn registered(server: &TestServer, information: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        Self {
            id: text(&information["client_id"]).unwrap(),
            secret: text(&information["client_secret"]),
            redirect_uri: text(&information["redirect_uris"][0]),
            server: server.url.clone(),
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
        }
    }

    /// A client that talks to the server at that address.
    pub(crate) fn of(server: &str, made: &ClientWithSecret) -> Self {
        Self {
            id: made.client.id.to_string(),
            secret: made.secret.as_ref().map(|secret| secret.expose().clone()),
            redirect_uri: made
                .client
                .metadata
                .redirect_uris
                .first()
                .map(ToString::to_string),
            server: server.to_owned(),
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
        }
    }

    /// The same client, talking to another node.
    pub(crate) fn at(&self, server: &TestServer) -> Self {
        Self {
            server: server.url.clone(),
            ..self.clone()
        }
    }

    /// `/authorize?…` with PKCE, state `xyz`, scope `openid`; `more` over that; an empty value leaves a parameter out.
    pub(crate) fn authorize_url(&self, more: &[(&str, &str)]) -> String {
        let redirect_uri = self.redirect_uri.clone().unwrap_or_default();
        let mut params = vec![
            ("response_type", "code"),
            ("client_id", self.id.as_str()),
            ("redirect_uri", redirect_uri.as_str()),
            ("scope", "openid"),
            ("state", "xyz"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        params.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        params.extend(more.iter().filter(|(_, value)| !value.is_empty()));
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(params)
            .finish();
        format!("/authorize?{query}")
    }

    /// Goes to `/authorize` and through sign-in and consent as far as they are asked for; the redirect to the client.
    pub(crate) async fn sign_in(
        &self,
        browser: &mut Browser,
        username: &str,
        more: &[(&str, &str)],
    ) -> Page {
        let mut page = browser.visit(&self.authorize_url(more)).await;
        if page.heading_kind() == "login" {
            page = browser.log_in(&page, username).await;
        }
        if page.heading_kind() == "consent" {
            page = browser.approve(&page).await;
        }
        page
    }

    /// A code, by a new browser.
    pub(crate) async fn code(&self, username: &str, more: &[(&str, &str)]) -> String {
        let page = self
            .sign_in(&mut Browser::new(&self.server), username, more)
            .await;
        page.returned("code").unwrap_or_else(|| {
            panic!(
                "no code: {} {:?} {}",
                page.status,
                page.location(),
                page.body
            )
        })
    }

    /// Redeems a code with the verifier and redirect URI that belong to it.
    pub(crate) async fn redeem(&self, code: &str) -> Tokens {
        let redirect_uri = self.redirect_uri.clone().unwrap_or_default();
        let params = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        self.token(&params).await
    }

    /// Code, then tokens.
    pub(crate) async fn tokens(&self, username: &str, more: &[(&str, &str)]) -> Tokens {
        let code = self.code(username, more).await;
        let tokens = self.redeem(&code).await;
        assert_eq!(tokens.status, 200, "{}", tokens.json);
        tokens
    }

    /// Refreshes.
    pub(crate) async fn refresh(&self, refresh_token: &str) -> Tokens {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
        ])
        .await
    }

    /// A token request, authenticated as the client is registered: by Basic, or as a public client.
    pub(crate) async fn token(&self, params: &[(&str, &str)]) -> Tokens {
        self.call("/token", params, &[]).await
    }

    /// The same kind of request to any endpoint, with more headers.
    pub(crate) async fn call(
        &self,
        path: &str,
        params: &[(&str, &str)],
        more: &[(&'static str, &str)],
    ) -> Tokens {
        let mut params = params.to_vec();
        let authorization = self.secret.as_ref().map(|secret| basic(&self.id, secret));
        if authorization.is_none() {
            params.push(("client_id", &self.id));
        }
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(params)
            .finish();
        let mut headers = vec![(
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        )];
        headers.extend(authorization.map(|value| ("authorization", value)));
        headers.extend(
            more.iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        self.post(path, &headers, body).await
    }

    /// A token request of these very headers and bytes.
    pub(crate) async fn post_token(
        &self,
        headers: &[(&str, String)],
        body: impl Into<reqwest::Body>,
    ) -> Tokens {
        self.post("/token", headers, body).await
    }

    async fn post(
        &self,
        path: &str,
        headers: &[(&str, String)],
        body: impl Into<reqwest::Body>,
    ) -> Tokens {
        let mut request = self.http.post(format!("{}{path}", self.server)).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let json = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Tokens {
            status,
            headers,
            json,
        }
    }
}

/// `Authorization: Basic …` with both parts form-encoded (RFC 6749 §2.3.1).
pub(crate) fn basic(id: &str, secret: &str) -> String {
    use base64::engine::general_purpose::STANDARD;
    let encode =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!(
        "Basic {}",
        STANDARD.encode(format!("{}:{}", encode(id), encode(secret)))
    )
}

impl Tokens {
    /// The body as text but for `error_uri`, which ends with the id of the one request.
    pub(crate) fn json_without_id(&self) -> String {
        let mut json = self.json.clone();
        if let Some(body) = json.as_object_mut() {
            body.remove("error_uri");
        }
        json.to_string()
    }

    pub(crate) fn access_token(&self) -> &str {
        self.json["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("no access token: {}", self.json))
    }

    pub(crate) fn refresh_token(&self) -> &str {
        self.json["refresh_token"]
            .as_str()
            .unwrap_or_else(|| panic!("no refresh token: {}", self.json))
    }

    pub(crate) fn error(&self) -> &str {
        self.json["error"]
            .as_str()
            .unwrap_or_else(|| panic!("no error: {} {}", self.status, self.json))
    }

    /// Header and claims of the access token, unverified.
    pub(crate) fn decoded(&self) -> (Value, Value) {
        decode_jwt(self.access_token())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Header and claims of a JWT, unverified.
pub(crate) fn decode_jwt(token: &str) -> (Value, Value) {
    let part = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let mut parts = token.split('.');
    (part(parts.next().unwrap()), part(parts.next().unwrap()))
}
