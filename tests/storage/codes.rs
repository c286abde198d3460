//! Codes: issued once per request, redeemed once, and all or nothing.

use placet::model::event::{Event, EventKind};
use placet::model::grant::Code;
use placet::model::id::{ClientId, RequestId, UserId};
use placet::model::resource::Resources;
use placet::model::scope::Scopes;
use placet::random;
use placet::storage::{Issue, NewIssue, Redemption, UserChanged, UserTerms};

use super::build::{self, after, client_id, event, event_at, now};
use crate::support::database::on_both;

fn created() -> Event {
    event(EventKind::GrantCreated)
}

on_both! {
    async fn a_code_is_read_back_as_written(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let full = build::stored_code(&db.store, user.id, &client_id("web")).await;
        let bare = Code {
            is_redirect_uri_sent: false,
            code_challenge: None,
            scope: Scopes::default(),
            resources: Resources::default(),
            nonce: None,
            amr: Vec::new(),
            claims: None,
            ..build::code(user.id, &client_id("web"))
        };
        build::stored_session_of(&db.store, &bare).await;
        db.store.issue_code(&NewIssue { code: &bare, consent: None, hears_of_logout: false }).await.unwrap();
        for code in [full, bare] {
            let (found, person) = db.store.find_code(&code.hash).await.unwrap().unwrap();
            assert_eq!(found, code);
            assert_eq!(person.id, user.id);
            assert_eq!(person.username, "ada");
            assert_eq!(person.roles, user.roles);
        }
        assert!(db.store.find_code(&build::hash()).await.unwrap().is_none());
    }

    async fn a_request_gives_one_code(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let first = build::stored_code(&db.store, user.id, &client.id).await;
        let before = db.row_counts().await;
        let second = Code { request_id: first.request_id, session_id: first.session_id, ..build::code(user.id, &client.id) };
        let (consent, consented) = (build::consent(user.id, &client.id), event(EventKind::ConsentGranted));
        let issue = NewIssue { code: &second, consent: Some((Some(&consent), &consented)), hears_of_logout: false };
        assert_eq!(db.store.issue_code(&issue).await.unwrap(), Issue::AlreadyIssued);
        assert_eq!(db.row_counts().await, before, "its consent is not kept either");
        assert!(db.store.find_code(&second.hash).await.unwrap().is_none());
        assert!(db.store.find_code(&first.hash).await.unwrap().is_some());
    }

    async fn the_consent_comes_with_the_code_or_neither(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let (consent, consented) = (build::consent(user.id, &client.id), event(EventKind::ConsentGranted));
        let code = build::code_in(&db.store, user.id, &client.id).await;
        let issue = NewIssue { code: &code, consent: Some((Some(&consent), &consented)), hears_of_logout: false };
        assert_eq!(db.store.issue_code(&issue).await.unwrap(), Issue::Issued);
        assert_eq!(db.store.find_consent(user.id, &client.id, &Resources::default(), now()).await.unwrap(), Some(consent));

        let code = build::code_in(&db.store, user.id, &client.id).await;
        let before = db.row_counts().await;
        let stranger = build::consent(UserId(random::uuid()), &client.id);
        let other = event(EventKind::ConsentGranted);
        let issue = NewIssue { code: &code, consent: Some((Some(&stranger), &other)), hears_of_logout: false };
        assert_eq!(db.store.issue_code(&issue).await.unwrap(), Issue::Gone, "no such person");
        let same_hash = Code { request_id: RequestId(random::uuid()), ..code.clone() };
        assert_eq!(db.row_counts().await, before);
        assert_eq!(db.store.issue_code(&NewIssue { code: &code, consent: None, hears_of_logout: false }).await.unwrap(), Issue::Issued);
        assert!(db.store.issue_code(&NewIssue { code: &same_hash, consent: None, hears_of_logout: false }).await.is_err());
    }

    async fn a_code_is_redeemed_once(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let code = build::stored_code(&db.store, user.id, &client_id("web")).await;
        let (grant, refresh) = (build::grant_of(&code), build::refresh());
        let first = db.store.redeem_code(&code.hash, &grant, Some(&refresh), &event_at(after(9))).await.unwrap();
        assert_eq!(first, Redemption::Redeemed);
        let (found, _) = db.store.find_code(&code.hash).await.unwrap().unwrap();
        assert_eq!(found.redeemed_at, Some(after(9)));
        let stored = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
        assert_eq!((&stored.grant, &stored.refresh), (&grant, &refresh));

        let before = db.row_counts().await;
        let other = build::grant(user.id, &code.client_id);
        let second = db.store.redeem_code(&code.hash, &other, None, &event_at(after(10))).await.unwrap();
        assert_eq!(second, Redemption::AlreadyRedeemed);
        let unknown = db.store.redeem_code(&build::hash(), &other, None, &event_at(after(10))).await.unwrap();
        assert_eq!(unknown, Redemption::AlreadyRedeemed);
        assert_eq!(db.row_counts().await, before);
        let (found, _) = db.store.find_code(&code.hash).await.unwrap().unwrap();
        assert_eq!(found.redeemed_at, Some(after(9)));
    }

    async fn a_code_without_refresh_token_leaves_a_grant_without_one(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let code = build::stored_code(&db.store, user.id, &client_id("web")).await;
        let grant = build::grant_of(&code);
        db.store.redeem_code(&code.hash, &grant, None, &created()).await.unwrap();
        assert!(db.store.find_refresh_grant(grant.id).await.unwrap().is_none());
        assert!(db.store.revoke_grant(grant.id, &event(EventKind::GrantRevoked)).await.unwrap());
    }

    async fn a_code_ends_to_the_microsecond(db: TestDatabase) {
        // Whole seconds, milliseconds and microseconds are written with different lengths on SQLite.
        let user = build::stored_user(&db.store, "ada").await;
        let micro = chrono::TimeDelta::microseconds(1);
        let whole = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for end in [now(), whole, whole + chrono::TimeDelta::milliseconds(500)] {
            for (at, outcome) in [(end, Redemption::AlreadyRedeemed), (end - micro, Redemption::Redeemed)] {
                let code = Code { expires_at: end, ..build::code_in(&db.store, user.id, &client_id("web")).await };
                db.store.issue_code(&NewIssue { code: &code, consent: None, hears_of_logout: false }).await.unwrap();
                let found = db.store.redeem_code(&code.hash, &build::grant_of(&code), None, &event_at(at)).await;
                assert_eq!(found.unwrap(), outcome, "{at} before {end}");
            }
        }
    }

    async fn a_redemption_that_fails_leaves_the_code(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let code = build::stored_code(&db.store, user.id, &client_id("web")).await;
        let mut grant = build::grant_of(&code);
        let (taken, _) = build::stored_grant(&db.store, user.id, &code.client_id).await;
        let before = db.row_counts().await;
        let good = grant.id;
        grant.id = taken.id;
        assert!(db.store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &created()).await.is_err());
        grant.id = good;
        let recorded = created();
        db.store.record(&recorded).await.unwrap();
        assert!(db.store.redeem_code(&code.hash, &grant, None, &recorded).await.is_err(), "the event's id is taken");
        let mut after_failure = db.row_counts().await;
        *after_failure.get_mut("audit_events").unwrap() -= 1;
        assert_eq!(after_failure, before);
        assert_eq!(db.store.find_code(&code.hash).await.unwrap().unwrap().0, code);
        let redeemed = db.store.redeem_code(&code.hash, &grant, None, &created()).await.unwrap();
        assert_eq!(redeemed, Redemption::Redeemed);
    }

    async fn a_code_of_a_removed_person_is_gone(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client: ClientId = client_id("web");
        let code = build::stored_code(&db.store, user.id, &client).await;
        assert_eq!(db.store.remove_user(user.id, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap(), UserChanged::Changed);
        assert!(db.store.find_code(&code.hash).await.unwrap().is_none());
        let redeemed = db.store.redeem_code(&code.hash, &build::grant_of(&code), None, &created()).await.unwrap();
        assert_eq!(redeemed, Redemption::AlreadyRedeemed);
        assert_eq!(db.count("grants").await, 0);
    }
}
