//! The parts of a client that are changed on their own: the fields of each, and what they make of a registration.

use super::{look, resource_choices, scope_choices};
use crate::admin::clients::ClientFields;
use crate::admin::localized::LocalizedFields;
use crate::http::console::form::{self, Choice, Field};
use crate::http::console::guard::Admin;
use crate::model::client::{AuthMethod, Client, REGISTRABLE_GRANTS};
use crate::model::redirect_uri::RedirectUri;
use crate::model::signing_key::SigningAlg;
use crate::oauth::params::Params;

/// A part of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientPart {
    Basics,
    SignIn,
    Permissions,
    SignOut,
    Keys,
    Look,
}

impl ClientPart {
    pub(super) fn parse(name: &str) -> Option<Self> {
        let all = [
            Self::Basics,
            Self::SignIn,
            Self::Permissions,
            Self::SignOut,
            Self::Keys,
            Self::Look,
        ];
        all.into_iter().find(|part| part.name() == name)
    }

    /// In addresses and ids.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::SignIn => "sign-in",
            Self::Permissions => "permissions",
            Self::SignOut => "sign-out",
            Self::Keys => "keys",
            Self::Look => "look",
        }
    }

    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Basics => "Basics",
            Self::SignIn => "Sign-in",
            Self::Permissions => "Permissions",
            Self::SignOut => "Sign-out",
            Self::Keys => "Keys and algorithms",
            Self::Look => "Look",
        }
    }

    pub(super) const fn help(self) -> &'static str {
        match self {
            Self::Basics => "What it is called, and whether it is one of ours.",
            Self::SignIn => "Where answers may be sent. They are compared character by character.",
            Self::Permissions => "The most that it may ask for.",
            Self::SignOut => {
                "Where people may return to, and how the app hears that a session ended."
            }
            Self::Keys => "How it proves itself, and what is signed with what.",
            Self::Look => "What the sign-in and consent pages show beside its name.",
        }
    }

    /// The fields with what is stored, or with what was typed.
    pub(super) fn fields(
        self,
        admin: &Admin,
        client: &Client,
        typed: Option<&Params>,
    ) -> Vec<Field> {
        let fields = match self {
            Self::Basics => basics(client),
            Self::SignIn => sign_in(client),
            Self::Permissions => permissions(admin, client),
            Self::SignOut => sign_out(client),
            Self::Keys => keys(client),
            Self::Look => look::look(client),
        };
        fields
            .into_iter()
            .map(|(field, stored)| field.value(typed, stored))
            .collect()
    }

    /// What a posted form says.
    pub(super) fn read(self, posted: &Params) -> ClientFields {
        let text = |name: &str| Some(form::text(posted, name));
        let lines = |name: &str| Some(form::lines(posted, name));
        let tick = |name: &str| Some(form::is_ticked(posted, name));
        let all = |name: &str| Some(posted.all(name).to_vec());
        let mut fields = ClientFields::default();
        match self {
            Self::Basics => {
                fields.name = text("client_name");
                fields.is_first_party = tick("first_party");
                fields.is_consent_always_asked = tick("always_ask");
                fields.contacts = lines("contacts");
            }
            Self::SignIn => {
                fields.redirect_uris = lines("redirect_uris");
                fields.application_type = text("application_type");
                fields.required_acr = text("required_acr");
                fields.initiate_login_uri = text("initiate_login_uri");
            }
            Self::Permissions => {
                fields.scope = Some(posted.all("scope").join(" "));
                fields.grants = all("grant_types");
                fields.resources = all("resources");
                fields.resource_server_of = all("resource_server_of");
            }
            Self::SignOut => {
                fields.post_logout_redirect_uris = lines("post_logout_redirect_uris");
                fields.backchannel_logout_uri = text("backchannel_logout_uri");
                fields.frontchannel_logout_uri = text("frontchannel_logout_uri");
            }
            Self::Keys => {
                fields.token_endpoint_auth_method = text("token_endpoint_auth_method");
                fields.jwks_uri = text("jwks_uri");
                fields.jwks = text("jwks");
                fields.id_token_signed_response_alg = text("id_token_signed_response_alg");
                fields.subject_type = text("subject_type");
            }
            Self::Look => {
                fields.localized = LocalizedFields::all_of(&form::lines(posted, "localized"));
                fields.client_uri = text("client_uri");
                fields.logo_uri = text("logo_uri");
                fields.policy_uri = text("policy_uri");
                fields.tos_uri = text("tos_uri");
                fields.accent = text("accent");
                fields.accent_dark = text("accent_dark");
            }
        }
        fields
    }
}

pub(super) type Filled = Vec<(Field, String)>;

fn basics(client: &Client) -> Filled {
    let metadata = &client.metadata;
    let ticked = |is_so: bool| if is_so { "yes" } else { "" }.to_owned();
    vec![
        (
            Field::line("client_name", "Name")
                .help("What people read when they sign in to it and allow it.")
                .required(),
            metadata.client_name.clone(),
        ),
        (
            Field::tick(
                "first_party",
                "It belongs to us: do not ask people for consent",
            )
            .help("Only for apps of your own organisation."),
            ticked(client.is_first_party),
        ),
        (
            Field::tick("always_ask", "Ask people for consent every time")
                .help("Whatever they allowed before. For apps with much power over an account."),
            ticked(client.is_consent_always_asked),
        ),
        (
            Field::lines("contacts", "Whom to reach about it", 2)
                .help("E-mail addresses or names, one on each line."),
            metadata.contacts.join("\n"),
        ),
    ]
}

fn uris(all: &[RedirectUri]) -> String {
    let all: Vec<&str> = all.iter().map(RedirectUri::as_str).collect();
    all.join("\n")
}

/// The name that a value of metadata has over the wire.
fn wire(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn sign_in(client: &Client) -> Filled {
    let metadata = &client.metadata;
    let types = vec![
        Choice::new("web", "Web")
            .help("Its redirect URIs are on https; on http only for localhost."),
        Choice::new("native", "Installed on a device")
            .help("Schemes of its own (com.example.app:/…) and http on 127.0.0.1 are allowed too."),
    ];
    let acrs = vec![
        Choice::new("", "What this installation wants of everybody"),
        Choice::new("mfa", "Two factors").help("A password and a code, or a passkey (mfa)."),
        Choice::new("phr", "A passkey").help("Nobody can be tricked out of it (phr)."),
    ];
    vec![
        (
            Field::lines("redirect_uris", "Redirect URIs", 4)
                .help("One on each line, exactly as the app sends it."),
            uris(&metadata.redirect_uris),
        ),
        (
            Field::one_of("application_type", "Kind of app", types),
            wire(metadata.application_type),
        ),
        (
            Field::one_of("required_acr", "What a sign-in to it takes", acrs),
            wire(client.required_acr),
        ),
        (
            Field::typed("initiate_login_uri", "Where a sign-in can be started from outside", "url")
                .help("An https address of the app that sends the browser here (OpenID Connect Core, section 4)."),
            metadata.initiate_login_uri.clone().unwrap_or_default(),
        ),
    ]
}

fn permissions(admin: &Admin, client: &Client) -> Filled {
    let metadata = &client.metadata;
    let about = |name: &str| match name {
        "authorization_code" => "People sign in through it.",
        "refresh_token" => "It may renew its tokens without the person.",
        "client_credentials" => "It acts on its own account.",
        "password" => "It asks people for their password itself. Legacy: avoid it.",
        _ => "Tokens come in the address. Legacy: avoid it.",
    };
    let grants = REGISTRABLE_GRANTS
        .iter()
        .map(ToString::to_string)
        .map(|name| Choice::new(&name, &name).help(about(&name)));
    let stored: Vec<String> = metadata
        .grant_types
        .iter()
        .map(ToString::to_string)
        .collect();
    let scope: Vec<&str> = metadata.scope.iter().collect();
    vec![
        (
            Field::ticks("scope", "Scopes", scope_choices(admin, |_| true))
                .help("People are asked in these words."),
            scope.join("\n"),
        ),
        (
            Field::ticks(
                "resources",
                "APIs that it may get tokens for",
                resource_choices(admin, true),
            ),
            metadata.resources.join("\n"),
        ),
        (
            Field::ticks("grant_types", "Ways to get tokens", grants.collect()),
            stored.join("\n"),
        ),
        (
            Field::ticks(
                "resource_server_of",
                "APIs that it is the server of",
                resource_choices(admin, true),
            )
            .help("It may ask this server about their tokens (introspection)."),
            metadata.resource_server_of.join("\n"),
        ),
    ]
}

fn sign_out(client: &Client) -> Filled {
    let metadata = &client.metadata;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        (
            Field::lines(
                "post_logout_redirect_uris",
                "Where people return to after signing out",
                3,
            )
            .help("One on each line; only these are returned to."),
            uris(&metadata.post_logout_redirect_uris),
        ),
        (
            Field::typed(
                "backchannel_logout_uri",
                "Address that is called when a session ends",
                "url",
            )
            .help("By this server, directly (back-channel logout). The surest way."),
            text(&metadata.backchannel_logout_uri),
        ),
        (
            Field::typed(
                "frontchannel_logout_uri",
                "Address that is loaded in the browser when a session ends",
                "url",
            )
            .help(
                "In a frame (front-channel logout). Browsers may keep the app's cookies from it.",
            ),
            text(&metadata.frontchannel_logout_uri),
        ),
    ]
}

fn keys(client: &Client) -> Filled {
    let metadata = &client.metadata;
    let about = |method: AuthMethod| match method {
        AuthMethod::ClientSecretBasic => "A secret in a header",
        AuthMethod::ClientSecretPost => "A secret in the body",
        AuthMethod::ClientSecretJwt => "A JWT authenticated with its secret",
        AuthMethod::PrivateKeyJwt => "A JWT signed with a key of its own",
        AuthMethod::None => "Nothing: a public client, with PKCE",
    };
    let methods = AuthMethod::ALL
        .map(|method| Choice::new(method.as_str(), about(method)).help(method.as_str()));
    let algs = [
        "RS256", "ES256", "PS256", "EdDSA", "ES384", "RS384", "RS512",
    ];
    let algs = algs
        .into_iter()
        .filter(|name| name.parse::<SigningAlg>().is_ok())
        .map(|name| Choice::new(name, name));
    let subjects = vec![
        Choice::new("public", "The same as for every other app"),
        Choice::new("pairwise", "One for this app alone")
            .help("Apps cannot tell one another whom they know (pairwise)."),
    ];
    let jwks = metadata.jwks.as_ref().map(ToString::to_string);
    vec![
        (
            Field::one_of(
                "token_endpoint_auth_method",
                "How it proves itself",
                methods.into(),
            ),
            metadata.token_endpoint_auth_method.as_str().to_owned(),
        ),
        (
            Field::typed("jwks_uri", "Where its public keys are", "url")
                .help("An https address with a JSON Web Key Set, for signed JWTs and requests."),
            metadata.jwks_uri.clone().unwrap_or_default(),
        ),
        (
            Field::lines("jwks", "Or the keys themselves", 4)
                .help("A JSON Web Key Set with public keys."),
            jwks.unwrap_or_default(),
        ),
        (
            Field::select(
                "id_token_signed_response_alg",
                "Algorithm of its ID tokens",
                algs.collect(),
            )
            .help("Every library can do RS256."),
            metadata.id_token_signed_response_alg.alg().to_string(),
        ),
        (
            Field::one_of("subject_type", "A person's id (sub) is", subjects),
            metadata.subject_type.as_str().to_owned(),
        ),
    ]
}
