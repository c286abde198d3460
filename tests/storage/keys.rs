//! Signing keys, and the log of events.

use placet::model::event::{Actor, Event, EventKind, Origin};
use placet::model::id::UserId;
use placet::model::signing_key::{SigningAlg, StoredKey};
use placet::random;
use placet::storage::KeyRemoval;
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

    // S132
    async fn a_key_is_succeeded_only_while_it_has_no_successor(db: TestDatabase) {
        let made = || event(EventKind::KeyCreated);
        let first = build::key(SigningAlg::ES256);
        let other = build::key(SigningAlg::RS256);
        db.store.add_first_key(&first, &made()).await.unwrap();
        db.store.add_first_key(&other, &made()).await.unwrap();
        let second = StoredKey { activates_at: after(100), ..build::key(SigningAlg::ES256) };
        let third = StoredKey { activates_at: after(200), ..build::key(SigningAlg::ES256) };
        assert!(!db.store.succeed_key("unknown", &second, after(500), &made()).await.unwrap());
        assert!(!db.store.succeed_key(&other.kid, &second, after(500), &made()).await.unwrap(), "of another algorithm");
        assert!(db.store.succeed_key(&first.kid, &second, after(500), &made()).await.unwrap());
        let before = db.row_counts().await;
        assert!(!db.store.succeed_key(&first.kid, &third, after(600), &made()).await.unwrap(), "it has one");
        assert_eq!(db.row_counts().await, before);
        assert!(db.store.succeed_key(&second.kid, &third, after(600), &made()).await.unwrap());
        let ends: Vec<_> = db.store.list_keys().await.unwrap().into_iter().map(|key| (key.kid, key.expires_at)).collect();
        let expected = [(first.kid, Some(after(500))), (other.kid, None), (second.kid, Some(after(600))), (third.kid, None)];
        assert_eq!(ends.len(), 4);
        assert!(expected.iter().all(|key| ends.contains(key)), "{ends:?}");
    }

    async fn a_key_that_signs_is_not_removed_and_others_leave_no_gap(db: TestDatabase) {
        let made = || event(EventKind::KeyCreated);
        let removed = async |kid: &str| db.store.remove_key(kid, now(), &event(EventKind::KeyRemoved)).await.unwrap();
        let ends = async || -> Vec<_> {
            db.store.list_keys().await.unwrap().into_iter().map(|key| (key.kid, key.expires_at)).collect()
        };
        let at = |seconds| StoredKey { activates_at: after(seconds), ..build::key(SigningAlg::ES256) };
        let [retired, current, next, last] = [at(-9), at(0), at(60), at(120)];
        let other = StoredKey { activates_at: after(300), ..build::key(SigningAlg::RS256) };
        db.store.add_first_key(&retired, &made()).await.unwrap();
        db.store.add_first_key(&other, &made()).await.unwrap();
        for (key, ends) in [(&current, 100), (&next, 160), (&last, 220)] {
            db.store.rotate_key(key, after(ends), &made()).await.unwrap();
        }
        assert_eq!(removed("unknown").await, KeyRemoval::Unknown);
        assert_eq!(removed(&current.kid).await, KeyRemoval::Signs);
        assert_eq!(removed(&other.kid).await, KeyRemoval::Signs, "the first one signs, though its time has not come");
        assert_eq!(removed(&next.kid).await, KeyRemoval::Removed);
        let kept = [(&retired, Some(100)), (&current, Some(220)), (&last, None), (&other, None)];
        let expected = kept.map(|(key, end)| (key.kid.clone(), end.map(after)));
        assert_eq!(ends().await, expected, "the one before it signs on until the next, and stays as long");
        assert_eq!(removed(&retired.kid).await, KeyRemoval::Removed);
        assert_eq!(ends().await, expected[1..], "nothing else changes");
        assert_eq!(removed(&last.kid).await, KeyRemoval::Removed);
        assert_eq!(ends().await, [(current.kid, None), (other.kid, None)], "it has no successor any more");
        let kinds = db.store.event_kinds(99).await.unwrap();
        assert_eq!(kinds.iter().filter(|(kind, _)| kind == "key_removed").count(), 3);
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
