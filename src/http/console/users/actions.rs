//! What ends somebody's access, for a while or for good, and what lets them in again: asked once, with what will happen.

use actix_web::web::Path;

use super::{at, find};
use crate::admin::consents;
use crate::admin::grants::{self, GrantFilter};
use crate::admin::sessions::{self, SessionFilter};
use crate::admin::{Paging, users};
use crate::http::console::confirm::Question;
use crate::http::console::flash::Done;
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted, Stop};
use crate::http::console::{managed, sessions as session_pages};
use crate::model::user::User;

/// Asks.
pub(super) async fn ask(admin: Admin, path: Path<(String, String)>) -> Answer {
    admin.recent()?;
    let (id, action) = path.into_inner();
    let (user, _) = find(&admin, &id).await?;
    let name = user.display_name();
    let mut effects = held(&admin, &user).await?;
    if user.id == admin.signed_in.user.id && action != "enable" {
        effects.insert(0, "This is your own account.".to_owned());
    }
    let (title, submit) = match action.as_str() {
        "disable" => {
            effects.push(format!("{name} cannot sign in until you enable the account again. Nothing else is forgotten."));
            (format!("Disable {name}?"), "Disable")
        }
        "enable" => {
            effects = vec![format!(
                "{name} may sign in again, with the password and the roles from before."
            )];
            (format!("Enable {name}?"), "Enable")
        }
        "reset-link" => {
            effects = vec![
                "Goes to the address of the account, works once and for half an hour. A link that was sent before no longer works.".to_owned(),
                "Until it is used nothing changes. Second factors stay.".to_owned(),
            ];
            (
                format!("Mail a link to set a password to {name}?"),
                "Mail the link",
            )
        }
        "sign-out" => {
            effects.push(format!("{name} may sign in again at once."));
            (format!("End all sessions of {name}?"), "End all sessions")
        }
        "remove-factors" => {
            effects = vec![
                format!("The passkeys, the authenticator app and the recovery codes of {name} are gone. Sessions go on."),
                "After that the password alone is enough, unless this installation wants a second factor of everybody. Make sure that it is really them who ask."
                    .to_owned(),
            ];
            (
                format!("Remove the second factors of {name}?"),
                "Remove second factors",
            )
        }
        _ => {
            effects.push("The account is gone, with its claims and with all that was allowed to apps. The audit log keeps what happened.".to_owned());
            effects.push("This cannot be undone. Apps will take somebody with the same username for another person.".to_owned());
            (format!("Remove {name} for good?"), "Remove")
        }
    };
    let question = Question {
        section: Section::Users,
        title,
        effects,
        submit,
        action: at(&admin, &id, &[&action]),
        version: Some(user.version),
        back: &at(&admin, &id, &[]),
        overrides: managed::overrides(&admin, None),
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Does it.
pub(super) async fn act(admin: Admin, path: Path<(String, String)>, posted: Posted) -> Answer {
    admin.recent()?;
    let (id, action) = path.into_inner();
    let (user, _) = find(&admin, &id).await?;
    let (app, by) = (admin.app(), admin.by_form(&posted)?);
    let (result, done) = match action.as_str() {
        "disable" => (
            users::disable(app, &by, &id).await.map(drop),
            Done::UserDisabled,
        ),
        "enable" => (
            users::enable(app, &by, &id).await.map(drop),
            Done::UserEnabled,
        ),
        "reset-link" => (
            users::reset_link(app, &by, &id, users::Delivery::Mail)
                .await
                .map(drop),
            Done::ResetLinkMailed,
        ),
        "sign-out" => (
            sessions::end_all(app, &by, &id).await.map(drop),
            Done::SessionsEnded,
        ),
        "remove-factors" => (
            users::remove_factors(app, &by, &id).await.map(drop),
            Done::FactorsRemoved,
        ),
        _ => (users::remove(app, &by, &id).await, Done::UserRemoved),
    };
    result.map_err(|error| admin.failed(error))?;
    let to = match done {
        Done::UserRemoved => admin.at(&["users"]),
        _ => at(&admin, &id, &[]),
    };
    Ok(admin.done(done, user.display_name(), &to))
}

/// What ends now, in numbers.
async fn held(admin: &Admin, user: &User) -> Result<Vec<String>, Stop> {
    let paging = Paging {
        limit: Some(200),
        ..Paging::default()
    };
    let filter = SessionFilter {
        user: Some(user.id),
    };
    let browsers = sessions::find(admin.app(), &filter, &paging).await;
    let browsers = browsers.map_err(|error| admin.failed(error))?;
    let filter = GrantFilter {
        user: Some(user.id),
        client: None,
    };
    let apps = grants::find(admin.app(), &filter, &paging).await;
    let apps = apps.map_err(|error| admin.failed(error))?;
    let count = |count: usize, has_more: bool| match (count, has_more) {
        (count, false) => count.to_string(),
        (count, true) => format!("more than {count}"),
    };
    let browsers = match (browsers.items.len(), browsers.next.is_some()) {
        (0, _) => "Not signed in anywhere now.".to_owned(),
        (1, false) => "Signed in with one browser now; that ends at once.".to_owned(),
        (number, more) => format!(
            "Signed in with {} browsers now; that ends at once.",
            count(number, more)
        ),
    };
    let apps = match (apps.items.len(), apps.next.is_some()) {
        (0, _) => return Ok(vec![browsers]),
        (1, false) => "One app holds access; it ends too.".to_owned(),
        (number, more) => format!(
            "Apps hold access in {} places; it ends too.",
            count(number, more)
        ),
    };
    Ok(vec![browsers, apps, session_pages::lifetime(admin)])
}

/// Asks before what was allowed to an app is taken back.
pub(super) async fn ask_withdraw(admin: Admin, path: Path<(String, String)>) -> Answer {
    admin.recent()?;
    let (id, client) = path.into_inner();
    let (user, _) = find(&admin, &id).await?;
    let name = user.display_name();
    let question = Question {
        section: Section::Users,
        title: format!("Take back what {name} allowed to {client}?"),
        effects: vec![
            "All that the app holds of this person ends at once, refresh tokens too.".to_owned(),
            session_pages::lifetime(&admin),
            format!("The next time it wants something, {name} is asked again."),
        ],
        submit: "Take back",
        action: at(&admin, &id, &["apps", &client, "withdraw"]),
        version: None,
        back: &at(&admin, &id, &[]),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

/// Takes it back.
pub(super) async fn withdraw(admin: Admin, path: Path<(String, String)>) -> Answer {
    admin.recent()?;
    let (id, client) = path.into_inner();
    let (user, _) = find(&admin, &id).await?;
    let name = user.id.to_string();
    let done = consents::withdraw(admin.app(), &admin.by(), &name, &client).await;
    done.map_err(|error| admin.failed(error))?;
    Ok(admin.done(Done::ConsentWithdrawn, &client, &at(&admin, &id, &[])))
}
