//! Values to store: valid, each field set, ids random. A test changes what it is about.

use chrono::{DateTime, TimeDelta, Utc};
use oauth2_types::requests::GrantType;
use placet::model::acr::Acr;
use placet::model::claims_request::ClaimsRequest;
use placet::model::client::{
    AuthMethod, Client, ClientBranding, ClientMetadata, ClientSecret, IdTokenAlg, Registration,
};
use placet::model::consent::Consent;
use placet::model::event::{Actor, Event, EventKind, Origin};
use placet::model::grant::{Code, Grant, Refresh};
use placet::model::id::{ClientId, GrantId, RequestId, SessionId, UserId};
use placet::model::initial_access_token::InitialAccessToken;
use placet::model::redirect_uri::RedirectUri;
use placet::model::resource::{Resource, Resources, TokenFormat, TokenRoles};
use placet::model::scope::{ScopeDefinition, Scopes};
use placet::model::secret::{PasswordHash, TokenHash};
use placet::model::session::Session;
use placet::model::signing_key::{SigningAlg, StoredKey};
use placet::model::user::User;
use placet::random;
use placet::storage::{Added, Issue, NewIssue, Store};
use serde_json::json;

/// The instant that tests call now, with microseconds to lose.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_800_000_000_123_457).unwrap()
}

/// `now`, some seconds on.
pub(crate) fn after(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

pub(crate) fn hash() -> TokenHash {
    TokenHash::from_bytes(random::bytes())
}

pub(crate) fn scopes(value: &str) -> Scopes {
    Scopes::parse(value).unwrap()
}

pub(crate) fn client_id(value: &str) -> ClientId {
    ClientId::parse(value).unwrap()
}

/// An event at `now`.
pub(crate) fn event(kind: EventKind) -> Event {
    Event {
        id: random::uuid_sortable(now()),
        at: now(),
        kind,
        actor: Actor::Server,
        user_id: None,
        client_id: None,
        origin: Origin::default(),
        detail: json!({}),
    }
}

/// An event of a kind that the test does not look at, at `at`.
pub(crate) fn event_at(at: DateTime<Utc>) -> Event {
    Event {
        at,
        id: random::uuid_sortable(at),
        ..event(EventKind::UserUpdated)
    }
}

pub(crate) fn user(name: &str) -> User {
    User {
        id: UserId(random::uuid()),
        username: name.to_owned(),
        email: Some(format!("{name}@example.com")),
        is_email_verified: true,
        name: Some("Ada Lovelace".to_owned()),
        roles: vec!["editor".to_owned(), "x:y".to_owned()],
        password_hash: Some(PasswordHash::from_phc(
            "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA".to_owned(),
        )),
        disabled_at: None,
        created_at: now(),
        locale: Some("de".to_owned()),
        password_changed_at: None,
        has_totp: false,
        has_passkey: false,
        version: 1,
    }
}

pub(crate) fn secret() -> ClientSecret {
    ClientSecret {
        hash: hash(),
        created_at: now(),
        expires_at: None,
        sealed: None,
    }
}

pub(crate) fn client(id: &str) -> Client {
    Client {
        id: client_id(id),
        metadata: ClientMetadata {
            client_name: "An \u{201c}App\u{201d} \u{1f980} 'quoted' \\ \"".to_owned(),
            redirect_uris: vec![
                RedirectUri::parse("https://app.example.com/callback?a=b%20c").unwrap(),
            ],
            grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
            response_types: vec!["code".to_owned()],
            token_endpoint_auth_method: AuthMethod::ClientSecretPost,
            scope: scopes("openid read"),
            resources: vec!["https://api.example.com".to_owned()],
            client_uri: Some("https://app.example.com".to_owned()),
            policy_uri: Some("https://app.example.com/policy".to_owned()),
            contacts: vec!["ops@example.com".to_owned()],
            id_token_signed_response_alg: IdTokenAlg::new(SigningAlg::ES256).unwrap(),
            default_max_age: Some(0),
            ..ClientMetadata::default()
        },
        is_first_party: true,
        required_acr: Some(Acr::Mfa),
        branding: ClientBranding {
            accent: Some("#7a1f5c".parse().unwrap()),
            accent_dark: None,
        },
        is_consent_always_asked: false,
        registration: Registration::Administrator,
        disabled_at: None,
        secrets: vec![secret()],
        created_at: now(),
        sweep_at: None,
        version: 1,
    }
}

pub(crate) fn initial_access_token() -> InitialAccessToken {
    InitialAccessToken {
        id: random::uuid_sortable(now()),
        name: "For \u{e4} friend".to_owned(),
        uses_left: 1,
        created_at: now(),
        expires_at: after(100),
    }
}

pub(crate) fn scope(name: &str) -> ScopeDefinition {
    ScopeDefinition {
        name: name.to_owned(),
        description: "read it".to_owned(),
        is_required: true,
        descriptions: [("de", "sie lesen")].into_iter().collect(),
        version: 1,
    }
}

pub(crate) fn resource(uri: &str) -> Resource {
    Resource {
        uri: uri.to_owned(),
        name: "The API".to_owned(),
        names: [("pt-BR", "A API")].into_iter().collect(),
        scope: scopes("read write"),
        alg: SigningAlg::HS256,
        access_ttl_seconds: Some(90),
        secret_sealed: Some(vec![0, 255, 7]),
        format: TokenFormat::Jwt,
        scope_roles: std::collections::BTreeMap::from([(
            "write".to_owned(),
            std::collections::BTreeSet::from(["editor".to_owned()]),
        )]),
        token_roles: TokenRoles::Own,
        version: 1,
    }
}

pub(crate) fn key(alg: SigningAlg) -> StoredKey {
    StoredKey {
        kid: random::uuid().to_string(),
        alg,
        public_jwk: json!({ "kty": "EC", "x": "\u{e4}", "n": [1, null] }),
        private_sealed: vec![0, 1, 254, 255],
        created_at: now(),
        activates_at: after(60),
        expires_at: None,
    }
}

pub(crate) fn session(user: UserId) -> Session {
    Session {
        id: SessionId(random::uuid()),
        token_hash: hash(),
        user_id: user,
        authenticated_at: now(),
        amr: vec!["pwd".to_owned(), "otp".to_owned()],
        created_at: now(),
        last_seen_at: after(1),
        idle_expires_at: after(100),
        expires_at: after(1000),
        address: Some("2001:db8::1".to_owned()),
        user_agent: Some("Browser/1.0".to_owned()),
    }
}

pub(crate) fn grant(user: UserId, client: &ClientId) -> Grant {
    Grant {
        id: GrantId(random::uuid()),
        client_id: client.clone(),
        user_id: user,
        session_id: Some(SessionId(random::uuid())),
        scope: scopes("openid read"),
        resources: ["https://api.example.com"].into_iter().collect(),
        auth_time: now(),
        amr: vec!["pwd".to_owned()],
        claims: Some(claims_request()),
        is_offline: false,
        created_at: after(1),
        expires_at: after(100_000),
        revoked_at: None,
    }
}

/// The e-mail address with one of two values in the ID token, the name in UserInfo.
pub(crate) fn claims_request() -> ClaimsRequest {
    serde_json::from_value(json!({
        "userinfo": { "name": {} },
        "id_token": { "email": { "values": ["a@example.com", "b@example.com"] } },
        "acr": "pwd",
    }))
    .unwrap()
}

pub(crate) fn refresh() -> Refresh {
    Refresh {
        generation: 0,
        hash: hash(),
        rotated_at: now(),
        idle_expires_at: after(1000),
    }
}

pub(crate) fn code(user: UserId, client: &ClientId) -> Code {
    Code {
        hash: hash(),
        request_id: RequestId(random::uuid()),
        grant_id: GrantId(random::uuid()),
        client_id: client.clone(),
        user_id: user,
        session_id: SessionId(random::uuid()),
        redirect_uri: "https://app.example.com/callback?a=b%20c".to_owned(),
        is_redirect_uri_sent: true,
        code_challenge: Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned()),
        scope: scopes("openid read"),
        resources: ["https://api.example.com"].into_iter().collect(),
        nonce: Some("n-0S6_WzA2Mj '\u{e9}".to_owned()),
        auth_time: now(),
        amr: vec!["pwd".to_owned()],
        claims: Some(claims_request()),
        issued_at: now(),
        expires_at: after(60),
        grant_expires_at: Some(after(2_592_000)),
        redeemed_at: None,
        sweep_at: after(600),
    }
}

/// The grant that a code leads to.
pub(crate) fn grant_of(code: &Code) -> Grant {
    Grant {
        id: code.grant_id,
        session_id: Some(code.session_id),
        ..grant(code.user_id, &code.client_id)
    }
}

pub(crate) fn consent(user: UserId, client: &ClientId) -> Consent {
    Consent {
        user_id: user,
        client_id: client.clone(),
        resources: Resources::default(),
        granted: scopes("openid read"),
        declined: Scopes::default(),
        granted_at: now(),
        updated_at: after(1),
        expires_at: Some(after(2_592_000)),
    }
}

/// A user that is stored.
pub(crate) async fn stored_user(store: &Store, name: &str) -> User {
    let user = user(name);
    assert_eq!(
        store
            .add_user(&user, &event(EventKind::UserAdded))
            .await
            .unwrap(),
        Added::Added
    );
    user
}

/// A client that is stored.
pub(crate) async fn stored_client(store: &Store, id: &str) -> Client {
    let client = client(id);
    assert_eq!(
        store
            .add_client(&client, &event(EventKind::ClientAdded))
            .await
            .unwrap(),
        Added::Added
    );
    client
}

/// A code that was issued.
pub(crate) async fn stored_code(store: &Store, user: UserId, client: &ClientId) -> Code {
    let code = code_in(store, user, client).await;
    let issue = NewIssue {
        code: &code,
        consent: None,
        hears_of_logout: false,
    };
    assert_eq!(store.issue_code(&issue).await.unwrap(), Issue::Issued);
    code
}

/// A code to be issued in a session that is stored.
pub(crate) async fn code_in(store: &Store, user: UserId, client: &ClientId) -> Code {
    let code = code(user, client);
    stored_session_of(store, &code).await;
    code
}

/// The session that a code was given in, without which it is worth nothing.
pub(crate) async fn stored_session_of(store: &Store, code: &Code) {
    let session = Session {
        id: code.session_id,
        ..session(code.user_id)
    };
    let event = event(EventKind::SignInSucceeded);
    store
        .start_session(&session, None, None, &event)
        .await
        .unwrap();
}

/// A grant with a refresh token that is stored.
pub(crate) async fn stored_grant(
    store: &Store,
    user: UserId,
    client: &ClientId,
) -> (Grant, Refresh) {
    let (grant, refresh) = (grant(user, client), refresh());
    store
        .add_grant(
            &grant,
            Some(&refresh),
            None,
            &event(EventKind::GrantCreated),
        )
        .await
        .unwrap();
    (grant, refresh)
}

/// Whether the grant is stored and not revoked.
pub(crate) async fn is_live(store: &Store, grant: GrantId) -> bool {
    let found = store.find_refresh_grant(grant).await.unwrap();
    found.is_some_and(|found| found.grant.revoked_at.is_none())
}
