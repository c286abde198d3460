//! `placet demo`: the guided minute. As `serve`, on a throwaway database with people, clients and an API of its own.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tempfile::TempDir;
use uuid::Uuid;

use super::{output, serve};
use crate::admin::clients::{self, ClientFields, NewClient};
use crate::admin::resources::{self, NewResource};
use crate::admin::scopes::{self, NewScope};
use crate::admin::users::{self, NewUser};
use crate::admin::{AdminError, By};
use crate::app::{App, storage_options};
use crate::clock::Clock;
use crate::config::{Config, DatabaseUrl};
use crate::crypto;
use crate::http;
use crate::http::demo::{
    PEOPLE, READ, SERVICE_CLIENT, SPA_CLIENT, SPA_REDIRECT_URI, WEB_CLIENT, WRITE, api_uri,
    client_secret, redirect_uri,
};
use crate::identity::Identity;
use crate::model::client::ClientSecret;
use crate::model::event::{Actor, EventKind, Origin};
use crate::model::issuer::Issuer;
use crate::model::secret::Secret;
use crate::storage::{SchemaState, Store};

/// What a path may have in a URL as it is.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.');
const CLIENTS: [&str; 3] = [WEB_CLIENT, SPA_CLIENT, SERVICE_CLIENT];

/// Serves the demo by these settings. Exit 0 after a signal, 1 if it cannot start or the listener fails.
pub(super) fn run(config: Config) -> ExitCode {
    match http::block_on(start(config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::FAILURE
        }
    }
}

async fn start(mut config: Config) -> Result<(), String> {
    let listener = serve::bind(&config.listen)?;
    adapt(&mut config, &listener)?;
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    // With no database named there is one for this run alone.
    let folder = if config.database_url == DatabaseUrl::default() {
        Some(throwaway(&mut config)?)
    } else {
        None
    };
    let outcome = serve(config, listener, folder.is_some()).await;
    if let Some(Err(error)) = folder.map(TempDir::close) {
        tracing::warn!(%error, "the demo's folder could not be removed");
    }
    outcome
}

/// What of the settings would keep the demo from working, or from being safe.
fn adapt(config: &mut Config, listener: &TcpListener) -> Result<(), String> {
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    if config.issuer == Issuer::default() {
        // Another port was wished for, and nothing more: the addresses of the tour follow it.
        config.issuer = format!("http://localhost:{}", address.port())
            .parse()
            .map_err(|error| format!("issuer: {error}"))?;
    }
    if !address.ip().is_loopback() {
        tracing::warn!(
            "listen: others can reach the demo, whose passwords everybody knows; keep nothing of your own in it"
        );
    }
    // The passwords are there to be typed, not to keep anybody out.
    config.password.min_length = config.password.min_length.min(8);
    Ok(())
}

fn throwaway(config: &mut Config) -> Result<TempDir, String> {
    let cannot = |cause: &dyn std::fmt::Display| {
        format!(
            "cannot make a folder for the demo's database: {cause}; set TMPDIR to one that can be written"
        )
    };
    let folder = tempfile::Builder::new()
        .prefix("placet-demo-")
        .tempdir()
        .map_err(|error| cannot(&error))?;
    let file = folder.path().join("placet.db");
    let path = file
        .to_str()
        .ok_or_else(|| cannot(&"its path is not Unicode"))?;
    config.database_url = format!("sqlite://{}", utf8_percent_encode(path, IN_PATH))
        .parse()
        .map_err(|error| cannot(&error))?;
    Ok(folder)
}

async fn serve(config: Config, listener: TcpListener, is_throwaway: bool) -> Result<(), String> {
    if !is_throwaway {
        refuse_strangers(&config).await?;
    }
    let app = Arc::new(
        App::start(config, Clock::system())
            .await
            .map_err(|error| error.to_string())?,
    );
    let identity = Identity::new(&app.config)
        .map_err(|error| format!("cannot start the password threads: {error}"))?;
    let identity = Arc::new(identity);
    seed(&app, &identity)
        .await
        .map_err(|error| format!("cannot make the demo's people and apps: {error}"))?;
    let signals = serve::Signals::listen()?;
    banner(&app, is_throwaway);
    serve::until_signal(app, identity, listener, signals, true).await
}

/// A database that holds anything else than a demo is not touched: its passwords are for everybody to read.
async fn refuse_strangers(config: &Config) -> Result<(), String> {
    let other = |what: String| {
        format!(
            "database_url: the demo wants an empty database or one of its own, and {} holds {what}; leave the setting out (PLACET_DATABASE_URL, DATABASE_URL), or name another",
            config.database_url
        )
    };
    let store = Store::open(&storage_options(config))
        .await
        .map_err(|error| error.to_string())?;
    let state = store
        .schema_state()
        .await
        .map_err(|error| error.to_string())?;
    let stranger = match state {
        // Every version of the schema has that counter.
        SchemaState::Older => store
            .revision()
            .await
            .is_ok()
            .then(|| "an installation of an older version".to_owned()),
        SchemaState::Current => stranger(&store, config.issuer.as_str())
            .await
            .map_err(|error| error.to_string())?,
    };
    store.close().await;
    stranger.map_or(Ok(()), |what| Err(other(what)))
}

/// The first thing found that is not this demo's.
async fn stranger(store: &Store, issuer: &str) -> crate::storage::Result<Option<String>> {
    // One more than ours suffices to find one that is not.
    let clients = store.list_clients("", 4).await?;
    if let Some(client) = clients
        .iter()
        .find(|client| !CLIENTS.contains(&client.id.as_str()))
    {
        return Ok(Some(format!("the client {:?}", client.id.as_str())));
    }
    let callback = redirect_uri(issuer);
    let own = clients
        .iter()
        .find(|client| client.id.as_str() == WEB_CLIENT);
    if own.is_some_and(|client| {
        !client
            .metadata
            .redirect_uris
            .iter()
            .any(|uri| uri.as_str() == callback)
    }) {
        return Ok(Some("the demo of another issuer".to_owned()));
    }
    let users = store.list_users(Uuid::nil(), 3).await?;
    // An ada of somebody else's has no demo beside her.
    let is_ours =
        |username: &str| own.is_some() && PEOPLE.iter().any(|person| person.username == username);
    if let Some(user) = users.iter().find(|user| !is_ours(&user.username)) {
        return Ok(Some(format!("the user {:?}", user.username)));
    }
    let api = api_uri(issuer);
    let resources = store.list_resources().await?;
    Ok(resources
        .iter()
        .find(|resource| resource.uri != api)
        .map(|resource| format!("the resource {:?}", resource.uri)))
}

/// Makes what is missing: at a second start nothing.
async fn seed(app: &App, identity: &Identity) -> Result<(), AdminError> {
    let by = By::server();
    for (name, description) in [READ, WRITE] {
        let scope = NewScope {
            name: name.to_owned(),
            description: description.to_owned(),
            is_required: None,
            descriptions: None,
        };
        scopes::put(app, &by, scope).await?;
    }
    let resource = NewResource {
        uri: api_uri(app.issuer()),
        name: Some("Notes".to_owned()),
        scope: format!("{} {}", READ.0, WRITE.0),
        ..NewResource::default()
    };
    unless_there(resources::add(app, &by, resource).await)?;
    for client in new_clients(app.issuer()) {
        unless_there(clients::add(app, &by, client).await)?;
    }
    for id in [WEB_CLIENT, SERVICE_CLIENT] {
        set_secret(app, id).await?;
    }
    for person in PEOPLE {
        let user = NewUser {
            username: person.username.to_owned(),
            email: Some(person.email.to_owned()),
            is_email_verified: true,
            name: Some(person.name.to_owned()),
            roles: person.roles.iter().map(|&role| role.to_owned()).collect(),
            password: Some(Secret::new(person.password.to_owned())),
            ..NewUser::default()
        };
        unless_there(users::add(app, &identity.passwords, &by, user).await)?;
    }
    app.refresh().await?;
    Ok(())
}

fn unless_there<T>(result: Result<T, AdminError>) -> Result<(), AdminError> {
    match result {
        Ok(_) | Err(AdminError::AlreadyThere { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn new_clients(issuer: &str) -> [NewClient; 3] {
    let person_scope = format!("openid profile email offline_access {} {}", READ.0, WRITE.0);
    let client = |id: &str, name: &str, scope: &str| NewClient {
        id: Some(id.to_owned()),
        is_public: false,
        fields: ClientFields {
            name: Some(name.to_owned()),
            scope: Some(scope.to_owned()),
            resources: Some(vec![api_uri(issuer)]),
            id_token_signed_response_alg: Some("ES256".to_owned()),
            ..ClientFields::default()
        },
    };
    let mut web = client(WEB_CLIENT, "Sample App", &person_scope);
    web.fields.redirect_uris = Some(vec![redirect_uri(issuer)]);
    web.fields.client_uri = Some(format!("{issuer}/demo"));
    let mut spa = client(SPA_CLIENT, "Sample Browser App", &person_scope);
    spa.fields.redirect_uris = Some(vec![SPA_REDIRECT_URI.to_owned()]);
    spa.is_public = true;
    [web, spa, client(SERVICE_CLIENT, "Sample Service", READ.0)]
}

/// Puts the derived secret in place of the one that was made at random.
async fn set_secret(app: &App, id: &str) -> Result<(), AdminError> {
    let client = clients::show(app, id).await?;
    let now = app.clock.now();
    let hash = crypto::hash_token(client_secret(app, id).expose());
    if client.live_secrets(now).any(|secret| secret.hash == hash) {
        return Ok(());
    }
    let mut event = app.event(
        EventKind::ClientSecretAdded,
        Actor::Server,
        Origin::default(),
    );
    event.client_id = Some(client.id.clone());
    let secret = ClientSecret {
        hash,
        created_at: now,
        expires_at: None,
        sealed: None,
    };
    app.store
        .add_client_secret((&client.id, None), &secret, now, &event)
        .await?;
    Ok(())
}

fn banner(app: &App, is_throwaway: bool) {
    let issuer = app.issuer();
    let kept = if is_throwaway {
        "thrown away when it stops".to_owned()
    } else {
        app.config.database_url.to_string()
    };
    let mut lines = vec![
        format!("Placet {}, the guided minute", env!("CARGO_PKG_VERSION")),
        format!("  open       {issuer}/demo"),
    ];
    for (index, person) in PEOPLE.iter().enumerate() {
        let label = if index == 0 { "sign in as" } else { "" };
        lines.push(format!(
            "  {label:10} {} with the password {}",
            person.username, person.password
        ));
    }
    let secret = client_secret(app, SERVICE_CLIENT);
    lines.extend([
        format!("  by hand    curl -u {SERVICE_CLIENT}:{} -d grant_type=client_credentials {issuer}/token", secret.expose()),
        format!("  your own   a single-page app at {SPA_REDIRECT_URI} may be the client {SPA_CLIENT}"),
        format!("  data       {kept}"),
        "  stop       Ctrl-C".to_owned(),
    ]);
    output::banner(&lines);
}
