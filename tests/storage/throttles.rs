//! Counters of wrong passwords: a window opens with the first failure and does not move.

use placet::model::event::EventKind;

use super::build::{after, event, event_at, now};
use super::races::{MANY, all_at_once, winners};
use crate::support::database::on_both;

on_both! {
    async fn failures_count_up_in_one_window(db: TestDatabase) {
        let (account, address) = ("account:ada".to_owned(), "address:192.0.2.1".to_owned());
        assert_eq!(db.store.failures(&account, now()).await.unwrap(), 0);
        db.store.count_failure(&[account.clone(), address.clone()], now(), after(60)).await.unwrap();
        db.store.count_failure(std::slice::from_ref(&account), after(30), after(90)).await.unwrap();
        assert_eq!(db.store.failures(&account, after(59)).await.unwrap(), 2);
        assert_eq!(db.store.failures(&address, after(59)).await.unwrap(), 1);
        assert_eq!(db.store.failures(&account, after(60)).await.unwrap(), 0, "the second failure did not move the end");

        db.store.count_failure(std::slice::from_ref(&account), after(60), after(120)).await.unwrap();
        assert_eq!(db.store.failures(&account, after(119)).await.unwrap(), 1, "a new window starts at one");
        assert_eq!(db.store.failures(&account, after(120)).await.unwrap(), 0);
    }

    async fn several_keys_are_read_together_in_their_order(db: TestDatabase) {
        assert_eq!(db.store.failures_of(&[], now()).await.unwrap(), [0_i64; 0]);
        let counted = ["b", "d", "f", "d"].map(ToOwned::to_owned);
        for key in &counted {
            db.store.count_failure(std::slice::from_ref(key), now(), after(60)).await.unwrap();
        }
        for (keys, expected) in [
            (&["a"][..], &[0][..]),
            (&["d", "a", "b"], &[2, 0, 1]),
            (&["b", "b", "d", "D"], &[1, 1, 2, 0]),
            (&["f", "e", "d", "c", "b", "a"], &[1, 0, 2, 0, 1, 0]),
        ] {
            assert_eq!(db.store.failures_of(keys, after(59)).await.unwrap(), expected, "{keys:?}");
        }
        assert_eq!(db.store.failures_of(&["b", "d"], after(60)).await.unwrap(), [0, 0], "the windows ended");
    }

    async fn clearing_forgets_one_key(db: TestDatabase) {
        let keys = ["a".to_owned(), "b".to_owned()];
        db.store.count_failure(&keys, now(), after(60)).await.unwrap();
        db.store.clear_failures("a").await.unwrap();
        db.store.clear_failures("never").await.unwrap();
        assert_eq!(db.store.failures("a", now()).await.unwrap(), 0);
        assert_eq!(db.store.failures("b", now()).await.unwrap(), 1);
        assert_eq!(db.store.failures("B", now()).await.unwrap(), 0);
        db.store.count_failure(&[], now(), after(60)).await.unwrap();
        assert_eq!(db.count("sign_in_throttles").await, 1);
    }

    // S172: a lock-out leaves one event in its window, however many try on at once.
    async fn an_event_is_remembered_once_in_a_window(db: TestDatabase) {
        let first = all_at_once(&db, MANY, |store, _| async move {
            store.record_once("told", after(60), &event(EventKind::SignInThrottled)).await
        })
        .await;
        assert_eq!(winners(&first, &true), 1);
        assert_eq!(db.count("audit_events").await, 1);
        let next = event_at(after(60));
        assert!(db.store.record_once("told", after(120), &next).await.unwrap(), "the next window");
        assert!(db.store.record_once("told other", after(120), &event_at(after(61))).await.unwrap());
        assert_eq!(db.count("audit_events").await, 3);
    }
}
