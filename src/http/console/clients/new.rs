//! The guided form: the kind first, then only what that kind needs; the secret once, and settings to copy.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::kinds::{self, ClientKind, KINDS};
use super::{resource_choices, samples, scope_choices};
use crate::admin::clients::{self, ClientFields, ClientWithSecret, NewClient};
use crate::http::console::form::{self, Choice, Field, Form, Refusal};
use crate::http::console::frame::{Page, Section};
use crate::http::console::guard::{Admin, Answer, Posted};
use crate::http::console::pieces::{Cell, Fact, Notice, Part, Piece};
use crate::model::scope::{RESERVED_PREFIX, is_built_in};
use crate::oauth::params::Params;
use crate::random;

/// Asks which kind.
pub(super) async fn choose(admin: Admin) -> Answer {
    let page = admin
        .page(Section::Clients, "What is it?")
        .up("Clients", admin.at(&["clients"]))
        .lead("Each kind comes with settings that are safe for it. Everything can be changed afterwards.");
    let facts = KINDS.iter().map(|kind| {
        let link = Cell::link(kind.label, admin.at(&["new", "client", kind.name]));
        vec![link, Cell::text(kind.about)]
    });
    Ok(admin.show(&page.with(Piece::Cards(facts.collect()))))
}

/// The form of one kind.
pub(super) async fn get(admin: Admin, kind: Path<String>) -> Answer {
    let kind = kinds::find(&kind).ok_or_else(|| admin.missing())?;
    Ok(show(&admin, kind, None, None))
}

/// Registers it.
pub(super) async fn post(admin: Admin, kind: Path<String>, posted: Posted) -> Answer {
    let kind = kinds::find(&kind).ok_or_else(|| admin.missing())?;
    if let Some(refusal) = missing_redirect_uri(kind, &posted) {
        return Ok(show(&admin, kind, Some(&posted), Some(&refusal)));
    }
    let new = NewClient {
        id: posted.get("client_id").map(|id| id.trim().to_owned()),
        is_public: false,
        fields: read(kind, &posted),
    };
    admin.recent_for(new.fields.scope.as_deref().unwrap_or_default())?;
    match clients::add(admin.app(), &admin.by(), new).await {
        Ok(made) => Ok(done(&admin, &made)),
        Err(error) => {
            let refusal = Refusal::of(error).map_err(|error| admin.failed(error))?;
            Ok(show(&admin, kind, Some(&posted), Some(&refusal)))
        }
    }
}

fn missing_redirect_uri(kind: &ClientKind, posted: &Params) -> Option<Refusal> {
    let is_missing = kind.has_people() && form::lines(posted, "redirect_uris").is_empty();
    is_missing.then(|| {
        Refusal::new(
            "redirect_uris",
            "Say where people return to after signing in.",
        )
    })
}

fn read(kind: &ClientKind, posted: &Params) -> ClientFields {
    let mut fields = kind.fields();
    fields.name = Some(form::text(posted, "client_name"));
    fields.scope = Some(posted.all("scope").join(" "));
    fields.resources = Some(posted.all("resources").to_vec());
    if kind.has_people() {
        fields.redirect_uris = Some(form::lines(posted, "redirect_uris"));
        fields.post_logout_redirect_uris = Some(form::lines(posted, "post_logout_redirect_uris"));
        fields.is_first_party = Some(form::is_ticked(posted, "first_party"));
    }
    if kind.has_secret()
        && let Some(method) = posted.get("token_endpoint_auth_method")
    {
        fields.token_endpoint_auth_method = Some(method.to_owned());
    }
    fields
}

fn show(
    admin: &Admin,
    kind: &ClientKind,
    typed: Option<&Params>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let action = admin.at(&["new", "client", kind.name]);
    let form = Form::new(admin, action, "Register")
        .fields(fields(admin, kind, typed))
        .cancel(admin.at(&["new", "client"]))
        .refused(typed, refusal);
    let page = admin
        .page(Section::Clients, format!("New {}", lower(kind.label)))
        .up("Another kind", admin.at(&["new", "client"]))
        .lead(kind.proposal)
        .with(form);
    let status = if refusal.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    admin.show_as(status, &page)
}

fn lower(label: &str) -> String {
    match label {
        "AI agent or command line" => "agent or command line".to_owned(),
        label => label.to_lowercase(),
    }
}

fn fields(admin: &Admin, kind: &ClientKind, typed: Option<&Params>) -> Vec<Field> {
    let proposed = random::client_id().map(|id| id.to_string());
    let mut fields = vec![
        Field::line("client_name", "Name")
            .help("What people read when they sign in to it and allow it.")
            .required()
            .value(typed, ""),
        Field::line("client_id", "Client ID")
            .help("What the app sends to say which it is. Keep this one, unless the app has one already.")
            .value(typed, proposed.unwrap_or_default()),
    ];
    if kind.has_people() {
        fields.push(
            Field::lines(
                "redirect_uris",
                "Where people return to after signing in",
                3,
            )
            .help(kind.redirect_help)
            .required()
            .value(typed, ""),
        );
        fields.push(
            Field::lines("post_logout_redirect_uris", "Where they return to after signing out", 2)
                .help("One on each line; only these are returned to. Leave it empty if the app does not sign people out here.")
                .value(typed, ""),
        );
    }
    if kind.has_secret() {
        fields.push(auth_method(kind).value(typed, kind.auth_method));
    }
    fields.push(scope(admin, kind).value(typed, kind.scope.join("\n")));
    fields.push(
        Field::ticks(
            "resources",
            "APIs that it may get tokens for",
            resource_choices(admin, kind.may_administer()),
        )
        .help(
            "Tokens are good only at the APIs that they are for. None is needed to sign people in.",
        )
        .value(typed, ""),
    );
    if kind.has_people() {
        fields.push(
            Field::tick(
                "first_party",
                "It belongs to us: do not ask people for consent",
            )
            .help(
                "Only for apps of your own organisation. For all others people decide themselves.",
            )
            .value(typed, ""),
        );
    }
    fields
}

fn auth_method(kind: &ClientKind) -> Field {
    let mut choices = vec![
        Choice::new("client_secret_basic", "In a header (client_secret_basic)")
            .help("Most libraries: Node, Python, Java, Go."),
        Choice::new("client_secret_post", "In the body (client_secret_post)")
            .help("ASP.NET, and some older libraries."),
    ];
    if !kind.has_people() {
        choices.truncate(2);
    }
    Field::one_of(
        "token_endpoint_auth_method",
        "How it sends its secret",
        choices,
    )
    .help("The server takes only the way that is registered.")
    .required()
}

fn scope(admin: &Admin, kind: &ClientKind) -> Field {
    let choices = scope_choices(admin, |name| {
        let is_ours = name.starts_with(RESERVED_PREFIX);
        let fits = kind.has_people() || !is_built_in(name);
        fits && (kind.may_administer() || !is_ours)
    });
    let help = if kind.has_people() {
        "The most that it may ask for. People are asked in these words."
    } else {
        "What it may do. Nobody is asked, so give it no more than it needs."
    };
    Field::ticks("scope", "Scopes", choices).help(help)
}

/// The page after it: the secret, this once, and settings to copy. No redirect, because nothing may keep the secret on the way;
/// sent once more, the form finds its client ID taken.
fn done(admin: &Admin, made: &ClientWithSecret) -> HttpResponse {
    let client = &made.client;
    let page = admin
        .page(
            Section::Clients,
            format!("{} is registered", client.metadata.client_name),
        )
        .up("Clients", admin.at(&["clients"]))
        .action("To its page", admin.at(&["clients", client.id.as_str()]));
    admin.show(&with_secret(admin, page, made))
}

/// The page with the secret, if there is one, and the settings.
pub(super) fn with_secret(admin: &Admin, mut page: Page, made: &ClientWithSecret) -> Page {
    let client = &made.client;
    let mut facts = vec![
        Fact::new("Client ID", Cell::code(client.id.as_str())),
        Fact::new("Issuer", Cell::code(admin.app().issuer())),
    ];
    let secret = made.secret.as_ref().map(|secret| secret.expose().as_str());
    if let Some(secret) = secret {
        page = page.with(Notice {
            is_bad: false,
            text: "The secret is shown this once. Put it where only the app can read it, and nowhere else.".to_owned(),
            link: None,
        });
        facts.insert(1, Fact::new("Client secret", Cell::code(secret)));
    }
    let settings = Part::new("settings", "Settings to copy")
        .help("All with this server's address and this client's own values.");
    let samples = samples::of(admin.app(), client, secret);
    page.with(Piece::Facts(facts))
        .with(samples.into_iter().fold(settings, Part::with))
}
