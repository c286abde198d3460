//! Consents: remembered, changed, and withdrawn with all that came of them.

use placet::model::consent::Consent;
use placet::model::event::{Event, EventKind};
use placet::model::id::UserId;
use placet::model::resource::Resources;
use placet::model::scope::Scopes;
use placet::random;
use placet::storage::{Issue, NewIssue, Redemption, Store};

use super::build::{self, after, client_id, event, event_at, now, scopes};
use crate::support::database::on_both;

async fn give(store: &Store, consent: &Consent) {
    let code = build::code(consent.user_id, &consent.client_id);
    let consented: Event = event(EventKind::ConsentGranted);
    let issue = NewIssue {
        code: &code,
        consent: Some((consent, &consented)),
        hears_of_logout: false,
    };
    assert_eq!(store.issue_code(&issue).await.unwrap(), Issue::Issued);
}

on_both! {
    async fn a_consent_is_read_back_and_changed_in_its_place(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default()).await.unwrap(), None);
        let first = build::consent(user.id, &client.id);
        give(&db.store, &first).await;
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default()).await.unwrap(), Some(first.clone()));

        let second = Consent {
            granted: Scopes::default(),
            declined: scopes("email read"),
            granted_at: after(50),
            updated_at: after(50),
            ..first.clone()
        };
        give(&db.store, &second).await;
        let kept = Consent { granted_at: first.granted_at, ..second };
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default()).await.unwrap(), Some(kept));
        assert_eq!(db.store.find_consent(user.id, &client_id("other"), &Resources::default()).await.unwrap(), None);
        assert_eq!(db.store.find_consent(UserId(random::uuid()), &client.id, &Resources::default()).await.unwrap(), None);
    }

    async fn withdrawing_ends_codes_and_grants_of_that_client_and_person(db: TestDatabase) {
        let (ada, bob) = (build::stored_user(&db.store, "ada").await, build::stored_user(&db.store, "bob").await);
        let (web, app) = (build::stored_client(&db.store, "web").await, build::stored_client(&db.store, "app").await);
        let mut grants = Vec::new();
        for (user, client) in [(&ada, &web), (&ada, &app), (&bob, &web)] {
            give(&db.store, &build::consent(user.id, &client.id)).await;
            grants.push(build::stored_grant(&db.store, user.id, &client.id).await.0.id);
        }
        let redeemed = build::stored_code(&db.store, ada.id, &web.id).await;
        let from_code = build::grant_of(&redeemed);
        let refresh = build::refresh();
        let created = event(EventKind::GrantCreated);
        db.store.redeem_code(&redeemed.hash, &from_code, Some(&refresh), &created).await.unwrap();
        let open = build::stored_code(&db.store, ada.id, &web.id).await;

        assert!(db.store.withdraw_consent(ada.id, &web.id, &event_at(after(7))).await.unwrap());
        assert_eq!(db.store.find_consent(ada.id, &web.id, &Resources::default()).await.unwrap(), None);
        assert!(db.store.find_consent(ada.id, &app.id, &Resources::default()).await.unwrap().is_some());
        assert!(db.store.find_consent(bob.id, &web.id, &Resources::default()).await.unwrap().is_some());
        assert!(!build::is_live(&db.store, grants[0]).await);
        assert!(!build::is_live(&db.store, from_code.id).await);
        assert!(build::is_live(&db.store, grants[1]).await);
        assert!(build::is_live(&db.store, grants[2]).await);
        let ended = db.store.find_refresh_grant(grants[0]).await.unwrap().unwrap();
        assert_eq!(ended.grant.revoked_at, Some(after(7)));
        assert!(db.store.find_code(&open.hash).await.unwrap().is_none());
        assert!(db.store.find_code(&redeemed.hash).await.unwrap().is_some(), "kept, so that a replay is seen");
        let late = db.store.redeem_code(&open.hash, &build::grant_of(&open), None, &event_at(now())).await.unwrap();
        assert_eq!(late, Redemption::AlreadyRedeemed);
    }

    async fn withdrawing_without_consent_still_ends_grants(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let (grant, _) = build::stored_grant(&db.store, user.id, &client.id).await;
        assert!(db.store.withdraw_consent(user.id, &client.id, &event_at(after(7))).await.unwrap());
        assert!(!db.store.withdraw_consent(user.id, &client.id, &event_at(after(8))).await.unwrap(), "nothing is left");
        assert!(!build::is_live(&db.store, grant.id).await);
    }
}
