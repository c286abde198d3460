//! `grant_type=password` (RFC 6749 §4.3): legacy, for clients that an administrator turned it on for.
//!
//! It shows the person's password to the app, knows no consent and no second factor; OAuth 2.1 leaves it out. Wrong
//! passwords count towards the very throttles of the sign-in page. Who has a second factor, or must have one, is refused: a
//! password alone is not them.

use super::mint::{self, PersonGrant};
use super::{TokenRequest, TokenResponse};
use chrono::{DateTime, Utc};

use crate::app::{App, Registry};
use crate::identity::Identity;
use crate::identity::factors;
use crate::identity::login::{self, Attempt, SignIn};
use crate::model::acr::{self, Acr};
use crate::model::client::Client;
use crate::model::grant::Grant;
use crate::model::id::{GrantId, UserId};
use crate::model::scope::{OFFLINE_ACCESS, Scopes};
use crate::model::secret::Secret;
use crate::model::user::User;
use crate::oauth::client_auth::AuthenticatedClient;
use crate::oauth::error::{Error, ErrorCode, invalid_grant, invalid_request, invalid_scope};
use crate::oauth::roles;
use crate::oauth::target::{check_resource, check_scope};
use crate::random;

/// Seconds after which a full hashing queue is worth another try.
const BUSY_RETRY_AFTER: u64 = 2;

/// Read → decide → mint → commit.
pub(super) async fn answer(
    app: &App,
    identity: &Identity,
    client: &AuthenticatedClient,
    request: TokenRequest<'_>,
) -> Result<TokenResponse, Error> {
    let client = client.client();
    let missing = |name: &str| invalid_request(format!("{name} is missing"));
    let given = |name: &str| request.params.get(name).ok_or_else(|| missing(name));
    let (username, password) = (given("username")?, given("password")?);
    // Before the password, so that a bad request costs no hash.
    let registry = app.registry();
    let resource = check_resource(&registry, client, request.params)?;
    let scope = check_scope(
        &registry,
        client,
        &resource.iter().collect(),
        request.params.get("scope"),
    )?;
    let attempt = Attempt {
        name: username,
        password: Secret::new(password.to_owned()),
        place: request.place,
        known_browser: None,
        client_id: Some(&client.id),
        is_behind_app: !client.metadata.is_public(),
    };
    let user = match login::check(app, identity, attempt).await? {
        SignIn::Verified(user) => user,
        SignIn::Mismatch => return Err(invalid_grant("username and password do not match")),
        SignIn::Throttled { retry_after } => return Err(too_many(retry_after)),
        SignIn::Busy => return Err(busy()),
    };
    check_factors(app, client, &user)?;
    let scope = permitted(&registry, resource.as_ref(), &scope, &user)?;
    let grant = grant(client, user.id, (scope, resource), request.now);
    let resource = grant.resources.clone();
    let (grant, refresh) = mint::first_refresh(app, client, grant, resource.only());
    let (refresh, refresh_token) = refresh.unzip();
    let event = mint::grant_event(app, &grant, "password", &request);
    let answer = mint::answer_person(
        app,
        PersonGrant {
            client,
            user: &user,
            grant: &grant,
            scope: &grant.scope,
            resource: grant.resources.only(),
            nonce: None,
            claims: serde_json::Map::new(),
            refresh_token,
            now: request.now,
        },
    )?;
    let added = app
        .store
        .add_grant(&grant, refresh.as_ref(), Some(&user), &event);
    if !added.await? {
        // Another password, or the end of the account, while this one was checked.
        return Err(invalid_grant("username and password do not match"));
    }
    Ok(answer)
}

/// To the app it is the same answer as to a wrong password: it learns nothing of the account (S41).
fn check_factors(app: &App, client: &Client, user: &User) -> Result<(), Error> {
    let wanted = factors::wanted(&app.config.second_factor, user);
    if Some(wanted).max(client.required_acr) > Some(Acr::Pwd) {
        return Err(invalid_grant(
            "a second factor is wanted, and this grant can ask for none",
        ));
    }
    Ok(())
}

/// Of the scope, what this person may have by their roles.
fn permitted(
    registry: &Registry,
    resource: Option<&String>,
    asked: &Scopes,
    user: &User,
) -> Result<Scopes, Error> {
    let named = resource.into_iter().collect();
    let scope = roles::permitted(registry, &named, asked, &user.roles);
    if scope.is_empty() && !asked.is_empty() {
        return Err(invalid_scope(format!(
            "what is asked for is kept for roles that the person has not: {asked}"
        )));
    }
    Ok(scope)
}

fn grant(
    client: &Client,
    user_id: UserId,
    (scope, resource): (Scopes, Option<String>),
    now: DateTime<Utc>,
) -> Grant {
    Grant {
        id: GrantId(random::uuid()),
        client_id: client.id.clone(),
        user_id,
        session_id: None,
        is_offline: scope.contains(OFFLINE_ACCESS),
        scope,
        resources: resource.iter().collect(),
        auth_time: now,
        amr: acr::password(),
        claims: None,
        created_at: now,
        expires_at: now,
        revoked_at: None,
    }
}

fn too_many(retry_after: u64) -> Error {
    let mut error = invalid_grant("too many wrong passwords; wait before the next try").told();
    error.retry_after = Some(retry_after);
    error
}

fn busy() -> Error {
    let mut error = Error::new(
        ErrorCode::TemporarilyUnavailable,
        "too many sign-ins at once; try again in a moment",
    );
    error.retry_after = Some(BUSY_RETRY_AFTER);
    error
}
