//! Who somebody is here whom a provider has sent: by issuer and subject alone, never by an address, unless the settings say that a verified one
//! will do.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::links::detail;
use super::{Arrived, Claims, Failure, failed};
use crate::app::App;
use crate::config::Provider;
use crate::identity::login::Place;
use crate::identity::notices::{self, Notice};
use crate::model::client::is_deceptive;
use crate::model::event::{Actor, Event, EventKind};
use crate::model::id::UserId;
use crate::model::upstream::UpstreamAccount;
use crate::model::user::{User, check_email, check_username};
use crate::random;
use crate::storage::{self, UpstreamAdded, UpstreamLinked};
use crate::texts::Language;

const MAX_NAME: usize = 200;
/// Room is left for what makes it unique.
const MAX_USERNAME: usize = 80;
/// So many names are tried for a new account.
const TRIES: usize = 8;

/// Who came.
#[derive(Debug)]
pub enum Found {
    /// They may sign in.
    Person(Box<User>),
    /// They may not, or are not known.
    Nobody(Nobody),
}

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nobody {
    /// Their account is disabled.
    Disabled,
    /// The provider does not answer for an address in one of the domains that may come.
    Domain,
    /// Somebody here has the address.
    AddressTaken,
    /// There is no account for them, and none is made.
    Unknown,
}

impl Nobody {
    /// For the log.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Disabled => "the account is disabled",
            Self::Domain => "the address is in none of allowed_email_domains, or not verified",
            Self::AddressTaken => "the address is somebody's here",
            Self::Unknown => "there is no account for it",
        }
    }
}

/// Finds or makes the person, and writes down what comes of it.
pub async fn find(
    app: &App,
    provider: &Provider,
    arrived: &mut Arrived,
    place: &Place,
) -> Result<Found, Failure> {
    let found = look(app, provider, arrived, place).await?;
    if let (user, Found::Nobody(nobody)) = &found {
        failed(app, provider, (*user, nobody.reason()), place).await?;
    }
    Ok(found.1)
}

async fn look(
    app: &App,
    provider: &Provider,
    arrived: &mut Arrived,
    place: &Place,
) -> Result<(Option<UserId>, Found), Failure> {
    let nobody = |nobody| Ok((None, Found::Nobody(nobody)));
    let (issuer, subject) = (&arrived.claims.issuer, &arrived.claims.subject);
    let known = app.store.find_upstream_account(issuer, subject).await?;
    if known.is_none() || !provider.allowed_email_domains.is_empty() {
        arrived.complete(app).await?;
    }
    let claims = &arrived.claims;
    if !is_of_domain(provider, claims) {
        return nobody(Nobody::Domain);
    }
    if let Some(known) = known {
        return enter(app, provider, claims, known).await;
    }
    if provider.link_by_verified_email
        && let Some(user) = by_address(app, provider, claims, place).await?
    {
        return Ok((Some(user.id), Found::Person(Box::new(user))));
    }
    if !provider.create_accounts {
        return nobody(Nobody::Unknown);
    }
    make(app, provider, claims, place).await
}

/// Somebody who is linked.
async fn enter(
    app: &App,
    provider: &Provider,
    claims: &Claims,
    known: UpstreamAccount,
) -> Result<(Option<UserId>, Found), Failure> {
    let id = known.user_id;
    let user = app.store.find_user(id).await?;
    let Some(user) = user.filter(User::is_enabled) else {
        return Ok((Some(id), Found::Nobody(Nobody::Disabled)));
    };
    let account = UpstreamAccount {
        email: address(claims).or(known.email),
        provider: provider.id.clone(),
        last_used_at: Some(app.clock.now()),
        ..known
    };
    if !app.store.use_upstream_account(&account).await? {
        // It was unlinked in this very moment.
        return Ok((Some(id), Found::Nobody(Nobody::Unknown)));
    }
    Ok((Some(id), Found::Person(Box::new(user))))
}

/// Whoever has the same address here, verified on both sides.
async fn by_address(
    app: &App,
    provider: &Provider,
    claims: &Claims,
    place: &Place,
) -> storage::Result<Option<User>> {
    let Some(email) = address(claims).filter(|_| claims.is_email_verified) else {
        return Ok(None);
    };
    let user = app.store.find_user_by_name(&email).await?;
    let Some(user) = user.filter(User::is_enabled) else {
        return Ok(None);
    };
    let account = UpstreamAccount {
        last_used_at: Some(app.clock.now()),
        ..account(app, provider, claims, user.id)
    };
    let event = linked(app, &account, "email", place);
    let notice = notices::mail(
        app,
        &user,
        Notice::UpstreamLinked {
            provider: &provider.name,
        },
        place,
    );
    let done = app
        .store
        .link_upstream_account(&account, Some(&email), notice.as_ref(), &event)
        .await?;
    app.mail_due.notify_one();
    match done {
        UpstreamLinked::Linked => Ok(Some(user)),
        UpstreamLinked::NotTheirs => Ok(None),
        // Another tab was quicker.
        UpstreamLinked::AlreadyThere => linked_person(app, claims).await,
    }
}

/// A new account for somebody who has none.
async fn make(
    app: &App,
    provider: &Provider,
    claims: &Claims,
    place: &Place,
) -> Result<(Option<UserId>, Found), Failure> {
    let base = username(claims);
    for number in 1..=TRIES {
        let name = match number {
            1 => base.clone(),
            2 | 3 => format!("{base}-{number}"),
            _ => format!("{base}-{}", URL_SAFE_NO_PAD.encode(random::bytes::<4>())),
        };
        let user = new_user(app, claims, name, place.language());
        let account = UpstreamAccount {
            last_used_at: Some(user.created_at),
            ..account(app, provider, claims, user.id)
        };
        let actor = Actor::User(user.id);
        let mut added = app.event(EventKind::UserAdded, actor, place.origin());
        added.user_id = Some(user.id);
        added.detail =
            json!({ "username": user.username, "roles": user.roles, "provider": provider.id });
        let events = [added, linked(app, &account, "new", place)];
        match app
            .store
            .add_upstream_user(&user, &account, &events)
            .await?
        {
            UpstreamAdded::Added => return Ok((Some(user.id), Found::Person(Box::new(user)))),
            UpstreamAdded::UsernameTaken => {}
            UpstreamAdded::AddressTaken => {
                return Ok((None, Found::Nobody(Nobody::AddressTaken)));
            }
            // Another tab was quicker.
            UpstreamAdded::AlreadyThere => {
                let found = linked_person(app, claims).await?;
                let found = found.map(|user| (Some(user.id), Found::Person(Box::new(user))));
                return Ok(found.unwrap_or((None, Found::Nobody(Nobody::Disabled))));
            }
        }
    }
    Err(storage::Error::Corrupt("usernames").into())
}

/// Who may sign in with it, found anew.
async fn linked_person(app: &App, claims: &Claims) -> storage::Result<Option<User>> {
    let known = app
        .store
        .find_upstream_account(&claims.issuer, &claims.subject)
        .await?;
    let Some(known) = known else {
        return Ok(None);
    };
    let user = app.store.find_user(known.user_id).await?;
    Ok(user.filter(User::is_enabled))
}

pub(super) fn linked(app: &App, account: &UpstreamAccount, by: &str, place: &Place) -> Event {
    let actor = Actor::User(account.user_id);
    let mut event = app.event(EventKind::UpstreamLinked, actor, place.origin());
    event.user_id = Some(account.user_id);
    event.detail = detail(account);
    event.detail["by"] = json!(by);
    event
}

pub(super) fn account(
    app: &App,
    provider: &Provider,
    claims: &Claims,
    user_id: UserId,
) -> UpstreamAccount {
    UpstreamAccount {
        issuer: claims.issuer.clone(),
        subject: claims.subject.clone(),
        provider: provider.id.clone(),
        user_id,
        email: address(claims),
        created_at: app.clock.now(),
        last_used_at: None,
    }
}

/// The address, if it is one.
fn address(claims: &Claims) -> Option<String> {
    let email = claims.email.as_ref()?;
    check_email(email).ok().map(|()| email.clone())
}

pub(super) fn is_of_domain(provider: &Provider, claims: &Claims) -> bool {
    let allowed = &provider.allowed_email_domains;
    let email = address(claims).filter(|_| claims.is_email_verified);
    let domain = email.as_deref().and_then(|email| email.rsplit_once('@'));
    let is_one = |(_, domain): (&str, &str)| allowed.contains(&domain.to_lowercase());
    allowed.is_empty() || domain.is_some_and(is_one)
}

/// An address that nobody answers for is left out: it may be somebody else's, who would then come into this account by a link to it.
fn new_user(app: &App, claims: &Claims, username: String, language: Option<Language>) -> User {
    let now = app.clock.now();
    let email = address(claims).filter(|_| claims.is_email_verified);
    let is_name =
        |name: &&String| name.chars().count() <= MAX_NAME && !name.chars().any(is_deceptive);
    let id = UserId(random::uuid_sortable(now));
    User {
        is_email_verified: email.is_some(),
        email,
        name: claims.name.as_ref().filter(is_name).cloned(),
        locale: language.map(|language| language.tag().to_owned()),
        ..User::new(id, username, now)
    }
}

/// What the provider calls them, as far as it can be a username here.
fn username(claims: &Claims) -> String {
    let told = [
        claims.preferred_username.as_deref(),
        claims.email.as_deref(),
    ];
    let mut fit = told.into_iter().flatten().filter_map(|name| {
        let before = name.split('@').next().unwrap_or_default().trim();
        let cut: String = before.chars().take(MAX_USERNAME).collect();
        let cut = cut.trim().to_owned();
        check_username(&cut).ok().map(|()| cut)
    });
    fit.next().unwrap_or_else(|| "user".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_come_of_what_is_told() {
        let of = |preferred: Option<&str>, email: Option<&str>| {
            username(&Claims {
                issuer: "https://a.example".to_owned(),
                subject: "1".to_owned(),
                email: email.map(str::to_owned),
                is_email_verified: false,
                preferred_username: preferred.map(str::to_owned),
                name: None,
                amr: Vec::new(),
                authenticated_at: None,
            })
        };
        for (preferred, email, name) in [
            (Some("ada"), Some("x@a.example"), "ada"),
            (Some("ada@a.example"), None, "ada"),
            (Some(" "), Some("bob@a.example"), "bob"),
            (Some("\u{202e}ada"), None, "user"),
            (Some("ada\u{ff20}b"), Some("@"), "user"),
            (None, None, "user"),
        ] {
            assert_eq!(of(preferred, email), name, "{preferred:?} {email:?}");
        }
        assert_eq!(of(Some(&"a".repeat(300)), None).len(), MAX_USERNAME);
    }
}
