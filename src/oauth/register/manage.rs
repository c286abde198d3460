//! A client reads, replaces or removes its own registration (RFC 7592), with the registration access token that it got. That token stays the
//! same for as long as the registration lives.

use chrono::{DateTime, Utc};
use oauth2_types::requests::GrantType;
use serde_json::{Map, Value, json};

use super::fields::{Fields, fault};
use super::{Asker, ClientInformation, count, failed, metadata, object, sector, wait};
use crate::app::App;
use crate::crypto;
use crate::model::client::{AuthMethod, Client, ClientMetadata, ClientSecret};
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::ClientId;
use crate::model::secret::Secret;
use crate::oauth::error::{Error, access_denied, invalid_request, invalid_token};
use crate::random;
use crate::storage::{Altered, Replacement};

/// RFC 7592 §2.2: what we said, and the client may not say.
const OURS: [&str; 4] = [
    "client_id_issued_at",
    "client_secret_expires_at",
    "registration_access_token",
    "registration_client_uri",
];

/// RFC 7592 §2.1.
pub async fn read(app: &App, asker: Asker<'_>, id: &str) -> Result<ClientInformation, Error> {
    let (client, token, _) = authenticate(app, &asker, id).await?;
    Ok(ClientInformation {
        client,
        secret: None,
        token,
    })
}

/// RFC 7592 §2.2: what is not in the request is not in the registration either.
pub async fn replace(
    app: &App,
    asker: Asker<'_>,
    id: &str,
    body: &[u8],
) -> Result<ClientInformation, Error> {
    let (before, token, as_of) = authenticate(app, &asker, id).await?;
    // People are not asked about it: whoever has the token could have it lead anywhere.
    if before.is_first_party {
        return Err(access_denied(
            "an administrator made this a first-party client; ask them to change it",
        ));
    }
    let now = app.clock.now();
    let object = object(body)?;
    check_identity(&before, &object, now)?;
    app.refresh().await.map_err(failed)?;
    let metadata = metadata::read(app, Fields(&object), Some(&before.metadata))?;
    check_method(&before.metadata, &metadata)?;
    if metadata == before.metadata {
        return Ok(ClientInformation {
            client: before,
            secret: None,
            token,
        });
    }
    count(app, &format!("registration {id}"), now).await?;
    sector::check(app, &metadata).await?;
    for alg in metadata.chosen_algs() {
        app.ensure_key(alg).await.map_err(failed)?;
    }
    let secret = needs_secret(&before, &metadata, now).then(|| random::token("placet_cs_"));
    let new_secret = secret
        .as_ref()
        .map(|secret| app.crypto.client_secret(&metadata, secret, now));
    let client = Client { metadata, ..before };
    let replacement = Replacement {
        client: &client,
        as_of,
        new_secret: new_secret.as_ref(),
        forgets_consents: before_was_another(&before.metadata, &client.metadata),
    };
    let mut event = event(app, &asker, EventKind::ClientUpdated, &client.id);
    event.detail = json!({ "registration": "dynamic", "new_secret": secret.is_some() });
    if !app.store.replace_registration(&replacement, &event).await? {
        return Err(changed_meanwhile(app, &asker, id).await);
    }
    app.refresh().await.map_err(failed)?;
    Ok(ClientInformation {
        client,
        secret,
        token,
    })
}

/// RFC 7592 §2.3: the client goes with all that was granted to it.
pub async fn remove(app: &App, asker: Asker<'_>, id: &str) -> Result<(), Error> {
    let (client, ..) = authenticate(app, &asker, id).await?;
    let event = event(app, &asker, EventKind::ClientRemoved, &client.id);
    let removed = app.store.remove_client(&client.id, None, &event).await?;
    if removed != Altered::Altered {
        return Err(unknown());
    }
    app.refresh().await.map_err(failed)?;
    Ok(())
}

/// The client whose registration it is. One answer for every other case, and nothing ends because of it (S155).
async fn authenticate(
    app: &App,
    asker: &Asker<'_>,
    id: &str,
) -> Result<(Client, Secret<String>, DateTime<Utc>), Error> {
    let Some(bearer) = asker.bearer else {
        return Err(invalid_token(
            "the registration access token is missing: send it in Authorization: Bearer",
        ));
    };
    let id = ClientId::parse(id).map_err(|_| unknown())?;
    let hash = crypto::hash_token(bearer);
    let changed_at = app.store.registration_changed_at(&id, &hash).await?;
    let changed_at = changed_at.ok_or_else(unknown)?;
    // As it is stored: what another node wrote a moment ago counts.
    let client = app
        .store
        .find_client(id.as_str())
        .await?
        .ok_or_else(unknown)?;
    if !client.is_enabled() {
        return Err(access_denied("an administrator disabled this client"));
    }
    Ok((client, Secret::new(bearer.to_owned()), changed_at))
}

/// Gone or disabled by now, else somebody else was faster: an administrator's change is never overruled by one that did not see it.
async fn changed_meanwhile(app: &App, asker: &Asker<'_>, id: &str) -> Error {
    match authenticate(app, asker, id).await {
        Err(error) => error,
        Ok(_) => wait(
            1,
            invalid_request("the registration was changed at the same time; read it and try again"),
        ),
    }
}

fn unknown() -> Error {
    invalid_token("it is not the registration access token of this client")
}

/// RFC 7592 §2.2: the request says whom it is about; nobody chooses their own id or secret.
fn check_identity(
    client: &Client,
    object: &Map<String, Value>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let fields = Fields(object);
    if fields.text("client_id")? != Some(client.id.as_str()) {
        return Err(fault("client_id", "it must be there, as it was registered"));
    }
    if let Some(name) = OURS.into_iter().find(|name| fields.has(name)) {
        return Err(fault(
            name,
            "it must not be in the request (RFC 7592 section 2.2); leave it out",
        ));
    }
    let Some(secret) = fields.text("client_secret")? else {
        return Ok(());
    };
    let hash = crypto::hash_token(secret);
    let is_live = client
        .live_secrets(now)
        .any(|live| crypto::equal(live.hash.as_bytes(), hash.as_bytes()));
    if is_live {
        return Ok(());
    }
    Err(fault(
        "client_secret",
        "it is not the one that was issued, and it cannot be chosen; leave it out",
    ))
}

/// A client that could prove itself goes on having to (S69).
fn check_method(before: &ClientMetadata, after: &ClientMetadata) -> Result<(), Error> {
    if after.is_public() && !before.is_public() {
        return Err(fault(
            "token_endpoint_auth_method",
            "a client that authenticates cannot stop doing so; register another",
        ));
    }
    Ok(())
}

/// Whether the new method rests on a secret that is not there, or not in the form that it needs.
fn needs_secret(before: &Client, after: &ClientMetadata, now: DateTime<Utc>) -> bool {
    let method = after.token_endpoint_auth_method;
    let is_good =
        |secret: &ClientSecret| method != AuthMethod::ClientSecretJwt || secret.sealed.is_some();
    method.has_secret() && !before.live_secrets(now).any(is_good)
}

/// Whether people should look again at whom they let in: another name, another way back, or the tokens no longer by the code alone.
fn before_was_another(before: &ClientMetadata, after: &ClientMetadata) -> bool {
    before.client_name != after.client_name
        || before.localized != after.localized
        || before.redirect_uris != after.redirect_uris
        || before.may_use(&GrantType::Implicit) != after.may_use(&GrantType::Implicit)
}

fn event(app: &App, asker: &Asker<'_>, kind: EventKind, id: &ClientId) -> Event {
    let mut event = app.event(kind, Actor::Client(id.clone()), asker.origin.clone());
    event.client_id = Some(id.clone());
    event
}
