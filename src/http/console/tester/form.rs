//! The form that a request is put together with, and what was put together.

use super::Grant;
use crate::http::console::form::{Choice, Field, Form, is_ticked, sentence, text};
use crate::http::console::guard::Admin;
use crate::http::console::pieces::{Part, Piece};
use crate::model::client::Client;
use crate::model::scope::is_built_in;
use crate::oauth::params::Params;
use crate::oauth::tester::Wish;
use crate::random;

/// The form, as it was sent or with what the client usually asks for.
pub(super) fn form(admin: &Admin, client: &Client, grant: Grant, typed: Option<&Params>) -> Form {
    let form = Form::new(admin, admin.at(&["tester"]), "Run")
        .hidden("client_id", client.id.as_str())
        .hidden("grant", grant.word());
    match grant {
        Grant::Client => form
            .field(scope(admin, client, grant, typed))
            .fields(resource(admin, client, grant, typed)),
        Grant::Person => form
            .fields([
                redirect_uri(client, typed),
                scope(admin, client, grant, typed),
            ])
            .fields(resource(admin, client, grant, typed))
            .fields(answer(client, typed))
            .fields(person(typed))
            .field(
                Field::tick("pkce", "With PKCE")
                    .help(
                        "The tester makes a code_verifier and sends its S256 challenge (RFC 7636).",
                    )
                    .value(typed, "yes"),
            ),
    }
}

/// The form below what came of it.
pub(super) fn again(form: Form) -> Piece {
    Part::new("again", "Try again").with(form).into()
}

/// What the form asks for.
pub(super) fn wish(client: &Client, posted: &Params) -> Wish {
    Wish {
        client_id: client.id.to_string(),
        redirect_uri: text(posted, "redirect_uri"),
        response_type: text(posted, "response_type"),
        response_mode: text(posted, "response_mode"),
        scope: posted.all("scope").to_vec(),
        resources: posted.all("resource").to_vec(),
        prompt: text(posted, "prompt"),
        max_age: text(posted, "max_age"),
        nonce: text(posted, "nonce"),
        has_pkce: is_ticked(posted, "pkce"),
    }
}

fn redirect_uri(client: &Client, typed: Option<&Params>) -> Field {
    let uris = || {
        client
            .metadata
            .redirect_uris
            .iter()
            .map(ToString::to_string)
    };
    let first = uris().next().unwrap_or_default();
    let choices = uris().map(|uri| Choice::new(&uri, &uri)).collect();
    Field::one_of("redirect_uri", "Redirect URI", choices)
        .help("Where the answer goes.")
        .value(typed, first)
}

/// With the words that people are asked in.
fn scope(admin: &Admin, client: &Client, grant: Grant, typed: Option<&Params>) -> Field {
    let registry = admin.app().registry();
    let may_ask = |name: &str| {
        client.metadata.scope.contains(name) && (grant == Grant::Person || !is_built_in(name))
    };
    let scopes = registry.scopes.iter().filter(|scope| may_ask(&scope.name));
    let choices: Vec<Choice> = scopes
        .map(|scope| Choice::new(&scope.name, &scope.name).help(sentence(&scope.description)))
        .collect();
    let all: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    let all = all.join("\n");
    Field::ticks("scope", "Scope", choices)
        .help("What the client may ask for. With no tick the parameter is not sent.")
        .value(typed, all)
}

fn resource(admin: &Admin, client: &Client, grant: Grant, typed: Option<&Params>) -> Option<Field> {
    let registry = admin.app().registry();
    let registered = client.metadata.resources.iter();
    let choices: Vec<Choice> = registered
        .map(|uri| match registry.resources.get(uri) {
            Some(known) => Choice::new(uri, &known.resource.name).help(uri),
            None => Choice::new(uri, uri),
        })
        .collect();
    let first = client.metadata.resources.first()?.clone();
    let help = match grant {
        Grant::Person => "The APIs that tokens are for; for each there is a token of its own.",
        Grant::Client => "The API that the token is for: one at most.",
    };
    Some(
        Field::ticks("resource", "Resource", choices)
            .help(help)
            .value(typed, first),
    )
}

fn answer(client: &Client, typed: Option<&Params>) -> [Field; 2] {
    let registered = &client.metadata.response_types;
    let kinds = if registered.is_empty() {
        vec!["code".to_owned()]
    } else {
        registered.clone()
    };
    let first = kinds.first().cloned().unwrap_or_default();
    let choices = kinds.iter().map(|kind| Choice::new(kind, kind)).collect();
    let modes = choices_of(&[
        ("", "as usual for the response type"),
        ("query", "query"),
        ("fragment", "fragment"),
        ("form_post", "form_post"),
    ]);
    [
        Field::one_of("response_type", "Response type", choices)
            .help("What the answer brings.")
            .value(typed, first),
        Field::select("response_mode", "Response mode", modes)
            .help("How the answer travels.")
            .value(typed, ""),
    ]
}

fn person(typed: Option<&Params>) -> [Field; 3] {
    let prompts = choices_of(&[
        ("", "not sent"),
        ("none", "none: ask nothing"),
        ("login", "login: sign in again"),
        ("consent", "consent: ask for consent again"),
        ("select_account", "select_account: choose the account"),
    ]);
    [
        Field::select("prompt", "Prompt", prompts)
            .help("What the person is asked in any case.")
            .value(typed, ""),
        Field::typed("max_age", "Max age", "number")
            .help("Seconds since the last sign-in that are still fresh enough.")
            .value(typed, ""),
        Field::line("nonce", "Nonce")
            .help("Comes back in the ID token.")
            .value(typed, random::uuid().simple().to_string()),
    ]
}

fn choices_of(choices: &[(&str, &str)]) -> Vec<Choice> {
    choices
        .iter()
        .map(|(value, label)| Choice::new(*value, *label))
        .collect()
}
