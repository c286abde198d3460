//! Sessions, grants and approvals as administrators see them, in parts; and sessions as they end them.

use placet::model::client::ClientMetadata;
use placet::model::consent::Consent;
use placet::model::event::EventKind;
use placet::model::grant::Grant;
use placet::model::id::{ClientId, SessionId, UserId};
use placet::model::session::Session;
use placet::random;
use placet::storage::{
    ConsentFilter, ConsentPlace, GrantFilter, NewIssue, Redemption, SessionFilter, Store,
    UserTerms, Which,
};
use uuid::Uuid;

use super::build::{self, after, event, event_at, now, scopes};
use super::races::all_at_once;
use crate::support::database::on_both;

async fn start(store: &Store, session: &Session) {
    let signed_in = event(EventKind::SignInSucceeded);
    store
        .start_session(session, None, None, &signed_in)
        .await
        .unwrap();
}

async fn sessions_of(store: &Store, user: Option<UserId>) -> Vec<SessionId> {
    let found = store
        .find_sessions(SessionFilter { user }, now(), Uuid::nil(), 100)
        .await;
    found
        .unwrap()
        .into_iter()
        .map(|session| session.id)
        .collect()
}

fn sorted<T: Ord>(mut ids: Vec<T>) -> Vec<T> {
    ids.sort_unstable();
    ids
}

const fn of(user: Option<UserId>, client: Option<ClientId>) -> GrantFilter {
    GrantFilter { user, client }
}

fn start_of_consents() -> ConsentPlace {
    ConsentPlace {
        user: UserId(Uuid::nil()),
        client: String::new(),
        resources: String::new(),
    }
}

on_both! {
    async fn live_sessions_are_listed(db: TestDatabase) {
        let s = &db.store;
        let (ada, bob) = (build::stored_user(s, "ada").await, build::stored_user(s, "bob").await);
        let (first, second, of_bob) = (build::session(ada.id), build::session(ada.id), build::session(bob.id));
        let idle = Session { idle_expires_at: now(), ..build::session(ada.id) };
        let over = Session { expires_at: now(), ..build::session(ada.id) };
        for session in [&first, &second, &of_bob, &idle, &over] {
            start(s, session).await;
        }
        assert_eq!(sessions_of(s, None).await, sorted(vec![first.id, second.id, of_bob.id]));
        assert_eq!(sessions_of(s, Some(ada.id)).await, sorted(vec![first.id, second.id]));
        assert!(sessions_of(s, Some(UserId(random::uuid()))).await.is_empty());
        let found = s.find_sessions(SessionFilter { user: Some(bob.id) }, now(), Uuid::nil(), 1).await.unwrap();
        let view = &found[0];
        assert_eq!((view.username.as_str(), view.user_id, view.expires_at), ("bob", bob.id, of_bob.idle_expires_at));
        assert_eq!((&view.address, &view.user_agent, &view.amr), (&of_bob.address, &of_bob.user_agent, &of_bob.amr));
        assert_eq!((view.created_at, view.authenticated_at, view.last_seen_at), (now(), now(), after(1)));
        for filter in [SessionFilter::default(), SessionFilter { user: Some(ada.id) }] {
            let all = s.find_sessions(filter, now(), Uuid::nil(), 100).await.unwrap();
            let next = s.find_sessions(filter, now(), all[0].id.0, 1).await.unwrap();
            assert_eq!(next[0], all[1]);
        }
        assert_eq!(s.find_session_user(first.id, now()).await.unwrap(), Some(ada.id));
        for dead in [idle.id, over.id, SessionId(random::uuid())] {
            assert_eq!(s.find_session_user(dead, now()).await.unwrap(), None);
        }
        s.disable_user(bob.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap();
        start(s, &build::session(bob.id)).await;
        assert!(sessions_of(s, Some(bob.id)).await.is_empty(), "disabled");
    }

    async fn a_session_ends_with_what_lasts_only_as_long(db: TestDatabase) {
        let s = &db.store;
        let (ada, bob) = (build::stored_user(s, "ada").await, build::stored_user(s, "bob").await);
        let client = build::stored_client(s, "web").await;
        let (first, second, of_bob) = (build::session(ada.id), build::session(ada.id), build::session(bob.id));
        let mut grants = Vec::new();
        for session in [&first, &second, &of_bob] {
            start(s, session).await;
            s.note_session_client(session.id, &client.id).await.unwrap();
            for (session_id, is_offline) in [(Some(session.id), false), (Some(session.id), true), (None, false)] {
                let grant = Grant { session_id, is_offline, ..build::grant(session.user_id, &client.id) };
                s.add_grant(&grant, Some(&build::refresh()), None, &event(EventKind::GrantCreated)).await.unwrap();
                grants.push(grant.id);
            }
            let code = placet::model::grant::Code { session_id: session.id, ..build::code(session.user_id, &client.id) };
            s.issue_code(&NewIssue { code: &code, consent: None, hears_of_logout: false }).await.unwrap();
        }
        let audited = db.count("audit_events").await;
        let at = event_at(after(5));
        assert_eq!(s.end_sessions(bob.id, Which::One(first.id), &at).await.unwrap(), 0, "it is not bob's");
        assert_eq!(s.end_sessions(ada.id, Which::One(SessionId(random::uuid())), &at).await.unwrap(), 0);
        assert_eq!((db.count("audit_events").await, db.count("sessions").await), (audited, 3));

        assert_eq!(s.end_sessions(ada.id, Which::One(first.id), &at).await.unwrap(), 1);
        assert_eq!(sessions_of(s, None).await, sorted(vec![second.id, of_bob.id]));
        assert_eq!((db.count("logout_deliveries").await, db.count("codes").await, db.count("audit_events").await), (1, 2, audited + 1));
        let mut live = Vec::new();
        for grant in &grants {
            live.push(build::is_live(s, *grant).await);
        }
        assert_eq!(live, [false, true, true, true, true, true, true, true, true]);

        assert_eq!(s.end_sessions(ada.id, Which::All, &event_at(after(6))).await.unwrap(), 1);
        assert_eq!(sessions_of(s, None).await, [of_bob.id]);
        assert_eq!((db.count("logout_deliveries").await, db.count("codes").await), (2, 1));
        let mut live = Vec::new();
        for grant in &grants {
            live.push(build::is_live(s, *grant).await);
        }
        assert_eq!(live, [false, true, true, false, true, true, true, true, true]);
        assert_eq!(s.end_sessions(ada.id, Which::All, &event_at(after(7))).await.unwrap(), 0);
        assert_eq!(db.count("audit_events").await, audited + 2, "nothing was done");
    }

    // A code that is redeemed while its session is being ended leaves no grant that lives.
    async fn ending_sessions_wins_over_a_redemption(db: TestDatabase) {
        let client = build::stored_client(&db.store, "web").await;
        for round in 0..16 {
            let user = build::stored_user(&db.store, &format!("user{round}")).await;
            let code = build::stored_code(&db.store, user.id, &client.id).await;
            let results = all_at_once(&db, 4, |store, number| {
                let (code, grant) = (code.clone(), build::grant_of(&code));
                async move {
                    if number == 0 {
                        let which = if round % 2 == 0 { Which::One(code.session_id) } else { Which::All };
                        return store.end_sessions(code.user_id, which, &event_at(after(5))).await.map(|ended| ended == 1);
                    }
                    let created = event(EventKind::GrantCreated);
                    let redeemed = store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &created).await?;
                    Ok(redeemed == Redemption::Redeemed)
                }
            })
            .await;
            assert!(results.contains(&true));
            assert!(!build::is_live(&db.store, code.grant_id).await, "round {round}");
        }
    }

    async fn live_grants_are_listed(db: TestDatabase) {
        let s = &db.store;
        let (ada, bob) = (build::stored_user(s, "ada").await, build::stored_user(s, "bob").await);
        let mut web = build::client("web");
        web.metadata = ClientMetadata { client_name: "The \u{201c}Web\u{201d}".to_owned(), ..web.metadata };
        s.add_client(&web, &event(EventKind::ClientAdded)).await.unwrap();
        let app = build::stored_client(s, "app").await;
        let (first, refresh) = build::stored_grant(s, ada.id, &web.id).await;
        let second = build::stored_grant(s, ada.id, &app.id).await.0.id;
        let third = build::stored_grant(s, bob.id, &web.id).await.0.id;
        let without = build::grant(bob.id, &app.id);
        s.add_grant(&without, None, None, &event(EventKind::GrantCreated)).await.unwrap();
        let over = Grant { expires_at: now(), ..build::grant(ada.id, &web.id) };
        s.add_grant(&over, None, None, &event(EventKind::GrantCreated)).await.unwrap();
        let idle = placet::model::grant::Refresh { idle_expires_at: now(), ..build::refresh() };
        s.add_grant(&build::grant(ada.id, &web.id), Some(&idle), None, &event(EventKind::GrantCreated)).await.unwrap();
        let revoked = build::stored_grant(s, ada.id, &web.id).await.0.id;
        s.revoke_grant(revoked, &event(EventKind::GrantRevoked)).await.unwrap();

        let client = |client: &ClientId| Some(client.clone());
        for (filter, expected) in [
            (of(None, None), vec![first.id, second, third, without.id]),
            (of(Some(ada.id), None), vec![first.id, second]),
            (of(None, client(&web.id)), vec![first.id, third]),
            (of(Some(ada.id), client(&web.id)), vec![first.id]),
            (of(Some(UserId(random::uuid())), None), vec![]),
            (of(None, client(&build::client_id("none"))), vec![]),
        ] {
            let found = s.find_grants(&filter, now(), Uuid::nil(), 100).await.unwrap();
            assert_eq!(found.iter().map(|grant| grant.id).collect::<Vec<_>>(), sorted(expected), "{filter:?}");
            let Some(last) = found.last() else { continue };
            let begin = found.len() - 1;
            let previous = if begin == 0 { Uuid::nil() } else { found[begin - 1].id.0 };
            assert_eq!(s.find_grants(&filter, now(), previous, 1).await.unwrap(), std::slice::from_ref(last));
        }
        let view = s.find_grants(&of(Some(ada.id), client(&web.id)), now(), Uuid::nil(), 9).await.unwrap().remove(0);
        assert_eq!((view.client_name.as_str(), view.username.as_str()), ("The \u{201c}Web\u{201d}", "ada"));
        assert_eq!((view.client_id, view.user_id), (web.id.clone(), ada.id));
        assert_eq!((&view.scope, &view.resources, view.is_offline), (&first.scope, &first.resources, false));
        assert_eq!((view.created_at, view.last_used_at, view.expires_at), (first.created_at, Some(now()), refresh.idle_expires_at));
        let view = s.find_grants(&of(Some(bob.id), client(&app.id)), now(), Uuid::nil(), 9).await.unwrap().remove(0);
        assert_eq!((view.last_used_at, view.expires_at), (None, without.expires_at));
    }

    async fn approvals_are_listed(db: TestDatabase) {
        let s = &db.store;
        let (ada, bob) = (build::stored_user(s, "ada").await, build::stored_user(s, "bob").await);
        let (web, app) = (build::stored_client(s, "web").await, build::stored_client(s, "App:1").await);
        let mut given = Vec::new();
        for (user, client, uris) in [
            (ada.id, &web.id, &[][..]),
            (ada.id, &web.id, &["https://a.example", "https://b.example"]),
            (ada.id, &web.id, &["https://A.example/x"]),
            (ada.id, &app.id, &[]),
            (bob.id, &web.id, &["urn:x"]),
        ] {
            let consent = Consent { resources: uris.iter().copied().collect(), declined: scopes("email"), ..build::consent(user, client) };
            let (code, consented) = (build::code_in(s, user, client).await, event(EventKind::ConsentGranted));
            s.issue_code(&NewIssue { code: &code, consent: Some((Some(&consent), &consented)), hears_of_logout: false }).await.unwrap();
            given.push(consent);
        }
        for (user, client, count) in [
            (None, None, 5),
            (Some(ada.id), None, 4),
            (None, Some(&web.id), 4),
            (Some(ada.id), Some(&web.id), 3),
            (Some(bob.id), Some(&app.id), 0),
        ] {
            let filter = ConsentFilter { user, client: client.cloned() };
            let all = s.find_consents(&filter, now(), &start_of_consents(), 100).await.unwrap();
            assert_eq!(all.len(), count, "{filter:?}");
            let (mut seen, mut place) = (Vec::new(), start_of_consents());
            loop {
                let page = s.find_consents(&filter, now(), &place, 2).await.unwrap();
                let Some(last) = page.last() else { break };
                place = ConsentPlace { user: last.user_id, client: last.client_id.to_string(), resources: last.resources.to_string() };
                seen.extend(page);
            }
            assert_eq!(seen, all, "{filter:?}");
            for view in &all {
                let consent = given.iter().find(|consent| {
                    (consent.user_id, &consent.client_id, &consent.resources) == (view.user_id, &view.client_id, &view.resources)
                });
                let consent = consent.unwrap();
                assert_eq!((&view.granted, &view.declined), (&consent.granted, &consent.declined));
                assert_eq!((view.granted_at, view.updated_at, view.expires_at), (consent.granted_at, consent.updated_at, consent.expires_at));
                assert_eq!(view.client_name, build::client("x").metadata.client_name);
            }
        }
    }
}
