//! What people change of their own account: password, language, and the other sessions.

use placet::model::event::EventKind;
use placet::model::grant::Grant;
use placet::model::secret::PasswordHash;
use placet::model::session::Session;
use placet::storage::{NewIssue, UserChange, UserChanged, UserTerms, Which};

use super::build::{self, after, event, event_at, now};
use super::races::all_at_once;
use crate::support::database::on_both;

fn phc(value: &str) -> PasswordHash {
    PasswordHash::from_phc(value.to_owned())
}

on_both! {
    // S60: this session goes on, every other ends with what lasts only as long, and clients hear of those.
    async fn a_password_takes_the_place_of_the_one_that_is_known(db: TestDatabase) {
        let s = &db.store;
        let (ada, bob) = (build::stored_user(s, "ada").await, build::stored_user(s, "bob").await);
        let client = build::stored_client(s, "web").await;
        assert_eq!(s.password_changed_at(ada.id).await.unwrap(), Some(now()), "since there is an account");
        let (this, other, of_bob) = (build::session(ada.id), build::session(ada.id), build::session(bob.id));
        let mut grants = Vec::new();
        for session in [&this, &other, &of_bob] {
            s.start_session(session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
            s.note_session_client(session.id, &client.id).await.unwrap();
            for is_offline in [false, true] {
                let grant = Grant { session_id: Some(session.id), is_offline, ..build::grant(session.user_id, &client.id) };
                s.add_grant(&grant, Some(&build::refresh()), None, &event(EventKind::GrantCreated)).await.unwrap();
                grants.push(grant.id);
            }
            let code = placet::model::grant::Code { session_id: session.id, ..build::code(session.user_id, &client.id) };
            s.issue_code(&NewIssue { code: &code, consent: None, hears_of_logout: false }).await.unwrap();
        }
        let before = db.row_counts().await;
        let (old, new) = (ada.password_hash.as_ref(), phc("new"));
        for wrong in [Some(&new), None] {
            assert!(!s.change_password(ada.id, (wrong, &new), Some(this.id), &event_at(after(5))).await.unwrap());
        }
        assert_eq!(db.row_counts().await, before);

        assert!(s.change_password(ada.id, (old, &new), Some(this.id), &event_at(after(5))).await.unwrap());
        assert_eq!(s.find_user(ada.id).await.unwrap().unwrap().password_hash, Some(new.clone()));
        assert_eq!(s.password_changed_at(ada.id).await.unwrap(), Some(after(5)));
        assert!(s.find_session(&this.token_hash, now()).await.unwrap().is_some());
        assert!(s.find_session(&other.token_hash, now()).await.unwrap().is_none());
        assert!(s.find_session(&of_bob.token_hash, now()).await.unwrap().is_some());
        assert_eq!((db.count("logout_deliveries").await, db.count("codes").await), (1, 2));
        let mut live = Vec::new();
        for grant in &grants {
            live.push(build::is_live(s, *grant).await);
        }
        assert_eq!(live, [true, true, false, true, true, true]);

        let another = Session { user_id: ada.id, ..build::session(ada.id) };
        s.start_session(&another, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        assert!(s.change_password(ada.id, (Some(&new), &phc("newer")), None, &event_at(after(6))).await.unwrap());
        assert!(s.find_session(&another.token_hash, now()).await.unwrap().is_some(), "nobody was put out");
    }

    async fn a_first_password_takes_no_place(db: TestDatabase) {
        let s = &db.store;
        let bare = placet::model::user::User { password_hash: None, ..build::user("ada") };
        s.add_user(&bare, &event(EventKind::UserAdded)).await.unwrap();
        assert_eq!(s.password_changed_at(bare.id).await.unwrap(), None);
        assert!(s.change_password(bare.id, (None, &phc("first")), None, &event_at(after(5))).await.unwrap());
        assert!(!s.change_password(bare.id, (None, &phc("second")), None, &event_at(after(6))).await.unwrap());
        s.set_password(bare.id, &phc("third"), UserTerms::default(), &event_at(after(7))).await.unwrap();
        assert_eq!(s.password_changed_at(bare.id).await.unwrap(), Some(after(7)));
    }

    // Of many changes that were all shown the same password, one wins.
    async fn one_of_many_changes_wins(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let won = all_at_once(&db, 16, |store, number| {
            let (old, new) = (ada.password_hash.clone(), phc(&format!("new {number}")));
            let (id, changed) = (ada.id, event_at(after(5)));
            async move { store.change_password(id, (old.as_ref(), &new), None, &changed).await }
        }).await;
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{won:?}");
    }

    async fn all_sessions_but_one_end(db: TestDatabase) {
        let s = &db.store;
        let (ada, bob) = (build::stored_user(s, "ada").await, build::stored_user(s, "bob").await);
        let sessions = [build::session(ada.id), build::session(ada.id), build::session(ada.id), build::session(bob.id)];
        for session in &sessions {
            s.start_session(session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        }
        assert_eq!(s.end_sessions(ada.id, Which::Others(sessions[0].id), &event_at(after(5))).await.unwrap(), 2);
        let mut live = Vec::new();
        for session in &sessions {
            live.push(s.find_session(&session.token_hash, now()).await.unwrap().is_some());
        }
        assert_eq!(live, [true, false, false, true]);
        assert_eq!(s.end_sessions(ada.id, Which::Others(sessions[0].id), &event_at(after(6))).await.unwrap(), 0);
        // Whose session it is that stays is asked by nobody: of bob all end.
        assert_eq!(s.end_sessions(bob.id, Which::Others(sessions[0].id), &event_at(after(7))).await.unwrap(), 1);
    }

    async fn a_language_is_kept(db: TestDatabase) {
        let s = &db.store;
        let ada = build::stored_user(s, "ada").await;
        assert_eq!(s.find_user(ada.id).await.unwrap().unwrap().locale.as_deref(), Some("de"));
        for locale in [Some("ar".to_owned()), None] {
            let change = UserChange { locale: Some(locale.clone()), ..UserChange::default() };
            let outcome = s.update_user(ada.id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await;
            assert_eq!(outcome.unwrap(), UserChanged::Changed);
            assert_eq!(s.find_user(ada.id).await.unwrap().unwrap().locale, locale);
        }
    }
}
