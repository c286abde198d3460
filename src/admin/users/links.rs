//! A link that lets somebody set a password without knowing the one of before.

use serde_json::json;

use super::{event, show};
use crate::admin::{By, Result, invalid};
use crate::app::App;
use crate::identity::links::{self, Link};
use crate::model::event::EventKind;

pub use crate::identity::links::Delivery;

/// Whether a link can leave so.
pub(in crate::admin) fn check_delivery(app: &App, delivery: Delivery) -> Result<()> {
    if delivery == Delivery::ByHand || app.mailer.is_set_up() {
        return Ok(());
    }
    let fault = "mail is not set up (mail.transport); hand the link over yourself";
    Err(invalid("mail", fault))
}

/// Makes the link, and mails it or hands it over. Whoever has it can set the password, once.
pub async fn reset_link(app: &App, by: &By, name: &str, delivery: Delivery) -> Result<Link> {
    let user = show(app, name).await?;
    if !user.is_enabled() {
        return Err(invalid("user", "they are disabled; enable them first"));
    }
    check_delivery(app, delivery)?;
    if delivery == Delivery::Mail && user.email.is_none() {
        let fault = "the user has no e-mail address; hand the link over yourself";
        return Err(invalid("mail", fault));
    }
    let kind = EventKind::PasswordResetRequested;
    let event = event(app, by, kind, user.id, json!({}));
    let way = (delivery, app.config.language);
    Ok(links::reset_link(app, &user, way, event).await?)
}
