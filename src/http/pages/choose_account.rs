//! The page that asks which account to go on with.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::app_look::AppLook;
use super::layout::Layout;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::authorize;
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{body, respond};
use crate::model::session::SignedIn;
use crate::oauth::authorize::next_step::Step;
use crate::oauth::authorize::request::Checked;
use crate::oauth::error::access_denied;
use crate::oauth::params::Params;

/// Offers the account that is signed in, or another.
#[derive(Template)]
#[template(path = "pages/choose_account.html")]
pub struct ChooseAccountPage {
    pub layout: Layout,
    /// The sealed authorization request.
    pub request: String,
    pub csrf: String,
    pub client_name: String,
    pub look: AppLook,
    /// Display name, or the username where there is none.
    pub account_name: String,
    pub account_username: String,
}

impl ChooseAccountPage {
    fn policy(&self) -> Option<&str> {
        self.look.policy()
    }

    fn terms(&self) -> Option<&str> {
        self.look.terms()
    }
}

/// Shows who is signed in, and asks whether it shall be them.
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let sealed = params.get("request").unwrap_or_default();
    let (checked, signed_in) = match asked(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let view = ChooseAccountPage {
        layout: web.layout_towards(&request, Some(&checked)),
        request: sealed.to_owned(),
        csrf: csrf::token(
            &web,
            Bound::Session(&signed_in.session),
            &["choose-account", sealed],
        ),
        client_name: web.name_for(&request, &checked.client),
        look: AppLook::new(&request, &web, &checked.client),
        account_name: signed_in.user.display_name().to_owned(),
        account_username: signed_in.user.username.clone(),
    };
    respond::page(StatusCode::OK, &view, Forms::Journey)
}

/// Goes on with the account chosen.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let params = match body::form(&request, payload).await {
        Ok(params) => params,
        Err(bad) => return respond::unread(&request, &web, &bad),
    };
    let sealed = params.get("request").unwrap_or_default();
    let (mut checked, signed_in) = match asked(&request, &web, sealed).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let bound = Bound::Session(&signed_in.session);
    if !csrf::is_genuine(
        &request,
        &web,
        bound,
        &["choose-account", sealed],
        params.get("csrf"),
    ) {
        return respond::see_other(&web.href(&format!("/choose-account?request={sealed}")));
    }
    if params.get("decision") == Some("deny") {
        let error = access_denied("the person cancelled the choice of account");
        return authorize::refuse(&request, &web, authorize::returned(checked.reply, error));
    }
    match params.get("account") {
        Some("current") => {
            checked.request.chosen = Some(signed_in.session.id);
            authorize::go(&request, &web, "/authorize/continue", &checked)
        }
        Some("other") => {
            respond::see_other(&web.href(&format!("/login?request={sealed}&switch=1")))
        }
        _ => respond::see_other(&web.href(&format!("/choose-account?request={sealed}"))),
    }
}

async fn asked(
    request: &HttpRequest,
    web: &Web,
    sealed: &str,
) -> Result<(Checked, SignedIn), HttpResponse> {
    let checked = authorize::open(request, web, sealed).await?;
    match authorize::step(request, web, &checked).await {
        Ok((Some(signed_in), Step::ChooseAccount)) => Ok((checked, signed_in)),
        Ok(_) => Err(authorize::go(request, web, "/authorize/continue", &checked)),
        Err(error) => Err(respond::failed(request, web, error)),
    }
}
