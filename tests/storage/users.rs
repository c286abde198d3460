//! Users: one name space for names and addresses, and an end to everything when they are disabled or removed.

use placet::model::event::EventKind;
use placet::model::id::UserId;
use placet::model::secret::PasswordHash;
use placet::model::user::User;
use placet::random;
use placet::storage::{Added, UserChange, UserChanged, UserTerms};
use serde_json::json;
use uuid::Uuid;

use super::build::{self, after, client_id, event, event_at, now};
use crate::support::database::on_both;

fn assert_same(found: &User, user: &User) {
    assert_eq!(found.id, user.id);
    assert_eq!(found.username, user.username);
    assert_eq!(found.email, user.email);
    assert_eq!(found.is_email_verified, user.is_email_verified);
    assert_eq!(found.name, user.name);
    assert_eq!(found.roles, user.roles);
    assert_eq!(found.password_hash, user.password_hash);
    assert_eq!(found.disabled_at, user.disabled_at);
    assert_eq!(found.created_at, user.created_at);
}

fn phc(value: &str) -> PasswordHash {
    PasswordHash::from_phc(value.to_owned())
}

on_both! {
    async fn a_user_is_read_back_as_written(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "Ada Lovelace").await;
        let bare = User {
            email: None,
            is_email_verified: false,
            name: None,
            roles: Vec::new(),
            password_hash: None,
            ..build::user("O'Brien \u{1f980}")
        };
        db.store.add_user(&bare, &event(EventKind::UserAdded)).await.unwrap();
        for user in [&ada, &bare] {
            assert_same(&db.store.find_user(user.id).await.unwrap().unwrap(), user);
            assert_same(&db.store.find_user_by_name(&user.username).await.unwrap().unwrap(), user);
        }
        assert!(db.store.find_user(UserId(random::uuid())).await.unwrap().is_none());
    }

    async fn a_user_is_found_by_any_spelling(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "\u{c9}ada").await;
        for name in ["\u{c9}ada", " \u{e9}ADA ", "e\u{301}ada", "\u{c9}ADA@EXAMPLE.com", "\u{e9}\u{ff41}da"] {
            let found = db.store.find_user_by_name(name).await.unwrap();
            assert_eq!(found.map(|user| user.id), Some(ada.id), "{name}");
        }
        for name in ["", "ada", "%", "_ada", "\u{e9}ada@example"] {
            assert!(db.store.find_user_by_name(name).await.unwrap().is_none(), "{name}");
        }
    }

    async fn names_and_addresses_are_taken_once_in_any_spelling(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let before = db.row_counts().await;
        let added = event(EventKind::UserAdded);
        let other_mail = || Some("other@example.com".to_owned());
        let same_name = User { email: other_mail(), ..build::user("ADA") };
        let same_email = User { email: Some("Ada@Example.com".to_owned()), ..build::user("bob") };
        let same_id = User { id: ada.id, email: other_mail(), ..build::user("bob") };
        for user in [same_name, same_email, same_id] {
            assert_eq!(db.store.add_user(&user, &added).await.unwrap(), Added::AlreadyThere);
        }
        assert_eq!(db.row_counts().await, before);
        for name in ["bob", "cora"] {
            let user = User { email: None, ..build::user(name) };
            let added = db.store.add_user(&user, &event(EventKind::UserAdded)).await.unwrap();
            assert_eq!(added, Added::Added, "many have no address");
        }
    }

    async fn users_are_listed_in_pages(db: TestDatabase) {
        let mut ids = Vec::new();
        for name in ["a", "b", "c", "d", "e"] {
            ids.push(build::stored_user(&db.store, name).await.id);
        }
        ids.sort_unstable();
        let (mut listed, mut last) = (Vec::new(), Uuid::nil());
        loop {
            let page = db.store.list_users(last, 2).await.unwrap();
            assert!(page.len() <= 2);
            let Some(user) = page.last() else { break };
            last = user.id.0;
            listed.extend(page.iter().map(|user| user.id));
        }
        assert_eq!(listed, ids);
    }

    async fn a_change_leaves_the_rest(db: TestDatabase) {
        let mut ada = build::stored_user(&db.store, "ada").await;
        let updated = || event(EventKind::UserUpdated);
        let nothing = db.store.update_user(ada.id, &UserChange::default(), UserTerms::default(), &updated()).await.unwrap();
        assert_eq!(nothing, UserChanged::Changed);
        assert_same(&db.store.find_user(ada.id).await.unwrap().unwrap(), &ada);

        let change = UserChange { email: Some(Some("new@example.com".to_owned())), ..UserChange::default() };
        db.store.update_user(ada.id, &change, UserTerms::default(), &updated()).await.unwrap();
        ada.email = Some("new@example.com".to_owned());
        ada.is_email_verified = false;
        assert_same(&db.store.find_user(ada.id).await.unwrap().unwrap(), &ada);
        assert!(db.store.find_user_by_name("NEW@example.com").await.unwrap().is_some());
        assert!(db.store.find_user_by_name("ada@example.com").await.unwrap().is_none());

        let change = UserChange {
            email: Some(None),
            is_email_verified: Some(false),
            name: Some(None),
            roles: Some(vec!["admin".to_owned()]),
            ..UserChange::default()
        };
        db.store.update_user(ada.id, &change, UserTerms::default(), &updated()).await.unwrap();
        (ada.email, ada.name, ada.roles) = (None, None, vec!["admin".to_owned()]);
        assert_same(&db.store.find_user(ada.id).await.unwrap().unwrap(), &ada);

        let nobody = db.store.update_user(UserId(random::uuid()), &change, UserTerms::default(), &updated()).await.unwrap();
        assert_eq!(nobody, UserChanged::NotFound);
    }

    async fn claims_are_kept_beside_the_user(db: TestDatabase) {
        let ada = build::user("ada");
        let claims = json!({ "nickname": "\u{c9}da", "address": { "locality": "London", "country": "GB" } });
        db.store.add_user_with(&ada, claims.as_object().unwrap(), &event(EventKind::UserAdded)).await.unwrap();
        let found = db.store.find_user_claims(ada.id).await.unwrap().unwrap();
        assert_eq!((json!(found.values), found.updated_at), (claims, ada.created_at));
        let text = |text: &str| Some(json!(text));
        let change = UserChange {
            claims: vec![("nickname", None), ("address.country", None), ("birthdate", text("1815-12-10"))],
            ..UserChange::default()
        };
        let later = event_at(after(60));
        db.store.update_user(ada.id, &change, UserTerms::default(), &later).await.unwrap();
        let found = db.store.find_user_claims(ada.id).await.unwrap().unwrap();
        assert_eq!(json!(found.values), json!({ "birthdate": "1815-12-10", "address": { "locality": "London" } }));
        assert_eq!(found.updated_at, after(60));
        assert_same(&db.store.find_user(ada.id).await.unwrap().unwrap(), &ada);
        // Another change leaves them, and one that fails changes nothing.
        let taken = UserChange { name: Some(None), ..UserChange::default() };
        db.store.update_user(ada.id, &taken, UserTerms::default(), &event_at(after(61))).await.unwrap();
        build::stored_user(&db.store, "bob").await;
        let taken = UserChange { email: Some(Some("bob@example.com".to_owned())), claims: vec![("birthdate", None)], ..UserChange::default() };
        assert_eq!(db.store.update_user(ada.id, &taken, UserTerms::default(), &event_at(after(62))).await.unwrap(), UserChanged::AddressTaken);
        let kept = db.store.find_user_claims(ada.id).await.unwrap().unwrap();
        assert_eq!(kept.values, found.values);
        let nothing = UserChange { claims: vec![("birthdate", None), ("address", None)], ..UserChange::default() };
        db.store.update_user(ada.id, &nothing, UserTerms::default(), &event_at(after(63))).await.unwrap();
        assert!(db.store.find_user_claims(ada.id).await.unwrap().unwrap().values.is_empty());
        assert!(db.store.find_user_claims(UserId(random::uuid())).await.unwrap().is_none());
    }

    async fn a_taken_address_changes_nothing(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let before = db.row_counts().await;
        let change = UserChange {
            email: Some(Some("ADA@example.com".to_owned())),
            roles: Some(vec!["admin".to_owned()]),
            ..UserChange::default()
        };
        let taken = db.store.update_user(bob.id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await.unwrap();
        assert_eq!(taken, UserChanged::AddressTaken);
        assert_same(&db.store.find_user(bob.id).await.unwrap().unwrap(), &bob);
        assert_same(&db.store.find_user(ada.id).await.unwrap().unwrap(), &ada);
        assert_eq!(db.row_counts().await, before);
    }

    async fn disabling_ends_sessions_and_grants(db: TestDatabase) {
        let (ada, bob) = (build::stored_user(&db.store, "ada").await, build::stored_user(&db.store, "bob").await);
        let mut of = Vec::new();
        for user in [&ada, &bob] {
            let session = build::session(user.id);
            db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
            of.push((session, build::stored_grant(&db.store, user.id, &client_id("web")).await.0));
        }
        assert_eq!(db.store.disable_user(ada.id, UserTerms::default(), &event_at(after(5))).await.unwrap(), UserChanged::Changed);
        let found = db.store.find_user(ada.id).await.unwrap().unwrap();
        assert_eq!(found.disabled_at, Some(after(5)));
        assert!(db.store.find_session(&of[0].0.token_hash, now()).await.unwrap().is_none());
        let ended = db.store.find_refresh_grant(of[0].1.id).await.unwrap().unwrap();
        assert_eq!(ended.grant.revoked_at, Some(after(5)));
        assert_eq!(ended.user.disabled_at, Some(after(5)));
        assert!(db.store.find_session(&of[1].0.token_hash, now()).await.unwrap().is_some());
        assert!(build::is_live(&db.store, of[1].1.id).await);
        assert_eq!(db.store.disable_user(ada.id, UserTerms::default(), &event_at(after(6))).await.unwrap(), UserChanged::AlreadySo);
        assert_eq!(db.store.disable_user(UserId(random::uuid()), UserTerms::default(), &event_at(after(6))).await.unwrap(), UserChanged::NotFound);

        assert_eq!(db.store.enable_user(ada.id, UserTerms::default(), &event_at(after(7))).await.unwrap(), UserChanged::Changed);
        assert_eq!(db.store.enable_user(ada.id, UserTerms::default(), &event_at(after(8))).await.unwrap(), UserChanged::AlreadySo);
        assert_same(&db.store.find_user(ada.id).await.unwrap().unwrap(), &ada);
        assert!(!build::is_live(&db.store, of[0].1.id).await, "what ended stays ended");
        assert!(db.store.find_session(&of[0].0.token_hash, now()).await.unwrap().is_none());
    }

    async fn a_session_of_a_disabled_user_is_none(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        db.store.disable_user(ada.id, UserTerms::default(), &event_at(now())).await.unwrap();
        let session = build::session(ada.id);
        db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        assert!(db.store.find_session(&session.token_hash, now()).await.unwrap().is_none());
    }

    async fn a_new_password_ends_the_sessions(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let (session, of_bob) = (build::session(ada.id), build::session(bob.id));
        for session in [&session, &of_bob] {
            db.store.start_session(session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        }
        assert_eq!(db.store.set_password(ada.id, &phc("$new"), UserTerms::default(), &event(EventKind::PasswordSet)).await.unwrap(), UserChanged::Changed);
        let found = db.store.find_user(ada.id).await.unwrap().unwrap();
        assert_eq!(found.password_hash, Some(phc("$new")));
        assert!(db.store.find_session(&session.token_hash, now()).await.unwrap().is_none());
        assert!(db.store.find_session(&of_bob.token_hash, now()).await.unwrap().is_some());
        let nobody = UserId(random::uuid());
        assert_eq!(db.store.set_password(nobody, &phc("$new"), UserTerms::default(), &event(EventKind::PasswordSet)).await.unwrap(), UserChanged::NotFound);
    }

    async fn a_hash_is_upgraded_unless_the_password_changed(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let old = ada.password_hash.clone().unwrap();
        assert!(db.store.upgrade_password_hash(ada.id, &old, &phc("$better"), now()).await.unwrap());
        assert!(!db.store.upgrade_password_hash(ada.id, &old, &phc("$late"), now()).await.unwrap());
        let found = db.store.find_user(ada.id).await.unwrap().unwrap();
        assert_eq!(found.password_hash, Some(phc("$better")));
    }

    async fn removing_takes_all_that_is_theirs(db: TestDatabase) {
        let client = build::stored_client(&db.store, "web").await;
        let mut ids = Vec::new();
        for name in ["ada", "bob"] {
            let user = build::stored_user(&db.store, name).await;
            let session = build::session(user.id);
            db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
            build::stored_grant(&db.store, user.id, &client.id).await;
            let code = placet::model::grant::Code { session_id: session.id, ..build::code(user.id, &client.id) };
            let consent = build::consent(user.id, &client.id);
            let consented = event(EventKind::ConsentGranted);
            let issue = placet::storage::NewIssue { code: &code, consent: Some((Some(&consent), &consented)), hears_of_logout: false };
            db.store.issue_code(&issue).await.unwrap();
            ids.push(user.id);
        }
        assert_eq!(db.store.remove_user(ids[0], UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap(), UserChanged::Changed);
        let counts = db.row_counts().await;
        for table in ["users", "sessions", "grants", "codes", "consents", "clients"] {
            assert_eq!(counts[table], 1, "{table}");
        }
        assert!(db.store.find_user(ids[1]).await.unwrap().is_some());
        assert_eq!(db.store.remove_user(ids[0], UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap(), UserChanged::NotFound);
        assert_eq!(db.row_counts().await, counts);
        let again = db.store.add_user(&build::user("ada"), &event(EventKind::UserAdded)).await.unwrap();
        assert_eq!(again, Added::Added, "the name is free again");
    }

    async fn there_is_an_administrator_even_if_disabled(db: TestDatabase) {
        db.store.installation(placet::random::uuid(), build::now()).await.unwrap();
        assert!(!db.store.has_administrator().await.unwrap());
        let near = User { roles: vec!["administrator".to_owned(), "ADMIN".to_owned()], ..build::user("near") };
        db.store.add_user(&near, &event(EventKind::UserAdded)).await.unwrap();
        assert!(!db.store.has_administrator().await.unwrap());

        let admin = |name| User { roles: vec!["x".to_owned(), "admin".to_owned()], ..build::user(name) };
        let (first, second) = (admin("first"), admin("second"));
        let setup = || event(EventKind::SetupCompleted);
        assert_eq!(db.store.add_first_administrator(&first, &setup()).await.unwrap(), Added::Added);
        assert!(db.store.has_administrator().await.unwrap());
        assert_eq!(db.store.add_first_administrator(&second, &setup()).await.unwrap(), Added::AlreadyThere);
        assert!(db.store.find_user(second.id).await.unwrap().is_none());

        assert_eq!(db.store.setups().await.unwrap(), 1);
        db.store.disable_user(first.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap();
        assert!(db.store.has_administrator().await.unwrap());
        db.store.remove_user(first.id, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap();
        assert!(!db.store.has_administrator().await.unwrap());
        assert_eq!(db.store.add_first_administrator(&second, &setup()).await.unwrap(), Added::Added);
    }
}
