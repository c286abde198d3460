//! Whether the audit log is as it was written.

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use super::{BATCH, chain};
use crate::admin::Result;
use crate::app::App;
use crate::crypto::{End, equal};
use crate::storage::ChainEnds;

/// A server gives an event its place within about a second.
const PATIENCE: TimeDelta = TimeDelta::minutes(1);
/// How often the front may move on while we read.
const ATTEMPTS: usize = 5;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// How many rows are as they were written.
    pub rows: i64,
    /// The first row that is left after the sweep.
    pub first_seq: i64,
    pub last_seq: i64,
    /// Rows that had waited for their place for longer than a minute, because no server ran or could; they have it now.
    pub waited: i64,
    /// The first fault; behind it nothing was looked at.
    pub fault: Option<Fault>,
}

/// What is wrong with the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// The row is not what was written there: something in it was changed, or it was moved.
    Changed { seq: i64, id: Uuid },
    /// These rows are gone, and others follow.
    Removed { from_seq: i64, to_seq: i64 },
    /// The last rows are gone.
    Truncated { from_seq: i64, to_seq: i64 },
    /// A row has a place where none was written.
    Inserted { seq: i64 },
    /// What is kept of the chain's ends (table `audit_chain`) was changed or removed.
    EndsChanged,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Changed { seq, id } => write!(
                f,
                "row {seq} ({id}) is not what was written there: it was changed, or moved from another place"
            ),
            Self::Removed { from_seq, to_seq } => {
                write!(f, "rows {from_seq} to {to_seq} were removed, or moved")
            }
            Self::Truncated { from_seq, to_seq } => {
                write!(
                    f,
                    "rows {from_seq} to {to_seq}, the last ones, were removed"
                )
            }
            Self::Inserted { seq } => write!(f, "row {seq} was inserted where none was written"),
            Self::EndsChanged => f.write_str(
                "the table audit_chain, which says where the log begins and ends, was changed",
            ),
        }
    }
}

/// Gives each event its place, then walks from the first that the sweep left to the last, and computes every hash anew.
pub async fn verify(app: &App) -> Result<Verification> {
    let waited = app
        .store
        .unchained_events(app.clock.now() - PATIENCE)
        .await?;
    let chained = chain(app).await.map(|_| ());
    let mut found = walk(app, waited).await?;
    for _ in 1..ATTEMPTS {
        if found.fault.is_none() || found.first_seq == first_seq(app).await? {
            break;
        }
        // Rows were swept while we read them.
        found = walk(app, waited).await?;
    }
    match chained {
        // A damaged log may be why no row can be added; then the damage is the answer.
        Err(error) if found.fault.is_none() || !error.is_corrupt() => Err(error),
        _ => Ok(found),
    }
}

async fn first_seq(app: &App) -> Result<i64> {
    let ends = app.store.chain_ends().await?;
    Ok(ends.map_or(0, |ends| ends.swept_seq.saturating_add(1)))
}

async fn walk(app: &App, waited: i64) -> Result<Verification> {
    let mut found = Verification {
        rows: 0,
        first_seq: 0,
        last_seq: 0,
        waited,
        fault: Some(Fault::EndsChanged),
    };
    let Some(ends) = app.store.chain_ends().await? else {
        return Ok(found);
    };
    found.first_seq = ends.swept_seq.saturating_add(1);
    found.last_seq = ends.last_seq;
    let key = &app.audit_chain;
    let front = key.open_end(End::Front, ends.swept_seq, &ends.swept_hash);
    let back = key.open_end(End::Back, ends.last_seq, &ends.last_hash);
    let (Some(front), Some(back)) = (front, back) else {
        return Ok(found);
    };
    found.fault = walk_rows(app, &ends, front, back, &mut found.rows).await?;
    if found.fault.is_none() {
        found.fault = beyond_ends(app, &ends).await?;
    }
    Ok(found)
}

async fn walk_rows(
    app: &App,
    ends: &ChainEnds,
    front: [u8; 32],
    back: [u8; 32],
    rows: &mut i64,
) -> Result<Option<Fault>> {
    let (mut seq, mut hash) = (ends.swept_seq, front);
    'walk: while seq < ends.last_seq {
        let part = app.store.chained_events(seq, BATCH).await?;
        if part.is_empty() {
            break;
        }
        for row in part {
            let place = row.seq.unwrap_or_default();
            // What follows has come since we began.
            if place > ends.last_seq {
                break 'walk;
            }
            if place != seq + 1 {
                return Ok(Some(Fault::Removed {
                    from_seq: seq + 1,
                    to_seq: place - 1,
                }));
            }
            hash = app.audit_chain.hash(&hash, place, &row);
            if !row.hash.as_ref().is_some_and(|kept| equal(kept, &hash)) {
                return Ok(Some(Fault::Changed {
                    seq: place,
                    id: row.id,
                }));
            }
            seq = place;
            *rows += 1;
        }
    }
    Ok(if seq < ends.last_seq {
        Some(Fault::Truncated {
            from_seq: seq + 1,
            to_seq: ends.last_seq,
        })
    } else if hash == back {
        None
    } else {
        Some(Fault::EndsChanged)
    })
}

/// Rows before the front or behind the back.
async fn beyond_ends(app: &App, ends: &ChainEnds) -> Result<Option<Fault>> {
    let Some((first, last)) = app.store.chain_bounds().await? else {
        return Ok(None);
    };
    if first <= ends.swept_seq {
        return Ok(Some(Fault::Inserted { seq: first }));
    }
    // Others may have added rows since we began.
    let ends = app.store.chain_ends().await?;
    let is_beyond = ends.is_none_or(|ends| last > ends.last_seq);
    Ok(is_beyond.then_some(Fault::Inserted { seq: last }))
}
