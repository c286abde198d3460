//! The kinds of clients that the guided form knows, each with settings that are safe for it.

use oauth2_types::requests::GrantType;

use crate::admin::clients::ClientFields;
use crate::model::client::{ApplicationType, Client};

/// A kind of client.
pub(super) struct ClientKind {
    /// In the address.
    pub name: &'static str,
    pub label: &'static str,
    /// Whom it is for.
    pub about: &'static str,
    /// What is chosen for it, and why.
    pub proposal: &'static str,
    pub application_type: &'static str,
    pub grants: &'static [&'static str],
    pub auth_method: &'static str,
    /// Ticked at first.
    pub scope: &'static [&'static str],
    pub redirect_help: &'static str,
}

impl ClientKind {
    /// Whether people sign in through it.
    pub(super) fn has_people(&self) -> bool {
        self.grants.contains(&"authorization_code")
    }

    /// Whether it may choose how it sends its secret.
    pub(super) fn has_secret(&self) -> bool {
        self.auth_method != "none"
    }

    /// Whether the admin API is offered: tools use it, apps hardly ever.
    pub(super) fn may_administer(&self) -> bool {
        matches!(self.name, "service" | "agent")
    }

    /// What is not asked for.
    pub(super) fn fields(&self) -> ClientFields {
        let owned = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
        ClientFields {
            application_type: Some(self.application_type.to_owned()),
            grants: Some(owned(self.grants)),
            token_endpoint_auth_method: Some(self.auth_method.to_owned()),
            ..ClientFields::default()
        }
    }
}

const PEOPLE: &[&str] = &["authorization_code", "refresh_token"];

pub(super) const KINDS: [ClientKind; 5] = [
    ClientKind {
        name: "web",
        label: "Web app",
        about: "Runs on a server and shows pages: Node, Python, Java, .NET, PHP, or a proxy in front of something.",
        proposal: "It keeps a secret on its server, gets an authorization code, and may stay signed in with refresh tokens.",
        application_type: "web",
        grants: PEOPLE,
        auth_method: "client_secret_basic",
        scope: &["openid", "profile", "email"],
        redirect_help: "One on each line, exactly as the app sends it, such as https://app.example.com/callback. For development http://localhost:3000/callback will do.",
    },
    ClientKind {
        name: "spa",
        label: "Single-page app",
        about: "Runs in the browser alone: React, Vue, Angular, Svelte.",
        proposal: "It has no secret, because everyone could read it in the browser; PKCE, which every library has, takes its place. Its origin may call the token endpoint.",
        application_type: "web",
        grants: PEOPLE,
        auth_method: "none",
        scope: &["openid", "profile", "email"],
        redirect_help: "One on each line, such as https://app.example.com/callback. For development http://localhost:5173/callback will do.",
    },
    ClientKind {
        name: "native",
        label: "Mobile or desktop app",
        about: "Is installed on a phone or a computer and opens the system's browser.",
        proposal: "It has no secret, because everyone who has the app could read it; PKCE takes its place. On 127.0.0.1 any port will do.",
        application_type: "native",
        grants: PEOPLE,
        auth_method: "none",
        scope: &["openid", "profile", "email", "offline_access"],
        redirect_help: "One on each line: com.example.app:/callback (your domain turned round), https://app.example.com/callback (a claimed link), or http://127.0.0.1/callback.",
    },
    ClientKind {
        name: "service",
        label: "Service",
        about: "Acts on its own account, without any person: a job, a back end, automation.",
        proposal: "It gets tokens with its secret alone (client credentials). Nobody signs in, and there are no refresh tokens.",
        application_type: "web",
        grants: &["client_credentials"],
        auth_method: "client_secret_basic",
        scope: &[],
        redirect_help: "",
    },
    ClientKind {
        name: "agent",
        label: "AI agent or command line",
        about: "Acts for a person from their own machine: a command-line tool, an assistant, an MCP client.",
        proposal: "It has no secret; the person signs in and allows it in the browser, and it stays connected until they take it back.",
        application_type: "native",
        grants: PEOPLE,
        auth_method: "none",
        scope: &["openid", "offline_access"],
        redirect_help: "One on each line. http://127.0.0.1/callback is right for nearly all: any port will do there.",
    },
];

/// The kind of that name.
pub(super) fn find(name: &str) -> Option<&'static ClientKind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// What a registered client is, in a word or two.
pub(super) fn describe(client: &Client) -> &'static str {
    let metadata = &client.metadata;
    let has_people =
        metadata.may_use(&GrantType::AuthorizationCode) || metadata.may_use(&GrantType::Implicit);
    let is_native = metadata.application_type == ApplicationType::Native;
    match (has_people, is_native, metadata.is_public()) {
        (true, true, _) => "installed app",
        (true, false, true) => "single-page app",
        (true, false, false) => "web app",
        (false, _, _) if metadata.grant_types.is_empty() => "resource server",
        (false, _, _) if metadata.may_use(&GrantType::ClientCredentials) => "service",
        (false, _, _) => "other",
    }
}
