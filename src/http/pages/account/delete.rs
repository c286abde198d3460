//! `/account/delete`: the end of the account, where the settings allow that.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::field::{Field, Problem};
use super::frame::{self, Frame, Section};
use super::guard;
use crate::admin::{AdminError, By, users};
use crate::http::pages::layout::Layout;
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{cookies, place, respond};
use crate::model::event::Actor;
use crate::model::session::SignedIn;
use crate::model::user::account_key;
use crate::text_id;

pub(super) const HERE: &str = "/account/delete";

#[derive(Template)]
#[template(path = "pages/account/delete.html")]
struct DeletePage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    fields: Vec<Field>,
    /// Why it cannot go.
    problems: Vec<Problem>,
    back_href: String,
}

#[derive(Template)]
#[template(path = "pages/account/deleted.html")]
struct DeletedPage {
    layout: Layout,
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    if !web.app.config.account.deletable {
        return guard::missing(&request, &web);
    }
    match guard::recent(&request, &web, HERE).await {
        Ok(signed_in) => show(&request, &web, &signed_in, None),
        Err(response) => response,
    }
}

pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    if !web.app.config.account.deletable {
        return guard::missing(&request, &web);
    }
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if let Some(asked) = guard::ask_again(&web, &signed_in, HERE) {
        return asked;
    }
    let user = &signed_in.user;
    let typed = params.get("username").unwrap_or_default();
    if account_key(typed) != account_key(&user.username) {
        let wrong = text_id!("account-delete-wrong");
        return show(&request, &web, &signed_in, Some(wrong));
    }
    let by = By::new(Actor::User(user.id), place::of(&request).origin());
    match users::remove(&web.app, &by, &user.id.to_string()).await {
        // In another tab, or by somebody else.
        Ok(()) | Err(AdminError::NotFound { .. }) => {}
        Err(AdminError::InUse { .. }) => {
            let last = text_id!("account-delete-last");
            return show(&request, &web, &signed_in, Some(last));
        }
        Err(AdminError::Managed { .. }) => {
            let managed = text_id!("account-managed");
            return show(&request, &web, &signed_in, Some(managed));
        }
        Err(error) => return guard::failed(&request, &web, error),
    }
    let view = DeletedPage {
        layout: web.layout_for(&request),
    };
    let mut response = respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own));
    for name in [cookies::SESSION, cookies::KNOWN] {
        cookies::add(&mut response, &cookies::clear(&web, name));
    }
    response
}

fn show(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    problem: Option<&'static str>,
) -> HttpResponse {
    let layout = web.layout_for(request);
    let username = &signed_in.user.username;
    let help = layout.say("account-delete-type").with("username", username);
    let mut typed = Field::new(layout.texts, "username", text_id!("account-username"))
        .help(help)
        .required();
    let is_typo = problem == Some("account-delete-wrong");
    typed.problem = problem.filter(|_| is_typo).map(|id| layout.texts.say(id));
    let fields = vec![typed];
    let mut problems = Problem::of(&fields);
    if let Some(id) = problem.filter(|_| !is_typo) {
        problems.push(Problem::at("", layout.texts.say(id)));
    }
    let title = text_id!("account-delete-title");
    let view = DeletePage {
        frame: Frame::new(request, web, signed_in, Section::Data, title),
        csrf: guard::csrf(web, signed_in, &web.href(HERE)),
        fields,
        problems,
        back_href: web.href("/account/data"),
        layout,
    };
    let status = match problem {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    frame::show(request, web, status, &view)
}
