//! Revoked access tokens, and the grants that access tokens lead to.

use placet::model::event::EventKind;
use placet::model::grant::Grant;
use placet::model::id::GrantId;
use placet::random;

use super::build::{self, after, client_id, event};
use crate::support::database::on_both;

on_both! {
    async fn a_token_is_revoked_once(db: TestDatabase) {
        let (hash, other) = (build::hash(), build::hash());
        assert!(!db.store.is_token_revoked(&hash).await.unwrap());
        assert!(db.store.revoke_token(&hash, after(60), &event(EventKind::TokenRevoked)).await.unwrap());
        assert!(db.store.is_token_revoked(&hash).await.unwrap());
        assert!(db.another_store().await.is_token_revoked(&hash).await.unwrap(), "at every node");
        assert!(!db.store.is_token_revoked(&other).await.unwrap());
        let before = db.row_counts().await;
        assert!(!db.store.revoke_token(&hash, after(90), &event(EventKind::TokenRevoked)).await.unwrap(), "again");
        assert_eq!(db.row_counts().await, before, "and nothing is recorded");
    }

    async fn a_token_is_not_revoked_without_its_event(db: TestDatabase) {
        let taken = event(EventKind::TokenRevoked);
        db.store.record(&taken).await.unwrap();
        let hash = build::hash();
        assert!(db.store.revoke_token(&hash, after(60), &taken).await.is_err());
        assert!(!db.store.is_token_revoked(&hash).await.unwrap());
    }

    async fn a_grant_is_found_without_a_refresh_token_too(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let bare = Grant { session_id: None, ..build::grant(user.id, &client_id("web")) };
        db.store.add_grant(&bare, None, None, &event(EventKind::GrantCreated)).await.unwrap();
        let (full, _) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        for grant in [bare, full] {
            let (found, person) = db.store.find_grant(grant.id).await.unwrap().unwrap();
            assert_eq!(found, grant);
            assert_eq!((person.id, person.username.as_str()), (user.id, "ada"));
            db.store.revoke_grant(grant.id, &build::event_at(after(5))).await.unwrap();
            let (found, _) = db.store.find_grant(grant.id).await.unwrap().unwrap();
            assert_eq!(found.revoked_at, Some(after(5)));
        }
        assert!(db.store.find_grant(GrantId(random::uuid())).await.unwrap().is_none());
    }
}
