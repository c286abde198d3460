//! Counters of wrong passwords: a window opens with the first failure and does not move.

use super::build::{after, now};
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
}
