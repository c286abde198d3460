//! Users: add, change, disable, remove, set a password; and the first administrator, whom nobody is there to add.

mod ends;
mod links;
mod own;
mod upstream;
mod values;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::managed::{self, Kind};
use super::paging::checked_search;
use super::{AdminError, By, Page, Paging, Result, already_there, check_text, invalid, not_found};
use crate::app::App;
use crate::identity::password::{PasswordPool, rules};
use crate::model::claims::{self, UserClaims};
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::UserId;
use crate::model::secret::{PasswordHash, Secret};
use crate::model::user::{ADMIN_ROLE, User, check_email, check_role, check_username};
use crate::random;
pub use crate::storage::UserFilter;
use crate::storage::{Added, UserChange, UserChanged, UserTerms};
use crate::texts::Language;
pub use ends::{disable, enable, remove, remove_factors, set_password};
use ends::{settle, warn_without_administrator};
pub(super) use links::check_delivery;
pub use links::{Delivery, reset_link};
pub use own::change_password;
pub use upstream::{UpstreamView, has_way_in, remove_upstream_account, upstream_accounts};
pub(super) use values::check_claims;
use values::leave_what_is_so;
pub use values::{NewUser, UserFields, UserView};

pub(super) const MAX_NAME: usize = 200;
const PAGE: i64 = 500;

/// Adds a user.
pub async fn add(app: &App, pool: &PasswordPool, by: &By, new: NewUser) -> Result<User> {
    let mut claims = Map::new();
    claims::apply(&mut claims, &check_claims(&new.claims, &Map::new())?);
    let user = make(app, pool, new).await?;
    let event = event(
        app,
        by,
        EventKind::UserAdded,
        user.id,
        json!({ "username": user.username, "roles": user.roles }),
    );
    match app.store.add_user_with(&user, &claims, &event).await? {
        Added::Added => Ok(user),
        Added::AlreadyThere => Err(taken(app, &user.username, user.email.as_deref()).await?),
    }
}

/// Adds the first administrator; `AlreadyThere` with `administrator` once there is one, however many ask at the same time.
pub async fn first_administrator(
    app: &App,
    pool: &PasswordPool,
    by: &By,
    mut new: NewUser,
) -> Result<User> {
    let there_is_one = || already_there("administrator", &new.username);
    // Before the hashing, which is dear; the verb decides.
    if app.store.has_administrator().await? {
        return Err(there_is_one());
    }
    if new.password.is_none() {
        return Err(invalid("password", "the first administrator needs one"));
    }
    new.roles.push(ADMIN_ROLE.to_owned());
    let user = make(app, pool, new).await?;
    let event = event(
        app,
        by,
        EventKind::SetupCompleted,
        user.id,
        json!({ "username": user.username }),
    );
    match app.store.add_first_administrator(&user, &event).await? {
        Added::Added => Ok(user),
        Added::AlreadyThere if app.store.has_administrator().await? => {
            Err(already_there("administrator", &user.username))
        }
        Added::AlreadyThere => Err(taken(app, &user.username, user.email.as_deref()).await?),
    }
}

/// At start: makes the administrator that the settings name, if they name one and there is none. `None`: nothing was to be done.
pub async fn ensure_configured_admin(app: &App, pool: &PasswordPool) -> Result<Option<User>> {
    let Some(username) = app.config.admin_username.clone() else {
        return Ok(None);
    };
    let new = NewUser {
        username,
        email: app.config.admin_email.clone(),
        is_email_verified: app.config.admin_email.is_some(),
        password: app.config.admin_password.clone(),
        ..NewUser::default()
    };
    match first_administrator(app, pool, &By::server(), new).await {
        Ok(user) => Ok(Some(user)),
        // Also where another node was quicker.
        Err(AdminError::AlreadyThere {
            what: "administrator",
            ..
        }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Changes what is given of a user.
pub async fn change(app: &App, by: &By, name: &str, fields: UserFields) -> Result<User> {
    let user = to_change(app, by, name).await?;
    let email = fields
        .email
        .map(|email| Some(email).filter(|email| !email.is_empty()));
    if let Some(Some(email)) = &email {
        check_email(email).map_err(|fault| invalid("email", fault))?;
    }
    let has_email = email.as_ref().map_or(user.email.is_some(), Option::is_some);
    if fields.is_email_verified == Some(true) && !has_email {
        return Err(invalid(
            "email_verified",
            "the user has no e-mail address; give one with --email",
        ));
    }
    let full_name = fields
        .name
        .map(|name| Some(name).filter(|name| !name.is_empty()));
    if let Some(Some(name)) = &full_name {
        check_text("name", name, MAX_NAME)?;
    }
    let roles = fields.roles.map(|roles| check_roles(&roles)).transpose()?;
    let stored = claims_of(app, &user).await?;
    let claims = check_claims(&fields.claims, &stored.values)?;
    let locale = fields.locale.map(|tag| check_locale(&tag)).transpose()?;
    let mut change = UserChange {
        email,
        is_email_verified: fields.is_email_verified,
        name: full_name,
        roles,
        locale,
        claims,
    };
    let changed = leave_what_is_so(&mut change, &user, &stored.values);
    if changed.is_empty() {
        return Ok(user);
    }
    let mut detail = json!({ "changed": changed });
    if let (Some(roles), Some(detail)) = (&change.roles, detail.as_object_mut()) {
        detail.insert("roles".to_owned(), json!(roles));
    }
    let event = event(app, by, EventKind::UserUpdated, user.id, detail);
    let taken_email = change.email.clone().flatten();
    let update = app
        .store
        .update_user(user.id, &change, terms(by), &event)
        .await?;
    if update == UserChanged::AddressTaken {
        return Err(already_there(
            "user with the e-mail address",
            taken_email.as_deref().unwrap_or_default(),
        ));
    }
    settle(update, &user)?;
    warn_without_administrator(app, &user).await?;
    reread(app, user.id, name).await
}

/// The users that the filter names, by id.
pub async fn find(app: &App, filter: &UserFilter, paging: &Paging) -> Result<Page<User>> {
    let (after, limit) = (paging.after_id()?, paging.limit()?);
    let mut filter = filter.clone();
    filter.search = checked_search(filter.search)?;
    filter.role = filter.role.filter(|role| !role.is_empty());
    if let Some(role) = &filter.role {
        check_role(role).map_err(|fault| invalid("role", fault))?;
    }
    let found = app.store.find_users(&filter, after, limit + 1).await?;
    Ok(Page::cut(found, limit, |user| user.id.to_string()))
}

/// Every user, oldest first.
pub async fn list(app: &App) -> Result<Vec<User>> {
    let mut all: Vec<User> = Vec::new();
    loop {
        let after = all.last().map_or(Uuid::nil(), |user| user.id.0);
        let page = app.store.list_users(after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// The user with that username, e-mail address or id.
pub async fn show(app: &App, name: &str) -> Result<User> {
    // Nobody is called so, and Postgres takes no NUL in a text.
    if name.contains('\0') {
        return Err(not_found("user", name));
    }
    if let Some(user) = app.store.find_user_by_name(name).await? {
        return Ok(user);
    }
    let found = match Uuid::try_parse(name) {
        Ok(id) => app.store.find_user(UserId(id)).await?,
        Err(_) => None,
    };
    found.ok_or_else(|| not_found("user", name))
}

/// What else is known of a user: the claims that have no field of their own.
pub async fn claims_of(app: &App, user: &User) -> Result<UserClaims> {
    let found = app.store.find_user_claims(user.id).await?;
    found.ok_or_else(|| not_found("user", &user.username))
}

/// The user, whom no file manages or `by` overrides that, as `by` has seen them.
async fn to_change(app: &App, by: &By, name: &str) -> Result<User> {
    let user = show(app, name).await?;
    managed::guard(app, by, Kind::User, &user.username).await?;
    match by.expects {
        Some(expected) if expected != user.version => {
            settle(UserChanged::Stale, &user).map(|()| user)
        }
        _ => Ok(user),
    }
}

/// Whoever acts from afar can neither overwrite what they have not seen nor lock everybody out; at the command line it is only said.
fn terms(by: &By) -> UserTerms {
    UserTerms {
        expects: by.expects,
        keeps_administrator: !matches!(by.actor, Actor::CommandLine | Actor::Server),
    }
}

async fn reread(app: &App, id: UserId, name: &str) -> Result<User> {
    app.store
        .find_user(id)
        .await?
        .ok_or_else(|| not_found("user", name))
}

fn event(app: &App, by: &By, kind: EventKind, id: UserId, detail: Value) -> Event {
    let mut event = by.event(app, kind, detail);
    event.user_id = Some(id);
    event
}

async fn make(app: &App, pool: &PasswordPool, new: NewUser) -> Result<User> {
    let password = new.password.clone();
    let mut user = describe(app, new)?;
    if let Some(password) = password {
        user.password_hash = Some(hash(app, pool, &user, password).await?);
    }
    Ok(user)
}

/// A new user without a password, checked.
pub(super) fn describe(app: &App, new: NewUser) -> Result<User> {
    check_username(&new.username).map_err(|fault| invalid("username", fault))?;
    let email = new.email.filter(|email| !email.is_empty());
    if let Some(email) = &email {
        check_email(email).map_err(|fault| invalid("email", fault))?;
    }
    if new.is_email_verified && email.is_none() {
        return Err(invalid(
            "email_verified",
            "there is no e-mail address; give one with --email",
        ));
    }
    let name = new.name.filter(|name| !name.is_empty());
    if let Some(name) = &name {
        check_text("name", name, MAX_NAME)?;
    }
    let roles = check_roles(&new.roles)?;
    let now = app.clock.now();
    let id = UserId(random::uuid_sortable(now));
    Ok(User {
        email,
        is_email_verified: new.is_email_verified,
        name,
        roles,
        ..User::new(id, new.username, now)
    })
}

/// Each once, in the order given.
pub(super) fn check_roles(roles: &[String]) -> Result<Vec<String>> {
    let mut checked: Vec<String> = Vec::new();
    for role in roles.iter().filter(|role| !role.is_empty()) {
        check_role(role).map_err(|fault| invalid("roles", format!("{role:?}: {fault}")))?;
        if !checked.contains(role) {
            checked.push(role.clone());
        }
    }
    Ok(checked)
}

/// A language that pages are there in; none where the text is empty.
pub(super) fn check_locale(tag: &str) -> Result<Option<String>> {
    if tag.is_empty() {
        return Ok(None);
    }
    let found = Language::ALL
        .into_iter()
        .find(|language| language.tag() == tag);
    let all = Language::ALL.map(Language::tag).join(", ");
    found
        .map(|language| Some(language.tag().to_owned()))
        .ok_or_else(|| {
            let fault = format!("{tag:?} is none of the languages that there are: {all}");
            invalid("locale", fault)
        })
}

/// No fault repeats the password.
async fn hash(
    app: &App,
    pool: &PasswordPool,
    user: &User,
    password: Secret<String>,
) -> Result<PasswordHash> {
    rules::check_aside(&app.config.password, &password, &user.about())
        .await
        .map_err(|fault| invalid("password", fault.to_string()))?;
    Ok(pool.hash(password).await?)
}

/// What of a new user is taken: the username, or else the address.
async fn taken(app: &App, username: &str, email: Option<&str>) -> Result<AdminError> {
    let is_username = app.store.find_user_by_name(username).await?.is_some();
    Ok(match email {
        Some(email) if !is_username => already_there("user with the e-mail address", email),
        _ => already_there("user", username),
    })
}
