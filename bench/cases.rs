//! What is measured over HTTP: one struct for each kind of turn. The floors of [`crate::floor`] get the very same requests.

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::Result;
use crate::load::Turn;
use crate::server::{REDIRECT_URI, Registered, SCOPE, credentials};
use crate::wire::{self, Answer, Connection};

/// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// One request, always the same.
pub(crate) struct Same {
    connection: Connection,
    request: Vec<u8>,
}

impl Same {
    /// A connection for each request.
    pub(crate) async fn open(address: SocketAddr, requests: Vec<Vec<u8>>) -> Result<Vec<Self>> {
        let mut turns = Vec::with_capacity(requests.len());
        for request in requests {
            turns.push(Self {
                connection: Connection::open(address).await?,
                request,
            });
        }
        Ok(turns)
    }
}

impl Turn for Same {
    async fn turn(&mut self) -> Result<()> {
        let answer = self.connection.exchange(&self.request).await?;
        expect(&answer, 200)
    }

    async fn mend(&mut self) {
        let _ = self.connection.open_again().await;
    }
}

fn expect(answer: &Answer<'_>, status: u16) -> Result<()> {
    if answer.status == status {
        return Ok(());
    }
    let start: String = answer.body.chars().take(200).collect();
    Err(format!("answered with {}: {start}", answer.status).into())
}

/// `client_credentials`, for the server's own issuer or for a resource.
pub(crate) fn client_credentials(
    registered: &Registered,
    address: SocketAddr,
    resource: Option<&str>,
) -> Vec<u8> {
    let mut pairs = vec![("grant_type", "client_credentials"), ("scope", SCOPE)];
    pairs.extend(resource.map(|uri| ("resource", uri)));
    let line = format!("Authorization: {}\r\n", registered.authorization);
    wire::post(address, "/token", &line, &wire::form(&pairs))
}

/// `password`, of one of the people.
pub(crate) fn password(registered: &Registered, number: usize) -> Vec<u8> {
    let [username, password] = credentials(number);
    let pairs = [
        ("grant_type", "password"),
        ("scope", "openid profile"),
        (username.0, username.1.as_str()),
        (password.0, password.1.as_str()),
    ];
    let line = format!("Authorization: {}\r\n", registered.authorization);
    wire::post(registered.address, "/token", &line, &wire::form(&pairs))
}

/// The algorithm that the access token of an answer is signed with.
pub(crate) async fn access_token_alg(address: SocketAddr, request: &[u8]) -> Result<String> {
    let mut connection = Connection::open(address).await?;
    let answer = connection.exchange(request).await?;
    expect(&answer, 200)?;
    let header = answer
        .member("access_token")
        .and_then(|token| token.split('.').next())
        .unwrap_or_default();
    let header: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header)?)?;
    Ok(header["alg"].as_str().unwrap_or_default().to_owned())
}

/// `POST /introspect` by whoever has that Authorization header.
pub(crate) fn introspection(address: SocketAddr, authorization: &str, token: &str) -> Vec<u8> {
    let line = format!("Authorization: {authorization}\r\n");
    wire::post(
        address,
        "/introspect",
        &line,
        &wire::form(&[("token", token)]),
    )
}

/// `GET /userinfo`
pub(crate) fn userinfo(address: SocketAddr, token: &str) -> Vec<u8> {
    let line = format!("Authorization: Bearer {token}\r\n");
    wire::get(address, "/userinfo", &line)
}

/// The access token of an answer, as a client of its own gets it.
pub(crate) async fn own_token(registered: &Registered) -> Result<String> {
    let mut connection = Connection::open(registered.address).await?;
    let request = client_credentials(registered, registered.address, None);
    let answer = connection.exchange(&request).await?;
    let token = answer.member("access_token").ok_or("no access token")?;
    Ok(token.to_owned())
}

/// A person's access token, its id, and the grant behind it.
pub(crate) struct PersonToken {
    pub(crate) value: String,
    pub(crate) jti: String,
    pub(crate) grant: Uuid,
}

/// One for each session, for the API.
pub(crate) async fn person_tokens(
    registered: &Registered,
    sessions: &[String],
) -> Result<Vec<PersonToken>> {
    let at = (registered.address, registered.api_app.as_str());
    let mut tokens = Vec::new();
    for mut turn in CodeTurn::open(at, sessions).await? {
        let answer = turn.redeem().await?;
        let refresh = answer
            .member("refresh_token")
            .and_then(|token| token.strip_prefix("placet_rt_"))
            .ok_or("no refresh token of the server's")?;
        let bytes = URL_SAFE_NO_PAD.decode(refresh)?;
        let grant = Uuid::from_slice(bytes.get(..16).ok_or("a short refresh token")?)?;
        let value = answer.member("access_token").ok_or("no access token")?;
        let claims = value.split('.').nth(1).unwrap_or_default();
        let claims: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
        tokens.push(PersonToken {
            value: value.to_owned(),
            jti: claims["jti"].as_str().unwrap_or_default().to_owned(),
            grant,
        });
    }
    Ok(tokens)
}

/// The body of a document.
pub(crate) async fn document(address: SocketAddr, path: &str) -> Result<String> {
    let mut connection = Connection::open(address).await?;
    let request = wire::get(address, path, "");
    let answer = connection.exchange(&request).await?;
    expect(&answer, 200)?;
    Ok(answer.body.to_owned())
}

/// A signed-in browser goes to the authorization endpoint; its app redeems the code.
pub(crate) struct CodeTurn {
    connection: Connection,
    address: SocketAddr,
    app: String,
    authorize: Vec<u8>,
}

impl CodeTurn {
    /// A connection for each session.
    pub(crate) async fn open(
        (address, app): (SocketAddr, &str),
        sessions: &[String],
    ) -> Result<Vec<Self>> {
        let query = wire::form(&[
            ("response_type", "code"),
            ("client_id", app),
            ("redirect_uri", REDIRECT_URI),
            ("scope", "openid profile"),
            ("state", "7yYcFk3mTq0"),
            ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]);
        let mut turns = Vec::with_capacity(sessions.len());
        for session in sessions {
            turns.push(Self {
                connection: Connection::open(address).await?,
                address,
                app: app.to_owned(),
                authorize: wire::get(
                    address,
                    &format!("/authorize?{query}"),
                    &format!("Cookie: placet_session={session}\r\n"),
                ),
            });
        }
        Ok(turns)
    }

    async fn redeem(&mut self) -> Result<Answer<'_>> {
        let answer = self.connection.exchange(&self.authorize).await?;
        expect(&answer, 303)?;
        let code = answer
            .header("location")
            .and_then(|location| wire::between(location, "code=", '&'));
        // Nothing in a code need be encoded.
        let code = code.ok_or("no code in the redirect")?.to_owned();
        let body = wire::form(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", REDIRECT_URI),
            ("client_id", &self.app),
            ("code_verifier", VERIFIER),
        ]);
        let answer = self
            .connection
            .exchange(&wire::post(self.address, "/token", "", &body))
            .await?;
        expect(&answer, 200)?;
        Ok(answer)
    }
}

impl Turn for CodeTurn {
    async fn turn(&mut self) -> Result<()> {
        let answer = self.redeem().await?;
        let has_all = ["access_token", "refresh_token", "id_token"]
            .iter()
            .all(|name| answer.member(name).is_some());
        if has_all {
            Ok(())
        } else {
            Err("a token is missing in the answer".into())
        }
    }

    async fn mend(&mut self) {
        let _ = self.connection.open_again().await;
    }
}

/// A refresh token that rotates, of a grant of its own.
pub(crate) struct RefreshTurn {
    connection: Connection,
    address: SocketAddr,
    app: String,
    token: String,
}

impl RefreshTurn {
    /// A connection for each token.
    pub(crate) async fn with_tokens(
        (address, app): (SocketAddr, &str),
        tokens: Vec<String>,
    ) -> Result<Vec<Self>> {
        let mut turns = Vec::with_capacity(tokens.len());
        for token in tokens {
            turns.push(Self {
                connection: Connection::open(address).await?,
                address,
                app: app.to_owned(),
                token,
            });
        }
        Ok(turns)
    }

    /// A grant for each session.
    pub(crate) async fn open(registered: &Registered, sessions: &[String]) -> Result<Vec<Self>> {
        let mut turns = Vec::with_capacity(sessions.len());
        let at = (registered.address, registered.app.as_str());
        for mut turn in CodeTurn::open(at, sessions).await? {
            let token = turn
                .redeem()
                .await?
                .member("refresh_token")
                .ok_or("no refresh token")?
                .to_owned();
            turns.push(Self {
                connection: turn.connection,
                address: turn.address,
                app: turn.app,
                token,
            });
        }
        Ok(turns)
    }
}

impl Turn for RefreshTurn {
    async fn turn(&mut self) -> Result<()> {
        let body = wire::form(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", &self.token),
            ("client_id", &self.app),
        ]);
        let answer = self
            .connection
            .exchange(&wire::post(self.address, "/token", "", &body))
            .await?;
        expect(&answer, 200)?;
        let next = answer
            .member("refresh_token")
            .ok_or("no refresh token in the answer")?;
        if next == self.token {
            return Err("the refresh token did not rotate".into());
        }
        next.clone_into(&mut self.token);
        Ok(())
    }

    async fn mend(&mut self) {
        let _ = self.connection.open_again().await;
    }
}
