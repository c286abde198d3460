//! Consents: remembered, changed, and withdrawn with all that came of them.

use placet::model::consent::Consent;
use placet::model::event::{Event, EventKind};
use placet::model::grant::Code;
use placet::model::id::UserId;
use placet::model::resource::Resources;
use placet::model::scope::Scopes;
use placet::model::session::Session;
use placet::random;
use placet::storage::{ConsentFilter, ConsentPlace, Issue, NewIssue, Redemption, Store};

use super::build::{self, after, client_id, event, event_at, now, scopes};
use crate::support::database::on_both;

async fn give(store: &Store, consent: &Consent) {
    let code = build::code_in(store, consent.user_id, &consent.client_id).await;
    let consented: Event = event(EventKind::ConsentGranted);
    let issue = NewIssue {
        code: &code,
        consent: Some((Some(consent), &consented)),
        hears_of_logout: false,
    };
    assert_eq!(store.issue_code(&issue).await.unwrap(), Issue::Issued);
}

on_both! {
    async fn a_consent_is_read_back_and_changed_in_its_place(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default(), now()).await.unwrap(), None);
        let first = build::consent(user.id, &client.id);
        give(&db.store, &first).await;
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default(), now()).await.unwrap(), Some(first.clone()));

        let second = Consent {
            granted: Scopes::default(),
            declined: scopes("email read"),
            granted_at: after(50),
            updated_at: after(50),
            ..first.clone()
        };
        give(&db.store, &second).await;
        let kept = Consent { granted_at: first.granted_at, ..second };
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default(), now()).await.unwrap(), Some(kept));
        assert_eq!(db.store.find_consent(user.id, &client_id("other"), &Resources::default(), now()).await.unwrap(), None);
        assert_eq!(db.store.find_consent(UserId(random::uuid()), &client.id, &Resources::default(), now()).await.unwrap(), None);
    }

    async fn an_approval_for_a_time_ends(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let first = Consent { expires_at: Some(after(9)), ..build::consent(user.id, &client.id) };
        give(&db.store, &first).await;
        let found = async |at| db.store.find_consent(user.id, &client.id, &Resources::default(), at).await.unwrap();
        assert_eq!(found(after(9) - chrono::TimeDelta::microseconds(1)).await, Some(first.clone()));
        assert_eq!(found(after(9)).await, None, "its end is not in it");
        let filter = ConsentFilter { user: Some(user.id), client: None };
        let place = ConsentPlace { user: UserId(uuid::Uuid::nil()), client: String::new(), resources: String::new() };
        for (at, count) in [(after(8), 1), (after(9), 0)] {
            assert_eq!(db.store.find_consents(&filter, at, &place, 9).await.unwrap().len(), count);
        }
        // One that is given before the sweep came is a new one; one that is given while it holds is not.
        let anew = Consent { granted_at: after(20), updated_at: after(20), expires_at: None, ..first };
        give(&db.store, &anew).await;
        assert_eq!(found(after(20)).await, Some(anew.clone()));
        give(&db.store, &Consent { granted_at: after(30), updated_at: after(30), ..anew.clone() }).await;
        assert_eq!(found(after(30)).await.unwrap().granted_at, anew.granted_at);
    }

    async fn a_shorter_approval_shortens_what_came_of_the_one_before(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (web, app) = (build::stored_client(&db.store, "web").await, build::stored_client(&db.store, "app").await);
        let mine = build::stored_grant(&db.store, user.id, &web.id).await.0;
        let others = build::stored_grant(&db.store, user.id, &app.id).await.0;
        let code = Code { grant_expires_at: None, ..build::code(user.id, &web.id) };
        let session = Session { id: code.session_id, ..build::session(user.id) };
        db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        db.store.issue_code(&NewIssue { code: &code, consent: None, hears_of_logout: false }).await.unwrap();
        let elsewhere = Consent { expires_at: Some(after(50)), ..build::consent(user.id, &web.id) };
        give(&db.store, &elsewhere).await;
        let end = async |id| db.store.find_grant(id).await.unwrap().unwrap().0.expires_at;
        assert_eq!(end(mine.id).await, mine.expires_at, "it is about other resources");
        let here = Consent { resources: mine.resources.clone(), ..elsewhere };
        give(&db.store, &here).await;
        assert_eq!((end(mine.id).await, end(others.id).await), (after(50), others.expires_at));
        let (found, _) = db.store.find_code(&code.hash).await.unwrap().unwrap();
        assert_eq!(found.grant_expires_at, Some(after(50)));
        give(&db.store, &Consent { expires_at: Some(after(90)), ..here.clone() }).await;
        assert_eq!(end(mine.id).await, after(50), "a longer one lengthens nothing");
        give(&db.store, &Consent { expires_at: None, ..here }).await;
        assert_eq!(end(mine.id).await, after(50));
    }

    async fn what_is_allowed_this_time_is_not_remembered(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let code = build::code_in(&db.store, user.id, &client.id).await;
        let audited = db.count("audit_events").await;
        let consented = event(EventKind::ConsentGranted);
        let issue = NewIssue { code: &code, consent: Some((None, &consented)), hears_of_logout: false };
        assert_eq!(db.store.issue_code(&issue).await.unwrap(), Issue::Issued);
        assert_eq!((db.count("consents").await, db.count("audit_events").await), (0, audited + 1));
    }

    async fn whether_anything_is_allowed_is_known_of_consents_and_grants(db: TestDatabase) {
        let (ada, bob) = (build::stored_user(&db.store, "ada").await, build::stored_user(&db.store, "bob").await);
        let (web, app) = (build::stored_client(&db.store, "web").await, build::stored_client(&db.store, "app").await);
        let allows = async |user, client, at| db.store.allows_anything(user, client, at).await.unwrap();
        assert!(!allows(ada.id, &web.id, now()).await);
        give(&db.store, &Consent { expires_at: Some(after(9)), ..build::consent(ada.id, &web.id) }).await;
        assert!(allows(ada.id, &web.id, after(8)).await && !allows(ada.id, &web.id, after(9)).await, "for a time");
        assert!(!allows(ada.id, &app.id, now()).await && !allows(bob.id, &web.id, now()).await, "theirs alone");
        let (grant, _) = build::stored_grant(&db.store, bob.id, &app.id).await;
        assert!(allows(bob.id, &app.id, now()).await && !allows(bob.id, &app.id, grant.expires_at).await);
        db.store.revoke_grant(grant.id, &event(EventKind::GrantRevoked)).await.unwrap();
        assert!(!allows(bob.id, &app.id, now()).await, "taken back");
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
        assert_eq!(db.store.find_consent(ada.id, &web.id, &Resources::default(), now()).await.unwrap(), None);
        assert!(db.store.find_consent(ada.id, &app.id, &Resources::default(), now()).await.unwrap().is_some());
        assert!(db.store.find_consent(bob.id, &web.id, &Resources::default(), now()).await.unwrap().is_some());
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
