//! Who hears of the end of a session, and the calls that are still to be made.

use placet::model::event::EventKind;
use placet::model::id::{SessionId, UserId};
use placet::model::logout::LogoutDelivery;
use placet::model::session::Session;
use placet::random;
use placet::storage::{Issue, NewIssue, Store, UserChanged, UserTerms};

use super::build::{self, after, client_id, event, now};
use super::races::{MANY, all_at_once, winners};
use crate::support::database::on_both;

/// A session that these clients know of.
async fn session_known_to(store: &Store, user: UserId, clients: &[&str]) -> Session {
    let session = build::session(user);
    let signed_in = event(EventKind::SignInSucceeded);
    store
        .start_session(&session, None, None, &signed_in)
        .await
        .unwrap();
    for client in clients {
        store
            .note_session_client(session.id, &client_id(client))
            .await
            .unwrap();
    }
    session
}

async fn due(store: &Store) -> Vec<LogoutDelivery> {
    store.due_logout_deliveries(now(), 100, 100).await.unwrap()
}

/// Client and session of what is due, sorted.
async fn told(store: &Store) -> Vec<(String, SessionId)> {
    let mut told: Vec<(String, SessionId)> = due(store)
        .await
        .into_iter()
        .map(|delivery| (delivery.client_id.to_string(), delivery.session_id))
        .collect();
    told.sort();
    told
}

/// A call that is due, from a session that has ended.
async fn stored_delivery(store: &Store, client: &str) -> LogoutDelivery {
    let user = build::stored_user(store, &format!("of-{client}")).await;
    let session = session_known_to(store, user.id, &[client]).await;
    let ended = event(EventKind::SignedOut);
    store.end_session(&session, &ended).await.unwrap();
    let found = due(store).await;
    let mut own = found
        .into_iter()
        .filter(|delivery| delivery.session_id == session.id);
    own.next().unwrap()
}

on_both! {
    // S160
    async fn the_end_of_a_session_is_told_to_those_who_know_of_it(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let session = session_known_to(&db.store, user.id, &["b", "a", "a"]).await;
        let other = session_known_to(&db.store, user.id, &["a"]).await;
        assert_eq!(db.count("session_clients").await, 3, "each client once");
        let clients = db.store.end_session(&session, &event(EventKind::SignedOut)).await.unwrap();
        assert_eq!(clients, [client_id("a"), client_id("b")]);
        assert_eq!(told(&db.store).await, [("a".to_owned(), session.id), ("b".to_owned(), session.id)]);
        let found = due(&db.store).await;
        assert_eq!(found[0].user_id, user.id);
        assert_eq!(found[0].attempts, 0);
        assert_eq!(found[0].expires_at, after(24 * 3600));
        assert_eq!(db.count("session_clients").await, 1, "the other session's");
        assert!(db.store.end_session(&session, &event(EventKind::SignedOut)).await.unwrap().is_empty(), "it has ended before");
        assert_eq!(db.count("logout_deliveries").await, 2);
        assert!(db.store.find_session(&other.token_hash, now()).await.unwrap().is_some());
    }

    // S60
    async fn however_a_session_ends(db: TestDatabase) {
        type Ids = (UserId, Session);
        let prepare = async |name: &str| -> Ids {
            let user = build::stored_user(&db.store, name).await;
            let session = session_known_to(&db.store, user.id, &[name]).await;
            (user.id, session)
        };
        let (disabled, one) = prepare("disabled").await;
        assert_eq!(db.store.disable_user(disabled, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap(), UserChanged::Changed);
        let (removed, two) = prepare("removed").await;
        assert_eq!(db.store.remove_user(removed, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap(), UserChanged::Changed);
        assert_eq!(db.store.remove_user(removed, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap(), UserChanged::NotFound);
        let (changed, three) = prepare("changed").await;
        let hash = build::user("x").password_hash.unwrap();
        assert_eq!(db.store.set_password(changed, &hash, UserTerms::default(), &event(EventKind::PasswordSet)).await.unwrap(), UserChanged::Changed);
        let (_, four) = prepare("replaced").await;
        let next = build::session(changed);
        db.store.start_session(&next, Some(four.id), None, &event(EventKind::SignInSucceeded)).await.unwrap();
        let expected = [("changed", three.id), ("disabled", one.id), ("removed", two.id), ("replaced", four.id)];
        assert_eq!(told(&db.store).await, expected.map(|(name, id)| (name.to_owned(), id)));

        // Signing in anew goes on with the session, and with those who know of it.
        let (_, same) = prepare("same").await;
        db.store.start_session(&same, Some(same.id), None, &event(EventKind::SignInSucceeded)).await.unwrap();
        assert_eq!(told(&db.store).await.len(), 4);
        assert_eq!(db.count("session_clients").await, 1);
    }

    async fn a_code_notes_its_client_only_if_it_wants_to_hear(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let session = session_known_to(&db.store, user.id, &[]).await;
        let issue = async |client: &str, hears_of_logout, has_consent: bool| {
            let mut code = build::code(user.id, &client_id(client));
            code.session_id = session.id;
            let client = build::stored_client(&db.store, client).await;
            let consent = build::consent(user.id, &client.id);
            let event = event(EventKind::ConsentGranted);
            let consent = has_consent.then_some((Some(&consent), &event));
            let new = NewIssue { code: &code, consent, hears_of_logout };
            assert_eq!(db.store.issue_code(&new).await.unwrap(), Issue::Issued);
            assert_eq!(db.store.issue_code(&new).await.unwrap(), Issue::AlreadyIssued);
        };
        issue("deaf", false, false).await;
        issue("deaf2", false, true).await;
        assert_eq!(db.count("session_clients").await, 0);
        issue("hears", true, false).await;
        issue("hears2", true, true).await;
        assert_eq!(db.count("codes").await, 4);
        assert_eq!(db.count("consents").await, 2);
        let clients = db.store.end_session(&session, &event(EventKind::SignedOut)).await.unwrap();
        assert_eq!(clients, [client_id("hears"), client_id("hears2")]);

        // The session is over: nobody is left to note, and there is no code.
        let mut late = build::code(user.id, &client_id("hears"));
        late.session_id = session.id;
        let new = NewIssue { code: &late, consent: None, hears_of_logout: true };
        assert_eq!(db.store.issue_code(&new).await.unwrap(), Issue::Withdrawn);
        db.store.note_session_client(session.id, &client_id("hears")).await.unwrap();
        assert_eq!(db.count("session_clients").await, 0);
        assert!(db.store.find_code(&late.hash).await.unwrap().is_none());
    }

    async fn a_claim_is_a_lease_and_the_next_attempt(db: TestDatabase) {
        let found = stored_delivery(&db.store, "a").await;
        assert!(db.store.claim_logout_delivery(&found, now(), after(15)).await.unwrap());
        assert!(!db.store.claim_logout_delivery(&found, now(), after(15)).await.unwrap(), "another node has it");
        assert!(due(&db.store).await.is_empty());
        let again = db.store.due_logout_deliveries(after(15), 1, 1).await.unwrap().remove(0);
        assert_eq!((again.attempts, again.id, again.expires_at), (1, found.id, found.expires_at));
        assert!(!db.store.claim_logout_delivery(&again, after(14), after(99)).await.unwrap(), "not due yet");
        assert!(db.store.claim_logout_delivery(&again, after(15), after(99)).await.unwrap());
        db.store.delete_logout_delivery(found.id).await.unwrap();
        db.store.delete_logout_delivery(random::uuid()).await.unwrap();
        assert_eq!(db.count("logout_deliveries").await, 0);
    }

    async fn the_many_of_one_client_do_not_hide_the_others(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for _ in 0..5 {
            session_known_to(&db.store, user.id, &["many"]).await;
        }
        session_known_to(&db.store, user.id, &["other"]).await;
        db.store.disable_user(user.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap();
        let names = async |of_client, limit| {
            let found = db.store.due_logout_deliveries(now(), of_client, limit).await.unwrap();
            let mut names: Vec<String> = found.iter().map(|found| found.client_id.to_string()).collect();
            names.sort();
            names
        };
        assert_eq!(names(2, 100).await, ["many", "many", "other"]);
        assert_eq!(names(100, 100).await.len(), 6);
        assert_eq!(names(100, 3).await.len(), 3);
        assert!(db.store.due_logout_deliveries(after(-1), 9, 9).await.unwrap().is_empty());
    }

    // S160: of many nodes one makes the call.
    async fn a_logout_call_is_claimed_by_one(db: TestDatabase) {
        let found = stored_delivery(&db.store, "web").await;
        let results = all_at_once(&db, MANY, |store, _| {
            let found = found.clone();
            async move { store.claim_logout_delivery(&found, now(), after(15)).await }
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        let again = db.store.due_logout_deliveries(after(15), 9, 9).await.unwrap();
        assert_eq!(again.iter().map(|found| found.attempts).collect::<Vec<_>>(), [1]);
    }

    // A client that is noted while the session ends hears of it, or comes too late and finds no session.
    async fn no_client_is_forgotten_while_a_session_ends(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for round in 0..8 {
            let session = build::session(user.id);
            db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
            let told: Vec<usize> = all_at_once(&db, 16, |store, number| {
                let session = session.clone();
                async move {
                    if number == 8 {
                        let clients = store.end_session(&session, &event(EventKind::SignedOut)).await?;
                        return Ok(clients.len());
                    }
                    store.note_session_client(session.id, &client_id(&format!("c{number}"))).await?;
                    Ok(0)
                }
            })
            .await;
            let told: usize = told.iter().sum();
            assert_eq!(db.count("session_clients").await, 0, "round {round}");
            let due = db.store.due_logout_deliveries(now(), 1000, 1000).await.unwrap();
            assert_eq!(due.iter().filter(|found| found.session_id == session.id).count(), told);
        }
    }
}
