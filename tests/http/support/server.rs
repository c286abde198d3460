//! `TestServer`: the product as `serve` runs it, in-process, on a database of its own, with a clock that is moved by hand.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use chrono::{DateTime, Utc};
use placet::admin::clients::{self, ClientFields, NewClient};
use placet::admin::scopes::NewScope;
use placet::admin::users::{self, NewUser};
use placet::admin::{By, resources, scopes};
use placet::app::App;
use placet::clock::{Clock, ManualClock};
use placet::config::Config;
use placet::http;
use placet::identity::Identity;
use placet::model::issuer::Issuer;
use placet::model::secret::Secret;

use super::Client;
use crate::support::database::TestDatabase;

/// The password of every user that tests make.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A running server. Dropped, it stops.
pub(crate) struct TestServer {
    pub app: Arc<App>,
    pub identity: Arc<Identity>,
    /// `http://127.0.0.1:port`, where it listens.
    pub url: String,
    pub clock: ManualClock,
    handle: ServerHandle,
    /// Kept for as long as the server runs; shared by the nodes of one database.
    pub database: Arc<TestDatabase>,
}

/// When the clock of every test starts.
pub(crate) fn start_of_time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

impl TestServer {
    /// A server with default settings, but for cheap password hashes.
    pub(crate) async fn start(database: TestDatabase) -> Self {
        Self::start_with(database, |_| {}).await
    }

    /// A server with settings of the test's own.
    pub(crate) async fn start_with(
        database: TestDatabase,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let (clock, hands) = Clock::manual(start_of_time());
        Self::node(Arc::new(database), clock, hands, change).await
    }

    /// Another node on the same database, with the same clock.
    pub(crate) async fn second_node(&self, change: impl FnOnce(&mut Config)) -> Self {
        Self::node(
            Arc::clone(&self.database),
            self.app.clock.clone(),
            self.clock.clone(),
            change,
        )
        .await
    }

    async fn node(
        database: Arc<TestDatabase>,
        clock: Clock,
        hands: ManualClock,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut config = Config {
            issuer: url.parse::<Issuer>().unwrap(),
            database_url: database.url.parse().unwrap(),
            secret_key: Some(Secret::new([7; 32])),
            workers: 1,
            ..Config::default()
        };
        config.database.max_connections = 8;
        config.password_hash.memory_kib = 64;
        config.password_hash.iterations = 1;
        config.password_hash.threads = 2;
        change(&mut config);
        let app = Arc::new(App::start(config, clock).await.unwrap());
        let identity = Arc::new(Identity::new(&app.config).unwrap());
        let (send, receive) = tokio::sync::oneshot::channel();
        let (app_there, identity_there) = (Arc::clone(&app), Arc::clone(&identity));
        std::thread::spawn(move || {
            http::block_on(async move {
                let watch = tokio::spawn(placet::jobs::watch(Arc::clone(&app_there)));
                let logouts = tokio::spawn(placet::jobs::announce_logouts(Arc::clone(&app_there)));
                let (stop, stopping) = tokio::sync::watch::channel(());
                let mails =
                    tokio::spawn(placet::jobs::send_mails(Arc::clone(&app_there), stopping));
                let running = http::serve(app_there, identity_there, listener, false).unwrap();
                send.send(running.handle()).ok();
                running.server.await.unwrap();
                watch.abort();
                logouts.abort();
                mails.abort();
                drop(stop);
            });
        });
        let handle = receive.await.unwrap();
        Self {
            app,
            identity,
            url,
            clock: hands,
            handle,
            database,
        }
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Whoever acts in tests.
    pub(crate) fn by() -> By {
        By::command_line()
    }

    /// Adds a user with [`PASSWORD`].
    pub(crate) async fn add_user(&self, username: &str) {
        self.add_user_with(NewUser {
            username: username.to_owned(),
            ..NewUser::default()
        })
        .await;
    }

    /// Adds a user; without a password in `new`, with [`PASSWORD`].
    pub(crate) async fn add_user_with(&self, mut new: NewUser) {
        new.password
            .get_or_insert_with(|| Secret::new(PASSWORD.to_owned()));
        users::add(&self.app, &self.identity.passwords, &Self::by(), new)
            .await
            .unwrap();
    }

    /// Registers a scope.
    pub(crate) async fn add_scope(&self, name: &str, description: &str) {
        let new = NewScope {
            name: name.to_owned(),
            description: description.to_owned(),
            is_required: None,
            descriptions: None,
        };
        scopes::put(&self.app, &Self::by(), new).await.unwrap();
    }

    /// Registers a resource with ES256 tokens.
    pub(crate) async fn add_resource(&self, uri: &str, scope: &str) {
        let new = resources::NewResource {
            uri: uri.to_owned(),
            name: Some(format!("The API {uri}")),
            scope: scope.to_owned(),
            ..resources::NewResource::default()
        };
        resources::add(&self.app, &Self::by(), new).await.unwrap();
    }

    /// Registers a client.
    pub(crate) async fn add_client(&self, new: NewClient) -> Client {
        let made = clients::add(&self.app, &Self::by(), new).await.unwrap();
        Client::new(self, &made)
    }

    /// A confidential web client named "Photo Printer" that returns to `https://app.example/callback`.
    pub(crate) async fn web_client(&self) -> Client {
        self.add_client(NewClient {
            fields: ClientFields {
                name: Some("Photo Printer".to_owned()),
                redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await
    }

    /// A public client of the same name that returns to `https://spa.example/callback`.
    pub(crate) async fn public_client(&self) -> Client {
        self.add_client(NewClient {
            is_public: true,
            fields: ClientFields {
                name: Some("Photo Viewer".to_owned()),
                redirect_uris: Some(vec!["https://spa.example/callback".to_owned()]),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await
    }

    /// A confidential client for `client_credentials` with the scope `jobs:run`, which is registered too.
    pub(crate) async fn service_client(&self) -> Client {
        self.add_scope("jobs:run", "run jobs").await;
        self.add_client(NewClient {
            fields: ClientFields {
                name: Some("Night Job".to_owned()),
                scope: Some("jobs:run".to_owned()),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // Sent at once; nobody waits for the end.
        drop(self.handle.stop(false));
    }
}
