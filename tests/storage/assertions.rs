//! Ids that may be used once: by one of many, on whichever node, and after a restart too.

use super::build::{self, after, now};
use crate::support::database::on_both;

on_both! {
    // S165
    async fn an_id_is_used_once(db: TestDatabase) {
        let (id, other) = (build::hash(), build::hash());
        assert!(db.store.use_assertion(&id, after(60)).await.unwrap());
        assert!(!db.store.use_assertion(&id, after(90)).await.unwrap());
        assert!(db.store.use_assertion(&other, after(60)).await.unwrap());
        let restarted = db.another_store().await;
        assert!(!restarted.use_assertion(&id, after(60)).await.unwrap());
        restarted.close().await;
        assert_eq!(db.count("used_assertions").await, 2);
    }

    async fn it_is_remembered_until_its_end(db: TestDatabase) {
        let id = build::hash();
        assert!(db.store.use_assertion(&id, after(60)).await.unwrap());
        assert_eq!(db.store.sweep(after(59), now(), 9).await.unwrap().assertions, 0);
        assert!(!db.store.use_assertion(&id, after(120)).await.unwrap());
        assert_eq!(db.store.sweep(after(60), now(), 9).await.unwrap().assertions, 1);
        assert!(db.store.use_assertion(&id, after(120)).await.unwrap());
    }
}
