//! What happens by itself, on every node: noticing what was administered elsewhere, telling clients of ended
//! sessions, sending mail, sweeping what has expired, making new signing keys, and keeping the audit log a chain.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::admin::{self, activity, audit, keys};
use crate::app::{App, StartError, delta, outbox};
use crate::model::event::{Actor, EventKind, Origin};
use crate::oauth::backchannel_logout;
use crate::storage;

/// How soon a node notices an administrative change. One small read; no `LISTEN`, which a pooler between us and Postgres
/// would not pass on.
const WATCH_INTERVAL: Duration = Duration::from_millis(300);
/// Between two batches while there is more to sweep.
const BETWEEN_BATCHES: Duration = Duration::from_millis(50);
/// How long a refused request waits in memory, to be written with others.
const REFUSALS_INTERVAL: Duration = Duration::from_secs(1);
/// Each takes several statements and an audit row, and they are one transaction.
const CLIENTS_AT_ONCE: u32 = 100;

/// How soon an audit event gets its place in the chain, and is exported. One small read where there is none.
const CHAIN_INTERVAL: Duration = Duration::from_secs(1);
/// How soon a node finds a mail that another one queued, or that is due again. One small read where there is none.
const MAIL_INTERVAL: Duration = Duration::from_secs(2);
/// How long what is under way may take when the server stops: others have to finish after it.
const MAIL_FINISH: Duration = Duration::from_secs(2);
/// How often what was counted in memory is added to the counts of the hour.
const ACTIVITY_INTERVAL: Duration = Duration::from_secs(10);

/// How often it is asked, of memory, whether a signing key is to be succeeded.
const ROTATION_INTERVAL: Duration = Duration::from_mins(1);

/// Says that the server stops: its other end was dropped. Jobs that take something out of memory listen to it between two
/// rounds; cut off within one, what they took would be lost.
pub type Stopping = watch::Receiver<()>;

/// Rests between two rounds; false once the server stops.
async fn rest(duration: Duration, stopping: &mut Stopping) -> bool {
    tokio::select! {
        () = sleep(duration) => true,
        _ = stopping.changed() => false,
    }
}

/// Looks for administrative changes until it is dropped; ends where this process must not go on, and says why.
pub async fn watch(app: Arc<App>) -> StartError {
    let mut ticks = interval(WATCH_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_failing = false;
    loop {
        ticks.tick().await;
        match app.refresh().await {
            Ok(_) => is_failing = false,
            Err(error @ StartError::Storage(storage::Error::SecretKeyChanged)) => return error,
            // What is in memory goes on being used; said once, not three times a second.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::error!(%error, "cannot read what was administered; going on with what is known");
            }
            Err(_) => {}
        }
    }
}

/// Tells clients of ended sessions until it is dropped. Several nodes may do it at once; each call is made by one.
pub async fn announce_logouts(app: Arc<App>) {
    backchannel_logout::deliver(app).await;
}

/// Deletes what has expired until it is dropped: a batch at a time, with rests, so that nobody waits for it. Several
/// nodes may do it at once; each deletes what the others have not.
pub async fn sweep(app: Arc<App>) {
    let settings = app.config.sweep.clone();
    loop {
        sleep(settings.interval).await;
        while sweep_once(&app, settings.batch).await {
            sleep(BETWEEN_BATCHES).await;
        }
    }
}

/// Writes down refused requests until the server stops, and then what is left.
pub async fn remember_refusals(app: Arc<App>, mut stopping: Stopping) {
    let mut goes_on = true;
    while goes_on {
        goes_on = rest(REFUSALS_INTERVAL, &mut stopping).await;
        if let Err(error) = app.flush_refusals().await {
            tracing::error!(%error, "cannot remember refused requests");
        }
    }
}

/// One batch of each table; true if there may be more.
pub async fn sweep_once(app: &App, batch: u32) -> bool {
    let now = app.clock.now();
    let clients = match sweep_clients(app, batch.min(CLIENTS_AT_ONCE)).await {
        Ok(clients) => clients,
        Err(error) => {
            tracing::error!(%error, "cannot sweep clients");
            0
        }
    };
    let audit = match audit::sweep(app, batch).await {
        Ok(swept) => swept,
        Err(error) => {
            tracing::error!(%error, "cannot sweep the audit log");
            storage::AuditSwept::default()
        }
    };
    let refusals = sweep_refusals(app, batch).await;
    match app.store.sweep(now, now - activity::KEPT, batch).await {
        Ok(swept) => {
            let total = swept.total() + clients + refusals + audit.rows;
            app.metrics.count_swept(total);
            if total > 0 {
                tracing::debug!(?swept, clients, refusals, ?audit, "swept");
            }
            swept.is_full(u64::from(batch))
                || refusals >= u64::from(batch)
                || clients >= u64::from(batch.min(CLIENTS_AT_ONCE))
                || audit.has_more
        }
        Err(error) => {
            tracing::error!(%error, "cannot sweep");
            false
        }
    }
}

/// Gives audit events their places in the chain and exports them, until the server stops. Several nodes may do it at once; each event is
/// chained by one and exported by one.
pub async fn chain(app: Arc<App>, mut stopping: Stopping) {
    let mut is_failing = false;
    while rest(CHAIN_INTERVAL, &mut stopping).await {
        match chain_once(&app).await {
            Ok(_) => is_failing = false,
            // Nothing is lost, the events are written; said once, not every second.
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::error!(%error, "cannot chain or export the audit log");
            }
            Err(_) => {}
        }
    }
}

/// How many events were chained, and how many exported.
pub async fn chain_once(app: &App) -> admin::Result<(usize, usize)> {
    let chained = audit::chain(app).await?;
    Ok((chained, audit::export(app).await?))
}

/// Sends mail until the server stops; what is under way then is finished if that is soon. Several nodes may do it at once; each mail is sent by one.
pub async fn send_mails(app: Arc<App>, mut stopping: Stopping) {
    if !app.mailer.is_set_up() {
        return;
    }
    let mut is_failing = false;
    loop {
        let mut sending = pin!(outbox::send_due(&app));
        let sent = tokio::select! {
            sent = &mut sending => sent,
            _ = stopping.changed() => {
                // What is cut off is sent again by whoever finds it due.
                let _ = timeout(MAIL_FINISH, sending).await;
                return;
            }
        };
        let found = match sent {
            Ok(found) => {
                is_failing = false;
                found
            }
            Err(error) => {
                if !is_failing {
                    tracing::error!(%error, "cannot read the outbox");
                }
                is_failing = true;
                0
            }
        };
        // Where there was something there may be more.
        let pause = if found > 0 {
            BETWEEN_BATCHES
        } else {
            MAIL_INTERVAL
        };
        tokio::select! {
            () = app.mail_due.notified() => {}
            () = sleep(pause) => {}
            _ = stopping.changed() => return,
        }
    }
}

/// Adds what was counted to the counts of the hour until the server stops, and then what is left.
pub async fn keep_activity(app: Arc<App>, mut stopping: Stopping) {
    let mut goes_on = true;
    while goes_on {
        goes_on = rest(ACTIVITY_INTERVAL, &mut stopping).await;
        if let Err(error) = activity::keep(&app).await {
            tracing::error!(%error, "cannot keep what was counted");
        }
    }
}

/// What is still to be kept once every job has ended: the events that they told of.
pub async fn finish(app: &App) {
    if let Err(error) = chain_once(app).await {
        tracing::error!(%error, "cannot chain or export the audit log");
    }
}

/// Forgets refused requests that are too old or too many; how many.
async fn sweep_refusals(app: &App, batch: u32) -> u64 {
    let settings = &app.config.errors;
    let before = app.clock.now() - delta(settings.max_age);
    let swept = app.store.sweep_refusals(before, settings.keep, batch).await;
    swept.unwrap_or_else(|error| {
        tracing::error!(%error, "cannot sweep refused requests");
        0
    })
}

/// Makes successors of signing keys when they are due, until it is dropped.
pub async fn rotate(app: Arc<App>) {
    let mut ticks = interval(ROTATION_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        rotate_once(&app).await;
    }
}

/// How many successors were due and made by this node. Where none is due no database is asked.
pub async fn rotate_once(app: &App) -> usize {
    match keys::rotate_due(app).await {
        Ok(made) => made,
        Err(error) => {
            tracing::error!(%error, "cannot rotate the signing keys");
            0
        }
    }
}

/// Removes clients that registered themselves and were never used (S156); how many.
async fn sweep_clients(app: &App, batch: u32) -> storage::Result<u64> {
    let unused = app.store.unused_clients(app.clock.now(), batch).await?;
    if unused.is_empty() {
        return Ok(0);
    }
    let event = |id| {
        let mut event = app.event(EventKind::ClientRemoved, Actor::Server, Origin::default());
        event.client_id = Some(id);
        event.detail = serde_json::json!({ "unused": true });
        event
    };
    let events: Vec<_> = unused.into_iter().map(event).collect();
    app.store.sweep_clients(&events).await
}
