//! Registering a passkey (`WebAuthn` §7.1), and what its owner may do with it.

use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, Passkey, PasskeyRegistration, RegisterPublicKeyCredential,
};

use super::ceremony::{self, Ceremony, Purpose};
use super::{Challenge, TRANSPORTS};
use crate::app::App;
use crate::identity::factors::Removal;
use crate::identity::login::Place;
use crate::identity::notices::{self, Factor, Notice};
use crate::identity::recovery::Codes;
use crate::identity::session;
use crate::identity::upstream::links;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::factor::{StoredPasskey, passkey_name};
use crate::model::secret::Secret;
use crate::model::user::User;
use crate::random;
use crate::storage::{self, FactorAdded, FactorRemoved, FactorTerms, LeadsIn};

/// More than there are (`WebAuthn` §5.8.4).
const MAX_TRANSPORTS: usize = 8;
const MAX_TRANSPORT: usize = 20;

/// A passkey on its way in.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Of the [`Challenge`].
    pub sealed: &'a str,
    /// The authenticator's answer.
    pub response: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
}

/// How a registration ended.
#[derive(Debug)]
pub enum Registered {
    /// With the recovery codes, where it is the first second factor.
    Added(Option<Vec<Secret<String>>>),
    /// The answer does not fit, came too late or came before.
    Refused,
    /// It is registered, here or with somebody else.
    AlreadyThere,
    /// The person has as many as one may have.
    TooMany,
    /// The name is empty, too long or deceptive.
    BadName,
}

/// Asks an authenticator for a new passkey; for one that it finds by itself later, where it can.
pub async fn begin(app: &App, user: &User) -> storage::Result<Challenge> {
    let known = app.store.list_passkeys(user.id).await?;
    Ok(challenge(app, user, &known).unwrap_or_else(Challenge::none))
}

fn challenge(app: &App, user: &User, known: &[StoredPasskey]) -> Option<Challenge> {
    let ids = known
        .iter()
        .map(|it| CredentialID::from(it.credential_id.clone()));
    let (asked, state) = ceremony::verifier(app)?
        .start_passkey_registration(
            user.id.0,
            &user.username,
            user.display_name(),
            Some(ids.collect()),
        )
        .ok()?;
    let mut public_key: Value = serde_json::to_value(asked.public_key).ok()?;
    // Not "required": a security key whose few places are taken is good as a second factor still.
    public_key["authenticatorSelection"]["residentKey"] = json!("preferred");
    public_key["extensions"]["credProps"] = json!(true);
    public_key["excludeCredentials"] = known.iter().map(super::descriptor).collect();
    let sealed = Ceremony::new(app, Some(user.id), state).seal(app, Purpose::Register)?;
    Some(Challenge {
        options: json!({ "publicKey": public_key }),
        sealed,
    })
}

/// Judges the answer and keeps the passkey.
pub async fn finish(
    app: &App,
    user: &User,
    new: New<'_>,
    place: &Place,
) -> storage::Result<Registered> {
    let Some(name) = passkey_name(new.name) else {
        return Ok(Registered::BadName);
    };
    let ceremony = Ceremony::<PasskeyRegistration>::open(app, Purpose::Register, new.sealed)
        .filter(|ceremony| ceremony.user_id == Some(user.id));
    let answer = ceremony::answer::<RegisterPublicKeyCredential>(new.response);
    let (Some(ceremony), Some(answer)) = (ceremony, answer) else {
        return Ok(Registered::Refused);
    };
    let Some((passkey, mut credential)) = verify(app, &answer, &ceremony.state) else {
        return Ok(Registered::Refused);
    };
    credential[TRANSPORTS] = transports(new.response);
    let now = app.clock.now();
    let stored = StoredPasskey {
        id: random::uuid_sortable(now),
        user_id: user.id,
        credential_id: passkey.cred_id().clone(),
        name,
        credential,
        created_at: now,
        last_used_at: None,
    };
    let codes = Codes::make(app, user, place);
    let event = event(app, user, (EventKind::FactorAdded, stored.id), place);
    let hash = ceremony.hash();
    let notice = notices::mail(
        app,
        user,
        Notice::FactorAdded {
            factor: Factor::Passkey,
        },
        place,
    );
    let codes_stored = codes.to_store(notice.as_ref());
    let added = app
        .store
        .add_passkey(&stored, &ceremony.once(&hash), &codes_stored, &event)
        .await?;
    app.mail_due.notify_one();
    Ok(match added {
        FactorAdded::Added { with_codes } => Registered::Added(with_codes.then_some(codes.shown)),
        FactorAdded::AlreadyThere => Registered::AlreadyThere,
        FactorAdded::TooMany => Registered::TooMany,
        FactorAdded::NoUser => Registered::Refused,
    })
}

fn verify(
    app: &App,
    answer: &RegisterPublicKeyCredential,
    state: &PasskeyRegistration,
) -> Option<(Passkey, Value)> {
    let passkey = ceremony::verifier(app)?
        .finish_passkey_registration(answer, state)
        .ok()?;
    let credential = serde_json::to_value(&passkey).ok()?;
    Some((passkey, credential))
}

/// How the browser reaches the authenticator, as it says (`WebAuthn` §5.2.1.1, `getTransports()`): no more than a hint for the next time, so
/// words that are not known yet are kept too.
fn transports(posted: &str) -> Value {
    let posted: Value = serde_json::from_str(posted).unwrap_or_default();
    let told = posted["response"]["transports"].as_array();
    let words = told.into_iter().flatten().filter_map(Value::as_str);
    let is_word = |word: &&str| {
        (1..=MAX_TRANSPORT).contains(&word.len())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    words.filter(is_word).take(MAX_TRANSPORTS).collect()
}

/// Gives one of the person's passkeys another name. False where there is none of that id, or the name is no good.
pub async fn rename(app: &App, user: &User, id: Uuid, name: &str) -> storage::Result<bool> {
    match passkey_name(name) {
        Some(name) => app.store.rename_passkey(user.id, id, &name).await,
        None => Ok(false),
    }
}

/// Takes one of the person's passkeys away.
pub async fn remove(
    app: &App,
    user: &User,
    (id, removal): (Uuid, Removal),
    place: &Place,
) -> storage::Result<FactorRemoved> {
    let event = event(app, user, (EventKind::FactorRemoved, id), place);
    let notice = notices::mail(
        app,
        user,
        Notice::FactorRemoved {
            factor: Factor::Passkey,
        },
        place,
    );
    let ended = session::others_ended(app, user, place);
    let leads_in: LeadsIn<'_> = &|account| links::leads_in(app, account);
    let terms = FactorTerms {
        keeps_one: removal.keeps_one,
        keeps_way_in: Some(leads_in),
        ends_others: removal.kept.map(|kept| (kept, &ended)),
        notice: notice.as_ref(),
    };
    let removed = app.store.remove_passkey(user.id, id, terms, &event).await?;
    app.mail_due.notify_one();
    app.logout_due.notify_one();
    Ok(removed)
}

fn event(app: &App, user: &User, (kind, id): (EventKind, Uuid), place: &Place) -> Event {
    let mut event = app.event(kind, Actor::User(user.id), place.origin());
    event.user_id = Some(user.id);
    event.detail = json!({ "factor": "passkey", "passkey": id });
    event
}
