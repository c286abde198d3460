//! The sample app up to the moment when somebody is signed in: its home, the way to the server, the way back.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::pages::{DemoErrorPage, DemoHomePage};
use super::remembered::{self, SignedIn, Waiting};
use super::token_request::{Asking, Expected, Trouble};
use super::{Demo, PEOPLE, READ, WEB_CLIENT, WRITE, api_uri, redirect_uri};
use crate::crypto;
use crate::http::respond::{self, Forms};
use crate::http::web::Web;
use crate::oauth::params::Params;

const BASE_SCOPE: &str = "openid profile email offline_access";
const STEPS: [&str; 4] = [
    "Press the button. The app sends you to the server, and never sees your password.",
    "Sign in as one of the people below.",
    "Say what the app may do. You can leave something out, or say no.",
    "Back here, see the tokens that the app received, and call an API with them.",
];
/// What comes back once, or the answer is not to be trusted.
const ONCE: [&str; 5] = ["state", "iss", "code", "error", "error_description"];

/// The start page.
pub(super) async fn home(web: Data<Web>) -> HttpResponse {
    let text = |text: &str| text.to_owned();
    let view = DemoHomePage {
        layout: web.layout(),
        people: PEOPLE
            .iter()
            .map(|person| {
                (
                    text(person.username),
                    text(person.password),
                    text(person.what),
                )
            })
            .collect(),
        sign_in_href: web.href("/demo/sign-in"),
        sign_in_more_href: web.href("/demo/sign-in?more=1"),
        sign_in_again_href: web.href("/demo/sign-in?again=1"),
        steps: STEPS.iter().map(|step| text(step)).collect(),
    };
    respond::isolated(respond::page(StatusCode::OK, &view, Forms::Own))
}

/// Sends the browser to the authorization endpoint: code, PKCE, state, nonce.
pub(super) async fn start(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let wishes = Params::parse(request.query_string()).unwrap_or_default();
    let issuer = web.app.issuer();
    let waiting = Waiting::new(web.app.clock.now());
    let challenge = URL_SAFE_NO_PAD.encode(crypto::sha256(waiting.code_verifier.as_bytes()));
    let mut scope = format!("{BASE_SCOPE} {}", READ.0);
    if wishes.has("more") {
        scope = format!("{scope} {}", WRITE.0);
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", WEB_CLIENT)
        .append_pair("redirect_uri", &redirect_uri(issuer))
        .append_pair("scope", &scope)
        .append_pair("resource", &api_uri(issuer))
        .append_pair("state", &waiting.state)
        .append_pair("nonce", &waiting.nonce)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    if wishes.has("again") {
        query.append_pair("prompt", "login consent");
    }
    let mut response = respond::see_other(&format!("{issuer}/authorize?{}", query.finish()));
    waiting.keep(&request, &web, &mut response);
    response
}

/// Takes the server's answer, and makes tokens of its code.
pub(super) async fn callback(
    request: HttpRequest,
    web: Data<Web>,
    demo: Data<Demo>,
) -> HttpResponse {
    let params = Params::parse(request.query_string()).unwrap_or_default();
    let mut response = match finish(&request, &web, &demo, &params).await {
        Ok(signed_in) => {
            let mut response = respond::see_other(&web.href("/demo/result"));
            remembered::sign_in(&request, &web, signed_in, &mut response);
            response
        }
        Err(trouble) => error_page(&web, &trouble),
    };
    if let Some(state) = params.get("state") {
        Waiting::forget(&web, state, &mut response);
    }
    response
}

async fn finish(
    request: &HttpRequest,
    web: &Web,
    demo: &Demo,
    params: &Params,
) -> Result<SignedIn, Trouble> {
    if let Some(name) = params.repeated(&ONCE) {
        return Err(Trouble::found(
            "malformed",
            &format!("{name} came back twice"),
        ));
    }
    let waiting = params.get("state").and_then(|state| Waiting::find(request, web, state)).ok_or_else(|| {
        Trouble::found("state", "this sign-in was not started in this browser, or too long ago, or is finished already")
    })?;
    // RFC 9207 §2.4: before anything else of the answer is believed, the errors included.
    if params.get("iss") != Some(web.app.issuer()) {
        return Err(Trouble::found(
            "iss",
            "the answer is from another server than the one that was asked",
        ));
    }
    if let Some(error) = params.get("error") {
        return Err(Trouble::told(
            error,
            params.get("error_description").unwrap_or_default(),
        ));
    }
    let code = params
        .get("code")
        .ok_or_else(|| Trouble::found("malformed", "neither a code nor an error came back"))?;
    let redirect_uri = redirect_uri(web.app.issuer());
    let exchange = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &redirect_uri),
        ("code_verifier", &waiting.code_verifier),
    ];
    Asking { request, web, demo }
        .tokens(&exchange, Expected::Nonce(&waiting.nonce))
        .await
}

/// What the sample app shows when it gets no tokens.
pub(super) fn error_page(web: &Web, trouble: &Trouble) -> HttpResponse {
    let view = DemoErrorPage {
        layout: web.layout(),
        error: trouble.error.clone(),
        description: trouble.description.clone(),
        is_told: trouble.is_told,
        again_href: web.href("/demo"),
    };
    respond::isolated(respond::page(trouble.status, &view, Forms::Own))
}
