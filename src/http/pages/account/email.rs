//! `/account/email`: another address, or the proof that the present one is one's own. It counts once the link that is mailed to it is opened.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::field::Problem;
use super::frame::{self, Done, Frame, Section};
use super::guard;
use crate::http::pages::layout::Layout;
use crate::http::web::Web;
use crate::http::{place, respond};
use crate::identity::links::{self, Asked};
use crate::model::session::SignedIn;
use crate::model::user::check_email;
use crate::text_id;
use crate::texts::Message;

const HERE: &str = "/account/email";

#[derive(Template)]
#[template(path = "pages/account/email.html")]
struct EmailPage {
    layout: Layout,
    frame: Frame,
    csrf: String,
    email: Option<String>,
    is_verified: bool,
    /// The address that a link went to.
    pending: Option<String>,
    /// What was typed.
    typed: String,
    problems: Vec<Problem>,
}

impl EmailPage {
    /// The address that a link went to, unless the message of what was done just before says so.
    fn still_pending(&self) -> Option<&String> {
        let pending = self.pending.as_ref();
        pending.filter(|_| self.frame.message.is_none())
    }
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    if !web.app.mailer.is_set_up() {
        return guard::missing(&request, &web);
    }
    match guard::recent(&request, &web, HERE).await {
        Ok(signed_in) => show(&request, &web, signed_in, ("", None), StatusCode::OK).await,
        Err(response) => response,
    }
}

pub(super) async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> HttpResponse {
    if !web.app.mailer.is_set_up() {
        return guard::missing(&request, &web);
    }
    let (signed_in, params) = match guard::posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if let Some(response) = guard::ask_again(&web, &signed_in, HERE) {
        return response;
    }
    let email = params.get("email").unwrap_or_default().trim();
    let texts = web.layout_for(&request).texts;
    if check_email(email).is_err() {
        let typed = (email, Some(texts.say("account-email-bad")));
        return show(
            &request,
            &web,
            signed_in,
            typed,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let place = place::of(&request);
    match links::ask_address(&web.app, &signed_in.user, email, &place).await {
        Ok(Asked::Sent) => {
            frame::done(&web, &signed_in, Done::AddressAsked, email, &web.href(HERE))
        }
        Ok(Asked::Throttled(seconds)) => {
            let typed = (
                email,
                Some(
                    texts
                        .say("account-email-throttled")
                        .count("n", respond::minutes(seconds)),
                ),
            );
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = show(&request, &web, signed_in, typed, status).await;
            respond::retry_after(&mut response, Some(seconds));
            response
        }
        Err(error) => respond::isolated(respond::failed(&request, &web, error)),
    }
}

async fn show(
    request: &HttpRequest,
    web: &Web,
    signed_in: SignedIn,
    (typed, problem): (&str, Option<Message>),
    status: StatusCode,
) -> HttpResponse {
    let user = signed_in.user.id;
    let pending = web.app.store.pending_email(user, web.app.clock.now()).await;
    let pending = match pending {
        Ok(pending) => pending,
        Err(error) => return respond::isolated(respond::failed(request, web, error)),
    };
    let title = text_id!("account-email-title");
    let view = EmailPage {
        layout: web.layout_for(request),
        frame: Frame::new(request, web, &signed_in, Section::Profile, title),
        csrf: guard::csrf(web, &signed_in, &web.href(HERE)),
        email: signed_in.user.email,
        is_verified: signed_in.user.is_email_verified,
        pending,
        typed: typed.chars().take(254).collect(),
        problems: problem
            .map(|text| Problem::at("email", text))
            .into_iter()
            .collect(),
    };
    frame::show(request, web, status, &view)
}
