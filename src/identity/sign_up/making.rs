//! Making the account behind a link.

use serde_json::{Value, json};

use crate::app::App;
use crate::identity::Identity;
use crate::identity::links::count;
use crate::identity::login::{self, Place};
use crate::identity::password::{PoolError, rules};
use crate::model::client::is_deceptive;
use crate::model::event::{Actor, EventKind};
use crate::model::id::UserId;
use crate::model::invitation::Terms;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::secret::{PasswordHash, Secret};
use crate::model::user::{User, check_username};
use crate::random;
use crate::storage::{self, SignedUp};
use crate::texts::Language;

/// So often the form behind one link may be sent within an hour: each time says whether a username is taken.
const MAX_TRIES: i64 = 30;
const MAX_NAME: usize = 200;

/// What the form proposes: what stands before the `@`, if it may be a username.
pub fn proposed_username(link: &MailedLink) -> String {
    let terms = Terms::of(link);
    let email = link.email.as_deref().unwrap_or_default();
    let local = email.split(['@', '+']).next().unwrap_or_default();
    let proposed = terms.username.unwrap_or_else(|| local.to_owned());
    match check_username(&proposed) {
        Ok(()) => proposed,
        Err(_) => String::new(),
    }
}

/// What somebody typed.
#[derive(Debug, Clone)]
pub struct Wish {
    pub username: String,
    pub name: Option<String>,
    pub password: Secret<String>,
    /// Of the page: what they are written to in, until they choose.
    pub language: Language,
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    Done(Box<User>),
    /// Somebody was quicker, or it was withdrawn.
    Dead,
    Refused(Fault),
}

/// Why no account was made; the link stays good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is none that there could be.
    Username,
    UsernameTaken,
    /// There is an account of that address by now.
    AddressTaken,
    Name,
    Password(rules::Fault),
    /// Too often; seconds to wait.
    Throttled(i64),
    /// The hashing queue is full.
    Busy,
}

/// Makes the account, once, however many try at the same time.
pub async fn accept(
    app: &App,
    identity: &Identity,
    link: &MailedLink,
    wish: Wish,
    place: &Place,
) -> storage::Result<Outcome> {
    let tries = format!("link tries {}", link.id);
    if let Some(seconds) = count(app, &tries, MAX_TRIES).await? {
        return Ok(Outcome::Refused(Fault::Throttled(seconds)));
    }
    if let Some(fault) = fault(app, link, &wish).await? {
        return Ok(Outcome::Refused(fault));
    }
    let hash = match identity.passwords.hash(wish.password).await {
        Ok(hash) => hash,
        Err(PoolError::TooLong) => {
            return Ok(Outcome::Refused(Fault::Password(rules::Fault::TooLong)));
        }
        Err(_) => return Ok(Outcome::Refused(Fault::Busy)),
    };
    let user = made(app, link, (wish.username, wish.name, wish.language), hash);
    let actor = Actor::User(user.id);
    let mut event = app.event(EventKind::SignedUp, actor, place.origin());
    event.user_id = Some(user.id);
    event.detail = json!({ "username": user.username, "roles": user.roles });
    if let (LinkKind::Invitation, Value::Object(detail)) = (link.kind, &mut event.detail) {
        detail.insert("invitation".to_owned(), json!(link.id));
    }
    Ok(match app.store.sign_up(link, &user, &event).await? {
        SignedUp::Done => Outcome::Done(Box::new(user)),
        SignedUp::Dead => Outcome::Dead,
        SignedUp::Taken => match taken(app, link, &user.username).await? {
            Some(fault) => Outcome::Refused(fault),
            // Whoever had it is gone again.
            None => Outcome::Refused(Fault::Busy),
        },
    })
}

async fn fault(app: &App, link: &MailedLink, wish: &Wish) -> storage::Result<Option<Fault>> {
    if check_username(&wish.username).is_err() {
        return Ok(Some(Fault::Username));
    }
    let is_odd = |name: &String| name.chars().count() > MAX_NAME || name.chars().any(is_deceptive);
    if wish.name.as_ref().is_some_and(is_odd) {
        return Ok(Some(Fault::Name));
    }
    if let Some(fault) = taken(app, link, &wish.username).await? {
        return Ok(Some(fault));
    }
    let mut about = vec![wish.username.as_str()];
    about.extend(link.email.as_deref());
    about.extend(wish.name.as_deref());
    let checked = rules::check_aside(&app.config.password, &wish.password, &about).await;
    Ok(checked.err().map(Fault::Password))
}

/// What of a new account somebody has already.
async fn taken(app: &App, link: &MailedLink, username: &str) -> storage::Result<Option<Fault>> {
    let email = link.email.as_deref().unwrap_or_default();
    if login::find_user(app, email).await?.is_some() {
        return Ok(Some(Fault::AddressTaken));
    }
    let found = login::find_user(app, username).await?;
    Ok(found.map(|_| Fault::UsernameTaken))
}

fn made(
    app: &App,
    link: &MailedLink,
    (username, name, language): (String, Option<String>, Language),
    hash: PasswordHash,
) -> User {
    let now = app.clock.now();
    let (roles, is_email_verified) = match link.kind {
        LinkKind::Invitation => {
            let terms = Terms::of(link);
            (terms.roles, terms.is_mailed)
        }
        _ => (app.config.sign_up.roles.clone(), true),
    };
    let id = UserId(random::uuid_sortable(now));
    User {
        email: link.email.clone(),
        is_email_verified,
        name,
        roles,
        password_hash: Some(hash),
        locale: Some(language.tag().to_owned()),
        ..User::new(id, username, now)
    }
}
