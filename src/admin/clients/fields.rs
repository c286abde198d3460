//! Client metadata as an administrator gives it: what is left out, what is taken away, and the checks against what else is registered.

use oauth2_types::requests::GrantType;

use super::NewClient;
use crate::admin::{Result, check_scopes, invalid, parse_alg};
use crate::app::App;
use crate::model::client::{AuthMethod, ClientMetadata, IdTokenAlg, is_deceptive};
use crate::model::redirect_uri::RedirectUri;
use crate::model::scope::Scopes;

/// What a client with the code grant may ask for unless its scope is named.
const DEFAULT_SCOPE: &str = "openid profile email offline_access";

/// Metadata as given: a field that is `None` keeps its value, or gets its default in a new client. An empty text or list
/// takes a value away.
#[derive(Debug, Clone, Default)]
pub struct ClientFields {
    pub name: Option<String>,
    pub redirect_uris: Option<Vec<String>>,
    /// New clients: `authorization_code refresh_token`, or `client_credentials` where there is no redirect URI.
    pub grants: Option<Vec<String>>,
    /// Blank-separated. New clients with the code grant: [`DEFAULT_SCOPE`].
    pub scope: Option<String>,
    pub resources: Option<Vec<String>>,
    pub token_endpoint_auth_method: Option<String>,
    pub is_first_party: Option<bool>,
    pub client_uri: Option<String>,
    pub logo_uri: Option<String>,
    pub policy_uri: Option<String>,
    pub tos_uri: Option<String>,
    pub contacts: Option<Vec<String>>,
    pub id_token_signed_response_alg: Option<String>,
    /// `Some(None)` takes it away.
    pub default_max_age: Option<Option<u32>>,
}

/// The metadata of a new client, checked.
pub(super) fn new_metadata(app: &App, new: &NewClient) -> Result<ClientMetadata> {
    let mut fields = new.fields.clone();
    if new.is_public {
        match fields.token_endpoint_auth_method.as_deref() {
            None | Some("none") => fields.token_endpoint_auth_method = Some("none".to_owned()),
            Some(other) => {
                let fault = format!(
                    "{other} needs a secret, and a public client has none; leave out one of the two"
                );
                return Err(invalid("token_endpoint_auth_method", fault));
            }
        }
    }
    let is_public = fields.token_endpoint_auth_method.as_deref() == Some("none");
    let has_redirect_uri = fields
        .redirect_uris
        .as_ref()
        .is_some_and(|uris| uris.iter().any(|uri| !uri.is_empty()));
    let grants = fields.grants.get_or_insert_with(|| {
        // A public client cannot come on its own account, so it is a redirect URI that is missing there.
        let is_for_people = has_redirect_uri || is_public;
        let names: &[&str] = if is_for_people {
            &["authorization_code", "refresh_token"]
        } else {
            &["client_credentials"]
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    });
    if fields.scope.is_none() && grants.iter().any(|grant| grant == "authorization_code") {
        fields.scope = Some(DEFAULT_SCOPE.to_owned());
    }
    let mut metadata = ClientMetadata {
        client_name: String::new(),
        redirect_uris: Vec::new(),
        grant_types: Vec::new(),
        response_types: Vec::new(),
        token_endpoint_auth_method: AuthMethod::default(),
        scope: Scopes::default(),
        resources: Vec::new(),
        client_uri: None,
        logo_uri: None,
        policy_uri: None,
        tos_uri: None,
        contacts: Vec::new(),
        id_token_signed_response_alg: IdTokenAlg::default(),
        default_max_age: None,
    };
    apply(app, &mut metadata, &fields)?;
    metadata.check()?;
    Ok(metadata)
}

/// Puts what is given into `metadata`; its fields are not yet checked against one another.
pub(super) fn apply(app: &App, metadata: &mut ClientMetadata, fields: &ClientFields) -> Result<()> {
    if let Some(name) = &fields.name {
        name.trim().clone_into(&mut metadata.client_name);
    }
    if let Some(uris) = &fields.redirect_uris {
        metadata.redirect_uris = given(uris)
            .map(|uri| redirect_uri(uri))
            .collect::<Result<_>>()?;
    }
    if let Some(grants) = &fields.grants {
        metadata.grant_types = grant_types(grants);
        let wants_code = metadata.may_use(&GrantType::AuthorizationCode);
        metadata.response_types = if wants_code {
            vec!["code".to_owned()]
        } else {
            Vec::new()
        };
    }
    if let Some(method) = &fields.token_endpoint_auth_method {
        metadata.token_endpoint_auth_method = method.parse()?;
    }
    if let Some(scope) = &fields.scope {
        metadata.scope = check_scopes(app, scope)?;
    }
    if let Some(resources) = &fields.resources {
        metadata.resources = given(resources)
            .map(|uri| resource(app, uri))
            .collect::<Result<_>>()?;
    }
    if let Some(contacts) = &fields.contacts {
        metadata.contacts = given(contacts)
            .map(|contact| check_contact(contact))
            .collect::<Result<_>>()?;
    }
    if let Some(alg) = &fields.id_token_signed_response_alg {
        let field = "id_token_signed_response_alg";
        metadata.id_token_signed_response_alg = IdTokenAlg::new(parse_alg(field, alg)?)
            .ok_or_else(|| {
                invalid(
                    field,
                    "HS256 is for resources; ID tokens are verified by the published keys",
                )
            })?;
    }
    let links = [
        (&fields.client_uri, &mut metadata.client_uri),
        (&fields.logo_uri, &mut metadata.logo_uri),
        (&fields.policy_uri, &mut metadata.policy_uri),
        (&fields.tos_uri, &mut metadata.tos_uri),
    ];
    for (given, kept) in links {
        if let Some(link) = given {
            *kept = (!link.is_empty()).then(|| link.clone());
        }
    }
    metadata.default_max_age = fields.default_max_age.unwrap_or(metadata.default_max_age);
    Ok(())
}

/// The items that are not empty.
fn given(items: &[String]) -> impl Iterator<Item = &String> {
    items.iter().filter(|item| !item.is_empty())
}

fn redirect_uri(uri: &str) -> Result<RedirectUri> {
    RedirectUri::parse(uri).map_err(|error| invalid("redirect_uris", format!("{uri:?}: {error}")))
}

/// Each once, in the order given.
fn grant_types(names: &[String]) -> Vec<GrantType> {
    let mut types: Vec<GrantType> = Vec::new();
    for name in names.iter().flat_map(|name| name.split_whitespace()) {
        let Ok(grant) = name.parse::<GrantType>();
        if !types.contains(&grant) {
            types.push(grant);
        }
    }
    types
}

fn resource(app: &App, uri: &str) -> Result<String> {
    if app.registry().resources.contains_key(uri) {
        return Ok(uri.to_owned());
    }
    let fault = format!(
        "{uri:?} is not registered; register it first: placet resource add URI --name \"…\" --scope \"…\""
    );
    Err(invalid("resources", fault))
}

fn check_contact(contact: &str) -> Result<String> {
    if contact.chars().count() > 254 || contact.chars().any(is_deceptive) {
        return Err(invalid(
            "contacts",
            format!("{contact:?} is not an address of at most 254 characters on one line"),
        ));
    }
    Ok(contact.to_owned())
}
