//! Grants and their refresh tokens: one live token for each, and none once revoked.

use placet::model::event::EventKind;
use placet::model::grant::{Grant, Refresh};
use placet::model::id::GrantId;
use placet::model::resource::Resources;
use placet::model::scope::Scopes;
use placet::random;
use placet::storage::{Rotate, UserChange, UserTerms};
use serde_json::json;

use super::build::{self, after, client_id, event, event_at, now};
use crate::support::database::on_both;

/// The step from what is stored to a new token, at `now` plus 10 s.
pub(super) fn step(grant: &Grant, refresh: &Refresh) -> Rotate {
    Rotate {
        grant_id: grant.id,
        from_generation: refresh.generation,
        from_hash: refresh.hash,
        to_hash: build::hash(),
        now: after(10),
        idle_expires_at: after(1010),
        expires_at: grant.expires_at,
    }
}

on_both! {
    async fn a_grant_is_read_back_as_written(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let full = Grant { is_offline: true, ..build::grant(user.id, &client_id("web")) };
        let bare = Grant {
            session_id: None,
            scope: Scopes::default(),
            resources: Resources::default(),
            amr: Vec::new(),
            claims: None,
            ..build::grant(user.id, &client_id("web"))
        };
        for (grant, generation) in [(full, 0), (bare, i64::MAX - 1)] {
            let refresh = Refresh { generation, ..build::refresh() };
            db.store.add_grant(&grant, Some(&refresh), None, &event(EventKind::GrantCreated)).await.unwrap();
            let found = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
            assert_eq!(found.grant, grant);
            assert_eq!(found.refresh, refresh);
            assert_eq!(found.user.username, "ada");
            assert_eq!(found.user.password_hash, user.password_hash);
        }
        assert!(db.store.find_refresh_grant(GrantId(random::uuid())).await.unwrap().is_none());
    }

    async fn a_grant_is_found_with_its_person_whether_it_has_a_refresh_token_or_not(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let change = UserChange { claims: vec![("nickname", Some(json!("Countess")))], ..UserChange::default() };
        db.store.update_user(user.id, &change, UserTerms::default(), &event_at(after(5))).await.unwrap();
        let with = build::refresh();
        for refresh in [None, Some(&with)] {
            let grant = build::grant(user.id, &client_id("web"));
            db.store.add_grant(&grant, refresh, None, &event(EventKind::GrantCreated)).await.unwrap();
            let found = db.store.find_person_grant(grant.id).await.unwrap().unwrap();
            assert_eq!(found.grant, grant);
            assert_eq!((found.user.id, &found.user.email, found.user.roles), (user.id, &user.email, user.roles.clone()));
            assert_eq!((json!(found.claims.values), found.claims.updated_at), (json!({ "nickname": "Countess" }), after(5)));
            assert!(db.store.revoke_grant(grant.id, &event_at(after(6))).await.unwrap());
            let found = db.store.find_person_grant(grant.id).await.unwrap().unwrap();
            assert_eq!(found.grant.revoked_at, Some(after(6)));
        }
        assert!(db.store.find_person_grant(GrantId(random::uuid())).await.unwrap().is_none());
    }

    async fn a_grant_that_is_there_leaves_nothing(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (grant, refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        let before = db.row_counts().await;
        assert!(db.store.add_grant(&grant, None, None, &event(EventKind::GrantCreated)).await.is_err());
        assert_eq!(db.row_counts().await, before);
        assert_eq!(db.store.find_refresh_grant(grant.id).await.unwrap().unwrap().refresh, refresh);
    }

    async fn a_token_rotates_step_by_step(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (grant, mut refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        let first = step(&grant, &refresh);
        for generation in 1..=200 {
            let step = step(&grant, &refresh);
            assert!(db.store.rotate_refresh_token(&step).await.unwrap());
            // Read at once, through another connection: what was answered is committed.
            let found = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
            refresh = Refresh {
                generation,
                hash: step.to_hash,
                rotated_at: step.now,
                idle_expires_at: step.idle_expires_at,
            };
            assert_eq!(found.refresh, refresh);
            assert_eq!(found.grant, grant);
        }
        assert!(!db.store.rotate_refresh_token(&first).await.unwrap(), "an old step");
        assert_eq!(db.count("grants").await, 1);
    }

    async fn a_step_fits_in_every_part(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (grant, refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        let good = step(&grant, &refresh);
        let wrong = [
            ("grant", Rotate { grant_id: GrantId(random::uuid()), ..good }),
            ("generation behind", Rotate { from_generation: -1, ..good }),
            ("generation ahead", Rotate { from_generation: 1, ..good }),
            ("hash", Rotate { from_hash: build::hash(), ..good }),
            ("idle end", Rotate { now: refresh.idle_expires_at, ..good }),
            ("absolute end", Rotate { now: grant.expires_at, ..good }),
        ];
        for (what, step) in wrong {
            assert!(!db.store.rotate_refresh_token(&step).await.unwrap(), "{what}");
        }
        assert_eq!(db.store.find_refresh_grant(grant.id).await.unwrap().unwrap().refresh, refresh);
        let micro = chrono::TimeDelta::microseconds(1);
        let last = Rotate { now: refresh.idle_expires_at - micro, ..good };
        assert!(db.store.rotate_refresh_token(&last).await.unwrap());
    }

    async fn the_absolute_end_holds_while_the_idle_one_moves(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let grant = Grant { expires_at: after(500), ..build::grant(user.id, &client_id("web")) };
        let refresh = build::refresh();
        db.store.add_grant(&grant, Some(&refresh), None, &event(EventKind::GrantCreated)).await.unwrap();
        let late = Rotate { now: after(500), ..step(&grant, &refresh) };
        assert!(!db.store.rotate_refresh_token(&late).await.unwrap());
        assert!(db.store.rotate_refresh_token(&Rotate { now: after(499), ..late }).await.unwrap());
    }

    async fn a_revoked_grant_is_dead_for_good(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (grant, refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        let (other, _) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        assert!(db.store.revoke_grant(grant.id, &event_at(after(5))).await.unwrap());
        let found = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
        assert_eq!(found.grant.revoked_at, Some(after(5)));
        assert!(!db.store.rotate_refresh_token(&step(&grant, &refresh)).await.unwrap());

        let before = db.row_counts().await;
        assert!(!db.store.revoke_grant(grant.id, &event_at(after(6))).await.unwrap(), "again");
        assert!(!db.store.revoke_grant(GrantId(random::uuid()), &event_at(now())).await.unwrap(), "never was");
        assert_eq!(db.row_counts().await, before, "and nothing is recorded");
        let found = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
        assert_eq!(found.grant.revoked_at, Some(after(5)));
        assert!(build::is_live(&db.store, other.id).await);
    }
}
