//! The authorization tester: makes a request for a client, runs it as the administrator who is signed in, and shows each step. Nothing is
//! stored, and no token that could be used comes out.

use actix_web::Scope;
use actix_web::web;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::form_urlencoded;

use super::form::{self, Choice, Field, Form};
use super::frame::{Page, Section};
use super::guard::{Admin, Answer, Posted};
use super::listing::Listing;
use super::pieces::{Cell, Fact, Notice, Part, Piece, Shape, State};
use super::{search, words as spelling};
use crate::admin::explain::rules;
use crate::admin::{AdminError, clients};
use crate::crypto;
use crate::http::routes::resource;
use crate::model::client::Client;
use crate::model::scope::Scopes;
use crate::oauth::authorize::next_step::Step;
use crate::oauth::params::Params;
use crate::oauth::tester::{self, Decoded, Failure, Trial};
use crate::random;

const PROMPTS: [(&str, &str); 5] = [
    ("", "None: what is decided already is not asked again"),
    ("none", "none: no page at all, else an error"),
    ("login", "login: the password anew"),
    ("consent", "consent: ask although it was allowed before"),
    ("select_account", "select_account: ask which account"),
];

/// Its address.
pub(super) fn routes(scope: Scope) -> Scope {
    scope.service(
        resource("/tester", "GET, POST")
            .route(web::get().to(get))
            .route(web::post().to(run)),
    )
}

fn frame(admin: &Admin) -> Page {
    admin
        .page(Section::Tester, "Authorization tester")
        .lead("Makes a request for a client, and runs it as you, step by step. Nothing is stored, and nobody gets a token.")
}

async fn get(admin: Admin) -> Answer {
    let listing = Listing::read(&admin, admin.at(&["tester"]), &["client"]);
    let fields = vec![search::field(&listing, "client", "Client ID", "search")];
    let page = frame(&admin).with(search::search(&listing, fields));
    let Some(id) = listing.get("client") else {
        return Ok(admin.show(&page.with(Piece::Help(
            "The client ID is on the page of the client.".to_owned(),
        ))));
    };
    match clients::show(admin.app(), id).await {
        Ok(client) => Ok(admin.show(&page.with(form(&admin, &client, None)))),
        Err(AdminError::NotFound { .. }) => {
            let text = format!("There is no client \u{201c}{id}\u{201d}.");
            Ok(admin.show(&page.with(Notice::bad(text))))
        }
        Err(error) => Err(admin.failed(error)),
    }
}

/// The form for a request of that client.
fn form(admin: &Admin, client: &Client, typed: Option<&Params>) -> Form {
    let metadata = &client.metadata;
    let choices = |values: Vec<String>| -> Vec<Choice> {
        values
            .into_iter()
            .map(|value| Choice::new(value.clone(), value))
            .collect()
    };
    let uris: Vec<String> = metadata
        .redirect_uris
        .iter()
        .map(ToString::to_string)
        .collect();
    let kinds = metadata.response_types.clone();
    let first_of = |all: &[String]| all.first().cloned().unwrap_or_default();
    let scopes: Vec<String> = metadata.scope.iter().map(ToOwned::to_owned).collect();
    let mut resources = vec![Choice::new("", "None")];
    resources.extend(choices(metadata.resources.clone()));
    let prompts = PROMPTS.map(|(value, word)| Choice::new(value, word));
    Form::new(admin, admin.at(&["tester"]), "Run")
        .hidden("client_id", client.id.as_str())
        .field(
            Field::select("redirect_uri", "Redirect URI", choices(uris.clone()))
                .help("Where people return to.")
                .value(typed, first_of(&uris)),
        )
        .field(
            Field::ticks("scope", "Scopes", choices(scopes.clone()))
                .value(typed, scopes.join("\n")),
        )
        .field(Field::select("resource", "API", resources).value(typed, ""))
        .field(
            Field::select("response_type", "Response type", choices(kinds.clone()))
                .value(typed, first_of(&kinds)),
        )
        .field(Field::select("prompt", "Prompt", prompts.into()).value(typed, ""))
        .field(
            Field::tick("pkce", "With PKCE")
                .help("A challenge by S256, as every app should send one.")
                .value(typed, "yes"),
        )
        .cancel(admin.at(&["clients", client.id.as_str()]))
}

async fn run(admin: Admin, posted: Posted) -> Answer {
    let id = form::text(&posted, "client_id");
    let client = clients::show(admin.app(), &id).await;
    let client = client.map_err(|error| admin.failed(error))?;
    let verifier = random::token("");
    let query = query(&client, &posted, verifier.expose());
    let params = Params::parse(&query).unwrap_or_default();
    let address = format!(
        "{}/authorize?{query}",
        admin.app().issuer().trim_end_matches('/')
    );
    let mut request = Part::new("request", "The request")
        .help("To be opened in a browser, or compared with what your app sends.")
        .with(Piece::Code {
            label: "Address of the request".to_owned(),
            text: address,
        });
    if form::is_ticked(&posted, "pkce") {
        request = request.with(Piece::Facts(vec![Fact::new(
            "code_verifier for the token request",
            Cell::code(verifier.expose()),
        )]));
    }
    let page = frame(&admin).up(
        &client.metadata.client_name,
        admin.at(&["clients", client.id.as_str()]),
    );
    let page = match tester::run(admin.app(), &params, &admin.signed_in).await {
        Ok(trial) => passed(&admin, page.with(request), &trial),
        Err(failure) => failed(page.with(request), &failure),
    };
    let again = Part::new("again", "Another request").with(form(&admin, &client, Some(&posted)));
    Ok(admin.show(&page.with(again)))
}

fn query(client: &Client, posted: &Params, verifier: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("client_id", client.id.as_str());
    for name in ["response_type", "redirect_uri"] {
        query.append_pair(name, &form::text(posted, name));
    }
    query.append_pair("scope", &posted.all("scope").join(" "));
    for name in ["resource", "prompt"] {
        let value = form::text(posted, name);
        if !value.is_empty() {
            query.append_pair(name, &value);
        }
    }
    query.append_pair("state", "tester");
    query.append_pair("nonce", "tester");
    if form::is_ticked(posted, "pkce") {
        let challenge = URL_SAFE_NO_PAD.encode(crypto::sha256(verifier.as_bytes()));
        query.append_pair("code_challenge", &challenge);
        query.append_pair("code_challenge_method", "S256");
    }
    query.finish()
}

fn failed(page: Page, failure: &Failure) -> Page {
    let rule = rules::find(failure.code.as_str(), &failure.reason);
    let road = if failure.is_returned {
        "The app is told, by its redirect URI."
    } else {
        "The person sees a page that says so; the app learns nothing, because no way back to it is proven."
    };
    page.with(
        Part::new("check", "1. The check")
            .with(Piece::Facts(vec![
                Fact::new("Outcome", State::cell(Shape::Alert, "refused")),
                Fact::new("Code", Cell::code(failure.code.as_str())),
                Fact::new("Why", Cell::text(spelling::sentence(&failure.reason))),
                Fact::new("Rule", Cell::text(spelling::sentence(rule.name))),
                Fact::new("Source", Cell::text(rule.source)),
                Fact::new("Mend", Cell::text(spelling::sentence(rule.mend))),
            ]))
            .with(Piece::Help(road.to_owned())),
    )
}

fn passed(admin: &Admin, page: Page, trial: &Trial) -> Page {
    let page = page
        .with(Part::new("check", "1. The check").with(Piece::Facts(vec![
            Fact::new("Outcome", State::cell(Shape::Good, "in order")),
            Fact::new("Answer goes to", Cell::code(&trial.redirect_uri)),
        ])))
        .with(
            Part::new("decision", "2. The decision")
                .with(Piece::Facts(vec![Fact::new("Next", next(&trial.step))])),
        )
        .with(consent(admin, trial));
    let part = Part::new("tokens", "4. The tokens");
    let Some(tokens) = &trial.tokens else {
        return page.with(part.with(Piece::Text("None are made at this point.".to_owned())));
    };
    let part = part
        .help("As they would be, if all that is asked is allowed. Shown without their signatures.")
        .with(Piece::Help("Access token".to_owned()));
    let part = decoded(part, "access token", &tokens.access);
    let part = match &tokens.id {
        Some(id) => decoded(
            part.with(Piece::Help("ID token".to_owned())),
            "ID token",
            id,
        ),
        None => part.with(Piece::Help(
            "No ID token: the scope openid is not there.".to_owned(),
        )),
    };
    page.with(part)
}

fn decoded(part: Part, of: &str, token: &Decoded) -> Part {
    let code = |what: &str, value: &Value| Piece::Code {
        label: format!("{what} of the {of}"),
        text: serde_json::to_string_pretty(value).unwrap_or_default(),
    };
    match token {
        Decoded::Jwt { header, claims } => part
            .with(code("Header", header))
            .with(code("Claims", claims)),
        Decoded::Opaque => part.with(Piece::Text(
            "It is opaque: a reference, which the API looks up by introspection.".to_owned(),
        )),
    }
}

fn next(step: &Step) -> Cell {
    match step {
        Step::LogIn => State::cell(Shape::Waits, "sign in"),
        Step::LogInAgain => State::cell(Shape::Waits, "show the password anew"),
        Step::ChooseAccount => State::cell(Shape::Waits, "choose an account"),
        Step::AskConsent { .. } => State::cell(Shape::Waits, "ask for consent"),
        Step::Issue { .. } => State::cell(Shape::Good, "answer at once, nobody is asked"),
        Step::Deny => State::cell(
            Shape::Alert,
            "deny: all of it is kept for roles that you have not",
        ),
        Step::Refuse(code) => State::cell(Shape::Alert, format!("refuse: {}", code.as_str())),
    }
}

/// What the consent page would say.
fn consent(admin: &Admin, trial: &Trial) -> Part {
    let part = Part::new("consent", "3. Consent");
    let mut part = match &trial.step {
        Step::AskConsent { asked } => part
            .with(Piece::Text("The app is allowed to \u{2026}".to_owned()))
            .with(words(admin, asked)),
        Step::Issue { scope } => part
            .with(Piece::Text(
                "Nobody is asked: it was allowed before, or the app is the installation's own."
                    .to_owned(),
            ))
            .with(words(admin, scope)),
        _ => part.with(Piece::Text("It does not come to that now.".to_owned())),
    };
    if !trial.barred.is_empty() {
        part = part
            .with(Piece::Text("Kept for roles that you have not:".to_owned()))
            .with(words(admin, &trial.barred));
    }
    let declined = trial.before.as_ref().map(|before| &before.declined);
    if let Some(declined) = declined.filter(|declined| !declined.is_empty()) {
        part = part
            .with(Piece::Text("Left out by you before:".to_owned()))
            .with(words(admin, declined));
    }
    part
}

fn words(admin: &Admin, scopes: &Scopes) -> Piece {
    let registry = admin.app().registry();
    let line = |name: &str| {
        let known = registry.scopes.iter().find(|scope| scope.name == name);
        Cell::text(known.map_or_else(
            || name.to_owned(),
            |scope| format!("{} ({name})", scope.description),
        ))
    };
    Piece::List(scopes.iter().map(line).collect())
}
