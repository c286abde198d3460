//! Sessions: started, found while they live, touched, ended.

use placet::model::event::EventKind;
use placet::model::grant::Grant;
use placet::model::id::{SessionId, UserId};
use placet::model::secret::PasswordHash;
use placet::model::session::Session;
use placet::random;
use placet::storage::{Store, UserTerms};

use super::build::{self, after, client_id, event, event_at, now};
use crate::support::database::on_both;

async fn start(store: &Store, session: &Session, replaced: Option<SessionId>) {
    store
        .start_session(session, replaced, None, &event(EventKind::SignInSucceeded))
        .await
        .unwrap();
}

fn assert_same(found: &Session, session: &Session) {
    assert_eq!(found.id, session.id);
    assert_eq!(found.token_hash, session.token_hash);
    assert_eq!(found.user_id, session.user_id);
    assert_eq!(found.authenticated_at, session.authenticated_at);
    assert_eq!(found.amr, session.amr);
    assert_eq!(found.created_at, session.created_at);
    assert_eq!(found.last_seen_at, session.last_seen_at);
    assert_eq!(found.idle_expires_at, session.idle_expires_at);
    assert_eq!(found.expires_at, session.expires_at);
    assert_eq!(found.address, session.address);
    assert_eq!(found.user_agent, session.user_agent);
}

on_both! {
    async fn a_session_is_read_back_with_its_user(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let full = build::session(user.id);
        let bare = Session { amr: Vec::new(), address: None, user_agent: None, ..build::session(user.id) };
        for session in [full, bare] {
            start(&db.store, &session, None).await;
            let found = db.store.find_session(&session.token_hash, now()).await.unwrap().unwrap();
            assert_same(&found.session, &session);
            assert_eq!(found.user.id, user.id);
            assert_eq!(found.user.created_at, user.created_at);
            assert_eq!(found.user.roles, user.roles);
        }
        assert!(db.store.find_session(&build::hash(), now()).await.unwrap().is_none());
    }

    async fn a_session_ends_by_rest_and_by_age(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let session = Session { expires_at: after(150), ..build::session(user.id) };
        start(&db.store, &session, None).await;
        let micro = chrono::TimeDelta::microseconds(1);
        let is_live = async |at| db.store.find_session(&session.token_hash, at).await.unwrap().is_some();
        assert!(is_live(after(100) - micro).await);
        assert!(!is_live(after(100)).await);
        db.store.touch_session(session.id, after(99), after(199)).await.unwrap();
        let found = db.store.find_session(&session.token_hash, after(100)).await.unwrap().unwrap();
        assert_eq!(found.session.last_seen_at, after(99));
        assert_eq!(found.session.idle_expires_at, after(199));
        assert!(is_live(after(150) - micro).await);
        assert!(!is_live(after(150)).await);
        db.store.touch_session(SessionId(random::uuid()), now(), after(9)).await.unwrap();
    }

    async fn signing_in_again_gives_a_new_cookie(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let first = build::session(user.id);
        start(&db.store, &first, None).await;
        let again = Session {
            token_hash: build::hash(),
            authenticated_at: after(20),
            amr: vec!["otp".to_owned()],
            last_seen_at: after(20),
            idle_expires_at: after(220),
            expires_at: after(2000),
            address: None,
            ..first.clone()
        };
        start(&db.store, &again, Some(first.id)).await;
        assert!(db.store.find_session(&first.token_hash, now()).await.unwrap().is_none(), "the old cookie is dead");
        assert_same(&db.store.find_session(&again.token_hash, now()).await.unwrap().unwrap().session, &again);
        assert_eq!(db.count("sessions").await, 1);
    }

    async fn another_person_in_the_same_browser_replaces_the_session(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let (first, second) = (build::session(ada.id), build::session(bob.id));
        start(&db.store, &first, None).await;
        start(&db.store, &second, Some(first.id)).await;
        assert!(db.store.find_session(&first.token_hash, now()).await.unwrap().is_none());
        let found = db.store.find_session(&second.token_hash, now()).await.unwrap().unwrap();
        assert_eq!(found.user.id, bob.id);
    }

    async fn a_start_that_fails_leaves_the_old_session(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let first = build::session(user.id);
        start(&db.store, &first, None).await;
        let before = db.row_counts().await;
        let stranger = build::session(UserId(random::uuid()));
        let started = db.store.start_session(&stranger, Some(first.id), None, &event(EventKind::SignInSucceeded)).await;
        assert!(started.is_err());
        assert_eq!(db.row_counts().await, before);
        assert!(db.store.find_session(&first.token_hash, now()).await.unwrap().is_some());
    }

    // S60
    async fn what_was_judged_by_a_password_of_before_starts_nothing(db: TestDatabase) {
        let judged = build::stored_user(&db.store, "ada").await;
        build::stored_client(&db.store, "web").await;
        let signed_in = event(EventKind::SignInSucceeded);
        let first = build::session(judged.id);
        assert!(db.store.start_session(&first, None, Some(&judged), &signed_in).await.unwrap());
        let password = PasswordHash::from_phc("$new".to_owned());
        db.store.set_password(judged.id, &password, UserTerms::default(), &event(EventKind::PasswordSet)).await.unwrap();
        let now_so = db.store.find_user(judged.id).await.unwrap().unwrap();
        let before = db.row_counts().await;
        let (late, grant) = (build::session(judged.id), build::grant(judged.id, &client_id("web")));
        assert!(!db.store.start_session(&late, None, Some(&judged), &signed_in).await.unwrap());
        assert!(!db.store.add_grant(&grant, None, Some(&judged), &event(EventKind::GrantCreated)).await.unwrap());
        db.store.disable_user(judged.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap();
        assert!(!db.store.start_session(&late, None, Some(&now_so), &signed_in).await.unwrap());
        assert!(!db.store.add_grant(&grant, None, Some(&now_so), &event(EventKind::GrantCreated)).await.unwrap());
        let mut after = db.row_counts().await;
        *after.get_mut("audit_events").unwrap() -= 1;
        assert_eq!(after, before, "but for the event of the end, nothing is there that was not");
    }

    // S60
    async fn a_sign_in_under_way_does_not_outlive_a_new_password(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        for round in 0..20 {
            let judged = db.store.find_user(ada.id).await.unwrap().unwrap();
            let session = build::session(ada.id);
            let password = PasswordHash::from_phc(format!("$new{round}"));
            let (signed_in, set) = (event(EventKind::SignInSucceeded), event(EventKind::PasswordSet));
            let (started, changed) = tokio::join!(
                db.store.start_session(&session, None, Some(&judged), &signed_in),
                db.store.set_password(ada.id, &password, UserTerms::default(), &set),
            );
            started.unwrap();
            changed.unwrap();
            assert!(db.store.find_session(&session.token_hash, now()).await.unwrap().is_none(), "round {round}");
        }
    }

    // S40
    async fn a_session_is_made_surer_while_it_lives(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let session = build::session(ada.id);
        start(&db.store, &session, None).await;
        let surer = Session {
            token_hash: build::hash(),
            amr: vec!["pwd".to_owned(), "otp".to_owned(), "mfa".to_owned()],
            last_seen_at: after(10),
            ..session.clone()
        };
        let stepped_up = event(EventKind::SignInSucceeded);
        assert!(db.store.strengthen_session(&surer, Some((&stepped_up).into())).await.unwrap());
        let found = db.store.find_session(&surer.token_hash, after(10)).await.unwrap().unwrap();
        assert_same(&found.session, &surer);
        assert!(db.store.find_session(&session.token_hash, after(10)).await.unwrap().is_none(), "the old cookie is dead");
        db.store.end_session(&surer, &event(EventKind::SignedOut)).await.unwrap();
        let before = db.row_counts().await;
        assert!(!db.store.strengthen_session(&surer, Some((&stepped_up).into())).await.unwrap());
        assert_eq!(db.row_counts().await, before);
    }

    async fn signing_out_ends_the_grants_of_the_session(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (session, other) = (build::session(user.id), build::session(user.id));
        start(&db.store, &session, None).await;
        start(&db.store, &other, None).await;
        let mut grants = Vec::new();
        for (session_id, is_offline) in
            [(Some(session.id), false), (Some(session.id), true), (Some(other.id), false), (None, false)]
        {
            let grant = Grant { session_id, is_offline, ..build::grant(user.id, &client_id("web")) };
            let created = event(EventKind::GrantCreated);
            db.store.add_grant(&grant, Some(&build::refresh()), None, &created).await.unwrap();
            grants.push(grant.id);
        }
        db.store.end_session(&session, &event_at(after(5))).await.unwrap();
        assert!(db.store.find_session(&session.token_hash, now()).await.unwrap().is_none());
        assert!(db.store.find_session(&other.token_hash, now()).await.unwrap().is_some());
        let mut live = Vec::new();
        for grant in &grants {
            live.push(build::is_live(&db.store, *grant).await);
        }
        assert_eq!(live, [false, true, true, true]);
        let ended = db.store.find_refresh_grant(grants[0]).await.unwrap().unwrap();
        assert_eq!(ended.grant.revoked_at, Some(after(5)));
    }
}
