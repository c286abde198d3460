//! Clients that others wrote: the crates `openidconnect` 4 and `oauth2` 5, which find, verify and parse by their own rules.

use std::error::Error as StdError;

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientRegistrationRequest, CoreGrantType,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
};
use openidconnect::registration::{ClientRegistrationError, EmptyAdditionalClientMetadata};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClientId, ClientName, ClientSecret, CsrfToken,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    RedirectUrl, RefreshToken, RequestTokenError, ResourceOwnerPassword, ResourceOwnerUsername,
    Scope, TokenResponse as _,
};
use placet::admin::clients::{ClientFields, NewClient};
use placet::config::RegistrationMode;
use url::Url;

use super::register::initial_token;
use super::support::server::PASSWORD;
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

/// The HTTP client that these crates take: theirs would be another version of reqwest.
async fn send(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let request = http
        .request(parts.method, parts.uri.to_string())
        .headers(parts.headers)
        .body(body);
    let answer = request.send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// The path and query of an address: where the browser of the tests goes.
fn path_of(url: &Url) -> String {
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}

fn id_and_secret(client: &Client) -> (ClientId, Option<ClientSecret>) {
    (
        ClientId::new(client.id.clone()),
        client.secret.clone().map(ClientSecret::new),
    )
}

/// What the server said, where the crate understood it as an OAuth error.
fn said<E: StdError + 'static, T: std::fmt::Debug>(
    result: Result<T, RequestTokenError<E, oauth2::basic::BasicErrorResponse>>,
) -> (String, String) {
    match result {
        Err(RequestTokenError::ServerResponse(error)) => (
            error.error().to_string(),
            error.error_description().cloned().unwrap_or_default(),
        ),
        other => panic!("no error of OAuth: {other:?}"),
    }
}

on_both! {
    // Discovery, code with PKCE, ID token with nonce and at_hash, refresh; a confidential and a public client; each
    // algorithm that the crate verifies.
    async fn openidconnect_signs_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for (alg, is_public) in [("RS256", false), ("ES256", false), ("EdDSA", true), ("PS256", false), ("RS256", true)] {
            let ours = server
                .add_client(NewClient {
                    is_public,
                    fields: ClientFields {
                        name: Some(alg.to_owned()),
                        redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                        id_token_signed_response_alg: Some(alg.to_owned()),
                        ..ClientFields::default()
                    },
                    ..NewClient::default()
                })
                .await;
            let issuer = IssuerUrl::new(server.url.clone()).unwrap();
            let metadata = CoreProviderMetadata::discover_async(issuer, &send).await.unwrap();
            let listed = metadata.id_token_signing_alg_values_supported();
            for alg in [CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256] {
                assert!(listed.contains(&alg), "{alg:?}");
            }
            let grants = metadata.grant_types_supported().unwrap();
            for grant in [CoreGrantType::AuthorizationCode, CoreGrantType::RefreshToken, CoreGrantType::ClientCredentials] {
                assert!(grants.contains(&grant), "{grant:?}");
            }
            let (id, secret) = id_and_secret(&ours);
            let client = CoreClient::from_provider_metadata(metadata, id, secret)
                .set_redirect_uri(RedirectUrl::new("https://app.example/callback".to_owned()).unwrap());

            let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
            let flow = CoreAuthenticationFlow::AuthorizationCode;
            let (url, state, nonce) = client
                .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
                .add_scope(Scope::new("offline_access".to_owned()))
                .set_pkce_challenge(challenge)
                .url();
            let mut browser = Browser::new(&server.url);
            let page = browser.visit(&path_of(&url)).await;
            let page = browser.log_in(&page, "ada").await;
            let page = browser.approve(&page).await;
            assert_eq!(page.returned("state").as_deref(), Some(state.secret().as_str()));
            let code = AuthorizationCode::new(page.returned("code").unwrap());
            let tokens = client.exchange_code(code).unwrap().set_pkce_verifier(verifier).request_async(&send).await.unwrap();

            let now = server.app.clock.now();
            let verifier = client.id_token_verifier().set_time_fn(move || now);
            let id_token = tokens.id_token().unwrap();
            let claims = id_token.claims(&verifier, &nonce).unwrap_or_else(|error| panic!("{alg}: {error}"));
            let (used, key) = (id_token.signing_alg().unwrap(), id_token.signing_key(&verifier).unwrap());
            let at_hash = AccessTokenHash::from_token(tokens.access_token(), used, key).unwrap();
            assert_eq!(claims.access_token_hash(), Some(&at_hash), "{alg}");
            assert!(id_token.claims(&verifier, &Nonce::new("another".to_owned())).is_err());
            assert_eq!(claims.auth_time(), Some(now));

            let refresh = tokens.refresh_token().unwrap();
            let again = client.exchange_refresh_token(refresh).unwrap().request_async(&send).await.unwrap();
            let claims_again = again.id_token().unwrap().claims(&verifier, |_: Option<&Nonce>| Ok(())).unwrap();
            assert_eq!(claims_again.subject(), claims.subject());
            assert_ne!(again.refresh_token().unwrap().secret(), refresh.secret());
            assert_eq!(again.expires_in(), Some(std::time::Duration::from_mins(10)));
        }
    }

    // The crate finds the endpoint, registers with an initial access token, and signs in with what it got.
    async fn openidconnect_registers_itself(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.registration.mode = RegistrationMode::Token).await;
        server.add_user("ada").await;
        let issuer = IssuerUrl::new(server.url.clone()).unwrap();
        let metadata = CoreProviderMetadata::discover_async(issuer, &send).await.unwrap();
        let callback = RedirectUrl::new("https://app.example/callback".to_owned()).unwrap();
        let ask = |token: Option<String>| {
            let more = EmptyAdditionalClientMetadata {};
            CoreClientRegistrationRequest::new(vec![callback.clone()], more)
                .set_client_name(Some(ClientName::new("Photo Printer".to_owned()).into()))
                .set_id_token_signed_response_alg(Some(CoreJwsSigningAlgorithm::EcdsaP256Sha256))
                .set_grant_types(Some(vec![CoreGrantType::AuthorizationCode, CoreGrantType::RefreshToken]))
                .set_initial_access_token(token.map(AccessToken::new))
        };
        let endpoint = metadata.registration_endpoint().unwrap();
        // The crate reads errors of status 400 alone.
        let refused = ask(None).register_async(endpoint, &send).await;
        assert!(matches!(refused, Err(ClientRegistrationError::Response(status, ..)) if status.as_u16() == 401));
        let token = initial_token(&server, 1).await;
        let registered = ask(Some(token)).register_async(endpoint, &send).await.unwrap();
        assert!(registered.registration_access_token().is_some() && registered.registration_client_uri().is_some());
        let (id, secret) = (registered.client_id().clone(), registered.client_secret().cloned());
        let client = CoreClient::from_provider_metadata(metadata, id, secret).set_redirect_uri(callback);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (url, _, nonce) = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("offline_access".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&path_of(&url)).await;
        let page = browser.log_in(&page, "ada").await;
        let page = browser.approve(&page).await;
        let code = AuthorizationCode::new(page.returned("code").unwrap());
        let tokens = client.exchange_code(code).unwrap().set_pkce_verifier(verifier).request_async(&send).await.unwrap();
        let now = server.app.clock.now();
        let verifier = client.id_token_verifier().set_time_fn(move || now);
        let id_token = tokens.id_token().unwrap();
        id_token.claims(&verifier, &nonce).unwrap();
        assert_eq!(id_token.signing_alg().unwrap(), &CoreJwsSigningAlgorithm::EcdsaP256Sha256);
        client.exchange_refresh_token(tokens.refresh_token().unwrap()).unwrap().request_async(&send).await.unwrap();
    }

    // What oauth2 does for a machine and for a legacy app, and how it reads our refusals.
    async fn oauth2_gets_tokens_and_understands_errors(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let service = server.service_client().await;
        let legacy = server.password_client().await;
        let issuer = IssuerUrl::new(server.url.clone()).unwrap();
        let metadata = CoreProviderMetadata::discover_async(issuer, &send).await.unwrap();
        assert!(metadata.response_types_supported().iter().any(|types| types.iter().eq([&CoreResponseType::Code])));
        let of = |client: &Client| {
            let token_url = oauth2::TokenUrl::new(format!("{}/token", server.url)).unwrap();
            let secret = oauth2::ClientSecret::new(client.secret.clone().unwrap());
            oauth2::basic::BasicClient::new(oauth2::ClientId::new(client.id.clone())).set_client_secret(secret).set_token_uri(token_url)
        };
        let own = of(&service).exchange_client_credentials().add_scope(Scope::new("jobs:run".to_owned())).request_async(&send).await.unwrap();
        assert_eq!(own.token_type(), &oauth2::basic::BasicTokenType::Bearer);
        assert_eq!(own.scopes().unwrap(), &vec![Scope::new("jobs:run".to_owned())]);
        assert!(own.refresh_token().is_none());

        let (name, password) = (ResourceOwnerUsername::new("ada".to_owned()), ResourceOwnerPassword::new(PASSWORD.to_owned()));
        let person = of(&legacy).exchange_password(&name, &password).request_async(&send).await.unwrap();
        let refresh = person.refresh_token().unwrap();
        of(&legacy).exchange_refresh_token(refresh).request_async(&send).await.unwrap();

        let wrong = ResourceOwnerPassword::new("wrong".to_owned());
        let (error, _) = said(of(&legacy).exchange_password(&name, &wrong).request_async(&send).await);
        assert_eq!(error, "invalid_grant");
        let garbage = RefreshToken::new("garbage".to_owned());
        let (error, description) = said(of(&legacy).exchange_refresh_token(&garbage).request_async(&send).await);
        assert_eq!(error, "invalid_grant");
        assert!(!description.is_empty());
        let more = of(&service).exchange_client_credentials().add_scope(Scope::new("more".to_owned())).request_async(&send).await;
        let (error, description) = said(more);
        assert_eq!(error, "invalid_scope");
        assert!(description.contains("more"), "{description}");
        let (error, _) = said(of(&service).exchange_password(&name, &password).request_async(&send).await);
        assert_eq!(error, "unauthorized_client");
        let mut stranger = service.clone();
        stranger.secret = Some("wrong".to_owned());
        let (error, _) = said(of(&stranger).exchange_client_credentials().request_async(&send).await);
        assert_eq!(error, "invalid_client");
        // In the body, for those that were registered so.
        let in_body = of(&service).set_auth_type(oauth2::AuthType::RequestBody).exchange_client_credentials().request_async(&send).await;
        let (error, description) = said(in_body);
        assert_eq!(error, "invalid_client");
        assert!(description.contains("client_secret_basic"), "the developer learns the mend: {description}");
    }
}

/// A client that was just registered, as an app with the crate uses it, with a browser that another drives.
pub(crate) struct App {
    issuer: String,
    id: String,
    redirect_uri: String,
}

/// What an app keeps while the person is away.
pub(crate) struct Away {
    pub url: Url,
    nonce: Nonce,
    verifier: openidconnect::PkceCodeVerifier,
}

type Found = CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

impl App {
    pub(crate) fn new(issuer: &str, id: &str, redirect_uri: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            id: id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
        }
    }

    async fn found(&self, secret: &str) -> Found {
        let issuer = IssuerUrl::new(self.issuer.clone()).unwrap();
        let metadata = CoreProviderMetadata::discover_async(issuer, &send)
            .await
            .unwrap();
        let secret = Some(ClientSecret::new(secret.to_owned()));
        CoreClient::from_provider_metadata(metadata, ClientId::new(self.id.clone()), secret)
            .set_redirect_uri(RedirectUrl::new(self.redirect_uri.clone()).unwrap())
    }

    /// Where it sends the browser.
    pub(crate) async fn leave(&self, secret: &str) -> Away {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.found(secret).await;
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (url, _, nonce) = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge)
            .url();
        Away {
            url,
            nonce,
            verifier,
        }
    }

    /// Takes the code of the address that the browser came back to; the refresh token, after the ID token was verified.
    pub(crate) async fn come_back(
        &self,
        secret: &str,
        away: Away,
        target: &str,
        server: &TestServer,
    ) -> String {
        let back = Url::parse("http://app.example")
            .unwrap()
            .join(target)
            .unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code").unwrap();
        let code = AuthorizationCode::new(code.1.into_owned());
        let client = self.found(secret).await;
        let tokens = client
            .exchange_code(code)
            .unwrap()
            .set_pkce_verifier(away.verifier)
            .request_async(&send)
            .await
            .unwrap();
        let now = server.app.clock.now();
        let verifier = client.id_token_verifier().set_time_fn(move || now);
        let id_token = tokens.id_token().unwrap();
        id_token.claims(&verifier, &away.nonce).unwrap();
        tokens.refresh_token().unwrap().secret().clone()
    }

    /// Refreshes with that secret: the next refresh token, or the error's code.
    pub(crate) async fn refresh(&self, secret: &str, token: &str) -> Result<String, String> {
        let client = self.found(secret).await;
        let token = RefreshToken::new(token.to_owned());
        let answer = client
            .exchange_refresh_token(&token)
            .unwrap()
            .request_async(&send)
            .await;
        match answer {
            Ok(tokens) => Ok(tokens.refresh_token().unwrap().secret().clone()),
            Err(RequestTokenError::ServerResponse(error)) => Err(error.error().to_string()),
            Err(other) => panic!("no error of OAuth: {other:?}"),
        }
    }
}
