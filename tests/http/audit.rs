//! The audit log proves itself: each way to meddle with it behind the server's back is found (issue 4, point 6).

use placet::admin::audit::{self, EventFilter, Fault};
use placet::admin::{AdminError, Paging};
use placet::model::event::{Actor, EventKind, Origin};
use serde_json::json;

use super::support::TestServer;
use crate::support::database::{TestDatabase, on_both};

/// A server with some events in its log: two of keys, and twelve others.
async fn started(db: TestDatabase) -> TestServer {
    let server = TestServer::start(db).await;
    for number in 0..12 {
        record(&server, number).await;
    }
    server
}

async fn record(server: &TestServer, number: i64) {
    server.advance(1);
    let origin = Origin {
        address: Some("192.0.2.1".to_owned()),
        request_id: None,
    };
    let app = &server.app;
    let mut event = app.event(EventKind::SignInFailed, Actor::Anonymous, origin);
    event.detail = json!({ "number": number, "z": { "b": 1.50, "a": 1e3 } });
    app.store.record(&event).await.unwrap();
}

async fn fault(server: &TestServer) -> Option<Fault> {
    audit::verify(&server.app).await.unwrap().fault
}

/// Meddles, looks, and puts everything back.
async fn found_after(server: &TestServer, statements: &[&'static str]) -> Option<Fault> {
    let db = &server.database;
    for statement in statements {
        db.execute(statement).await;
    }
    let found = fault(server).await;
    for table in ["events", "chain"] {
        let (clear, fill) = if table == "events" {
            (
                "DELETE FROM audit_events",
                "INSERT INTO audit_events SELECT * FROM kept_events",
            )
        } else {
            (
                "DELETE FROM audit_chain",
                "INSERT INTO audit_chain SELECT * FROM kept_chain",
            )
        };
        db.execute(clear).await;
        db.execute(fill).await;
    }
    assert_eq!(fault(server).await, None, "put back after {statements:?}");
    found
}

fn changed(found: Option<Fault>) -> i64 {
    match found {
        Some(Fault::Changed { seq, .. }) => seq,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_log_that_nobody_touched_is_whole(db: TestDatabase) {
        let server = started(db).await;
        let found = audit::verify(&server.app).await.unwrap();
        assert_eq!((found.rows, found.first_seq, found.last_seq), (14, 1, 14));
        assert_eq!((found.waited, found.fault), (0, None));
        // On another node too, and where more was written since.
        let other = server.second_node(|_| {}).await;
        record(&server, 99).await;
        server.advance(61);
        let found = audit::verify(&other.app).await.unwrap();
        assert_eq!((found.rows, found.waited, found.fault), (15, 1, None));
        assert_eq!(audit::verify(&other.app).await.unwrap().waited, 0);
    }

    // S172
    async fn each_way_to_meddle_is_found(db: TestDatabase) {
        let server = started(db).await;
        assert_eq!(fault(&server).await, None);
        server.database.execute("CREATE TABLE kept_events AS SELECT * FROM audit_events").await;
        server.database.execute("CREATE TABLE kept_chain AS SELECT * FROM audit_chain").await;
        for change in [
            "UPDATE audit_events SET detail = '{\"number\":7}' WHERE seq = 5",
            "UPDATE audit_events SET address = '192.0.2.2' WHERE seq = 5",
            "UPDATE audit_events SET address = NULL WHERE seq = 5",
            "UPDATE audit_events SET request_id = '' WHERE seq = 5",
            "UPDATE audit_events SET kind = 'sign_in_succeeded' WHERE seq = 5",
            "UPDATE audit_events SET actor = 'server' WHERE seq = 5",
            "UPDATE audit_events SET at = '2026-01-01T00:00:00+00:00' WHERE seq = 5",
            "UPDATE audit_events SET hash = (SELECT hash FROM kept_events WHERE seq = 4) WHERE seq = 5",
            "UPDATE audit_events SET hash = NULL WHERE seq = 5",
        ] {
            assert_eq!(changed(found_after(&server, &[change]).await), 5, "{change}");
        }
        let swapped = [
            "UPDATE audit_events SET seq = -1 WHERE seq = 5",
            "UPDATE audit_events SET seq = 5 WHERE seq = 6",
            "UPDATE audit_events SET seq = 6 WHERE seq = -1",
        ];
        assert_eq!(changed(found_after(&server, &swapped).await), 5, "swapped");
        for (statements, expected) in [
            (&["DELETE FROM audit_events WHERE seq = 5"][..], Fault::Removed { from_seq: 5, to_seq: 5 }),
            (&["DELETE FROM audit_events WHERE seq <= 3"], Fault::Removed { from_seq: 1, to_seq: 3 }),
            (&["DELETE FROM audit_events WHERE seq = 14"], Fault::Truncated { from_seq: 14, to_seq: 14 }),
            (&["DELETE FROM audit_events"], Fault::Truncated { from_seq: 1, to_seq: 14 }),
            // Taken out and put in again with another text: it has its place no more.
            (&["UPDATE audit_events SET seq = NULL, hash = NULL, address = 'x' WHERE seq = 5"], Fault::Removed { from_seq: 5, to_seq: 5 }),
            (&["UPDATE audit_events SET seq = seq + 1 WHERE seq = 14"], Fault::Truncated { from_seq: 14, to_seq: 14 }),
            (&["UPDATE audit_chain SET last_seq = 13"], Fault::EndsChanged),
            (&["UPDATE audit_chain SET last_hash = swept_hash"], Fault::EndsChanged),
            (&["UPDATE audit_chain SET swept_seq = 3"], Fault::EndsChanged),
            (&["DELETE FROM audit_events WHERE seq <= 3", "UPDATE audit_chain SET swept_seq = 3, swept_hash = (SELECT hash FROM kept_events WHERE seq = 3)"], Fault::EndsChanged),
            (&["DELETE FROM audit_events WHERE seq = 14", "UPDATE audit_chain SET last_seq = 13, last_hash = (SELECT hash FROM audit_events WHERE seq = 13)"], Fault::EndsChanged),
            (&["DELETE FROM audit_chain"], Fault::EndsChanged),
        ] {
            assert_eq!(found_after(&server, statements).await, Some(expected), "{statements:?}");
        }
    }

    // A row that is not ours, in front of or behind those that are; it keeps no event of ours out of the log.
    async fn a_row_of_somebody_elses_is_found(db: TestDatabase) {
        let server = started(db).await;
        assert_eq!(fault(&server).await, None);
        record(&server, 99).await;
        server.database.execute("UPDATE audit_events SET seq = 15, hash = (SELECT hash FROM audit_events WHERE seq = 14) WHERE seq IS NULL").await;
        assert_eq!(fault(&server).await, Some(Fault::Inserted { seq: 15 }));
        record(&server, 100).await;
        assert_eq!(fault(&server).await, Some(Fault::Inserted { seq: 15 }));
        assert_eq!(server.count_events("sign_in_failed").await, 14);
        server.database.execute("UPDATE audit_events SET seq = -1 WHERE seq = 15").await;
        assert_eq!(fault(&server).await, Some(Fault::Inserted { seq: -1 }));
        let found = audit::verify(&server.app).await.unwrap();
        assert_eq!(found.rows, 15, "the event of ours has its place");
    }

    // Whoever can write to the database but has not the secret key cannot make an end of the log, so the server does not go on from it.
    async fn a_log_cut_off_stays_cut_off(db: TestDatabase) {
        let server = started(db).await;
        assert_eq!(fault(&server).await, None);
        server.database.execute("DELETE FROM audit_events WHERE seq > 10").await;
        server.database.execute("UPDATE audit_chain SET last_seq = 10, last_hash = (SELECT hash FROM audit_events WHERE seq = 10)").await;
        record(&server, 99).await;
        assert!(placet::jobs::chain_once(&server.app).await.is_err());
        assert_eq!(fault(&server).await, Some(Fault::EndsChanged));
        let all = audit::find(&server.app, &EventFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!(all.items.len(), 11, "events are written all the same");
    }

    // S170: what is looked for is checked, whatever was typed.
    async fn what_is_looked_for_is_checked(db: TestDatabase) {
        let server = started(db).await;
        server.add_user("ada").await;
        let any = EventFilter::default;
        let text = |text: &str| Some(text.to_owned());
        for (field, filter) in [
            ("kind", EventFilter { kind: text("sign_in"), ..any() }),
            ("kind", EventFilter { kind: text("' OR 1=1 --"), ..any() }),
            ("actor", EventFilter { actor: text("a\0b"), ..any() }),
            ("client", EventFilter { client: text(&"x".repeat(513)), ..any() }),
            ("request_id", EventFilter { request_id: text("\n"), ..any() }),
            ("user", EventFilter { user: text("\0"), ..any() }),
        ] {
            let error = audit::find(&server.app, &filter, &Paging::default()).await.unwrap_err();
            assert!(matches!(&error, AdminError::Invalid { field: found, .. } if *found == field), "{field}: {error}");
        }
        for (after, limit) in [(text("x"), None), (text("' OR 1=1 --"), None), (None, Some(0)), (None, Some(201)), (None, Some(i64::MAX))] {
            let paging = Paging { after, limit };
            assert!(matches!(audit::find(&server.app, &any(), &paging).await.unwrap_err(), AdminError::Invalid { .. }), "{paging:?}");
        }
        let nobody = EventFilter { user: text("bob"), ..any() };
        assert!(matches!(audit::find(&server.app, &nobody, &Paging::default()).await.unwrap_err(), AdminError::NotFound { .. }));
        for odd in ["%", "' OR 1=1 --", "*", "\u{1f980}"] {
            let filter = EventFilter { actor: text(odd), client: text(odd), request_id: text(odd), ..any() };
            assert!(audit::find(&server.app, &filter, &Paging::default()).await.unwrap().items.is_empty());
        }
        let of_ada = EventFilter { user: text("ADA"), ..any() };
        let found = audit::find(&server.app, &of_ada, &Paging::default()).await.unwrap();
        assert_eq!(found.items.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["user_added"]);
        let far = EventFilter { from: Some(chrono::DateTime::<chrono::Utc>::MAX_UTC), ..any() };
        let error = audit::find(&server.app, &far, &Paging::default()).await.unwrap_err();
        assert!(matches!(error, AdminError::Invalid { field: "from", .. }), "{error}");
    }

    async fn pages_neither_repeat_nor_miss(db: TestDatabase) {
        let server = started(db).await;
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let paging = Paging { after, limit: Some(5) };
            let page = audit::find(&server.app, &EventFilter::default(), &paging).await.unwrap();
            seen.extend(page.items.iter().map(|event| event.id));
            // What is written meanwhile is newer.
            record(&server, 100).await;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 14);
        assert!(seen.is_sorted_by(|a, b| a > b));
    }
}
