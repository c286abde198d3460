//! Signing keys, and the log of events.

use placet::model::event::{Actor, Event, EventKind, Origin};
use placet::model::id::UserId;
use placet::model::signing_key::{SigningAlg, StoredKey};
use placet::random;
use serde_json::json;

use super::build::{self, after, client_id, event, event_at, now};
use crate::support::database::on_both;

fn fields(key: &StoredKey) -> impl PartialEq + std::fmt::Debug + use<> {
    let times = (key.created_at, key.activates_at, key.expires_at);
    (
        key.kid.clone(),
        key.alg,
        key.public_jwk.clone(),
        key.private_sealed.clone(),
        times,
    )
}

on_both! {
    async fn the_first_key_of_each_algorithm_is_added_once(db: TestDatabase) {
        let made = || event(EventKind::KeyCreated);
        let first = build::key(SigningAlg::RS256);
        assert!(db.store.add_first_key(&first, &made()).await.unwrap());
        assert!(!db.store.add_first_key(&build::key(SigningAlg::RS256), &made()).await.unwrap());
        let other = StoredKey { activates_at: after(30), ..build::key(SigningAlg::EdDSA) };
        assert!(db.store.add_first_key(&other, &made()).await.unwrap());
        let found: Vec<_> = db.store.list_keys().await.unwrap().iter().map(fields).collect();
        assert_eq!(found, [fields(&other), fields(&first)], "in the order of activation");
    }

    async fn a_successor_ends_those_before_it(db: TestDatabase) {
        let made = || event(EventKind::KeyCreated);
        let (mut first, mut second) = (build::key(SigningAlg::ES256), build::key(SigningAlg::ES256));
        let other = build::key(SigningAlg::RS256);
        second.activates_at = after(100);
        db.store.add_first_key(&first, &made()).await.unwrap();
        db.store.add_first_key(&other, &made()).await.unwrap();
        db.store.rotate_key(&second, after(500), &made()).await.unwrap();
        let third = StoredKey { activates_at: after(200), ..build::key(SigningAlg::ES256) };
        db.store.rotate_key(&third, after(900), &made()).await.unwrap();
        first.expires_at = Some(after(500));
        second.expires_at = Some(after(900));
        for key in [&first, &second, &third, &other] {
            let found = db.store.list_keys().await.unwrap();
            let found = found.iter().find(|found| found.kid == key.kid).unwrap();
            assert_eq!(fields(found), fields(key));
        }
        let before = db.row_counts().await;
        assert!(db.store.rotate_key(&first, after(1), &made()).await.is_err(), "the kid is taken");
        assert_eq!(db.row_counts().await, before);
        let kept = db.store.list_keys().await.unwrap();
        assert!(kept.iter().any(|key| key.kid == third.kid && key.expires_at.is_none()));
    }

    async fn a_successor_that_signs_sooner_takes_the_place_of_one_that_waits(db: TestDatabase) {
        let made = || event(EventKind::KeyCreated);
        let current = StoredKey { activates_at: now(), ..build::key(SigningAlg::RS256) };
        let waiting = StoredKey { activates_at: after(200), ..build::key(SigningAlg::RS256) };
        let other = StoredKey { activates_at: after(200), ..build::key(SigningAlg::ES256) };
        db.store.add_first_key(&current, &made()).await.unwrap();
        db.store.add_first_key(&other, &made()).await.unwrap();
        db.store.rotate_key(&waiting, after(500), &made()).await.unwrap();
        let sooner = StoredKey { activates_at: after(10), ..build::key(SigningAlg::RS256) };
        db.store.rotate_key(&sooner, after(300), &made()).await.unwrap();
        let kids: Vec<_> = db.store.list_keys().await.unwrap().into_iter().map(|k| (k.kid, k.expires_at)).collect();
        let kept = [(current.kid, Some(after(500))), (sooner.kid, None), (other.kid, None)];
        assert_eq!(kids, kept, "the current one stays as long as it was promised");
    }

    async fn events_are_kept_in_order(db: TestDatabase) {
        let full = Event {
            actor: Actor::User(UserId(random::uuid())),
            user_id: Some(UserId(random::uuid())),
            client_id: Some(client_id("web")),
            origin: Origin { address: Some("192.0.2.1".to_owned()), request_id: Some("r-1".to_owned()) },
            detail: json!({ "reason": "\u{1f980} 'x'", "n": [1, 2.5, null, true] }),
            kind: EventKind::SignInFailed,
            ..event_at(after(2))
        };
        db.store.record(&full).await.unwrap();
        db.store.record(&Event { kind: EventKind::SignedOut, ..event_at(after(1)) }).await.unwrap();
        let kinds = db.store.event_kinds(10).await.unwrap();
        assert_eq!(kinds, [("signed_out".to_owned(), json!({})), ("sign_in_failed".to_owned(), full.detail.clone())]);
        assert_eq!(db.store.event_kinds(1).await.unwrap().len(), 1);
        assert!(db.store.record(&full).await.is_err(), "an id is used once");
        let columns = "actor || ' ' || client_id || ' ' || address || ' ' || request_id";
        let row = db.texts(format!("SELECT {columns} FROM audit_events WHERE client_id IS NOT NULL")).await;
        assert_eq!(row, [format!("{} web 192.0.2.1 r-1", full.actor.to_stored())]);
    }
}
