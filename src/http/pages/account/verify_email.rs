//! `/account/verify-email`: showing that an address is one's own by a link that was mailed to it. A page with a button, because mail scanners
//! open links too; and for nobody but the person whose link it is, because whoever asked for it may have named another's address, and wants
//! its owner to press the button.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::guard;
use crate::http::pages::layout::Layout;
use crate::http::pages::link_dead;
use crate::http::respond::Forms;
use crate::http::web::Web;
use crate::http::{place, respond};
use crate::identity::links;
use crate::model::mailed_link::{LinkKind, MailedLink};
use crate::model::session::SignedIn;
use crate::model::user::User;
use crate::oauth::params::Params;
use crate::storage::LinkUse;

const HERE: &str = "/account/verify-email";

/// Asks whether the address is theirs; or, after that, says that it is done.
#[derive(Template)]
#[template(path = "pages/account/verify_email.html")]
struct VerifyEmailPage {
    layout: Layout,
    token: String,
    csrf: String,
    username: String,
    email: String,
    stage: Stage,
}

/// What the page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Question,
    Done,
    /// Somebody else has it by now: the answer to the question cannot be yes.
    Taken,
    /// It is not their address: nothing happens.
    Declined,
    /// The link is of another account.
    Foreign,
}

/// The question, while the link is good.
pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let params = Params::parse(request.query_string()).unwrap_or_default();
    if params.get("answer") == Some("no") {
        return show(&request, &web, &signed_in, ("", None), Stage::Declined);
    }
    // The way back from the sign-in page after a form was sent too late.
    let Some(token) = params.get("token") else {
        return respond::isolated(respond::see_other(&web.href("/account")));
    };
    match find(&request, &web, &signed_in, token).await {
        Ok(link) => {
            let shown = (token, link.email.as_deref());
            show(&request, &web, &signed_in, shown, Stage::Question)
        }
        Err(response) => response,
    }
}

/// The answer: the address is the person's from now on.
pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let token = params.get("token").unwrap_or_default();
    let link = match find(&request, &web, &signed_in, token).await {
        Ok(link) => link,
        Err(response) => return response,
    };
    let shown = (token, link.email.as_deref());
    let place = place::of(&request);
    let stage = match links::verify_email(&web.app, (&link, &signed_in.user), &place).await {
        Err(error) => return respond::isolated(respond::failed(&request, &web, error)),
        Ok(LinkUse::Dead) => return link_dead::answer(&request, &web, link_dead::For::Address),
        Ok(LinkUse::Done) => Stage::Done,
        Ok(LinkUse::AddressTaken) => Stage::Taken,
    };
    show(&request, &web, &signed_in, shown, stage)
}

/// The person's link behind the token; else the page that says what is wrong with it.
async fn find(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    token: &str,
) -> Result<MailedLink, HttpResponse> {
    let is_own = |(_, user): &(MailedLink, User)| user.id == signed_in.user.id;
    match links::find(&web.app, LinkKind::VerifyEmail, token).await {
        Ok(Some(found)) if is_own(&found) => Ok(found.0),
        Ok(Some(_)) => Err(show(request, web, signed_in, ("", None), Stage::Foreign)),
        Ok(None) => Err(link_dead::answer(request, web, link_dead::For::Address)),
        Err(error) => Err(respond::isolated(respond::failed(request, web, error))),
    }
}

fn show(
    request: &HttpRequest,
    web: &Web,
    signed_in: &SignedIn,
    (token, email): (&str, Option<&str>),
    stage: Stage,
) -> HttpResponse {
    let status = match stage {
        Stage::Foreign => StatusCode::FORBIDDEN,
        Stage::Taken => StatusCode::CONFLICT,
        Stage::Question | Stage::Done | Stage::Declined => StatusCode::OK,
    };
    let view = VerifyEmailPage {
        layout: web.layout_for(request),
        token: token.to_owned(),
        csrf: guard::csrf(web, signed_in, &web.href(HERE)),
        username: signed_in.user.username.clone(),
        email: email.unwrap_or_default().to_owned(),
        stage,
    };
    respond::isolated(respond::page(status, &view, Forms::Own))
}
