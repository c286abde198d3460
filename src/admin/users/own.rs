//! A password that its owner changes.

use serde_json::json;

use super::{event, hash};
use crate::admin::{AdminError, By, Result};
use crate::app::App;
use crate::identity::login::Place;
use crate::identity::notices::{self, Notice};
use crate::identity::password::PasswordPool;
use crate::model::event::EventKind;
use crate::model::secret::Secret;
use crate::model::session::Session;
use crate::model::user::User;
use crate::storage::Told;

/// Puts a new password in place of the one that the person, as given, has shown to know. With `kept`, every other session of theirs
/// ends (S60). The person as they are then.
pub async fn change_password(
    app: &App,
    pool: &PasswordPool,
    (by, place): (&By, &Place),
    (mut user, new): (User, Secret<String>),
    kept: Option<&Session>,
) -> Result<User> {
    let new = hash(app, pool, &user, new).await?;
    let detail = json!({ "ended_others": kept.is_some() });
    let event = event(app, by, EventKind::PasswordChanged, user.id, detail);
    let hashes = (user.password_hash.as_ref(), &new);
    let kept = kept.map(|session| session.id);
    let notice = notices::mail(app, &user, Notice::PasswordChanged, place);
    let told = Told {
        event: &event,
        notice: notice.as_ref(),
    };
    let changed = app.store.change_password(user.id, hashes, kept, told);
    if !changed.await? {
        return Err(AdminError::Changed {
            what: "password of",
            name: user.username,
        });
    }
    app.logout_due.notify_one();
    app.mail_due.notify_one();
    user.password_hash = Some(new);
    user.password_changed_at = Some(event.at);
    Ok(user)
}
