//! One part of a client, as a form: two administrators do not overwrite each other, and what a file manages is changed only
//! by someone who insists.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::fields::ClientPart;
use super::find;
use crate::admin::AdminError;
use crate::admin::clients;
use crate::admin::managed::Kind;
use crate::http::console::flash::Done;
use crate::http::console::form::{Form, Refusal};
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted};
use crate::http::console::managed::Lock;
use crate::http::respond;
use crate::model::client::Client;
use crate::oauth::params::Params;

/// The form. `?override=yes`: also of what a file manages.
pub(super) async fn get(admin: Admin, path: Path<(String, String)>) -> Answer {
    let (id, part) = path.into_inner();
    let part = ClientPart::parse(&part).ok_or_else(|| admin.missing())?;
    show(&admin, &id, part, None).await
}

/// Stores it.
pub(super) async fn post(admin: Admin, path: Path<(String, String)>, posted: Posted) -> Answer {
    let (id, part) = path.into_inner();
    let part = ClientPart::parse(&part).ok_or_else(|| admin.missing())?;
    let by = admin.by_form(&posted)?;
    let (before, _) = find(&admin, &id).await?;
    let fields = part.read(&posted);
    admin.recent_for(&before.metadata.scope.to_string())?;
    admin.recent_for(fields.scope.as_deref().unwrap_or_default())?;
    match clients::change(admin.app(), &by, &id, fields).await {
        Ok(client) => {
            let page = admin.at(&["clients", &id]);
            let to = format!("{page}#{}", part.name());
            Ok(admin.done(Done::ClientChanged, &client.metadata.client_name, &to))
        }
        Err(AdminError::Managed { .. }) => Ok(to_client(&admin, &id)),
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            show(&admin, &id, part, Some((&posted, &refusal))).await
        }
    }
}

async fn show(
    admin: &Admin,
    id: &str,
    part: ClientPart,
    sent: Option<(&Params, &Refusal)>,
) -> Answer {
    let (client, _) = find(admin, id).await?;
    let typed = sent.map(|(typed, _)| typed);
    let refusal = sent.map(|(_, refusal)| refusal);
    let form = make(admin, &client, part, typed);
    let name = &client.metadata.client_name;
    let lock = Lock::of(admin, (Kind::Client, id), typed).await?;
    let href = form.action.clone();
    let page = admin
        .page(Section::Clients, part.heading())
        .up(name, admin.at(&["clients", id]))
        .lead(part.help());
    let status = refusal.map_or(StatusCode::OK, Refusal::status);
    let page = lock.put(page, form.refused(typed, refusal), &href);
    Ok(admin.show_as(status, &page))
}

fn make(admin: &Admin, client: &Client, part: ClientPart, typed: Option<&Params>) -> Form {
    let id = client.id.as_str();
    Form::new(
        admin,
        admin.at(&["clients", id, "edit", part.name()]),
        "Save",
    )
    .version(client.version)
    .fields(part.fields(admin, client, typed))
    .cancel(admin.at(&["clients", id]))
}

/// Its page says that it is locked, and how to insist.
fn to_client(admin: &Admin, id: &str) -> HttpResponse {
    respond::see_other(&admin.at(&["clients", id]))
}
