//! Settings for apps without a secret, and for services.

use std::fmt::Write as _;

use super::{Values, insecure};

pub(super) fn oidc_client_ts(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        redirect_uri,
        scope,
        ..
    } = values;
    format!(
        "import {{ UserManager }} from 'oidc-client-ts'

const users = new UserManager({{
  authority: '{issuer}',
  client_id: '{id}',
  redirect_uri: '{redirect_uri}',
  scope: '{scope}',
}})
// users.signinRedirect(), and in the callback: users.signinRedirectCallback()
"
    )
}

pub(super) fn app_auth(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        redirect_uri,
        scope,
        ..
    } = values;
    format!(
        "Issuer (discovery): {issuer}
Client ID:          {id}
Client secret:      none
Redirect URI:       {redirect_uri}
Scopes:             {scope}
PKCE:               S256 (AppAuth does it by itself)
"
    )
}

pub(super) fn python_native(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        redirect_uri,
        scope,
        ..
    } = values;
    format!(
        "from authlib.integrations.requests_client import OAuth2Session

app = OAuth2Session(
    \"{id}\",
    scope=\"{scope}\",
    redirect_uri=\"{redirect_uri}\",
    token_endpoint_auth_method=\"none\",
    code_challenge_method=\"S256\",
)
url, state = app.create_authorization_url(\"{issuer}/authorize\", code_verifier=verifier)
# open url in the browser; then
token = app.fetch_token(\"{issuer}/token\", authorization_response=callback, code_verifier=verifier)
"
    )
}

pub(super) fn curl(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        scope,
        ..
    } = values;
    let auth = if values.is_post {
        format!("--data-urlencode 'client_id={id}' --data-urlencode 'client_secret={secret}'")
    } else {
        format!("--user '{id}:{secret}'")
    };
    let mut text =
        format!("curl {issuer}/token \\\n  {auth} \\\n  --data grant_type=client_credentials");
    if !scope.is_empty() {
        let _ = write!(text, " \\\n  --data-urlencode 'scope={scope}'");
    }
    if let Some(resource) = values.resource {
        let _ = write!(text, " \\\n  --data-urlencode 'resource={resource}'");
    }
    text.push('\n');
    text
}

pub(super) fn node_service(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        scope,
        ..
    } = values;
    let auth = if values.is_post {
        "ClientSecretPost"
    } else {
        "ClientSecretBasic"
    };
    let insecure = insecure(values);
    let resource = values
        .resource
        .map(|resource| format!(", resource: '{resource}'"))
        .unwrap_or_default();
    format!(
        "import * as client from 'openid-client'

const config = await client.discovery(new URL('{issuer}'), '{id}', undefined, client.{auth}('{secret}'){insecure})
const tokens = await client.clientCredentialsGrant(config, {{ scope: '{scope}'{resource} }})
"
    )
}

pub(super) fn python_service(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        scope,
        ..
    } = values;
    let method = if values.is_post {
        "client_secret_post"
    } else {
        "client_secret_basic"
    };
    format!(
        "from authlib.integrations.requests_client import OAuth2Session

service = OAuth2Session(\"{id}\", \"{secret}\", scope=\"{scope}\", token_endpoint_auth_method=\"{method}\")
token = service.fetch_token(\"{issuer}/token\", grant_type=\"client_credentials\")
"
    )
}
