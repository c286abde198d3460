//! Before every page of an account: somebody is signed in, and a posted form is one that we made for this session and this address
//! (S36). What is dangerous also wants them to have shown lately who they are.

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use crate::admin::{AdminError, Page, Paging};
use crate::http::endpoints::authorize;
use crate::http::respond::Problem;
use crate::http::return_to::ReturnTo;
use crate::http::web::Web;
use crate::http::{body, csrf, proof, respond};
use crate::identity::factors;
use crate::model::session::SignedIn;
use crate::oauth::params::Params;
use crate::storage;

/// No page shows more than this of anything.
const MOST: usize = 1000;
/// What forms and messages of the account are bound to.
pub(super) const AREA: &str = "account";

/// Who is signed in; else the way to the sign-in page, and back to this address.
pub(crate) async fn signed_in(request: &HttpRequest, web: &Web) -> Result<SignedIn, HttpResponse> {
    let found = authorize::signed_in(request, web).await;
    judge(request, web, found)
}

#[expect(
    clippy::result_large_err,
    reason = "what its callers answer with, as they are"
)]
fn judge(
    request: &HttpRequest,
    web: &Web,
    found: storage::Result<Option<SignedIn>>,
) -> Result<SignedIn, HttpResponse> {
    match found {
        // Whoever set up a second factor meant it for this too.
        Ok(Some(SignedIn { session, user })) if factors::is_unproven(&user, &session.amr) => {
            let here = proof::here(request, web).unwrap_or_else(ReturnTo::account);
            Err(proof::to_verify(web, &here))
        }
        Ok(Some(signed_in)) => Ok(signed_in),
        Ok(None) => {
            let here = proof::here(request, web).unwrap_or_else(ReturnTo::account);
            Err(proof::to_login(web, &here))
        }
        Err(error) => Err(respond::isolated(respond::failed(request, web, error))),
    }
}

/// The same, of somebody who has shown within ten minutes who they are; else they are asked to, and come back to `back`, an address
/// below `/account`.
pub(crate) async fn recent(
    request: &HttpRequest,
    web: &Web,
    back: &str,
) -> Result<SignedIn, HttpResponse> {
    let found = authorize::signed_in(request, web).await;
    // Whoever has to show everything anew is not asked for what is missing first, and then for all of it.
    if let Ok(Some(signed_in)) = &found
        && let Some(response) = ask_again(web, signed_in, back)
    {
        return Err(response);
    }
    judge(request, web, found)
}

/// [`recent`] for somebody who was found already, as by [`posted`]: the answer that asks them, if they must be asked.
pub(crate) fn ask_again(web: &Web, signed_in: &SignedIn, back: &str) -> Option<HttpResponse> {
    if proof::is_recent(web, signed_in) {
        return None;
    }
    let back = ReturnTo::parse(back).unwrap_or_else(ReturnTo::account);
    Some(proof::again(web, &back))
}

/// Who sent a form, and its fields: it was made for this session and this address, and no other site posted it.
pub(crate) async fn posted(
    request: &HttpRequest,
    web: &Web,
    payload: Payload,
) -> Result<(SignedIn, Params), HttpResponse> {
    let params = body::form(request, payload)
        .await
        .map_err(|bad| respond::isolated(respond::unread(request, web, &bad)))?;
    let signed_in = signed_in(request, web).await?;
    let sent = params.get("csrf");
    if csrf::is_of_address(request, web, &signed_in.session, AREA, sent) {
        return Ok((signed_in, params));
    }
    Err(not_genuine(request, web))
}

/// The CSRF value for a form that is posted to that address of ours.
pub(crate) fn csrf(web: &Web, signed_in: &SignedIn, action: &str) -> String {
    csrf::of_address(web, &signed_in.session, AREA, action)
}

fn not_genuine(request: &HttpRequest, web: &Web) -> HttpResponse {
    let layout = web.layout_for(request);
    let back = proof::here(request, web).unwrap_or_else(ReturnTo::account);
    let problem = Problem {
        title: &layout.say("account-stale-title").plain(),
        what: &layout.say("account-stale-what").plain(),
        what_to_do: &[&layout.say("account-stale-do").plain()],
        way_on: Some((
            layout.say("account-stale-back").plain(),
            web.href(back.as_str()),
        )),
        technical: "the csrf value is missing or wrong",
    };
    respond::isolated(respond::problem(
        request,
        web,
        StatusCode::FORBIDDEN,
        problem,
    ))
}

/// What `admin::*` could not do.
pub(crate) fn failed(request: &HttpRequest, web: &Web, error: AdminError) -> HttpResponse {
    let error = match error {
        AdminError::Storage(error) => error,
        error => {
            tracing::error!(cause = %error, "an account page failed");
            storage::Error::Corrupt("account")
        }
    };
    respond::isolated(respond::failed(request, web, error))
}

/// All parts of a list, one after the other.
pub(super) async fn every<T>(
    find: impl AsyncFn(Paging) -> Result<Page<T>, AdminError>,
) -> Result<Vec<T>, AdminError> {
    let (mut all, mut paging) = (Vec::new(), Paging::default());
    loop {
        let page = find(paging).await?;
        all.extend(page.items);
        paging = match page.next {
            Some(next) if all.len() < MOST => Paging {
                after: Some(next),
                ..Paging::default()
            },
            _ => return Ok(all),
        };
    }
}

/// There is nothing of that id that is theirs (S169).
pub(crate) fn missing(request: &HttpRequest, web: &Web) -> HttpResponse {
    respond::isolated(respond::not_found(request, web))
}
