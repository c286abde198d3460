//! Introspection and revocation as clients and resource servers call them.

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::resources::{self, NewResource};
use serde_json::Value;

use super::client::Tokens;
use super::{Client, TestServer};

/// What is said of every token that is not good, byte for byte.
pub(crate) const INACTIVE: &str = r#"{"active":false}"#;

impl TestServer {
    /// The server of these resources: a client that asks about tokens and gets none.
    pub(crate) async fn resource_server(&self, resources: &[&str]) -> Client {
        self.add_client(NewClient {
            fields: ClientFields {
                name: Some("An API".to_owned()),
                resource_server_of: Some(resources.iter().map(|&uri| uri.to_owned()).collect()),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await
    }

    /// A resource with opaque tokens.
    pub(crate) async fn add_opaque_resource(&self, uri: &str, scope: &str) {
        let new = NewResource {
            uri: uri.to_owned(),
            scope: scope.to_owned(),
            format: Some("opaque".to_owned()),
            ..NewResource::default()
        };
        resources::add(&self.app, &Self::by(), new).await.unwrap();
    }
}

impl Client {
    /// Asks about a token.
    pub(crate) async fn ask(&self, token: &str) -> Tokens {
        self.call("/introspect", &[("token", token)], &[]).await
    }

    /// What is said of a token.
    pub(crate) async fn introspect(&self, token: &str) -> Value {
        let answer = self.ask(token).await;
        assert_eq!(answer.status, 200, "{}", answer.json);
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.json
    }

    #[track_caller]
    pub(crate) fn assert_dead(&self, token: &str, what: &str) -> impl Future<Output = ()> + use<> {
        let (client, token, what) = (self.clone(), token.to_owned(), what.to_owned());
        async move {
            let said = client.introspect(&token).await;
            assert_eq!(said.to_string(), INACTIVE, "{what}");
        }
    }

    pub(crate) async fn assert_live(&self, token: &str, what: &str) {
        let said = self.introspect(token).await;
        assert_eq!(said["active"], true, "{what}: {said}");
    }

    /// Revokes a token.
    pub(crate) async fn revoke(&self, token: &str) -> Tokens {
        self.call("/revoke", &[("token", token)], &[]).await
    }

    /// The same, which succeeds.
    pub(crate) async fn revoked(&self, token: &str) {
        let answer = self.revoke(token).await;
        assert_eq!(answer.status, 200, "{}", answer.json);
        assert_eq!(answer.json, "", "nothing to say");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}
