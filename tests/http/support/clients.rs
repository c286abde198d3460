//! More kinds of clients, and token requests that bend one thing.

use placet::admin::clients::{self, ClientFields, NewClient};
use placet::admin::resources::{self, NewResource};

use super::client::{Tokens, VERIFIER};
use super::{Client, TestServer};

impl TestServer {
    /// A confidential client that may use `grants`, with the return address of [`TestServer::web_client`].
    pub(crate) async fn client_with(
        &self,
        grants: &[&str],
        scope: &str,
        resources: &[&str],
    ) -> Client {
        let owned = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let returns = grants
            .contains(&"authorization_code")
            .then(|| vec!["https://app.example/callback".to_owned()]);
        self.add_client(NewClient {
            fields: ClientFields {
                name: Some("Many Things".to_owned()),
                redirect_uris: returns,
                grants: Some(owned(grants)),
                scope: Some(scope.to_owned()),
                resources: Some(owned(resources)),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await
    }

    /// A client that an administrator turned the password grant on for.
    pub(crate) async fn password_client(&self) -> Client {
        self.client_with(
            &["password", "refresh_token"],
            "openid profile email offline_access",
            &[],
        )
        .await
    }

    /// Changes a client's registration, as an administrator does.
    pub(crate) async fn change_client(&self, client: &Client, fields: ClientFields) {
        clients::change(&self.app, &Self::by(), &client.id, fields)
            .await
            .unwrap();
    }

    /// Registers a resource with an algorithm of its own; its secret with HS256.
    pub(crate) async fn add_resource_with(
        &self,
        uri: &str,
        scope: &str,
        alg: &str,
        ttl: Option<u64>,
    ) -> Option<String> {
        let new = NewResource {
            uri: uri.to_owned(),
            scope: scope.to_owned(),
            alg: Some(alg.to_owned()),
            access_ttl: ttl.map(std::time::Duration::from_secs),
            ..NewResource::default()
        };
        let made = resources::add(&self.app, &Self::by(), new).await.unwrap();
        made.secret.map(|secret| secret.expose().clone())
    }

    /// How many audit events of that kind there are.
    pub(crate) async fn count_events(&self, kind: &str) -> usize {
        let events = self.app.store.event_kinds(100_000).await.unwrap();
        events.iter().filter(|(found, _)| found == kind).count()
    }

    /// The key set, as a resource server reads it.
    pub(crate) async fn jwks(&self) -> serde_json::Value {
        let answer = reqwest::get(format!("{}/.well-known/jwks.json", self.url))
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }
}

impl Client {
    /// Redeems a code by a right request with `change` laid over it; an empty value leaves a parameter out.
    pub(crate) async fn redeem_with(&self, code: &str, change: &[(&str, &str)]) -> Tokens {
        let redirect_uri = self.redirect_uri.clone().unwrap_or_default();
        let mut params = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        params.retain(|(name, _)| !change.iter().any(|(other, _)| other == name));
        params.extend(change.iter().filter(|(_, value)| !value.is_empty()));
        self.token(&params).await
    }

    /// The password grant, with the server's default scope.
    pub(crate) async fn password(&self, username: &str, password: &str) -> Tokens {
        self.token(&[
            ("grant_type", "password"),
            ("username", username),
            ("password", password),
        ])
        .await
    }

    /// The password grant from another address: the server has to trust this machine as a proxy.
    pub(crate) async fn password_from(
        &self,
        address: &str,
        username: &str,
        password: &str,
    ) -> Tokens {
        let params = [
            ("grant_type", "password"),
            ("username", username),
            ("password", password),
        ];
        let secret = self.secret.as_deref().unwrap();
        let headers = [
            (
                "content-type",
                "application/x-www-form-urlencoded".to_owned(),
            ),
            ("authorization", super::client::basic(&self.id, secret)),
            ("x-forwarded-for", address.to_owned()),
        ];
        self.post_token(&headers, encode(&params)).await
    }
}

impl Tokens {
    /// That the request was refused in this way.
    #[track_caller]
    pub(crate) fn assert_refused(&self, status: u16, error: &str, what: &str) {
        assert_eq!(self.status, status, "{what}: {}", self.json);
        assert_eq!(self.json["error"], error, "{what}: {}", self.json);
        assert!(self.json.get("access_token").is_none(), "{what}");
    }

    /// That it was granted.
    #[track_caller]
    pub(crate) fn assert_granted(&self, what: &str) {
        assert_eq!(self.status, 200, "{what}: {}", self.json);
        assert!(
            self.json["access_token"].is_string(),
            "{what}: {}",
            self.json
        );
    }
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn encode(params: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(params)
        .finish()
}
