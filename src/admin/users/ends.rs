//! Disable, enable, remove, set a password: what ends somebody's sessions, or lets them in again.

use serde_json::json;

use super::{event, hash, reread, show, terms, to_change};
use crate::admin::{AdminError, By, Result, not_found};
use crate::app::App;
use crate::identity::login::Place;
use crate::identity::notices::{self, Factor, Notice};
use crate::identity::password::PasswordPool;
use crate::model::event::{Actor, EventKind};
use crate::model::mail::NewMail;
use crate::model::secret::Secret;
use crate::model::user::User;
use crate::storage::{Told, UserChanged};

/// Ends every session and grant of a user, and bars the way in (S60).
pub async fn disable(app: &App, by: &By, name: &str) -> Result<User> {
    let user = to_change(app, by, name).await?;
    let event = event(app, by, EventKind::UserDisabled, user.id, json!({}));
    let outcome = app.store.disable_user(user.id, terms(by), &event).await?;
    settle(outcome, &user)?;
    app.logout_due.notify_one();
    warn_without_administrator(app, &user).await?;
    reread(app, user.id, name).await
}

/// Lets a disabled user sign in again.
pub async fn enable(app: &App, by: &By, name: &str) -> Result<User> {
    let user = to_change(app, by, name).await?;
    let event = event(app, by, EventKind::UserEnabled, user.id, json!({}));
    let outcome = app.store.enable_user(user.id, terms(by), &event).await?;
    settle(outcome, &user)?;
    reread(app, user.id, name).await
}

/// Removes a user with all that is theirs.
pub async fn remove(app: &App, by: &By, name: &str) -> Result<()> {
    let user = to_change(app, by, name).await?;
    let detail = json!({ "username": user.username });
    let event = event(app, by, EventKind::UserRemoved, user.id, detail);
    let outcome = app.store.remove_user(user.id, terms(by), &event).await?;
    settle(outcome, &user)?;
    app.logout_due.notify_one();
    warn_without_administrator(app, &user).await
}

/// Sets a password and ends the user's sessions.
pub async fn set_password(
    app: &App,
    pool: &PasswordPool,
    by: &By,
    name: &str,
    password: Secret<String>,
) -> Result<User> {
    let user = show(app, name).await?;
    let hash = hash(app, pool, &user, password).await?;
    let event = event(app, by, EventKind::PasswordSet, user.id, json!({}));
    let notice = notice(app, by, &user, Notice::PasswordChanged);
    let told = Told {
        event: &event,
        notice: notice.as_ref(),
    };
    let set = app.store.set_password(user.id, &hash, terms(by), told);
    settle(set.await?, &user)?;
    app.logout_due.notify_one();
    app.mail_due.notify_one();
    reread(app, user.id, name).await
}

/// Takes somebody's passkeys, authenticator app and recovery codes away: for whoever lost them all.
pub async fn remove_factors(app: &App, by: &By, name: &str) -> Result<User> {
    let user = to_change(app, by, name).await?;
    let detail = json!({ "factor": "all" });
    let event = event(app, by, EventKind::FactorRemoved, user.id, detail);
    let all = Notice::FactorRemoved {
        factor: Factor::All,
    };
    let notice = notice(app, by, &user, all);
    let told = Told {
        event: &event,
        notice: notice.as_ref(),
    };
    let removed = app.store.remove_factors(user.id, terms(by), told);
    settle(removed.await?, &user)?;
    app.mail_due.notify_one();
    reread(app, user.id, name).await
}

/// The mail that tells the person what somebody else did to their account.
fn notice(app: &App, by: &By, user: &User, notice: Notice<'_>) -> Option<NewMail> {
    if by.actor == Actor::User(user.id) {
        return None;
    }
    // Whence somebody administers is not the person's business.
    notices::mail(app, user, notice, &Place::default())
}

/// What became of a change that can meet nobody else's address.
pub(super) fn settle(outcome: UserChanged, user: &User) -> Result<()> {
    let name = user.username.clone();
    match outcome {
        UserChanged::Changed | UserChanged::AlreadySo => Ok(()),
        UserChanged::NotFound => Err(not_found("user", &name)),
        UserChanged::Stale => Err(AdminError::Changed { what: "user", name }),
        UserChanged::AddressTaken => Err(AdminError::AlreadyThere { what: "user", name }),
        UserChanged::LastAdministrator => Err(AdminError::InUse {
            what: "last administrator who can sign in",
            name,
            mend: "give somebody else the role admin first".into(),
        }),
    }
}

/// While nobody is an administrator, the set-up link works (again): whoever took the last one away should know.
pub(super) async fn warn_without_administrator(app: &App, changed: &User) -> Result<()> {
    if changed.is_admin() && !app.store.has_administrator().await? {
        tracing::warn!(
            "no administrator is left: add one, or restart the server for a new set-up link"
        );
    }
    Ok(())
}
