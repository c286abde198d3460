//! Settings to copy for common libraries, with this server's address and the client's own values.

mod installed;
mod web;

use oauth2_types::requests::GrantType;

use crate::app::App;
use crate::http::console::pieces::{Part, Piece};
use crate::model::client::{ApplicationType, AuthMethod, Client};
use crate::model::redirect_uri::RedirectUri;

/// What stands where the secret goes when it is no longer known.
const SECRET_UNKNOWN: &str = "YOUR-CLIENT-SECRET";

/// The values that the samples are made of.
struct Values<'a> {
    issuer: &'a str,
    id: &'a str,
    secret: &'a str,
    redirect_uri: &'a str,
    scope: String,
    resource: Option<&'a str>,
    is_post: bool,
    is_plain_http: bool,
}

/// One folded part for each library that fits the client.
pub(super) fn of(app: &App, client: &Client, secret: Option<&str>) -> Vec<Piece> {
    let metadata = &client.metadata;
    let values = Values {
        issuer: app.issuer(),
        id: client.id.as_str(),
        secret: secret.unwrap_or(SECRET_UNKNOWN),
        redirect_uri: metadata
            .redirect_uris
            .iter()
            // Whoever registered itself must not put a statement into a line that is copied.
            .find(|uri| !uri.as_str().contains('\''))
            .map_or("https://app.example.com/callback", RedirectUri::as_str),
        scope: metadata.scope.to_string(),
        resource: metadata.resources.first().map(String::as_str),
        is_post: metadata.token_endpoint_auth_method == AuthMethod::ClientSecretPost,
        is_plain_http: !app.config.issuer.is_https(),
    };
    let is_native = metadata.application_type == ApplicationType::Native;
    let has_people = metadata.may_use(&GrantType::AuthorizationCode);
    let texts: Vec<(&str, String)> = match (has_people, metadata.is_public(), is_native) {
        (false, ..) if metadata.may_use(&GrantType::ClientCredentials) => vec![
            ("curl", installed::curl(&values)),
            ("Node: openid-client", installed::node_service(&values)),
            ("Python: Authlib", installed::python_service(&values)),
        ],
        (false, ..) => Vec::new(),
        (true, true, false) => vec![(
            "Browser: oidc-client-ts",
            installed::oidc_client_ts(&values),
        )],
        (true, true, true) => vec![
            ("Android and iOS: AppAuth", installed::app_auth(&values)),
            ("Node: openid-client", node(&values, true)),
            ("Python: Authlib", installed::python_native(&values)),
        ],
        (true, false, _) => web::all(&values),
    };
    texts
        .into_iter()
        .enumerate()
        .map(|(index, (label, text))| {
            let label = label.to_owned();
            Part::new(format!("sample-{index}"), label.clone())
                .with(Piece::Code { label, text })
                .folded()
        })
        .collect()
}

fn node(values: &Values<'_>, is_public: bool) -> String {
    let Values {
        issuer,
        id,
        secret,
        redirect_uri,
        scope,
        ..
    } = values;
    let auth = match (is_public, values.is_post) {
        (true, _) => "client.None()".to_owned(),
        (false, true) => format!("client.ClientSecretPost('{secret}')"),
        (false, false) => format!("client.ClientSecretBasic('{secret}')"),
    };
    let insecure = insecure(values);
    format!(
        "import * as client from 'openid-client'

const config = await client.discovery(new URL('{issuer}'), '{id}', undefined, {auth}{insecure})

const verifier = client.randomPKCECodeVerifier()
const url = client.buildAuthorizationUrl(config, {{
  redirect_uri: '{redirect_uri}',
  scope: '{scope}',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
}})
// Keep the verifier in the session, send the browser to url; in the callback:
const tokens = await client.authorizationCodeGrant(config, callbackUrl, {{ pkceCodeVerifier: verifier }})
"
    )
}

/// For an issuer on plain http, which only loopback ones are.
fn insecure(values: &Values<'_>) -> &'static str {
    if values.is_plain_http {
        ", { execute: [client.allowInsecureRequests] }"
    } else {
        ""
    }
}
