//! The audit log: found again by what one knows, chained by one at a time, swept from the front, exported at least once.

use std::collections::BTreeSet;
use std::io;
use std::sync::Mutex;

use chrono::TimeDelta;
use placet::crypto::{ChainKey, End};
use placet::model::event::{Actor, Event, EventKind, Origin, StoredEvent};
use placet::model::id::UserId;
use placet::random;
use placet::storage::{AuditSwept, Error, EventQuery, Store};
use serde_json::json;

use super::build::{after, client_id, event, event_at, now};
use super::races::all_at_once;
use crate::support::database::{TestDatabase, on_both};
use crate::support::sources;

fn key() -> ChainKey {
    ChainKey::new(&[9; 32]).unwrap()
}

/// A database with a chain, and so many events that have no place in it yet.
async fn begin(db: &TestDatabase, events: i64) {
    db.store.begin_chain(b"sealed", &key()).await.unwrap();
    record(&db.store, events).await;
}

async fn record(store: &Store, events: i64) {
    for number in 0..events {
        store.record(&event_at(after(number))).await.unwrap();
    }
}

async fn chain(store: &Store, limit: i64) -> usize {
    store.chain_events(&key(), limit).await.unwrap()
}

/// Every row of the chain, after it was walked through.
async fn whole_chain(store: &Store) -> Vec<StoredEvent> {
    let ends = store.chain_ends().await.unwrap().unwrap();
    let front = key().open_end(End::Front, ends.swept_seq, &ends.swept_hash);
    let back = key().open_end(End::Back, ends.last_seq, &ends.last_hash);
    let rows = store.chained_events(0, 10_000).await.unwrap();
    let (mut seq, mut hash) = (ends.swept_seq, front.unwrap());
    for row in &rows {
        seq += 1;
        hash = key().hash(&hash, seq, row);
        assert_eq!(row.seq, Some(seq));
        assert_eq!(row.hash.as_deref(), Some(hash.as_slice()), "{row:?}");
    }
    assert_eq!((seq, hash), (ends.last_seq, back.unwrap()));
    rows
}

fn details() -> Event {
    Event {
        actor: Actor::Client(client_id("web")),
        user_id: Some(UserId(random::uuid())),
        client_id: Some(client_id("web")),
        origin: Origin {
            address: Some("192.0.2.1".to_owned()),
            request_id: Some("r1".to_owned()),
        },
        detail: json!({ "z": [1, 2.5, 1e3, -0.0, 1e300, null], "a": { "d": "\u{e4}\"", "c": true }, "aa": "" }),
        ..event(EventKind::GrantCreated)
    }
}

async fn find(store: &Store, wanted: EventQuery) -> Vec<StoredEvent> {
    store.find_events(&wanted, 100).await.unwrap()
}

on_both! {
    async fn an_event_is_found_by_each_thing_that_is_known_of_it(db: TestDatabase) {
        let wanted = details();
        record(&db.store, 1).await;
        db.store.record(&wanted).await.unwrap();
        let other = Event {
            user_id: wanted.user_id,
            actor: Actor::CommandLine,
            ..event_at(after(5))
        };
        db.store.record(&other).await.unwrap();
        let any = EventQuery::default;
        for (what, query) in [
            ("kind", EventQuery { kind: Some(EventKind::GrantCreated), ..any() }),
            ("actor", EventQuery { actor: Some("client:web".to_owned()), ..any() }),
            ("client", EventQuery { client: Some("web".to_owned()), ..any() }),
            ("request", EventQuery { request_id: Some("r1".to_owned()), ..any() }),
            ("user and kind", EventQuery { user: wanted.user_id, kind: Some(EventKind::GrantCreated), ..any() }),
            ("user and time", EventQuery { user: wanted.user_id, to: Some(after(5)), ..any() }),
        ] {
            let found = find(&db.store, query).await;
            assert_eq!(found.iter().map(|event| event.id).collect::<Vec<_>>(), [wanted.id], "{what}");
            assert_eq!(found[0].detail["a"], wanted.detail["a"]);
            assert_eq!((found[0].at, found[0].address.as_deref()), (wanted.at, Some("192.0.2.1")));
            assert_eq!((found[0].user_id, found[0].seq), (wanted.user_id, None));
        }
        let newest = find(&db.store, EventQuery { user: wanted.user_id, ..any() }).await;
        assert_eq!(newest.iter().map(|event| event.id).collect::<Vec<_>>(), [other.id, wanted.id], "newest first");
        let late = find(&db.store, EventQuery { from: Some(after(5)), ..any() }).await;
        assert_eq!(late.iter().map(|event| event.id).collect::<Vec<_>>(), [other.id]);
        assert!(find(&db.store, EventQuery { from: Some(after(1)), to: Some(after(5)), ..any() }).await.is_empty());
    }

    async fn they_come_a_part_at_a_time(db: TestDatabase) {
        record(&db.store, 25).await;
        let (mut before, mut ids) = (None, Vec::new());
        loop {
            let query = EventQuery { before, ..EventQuery::default() };
            let part = db.store.find_events(&query, 10).await.unwrap();
            ids.extend(part.iter().map(|event| event.id));
            before = part.last().map(|event| event.id);
            if part.len() < 10 {
                break;
            }
        }
        assert_eq!(ids.len(), 25);
        assert!(ids.is_sorted_by(|a, b| a > b));
    }

    async fn each_event_gets_the_next_place(db: TestDatabase) {
        begin(&db, 5).await;
        db.store.record(&details()).await.unwrap();
        assert_eq!(chain(&db.store, 4).await, 4);
        assert_eq!(chain(&db.store, 4).await, 2);
        assert_eq!(chain(&db.store, 4).await, 0);
        let rows = whole_chain(&db.store).await;
        assert_eq!(rows.len(), 6);
        // One that was committed late comes later, whatever its id says.
        let late = event_at(now() - TimeDelta::days(1));
        db.store.record(&late).await.unwrap();
        assert_eq!(db.store.unchained_events(now()).await.unwrap(), 1);
        assert_eq!(db.store.unchained_events(late.at - TimeDelta::seconds(1)).await.unwrap(), 0);
        chain(&db.store, 4).await;
        assert_eq!(whole_chain(&db.store).await[6].id, late.id);
        assert_eq!(db.store.chain_bounds().await.unwrap(), Some((1, 7)));
    }

    // A crash between an event and its place: the event is there, and the next node goes on.
    async fn a_crash_before_the_place_loses_nothing(db: TestDatabase) {
        begin(&db, 3).await;
        chain(&db.store, 2).await;
        db.store.close().await;
        let next = db.another_store().await;
        assert_eq!(next.begin_chain(b"other", &key()).await.unwrap(), b"sealed", "the key stays");
        assert_eq!(chain(&next, 100).await, 1);
        assert_eq!(whole_chain(&next).await.len(), 3);
    }

    async fn many_who_chain_at_once_make_one_chain(db: TestDatabase) {
        begin(&db, 500).await;
        let done = all_at_once(&db, 16, |store, number| async move {
            let mut total = 0;
            for round in 0..50 {
                if number % 4 == 0 {
                    store.record(&event_at(after(round))).await?;
                }
                total += store.chain_events(&key(), 20).await?;
            }
            Ok(total)
        })
        .await;
        let rest = chain(&db.store, 1000).await;
        assert_eq!(done.iter().sum::<usize>() + rest, 700);
        let ids: BTreeSet<_> = whole_chain(&db.store).await.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), 700);
    }

    async fn many_who_begin_at_once_have_one_key(db: TestDatabase) {
        let keys = all_at_once(&db, 16, |store, number| async move {
            store.begin_chain(&[u8::try_from(number).unwrap()], &key()).await
        })
        .await;
        assert!(keys.iter().all(|found| found == &keys[0]), "{keys:?}");
        assert_eq!(db.count("audit_chain").await, 1);
        assert_eq!(db.store.chain_key().await.unwrap().as_ref(), Some(&keys[0]));
    }

    async fn an_end_that_somebody_moved_is_not_built_upon(db: TestDatabase) {
        begin(&db, 3).await;
        chain(&db.store, 100).await;
        db.execute("DELETE FROM audit_events WHERE seq = 3").await;
        db.execute("UPDATE audit_chain SET last_seq = 2, last_hash = (SELECT hash FROM audit_events WHERE seq = 2)").await;
        record(&db.store, 1).await;
        let refused = db.store.chain_events(&key(), 100).await.unwrap_err();
        assert!(matches!(refused, Error::Corrupt("audit_chain.last_hash")), "{refused}");
        db.execute("DELETE FROM audit_chain").await;
        assert!(db.store.chain_events(&key(), 100).await.is_err());
        assert_eq!(db.store.chain_ends().await.unwrap(), None);
        // A new chain begins behind what is there.
        db.store.begin_chain(b"new", &key()).await.unwrap();
        chain(&db.store, 100).await;
        assert_eq!(db.store.chain_bounds().await.unwrap(), Some((1, 3)));
    }

    async fn the_sweep_takes_the_front_and_leaves_one_event(db: TestDatabase) {
        begin(&db, 10).await;
        let swept = event_at(after(1000));
        let swept = Event { kind: EventKind::AuditSwept, ..swept };
        let sweep = async |before, batch| db.store.sweep_events(&key(), before, batch, &swept).await.unwrap();
        assert_eq!(sweep(after(100), 4).await, AuditSwept::default(), "what has no place stays");
        chain(&db.store, 100).await;
        assert_eq!(sweep(now() - TimeDelta::seconds(1), 4).await, AuditSwept::default(), "nothing is due");
        assert_eq!(sweep(after(5), 4).await, AuditSwept { rows: 4, has_more: true, broken_at: None });
        assert_eq!(whole_chain(&db.store).await.len(), 6);
        assert_eq!(db.count("audit_events").await, 6, "no event before the last of them");
        assert_eq!(sweep(after(5), 4).await, AuditSwept { rows: 2, has_more: false, broken_at: None });
        assert_eq!(sweep(after(5), 4).await, AuditSwept::default());
        chain(&db.store, 100).await;
        let rows = whole_chain(&db.store).await;
        assert_eq!((rows.len(), rows[0].seq), (5, Some(7)));
        assert_eq!(rows[4].detail, json!({ "through": 6, "before": after(5) }));
        // All that is left goes; then only the sweep's own event, and nothing is said of that.
        let last = Event { id: random::uuid(), ..swept.clone() };
        assert_eq!(db.store.sweep_events(&key(), after(2000), 100, &last).await.unwrap().rows, 5);
        chain(&db.store, 100).await;
        let none = Event { id: random::uuid(), ..swept.clone() };
        assert_eq!(db.store.sweep_events(&key(), after(2000), 100, &none).await.unwrap().rows, 1);
        assert_eq!(db.count("audit_events").await, 0);
        record(&db.store, 1).await;
        chain(&db.store, 100).await;
        assert_eq!(whole_chain(&db.store).await[0].seq, Some(13), "places are never given twice");
    }

    // Who can write to the database must not have the server clear away the evidence, by setting its time back.
    async fn the_sweep_stops_where_the_chain_is_not_whole(db: TestDatabase) {
        begin(&db, 6).await;
        chain(&db.store, 100).await;
        db.execute("UPDATE audit_events SET at = '2001-01-01T00:00:00+00:00' WHERE seq <= 2").await;
        let swept = event_at(after(1000));
        let sweep = async || db.store.sweep_events(&key(), after(100), 10, &swept).await;
        assert_eq!(sweep().await.unwrap(), AuditSwept { rows: 0, has_more: false, broken_at: Some(1) });
        assert_eq!(db.count("audit_events").await, 6);
        db.execute("DELETE FROM audit_events WHERE seq <= 2").await;
        assert_eq!(sweep().await.unwrap(), AuditSwept { rows: 0, has_more: false, broken_at: Some(1) });
        db.execute("UPDATE audit_chain SET swept_seq = 2, swept_hash = last_hash").await;
        assert!(matches!(sweep().await.unwrap_err(), Error::Corrupt("audit_chain.swept_hash")));
        assert_eq!(db.count("audit_events").await, 4);
    }

    async fn many_who_sweep_and_chain_at_once_lose_nothing(db: TestDatabase) {
        begin(&db, 300).await;
        let done = all_at_once(&db, 8, |store, _| async move {
            let mut total = 0;
            for _ in 0..40 {
                store.chain_events(&key(), 20).await?;
                let swept = Event { kind: EventKind::AuditSwept, ..event_at(after(1000)) };
                total += store.sweep_events(&key(), after(149), 7, &swept).await?.rows;
            }
            Ok(total)
        })
        .await;
        while chain(&db.store, 100).await > 0 {}
        assert_eq!(done.iter().sum::<u64>(), 150);
        let rows = whole_chain(&db.store).await;
        let ours = rows.iter().filter(|row| row.kind != "audit_swept").count();
        assert_eq!(ours, 150);
    }

    async fn what_was_written_counts_as_exported_and_nothing_else(db: TestDatabase) {
        begin(&db, 5).await;
        let seen = Mutex::new(Vec::new());
        let export = async |fails: bool| {
            let write = async |rows: Vec<StoredEvent>| {
                seen.lock().unwrap().extend(rows.iter().filter_map(|row| row.seq));
                if fails { Err(io::Error::other("full")) } else { Ok(()) }
            };
            db.store.export_events(3, write).await.unwrap()
        };
        assert_eq!(export(false).await.unwrap(), 0, "none has its place yet");
        chain(&db.store, 100).await;
        assert!(export(true).await.is_err());
        assert_eq!(export(false).await.unwrap(), 3);
        assert_eq!(export(false).await.unwrap(), 2);
        assert_eq!(export(false).await.unwrap(), 0);
        assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 1, 2, 3, 4, 5]);
    }
}

#[tokio::test]
async fn of_many_nodes_one_exports_a_row() {
    let Some(db) = TestDatabase::new(crate::support::database::Kind::Postgres).await else {
        return;
    };
    begin(&db, 200).await;
    while chain(&db.store, 100).await > 0 {}
    let exported = all_at_once(&db, 6, |store, _| async move {
        let mut mine = Vec::new();
        for _ in 0..60 {
            let write = async |rows: Vec<StoredEvent>| {
                mine.extend(rows.iter().filter_map(|row| row.seq));
                Ok(())
            };
            store.export_events(9, write).await?.unwrap();
        }
        Ok(mine)
    })
    .await;
    let mut all: Vec<i64> = exported.into_iter().flatten().collect();
    all.sort_unstable();
    assert!(all.is_sorted_by(|a, b| a < b), "each once");
    assert!(!all.is_empty());
}

// S172: no statement of the product changes a row but the one that gives it its place, none deletes one but the sweep's.
#[test]
fn nothing_in_the_product_edits_a_row() {
    let mut found = Vec::new();
    for (file, text) in sources::read() {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ").to_lowercase();
        for verb in [
            "update",
            "delete from",
            "truncate",
            "truncate table",
            "replace into",
            "merge into",
            "drop table",
            "alter table",
        ] {
            let statement = format!("{verb} audit_events");
            for (at, _) in text.match_indices(&statement) {
                let rest: String = text[at..]
                    .chars()
                    .take_while(|c| *c != '"' && *c != ';')
                    .collect();
                found.push(format!("{file}: {rest}"));
            }
        }
    }
    found.sort();
    assert_eq!(
        found,
        [
            "storage/audit_chain.rs: delete from audit_events where seq > $1 and seq <= $2",
            "storage/audit_chain.rs: update audit_events set seq = $2, hash = $3 where id = $1 and seq is null",
        ]
    );
}
