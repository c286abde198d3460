//! The sample app once somebody is signed in: it shows its tokens, calls the API, refreshes, and starts over.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::pages::{DemoApiAnswer, DemoApiCall, DemoResultPage};
use super::remembered::{self, SignedIn};
use super::token_request::{Asking, Expected, Trouble};
use super::{Demo, READ, WRITE, own_address, sign_in};
use crate::http::body;
use crate::http::csrf::{self, Bound};
use crate::http::respond::{self, Forms, Problem};
use crate::http::web::Web;
use crate::model::scope::Scopes;

const NOTES: &str = "/demo/api/notes";
const MAX_ANSWER_CHARS: usize = 2000;

/// The tokens, and the buttons.
pub(super) async fn result(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Some((_, signed_in)) = remembered::signed_in(&request) else {
        return respond::see_other(&web.href("/demo"));
    };
    let (browser, is_new) = csrf::browser(&request, &web);
    let view = DemoResultPage {
        layout: web.layout(),
        csrf: csrf::token(&web, Bound::Browser(&browser), &["demo"]),
        access_token_header: part(&signed_in, 0),
        access_token_claims: part(&signed_in, 1),
        id_token_claims: pretty(&signed_in.id_claims),
        scope: signed_in.scope.clone(),
        expires_in: (signed_in.expires_at - web.app.clock.now())
            .num_seconds()
            .max(0),
        api_calls: calls(&web, &signed_in.scope),
        refresh_href: signed_in
            .refresh_token
            .is_some()
            .then(|| web.href("/demo/refresh")),
        start_over_href: web.href("/demo/start-over"),
        last_call: signed_in.last_call.clone(),
    };
    let mut response = respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own));
    csrf::keep(&web, (browser, is_new), &mut response);
    response
}

/// One call of the API, with the token or without.
pub(super) async fn call(
    request: HttpRequest,
    web: Data<Web>,
    demo: Data<Demo>,
    which: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let (id, signed_in) = match posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let url = format!("{}{NOTES}", own_address(&request, &web));
    let token = signed_in.access_token.expose();
    let (method, outgoing) = match which.as_str() {
        "read" => ("GET", demo.http.get(url).bearer_auth(token)),
        "write" => {
            let note = json!({ "text": format!("Written through the sample app, {}.", web.app.clock.now().format("%H:%M:%S UTC")) });
            ("POST", demo.http.post(url).bearer_auth(token).json(&note))
        }
        "anonymous" => ("GET", demo.http.get(url)),
        _ => return respond::not_found(&request, &web),
    };
    match answer(outgoing, format!("{method} {}", web.href(NOTES))).await {
        Ok(answer) => {
            remembered::update(
                id,
                SignedIn {
                    last_call: Some(Arc::new(answer)),
                    ..(*signed_in).clone()
                },
            );
            respond::see_other(&web.href("/demo/result"))
        }
        Err(error) => {
            tracing::warn!(%error, "the sample app cannot reach the sample API");
            let trouble = Trouble::found("api_unreachable", "the app could not reach the API");
            sign_in::error_page(
                &web,
                &Trouble {
                    status: StatusCode::BAD_GATEWAY,
                    ..trouble
                },
            )
        }
    }
}

/// New tokens for the refresh token, which is spent by that.
pub(super) async fn refresh(
    request: HttpRequest,
    web: Data<Web>,
    demo: Data<Demo>,
    payload: Payload,
) -> HttpResponse {
    let (id, before) = match posted(&request, &web, payload).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let Some(refresh_token) = &before.refresh_token else {
        return respond::see_other(&web.href("/demo/result"));
    };
    let exchange = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose()),
    ];
    let asking = Asking {
        request: &request,
        web: &web,
        demo: &demo,
    };
    match asking
        .tokens(&exchange, Expected::Like(&before.id_claims))
        .await
    {
        Ok(mut signed_in) => {
            // RFC 6749 §6: where no new one comes, the old one goes on.
            signed_in.refresh_token = signed_in
                .refresh_token
                .or_else(|| before.refresh_token.clone());
            remembered::update(id, signed_in);
            respond::see_other(&web.href("/demo/result"))
        }
        Err(trouble) => sign_in::error_page(&web, &trouble),
    }
}

/// Forgets the tokens. The person stays signed in at the server, as with any app.
pub(super) async fn start_over(
    request: HttpRequest,
    web: Data<Web>,
    payload: Payload,
) -> HttpResponse {
    if let Err(response) = posted(&request, &web, payload).await {
        return response;
    }
    let mut response = respond::see_other(&web.href("/demo"));
    remembered::sign_out(&request, &web, &mut response);
    response
}

/// Who is signed in, where a form of ours was posted; else the answer that says why not.
async fn posted(
    request: &HttpRequest,
    web: &Web,
    payload: Payload,
) -> Result<(String, Arc<SignedIn>), HttpResponse> {
    let params = body::form(request, payload)
        .await
        .map_err(|bad| respond::shown(request, web, &bad.error))?;
    let (browser, _) = csrf::browser(request, web);
    if !csrf::is_genuine(
        request,
        web,
        Bound::Browser(&browser),
        &["demo"],
        params.get("csrf"),
    ) {
        return Err(respond::problem(
            request,
            web,
            StatusCode::FORBIDDEN,
            Problem {
                title: "This button could not be checked",
                what: "The page that it was on is not from this browser. Nothing was done.",
                what_to_do: &[
                    "Load the page again and press the button once more; cookies must be allowed.",
                ],
                way_on: Some(("To the sample app".to_owned(), web.href("/demo"))),
                technical: "the demo's csrf value is missing or wrong",
            },
        ));
    }
    remembered::signed_in(request).ok_or_else(|| respond::see_other(&web.href("/demo")))
}

fn calls(web: &Web, granted: &str) -> Vec<DemoApiCall> {
    let granted = Scopes::parse(granted).unwrap_or_default();
    let call = |label: &str, which: &str, needs: &str| DemoApiCall {
        label: label.to_owned(),
        href: web.href(&format!("/demo/call/{which}")),
        needs: needs.to_owned(),
        is_granted: granted.contains(needs),
        has_token: which != "anonymous",
    };
    vec![
        call("Read the notes", "read", READ.0),
        call("Write a note", "write", WRITE.0),
        call("Read without a token", "anonymous", READ.0),
    ]
}

async fn answer(
    outgoing: reqwest::RequestBuilder,
    request: String,
) -> reqwest::Result<DemoApiAnswer> {
    let response = outgoing.send().await?;
    let status = response.status();
    let shown = [WWW_AUTHENTICATE.as_str(), CONTENT_TYPE.as_str()];
    let header = |name: &str| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some((name.to_owned(), value.to_owned()))
    };
    let headers = shown.into_iter().filter_map(header).collect();
    let text = response.text().await?;
    let body = serde_json::from_str(&text)
        .ok()
        .and_then(|json: Value| pretty(&json))
        .unwrap_or(text);
    let body = body.chars().take(MAX_ANSWER_CHARS).collect();
    Ok(DemoApiAnswer {
        request,
        status: status.as_u16(),
        ok: status.is_success(),
        body,
        headers,
    })
}

/// A part of the access token, to be shown. An app has no business in there: the token is the API's to read.
fn part(signed_in: &SignedIn, index: usize) -> String {
    let part = signed_in.access_token.expose().split('.').nth(index);
    let bytes = part.and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let json: Option<Value> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    json.and_then(|json| pretty(&json))
        .unwrap_or_else(|| "not a JWT".to_owned())
}

fn pretty(json: &Value) -> Option<String> {
    serde_json::to_string_pretty(json).ok()
}
