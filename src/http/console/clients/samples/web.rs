//! Settings for apps that run on a server and keep a secret.

use super::{Values, node};

/// One for each library.
pub(super) fn all(values: &Values<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("Node: openid-client", node(values, false)),
        ("Next.js: Auth.js (NextAuth)", auth_js(values)),
        ("Python: Authlib", authlib(values)),
        ("Java: Spring Security", spring(values)),
        (".NET: ASP.NET Core", asp_net(values)),
        ("Apache: mod_auth_openidc", apache(values)),
        ("oauth2-proxy", oauth2_proxy(values)),
    ]
}

fn auth_js(values: &Values<'_>) -> String {
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
        "// auth.ts; register the redirect URI https://YOUR-HOST/api/auth/callback/placet
import NextAuth from 'next-auth'

export const {{ handlers, auth, signIn, signOut }} = NextAuth({{
  providers: [{{
    id: 'placet',
    name: 'Placet',
    type: 'oidc',
    issuer: '{issuer}',
    clientId: '{id}',
    clientSecret: '{secret}', // better: process.env.AUTH_PLACET_SECRET
    client: {{ token_endpoint_auth_method: '{method}' }},
    authorization: {{ params: {{ scope: '{scope}' }} }},
    checks: ['pkce', 'state', 'nonce'],
  }}],
}})
"
    )
}

fn authlib(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        redirect_uri,
        scope,
        ..
    } = values;
    let method = if values.is_post {
        "client_secret_post"
    } else {
        "client_secret_basic"
    };
    format!(
        "# Flask; Starlette and Django are alike
oauth.register(
    \"placet\",
    server_metadata_url=\"{issuer}/.well-known/openid-configuration\",
    client_id=\"{id}\",
    client_secret=\"{secret}\",
    client_kwargs={{
        \"scope\": \"{scope}\",
        \"code_challenge_method\": \"S256\",
        \"token_endpoint_auth_method\": \"{method}\",
    }},
)
# oauth.placet.authorize_redirect(\"{redirect_uri}\"), then oauth.placet.authorize_access_token()
"
    )
}

fn spring(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        redirect_uri,
        scope,
        ..
    } = values;
    let (method, scope) = (
        if values.is_post {
            "client_secret_post"
        } else {
            "client_secret_basic"
        },
        scope.replace(' ', ","),
    );
    format!(
        "# application.yml, with spring-boot-starter-oauth2-client
spring:
  security:
    oauth2:
      client:
        registration:
          placet:
            client-id: \"{id}\"
            client-secret: \"{secret}\"
            client-authentication-method: {method}
            authorization-grant-type: authorization_code
            redirect-uri: \"{redirect_uri}\"
            scope: {scope}
        provider:
          placet:
            issuer-uri: {issuer}
"
    )
}

fn asp_net(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        redirect_uri,
        scope,
        ..
    } = values;
    let path = url::Url::parse(redirect_uri)
        .map_or_else(|_| "/callback".to_owned(), |uri| uri.path().to_owned());
    let scopes: Vec<String> = scope
        .split(' ')
        .map(|name| format!("        options.Scope.Add(\"{name}\");\n"))
        .collect();
    let scopes = scopes.concat();
    let note = if values.is_post {
        ""
    } else {
        "// ASP.NET sends the secret in the body: first change how this client sends it to client_secret_post.\n"
    };
    let metadata = if values.is_plain_http {
        "        options.RequireHttpsMetadata = false; // for development only\n"
    } else {
        ""
    };
    format!(
        "{note}builder.Services
    .AddAuthentication(options =>
    {{
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    }})
    .AddCookie()
    .AddOpenIdConnect(options =>
    {{
        options.Authority = \"{issuer}\";
        options.ClientId = \"{id}\";
        options.ClientSecret = \"{secret}\";
        options.ResponseType = \"code\";
        options.CallbackPath = \"{path}\";
{metadata}        options.Scope.Clear();
{scopes}    }});
"
    )
}

fn apache(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        redirect_uri,
        scope,
        ..
    } = values;
    let method = if values.is_post {
        "client_secret_post"
    } else {
        "client_secret_basic"
    };
    format!(
        "OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
OIDCClientID {id}
OIDCClientSecret {secret}
OIDCProviderTokenEndpointAuth {method}
OIDCRedirectURI {redirect_uri}
OIDCScope \"{scope}\"
OIDCPKCEMethod S256
OIDCCryptoPassphrase \"a long random text of your own\"

<Location />
  AuthType openid-connect
  Require valid-user
</Location>
"
    )
}

fn oauth2_proxy(values: &Values<'_>) -> String {
    let Values {
        issuer,
        id,
        secret,
        redirect_uri,
        scope,
        ..
    } = values;
    format!(
        "# oauth2-proxy.cfg; its redirect URI ends in /oauth2/callback
provider = \"oidc\"
oidc_issuer_url = \"{issuer}\"
client_id = \"{id}\"
client_secret = \"{secret}\"
redirect_url = \"{redirect_uri}\"
scope = \"{scope}\"
code_challenge_method = \"S256\"
email_domains = [\"*\"]
cookie_secret = \"32 random bytes of your own, in base64\"
"
    )
}
