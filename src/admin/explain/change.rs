//! What one click may change, what it says before, and when it is offered.

use oauth2_types::requests::GrantType;
use serde::Serialize;

use crate::admin::clients::{self, ClientFields};
use crate::app::App;
use crate::model::client::{Client, Registration};

/// One addition to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Change {
    AddRedirectUri(String),
    AddPostLogoutRedirectUri(String),
    AddScope(String),
    AddGrantType(String),
    AddResource(String),
    AddResponseType(String),
}

/// A change that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    #[serde(flatten)]
    pub change: Change,
    pub client_id: String,
    /// What will happen, in one sentence.
    pub says: String,
    /// What to be sure of before.
    pub risk: String,
}

impl Change {
    /// The client's metadata with the addition.
    pub(super) fn fields(&self, client: &Client) -> ClientFields {
        let metadata = &client.metadata;
        let with = |items: Vec<String>, more: &String| Some([items, vec![more.clone()]].concat());
        let mut fields = ClientFields::default();
        match self {
            Self::AddRedirectUri(uri) => {
                let all = metadata.redirect_uris.iter().map(ToString::to_string);
                fields.redirect_uris = with(all.collect(), uri);
            }
            Self::AddPostLogoutRedirectUri(uri) => {
                let all = metadata.post_logout_redirect_uris.iter();
                fields.post_logout_redirect_uris =
                    with(all.map(ToString::to_string).collect(), uri);
            }
            Self::AddScope(name) => {
                fields.scope = Some(format!("{} {name}", metadata.scope).trim().to_owned());
            }
            Self::AddGrantType(name) => {
                let all = metadata.grant_types.iter().map(ToString::to_string);
                fields.grants = with(all.collect(), name);
            }
            Self::AddResource(uri) => fields.resources = with(metadata.resources.clone(), uri),
            Self::AddResponseType(name) => {
                fields.response_types = with(metadata.response_types.clone(), name);
            }
        }
        fields
    }

    fn says(&self, client: &Client) -> String {
        let name = &client.metadata.client_name;
        match self {
            Self::AddRedirectUri(uri) => {
                format!("{uri} becomes one of the redirect URIs of {name}.")
            }
            Self::AddPostLogoutRedirectUri(uri) => {
                format!(
                    "{uri} becomes one of the addresses that {name} may send people to after sign-out."
                )
            }
            Self::AddScope(scope) => format!("{name} may ask for the scope {scope}."),
            Self::AddGrantType(grant) => {
                format!("{name} may get tokens by the grant type {grant}.")
            }
            Self::AddResource(uri) => format!("{name} may get access tokens for {uri}."),
            Self::AddResponseType(kind) => {
                format!("{name} may ask for the response type {kind}.")
            }
        }
    }

    fn risk(&self, client: &Client) -> String {
        match self {
            Self::AddRedirectUri(_) => "Whoever controls that address gets the codes of people who sign in. Anybody may have sent this request: add it only if the address is the app's own.".to_owned(),
            Self::AddPostLogoutRedirectUri(_) => "People are sent to that address after they sign out. Anybody may have sent this request: add it only if the address is the app's own.".to_owned(),
            Self::AddScope(_) if client.is_first_party => "This is a first-party client, so nobody is asked for consent: the app gets the scope of everybody who signs in.".to_owned(),
            Self::AddScope(_) => "People are asked before the app gets it; a service that acts for itself gets it at once.".to_owned(),
            Self::AddGrantType(grant) if grant == GrantType::ClientCredentials.to_string().as_str() => "The client may then act for itself, with no person behind it and nobody to ask.".to_owned(),
            Self::AddGrantType(_) => "The client may then do more than what it was registered for.".to_owned(),
            Self::AddResource(_) => "Tokens of this client will be taken by that API, within the scopes that the client has.".to_owned(),
            Self::AddResponseType(kind) if kind == "code" => "People may then sign in with this client.".to_owned(),
            Self::AddResponseType(_) => "Tokens will travel in addresses, where histories, logs and other pages may see them. This is legacy: response_type=code with PKCE is safer.".to_owned(),
        }
    }
}

/// The fix, if it may be offered: the client is an administrator's and enabled, and its metadata would still be right.
pub(super) fn offer(app: &App, client: &Client, change: Change) -> Option<Fix> {
    let is_ours = client.registration == Registration::Administrator && client.is_enabled();
    if !is_ours || !clients::would_fit(app, client, &change.fields(client)) {
        return None;
    }
    Some(Fix {
        says: change.says(client),
        risk: change.risk(client),
        client_id: client.id.to_string(),
        change,
    })
}
