//! `placet serve`: the server, until Ctrl-C or SIGTERM.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::output;
use crate::admin;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::http;
use crate::identity::Identity;
use crate::jobs;

/// So long may take what is still to be written after the last answer, where the database is slow or gone.
const FINISH_LIMIT: Duration = Duration::from_secs(5);

/// Serves by these settings. Exit 0 after a signal, 1 if it cannot start or the listener fails.
pub(super) fn run(config: Config) -> ExitCode {
    match http::block_on(start(config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::FAILURE
        }
    }
}

async fn start(config: Config) -> Result<(), String> {
    // Before the database is touched: a port in use changes nothing.
    let listener = bind(&config.listen)?;
    let app = Arc::new(
        App::start(config, Clock::system())
            .await
            .map_err(|error| error.to_string())?,
    );
    // Only now: a server that does not start says why in one line.
    for warning in app.config.warnings() {
        tracing::warn!("{warning}");
    }
    let missing = admin::roles::missing_of_settings(&app).await;
    if let Some(warning) = missing.map_err(|error| error.to_string())? {
        tracing::warn!("{warning}");
    }
    let identity = Identity::new(&app.config)
        .map_err(|error| format!("cannot start the password threads: {error}"))?;
    let identity = Arc::new(identity);
    admin::users::ensure_configured_admin(&app, &identity.passwords)
        .await
        .map_err(|error| error.to_string())?;
    let signals = Signals::listen()?;
    banner(&app, &listener).await?;
    until_signal(app, identity, listener, signals, false).await
}

/// Binds the address of the settings.
pub(super) fn bind(listen: &str) -> Result<TcpListener, String> {
    let cannot = |cause: &dyn std::fmt::Display| {
        format!(
            "cannot listen on {listen}: {cause}; set `listen` (PLACET_LISTEN) to a free address, such as 127.0.0.1:8081, and `issuer` (PLACET_ISSUER) to go with it"
        )
    };
    let listener = TcpListener::bind(listen).map_err(|error| cannot(&error))?;
    listener
        .set_nonblocking(true)
        .map_err(|error| cannot(&error))?;
    Ok(listener)
}

/// The signals to stop. Listened to before anybody is told that the server is there: one that comes sooner would end the
/// process in its midst.
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    pub(super) fn listen() -> Result<Self, String> {
        let listen = |kind| signal(kind).map_err(|error| error.to_string());
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
        })
    }
}

/// Serves until a signal, or until it must not go on, then finishes what is in flight, within `shutdown_timeout`.
pub(super) async fn until_signal(
    app: Arc<App>,
    identity: Arc<Identity>,
    listener: TcpListener,
    mut signals: Signals,
    is_demo: bool,
) -> Result<(), String> {
    let limit = app.config.shutdown_timeout + Duration::from_secs(1);
    let running = http::serve(Arc::clone(&app), identity, listener, is_demo)
        .map_err(|error| error.to_string())?;
    let handle = running.handle();
    let mut watch = tokio::spawn(jobs::watch(Arc::clone(&app)));
    let others = [
        tokio::spawn(jobs::sweep(Arc::clone(&app))),
        tokio::spawn(jobs::rotate(Arc::clone(&app))),
        tokio::spawn(jobs::announce_logouts(Arc::clone(&app))),
    ];
    let (stop, stopping) = tokio::sync::watch::channel(());
    // They end side by side: what is in memory alone is written while others' answers are waited for.
    let keepers = [
        tokio::spawn(jobs::remember_refusals(Arc::clone(&app), stopping.clone())),
        tokio::spawn(jobs::keep_activity(Arc::clone(&app), stopping.clone())),
        tokio::spawn(jobs::send_mails(Arc::clone(&app), stopping.clone())),
        tokio::spawn(jobs::chain(Arc::clone(&app), stopping)),
    ];
    let server = tokio::spawn(running.server);
    tracing::info!(address = %running.address, issuer = app.issuer(), "serving");
    let end = tokio::select! {
        _ = signals.interrupt.recv() => Ok(()),
        _ = signals.terminate.recv() => Ok(()),
        ended = server => return Err(format!("the server ended by itself: {ended:?}")),
        ended = &mut watch => Err(ended.map_or_else(|error| error.to_string(), |why| why.to_string())),
    };
    tracing::info!("stopping");
    if tokio::time::timeout(limit, handle.stop(true))
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time");
    }
    watch.abort();
    others.iter().for_each(tokio::task::JoinHandle::abort);
    drop(stop);
    let finish = async {
        for keeper in keepers {
            let _ = keeper.await;
        }
        jobs::finish(&app).await;
        app.store.close().await;
    };
    let _ = tokio::time::timeout(FINISH_LIMIT, finish).await;
    end
}

async fn banner(app: &App, listener: &TcpListener) -> Result<(), String> {
    // Not the setting's word: with port 0 the system chose.
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let issuer = app.issuer().trim_end_matches('/');
    let data = match app.config.sqlite_file() {
        Some(file) => std::path::absolute(&file)
            .unwrap_or(file)
            .display()
            .to_string(),
        None => "Postgres".to_owned(),
    };
    let mut lines = vec![
        format!("Placet {}", env!("CARGO_PKG_VERSION")),
        format!("  issuer     {}", app.issuer()),
        format!("  listening  {address}"),
        format!("  data       {data}"),
    ];
    if !app
        .store
        .has_administrator()
        .await
        .map_err(|error| error.to_string())?
    {
        lines.push(format!(
            "  set up     {issuer}/setup?token={}",
            app.setup_token().await.map_err(|error| error.to_string())?
        ));
        lines.push("             (makes the first administrator; works once)".to_owned());
    }
    output::banner(&lines);
    Ok(())
}
