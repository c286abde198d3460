//! Clients that registered themselves, and the tokens that they come with.

use chrono::{DateTime, Utc};
use placet::model::client::{Client, Registration};
use placet::model::event::{Event, EventKind};
use placet::model::initial_access_token::InitialAccessToken;
use placet::model::redirect_uri::RedirectUri;
use placet::model::secret::TokenHash;
use placet::random;
use placet::storage::{Altered, Count, NewIssue, NewRegistration, Registered, Replacement, Store};

use super::build::{self, after, event, now};
use super::races::{MANY, all_at_once, winners};
use crate::support::database::{TestDatabase, on_both};

fn dynamic(id: &str) -> Client {
    Client {
        registration: Registration::Dynamic,
        is_first_party: false,
        required_acr: None,
        branding: <_>::default(),
        sweep_at: Some(after(60)),
        ..build::client(id)
    }
}

async fn register(
    store: &Store,
    client: &Client,
    initial_token: Option<TokenHash>,
    max_clients: i64,
) -> placet::storage::Result<Registered> {
    let new = NewRegistration {
        client,
        token_hash: build::hash(),
        initial_token,
        max_clients,
    };
    store
        .register_client(&new, &event(EventKind::ClientAdded))
        .await
}

fn gone(client: &Client, seconds: i64) -> Event {
    Event {
        at: after(seconds),
        client_id: Some(client.id.clone()),
        ..event(EventKind::ClientRemoved)
    }
}

async fn changed_at(db: &TestDatabase, client: &Client, hash: &TokenHash) -> DateTime<Utc> {
    let changed_at = db.store.registration_changed_at(&client.id, hash).await;
    changed_at.unwrap().unwrap()
}

async fn add_token(db: &TestDatabase, uses_left: i64) -> TokenHash {
    let (token, hash) = (
        InitialAccessToken {
            uses_left,
            ..build::initial_access_token()
        },
        build::hash(),
    );
    let added = event(EventKind::RegistrationTokenAdded);
    db.store
        .add_initial_access_token(&token, &hash, &added)
        .await
        .unwrap();
    hash
}

on_both! {
    async fn an_initial_token_is_written_read_and_removed(db: TestDatabase) {
        let (token, hash) = (build::initial_access_token(), build::hash());
        let added = event(EventKind::RegistrationTokenAdded);
        db.store.add_initial_access_token(&token, &hash, &added).await.unwrap();
        assert_eq!(db.store.find_initial_access_token(&hash).await.unwrap(), Some(token.clone()));
        assert_eq!(db.store.find_initial_access_token(&build::hash()).await.unwrap(), None);
        assert_eq!(db.store.list_initial_access_tokens().await.unwrap(), std::slice::from_ref(&token));
        let audited = db.count("audit_events").await;
        let removed = event(EventKind::RegistrationTokenRemoved);
        assert!(db.store.remove_initial_access_token(token.id, &removed).await.unwrap());
        assert!(!db.store.remove_initial_access_token(token.id, &event(EventKind::RegistrationTokenRemoved)).await.unwrap());
        assert_eq!(db.count("audit_events").await, audited + 1);
        assert!(db.store.list_initial_access_tokens().await.unwrap().is_empty());
    }

    async fn a_registration_takes_one_use_or_leaves_nothing(db: TestDatabase) {
        db.store.installation(random::uuid(), now()).await.unwrap();
        let hash = add_token(&db, 2).await;
        let revision = db.store.revision().await.unwrap();
        assert_eq!(register(&db.store, &dynamic("a"), Some(hash), 9).await.unwrap(), Registered::Registered);
        assert!(db.store.revision().await.unwrap() > revision);
        let found = db.store.find_client("a").await.unwrap().unwrap();
        assert_eq!((found.registration, found.sweep_at), (Registration::Dynamic, Some(after(60))));
        let before = db.row_counts().await;
        assert_eq!(register(&db.store, &dynamic("b"), Some(hash), 1).await.unwrap(), Registered::Full);
        assert!(register(&db.store, &dynamic("a"), Some(hash), 9).await.is_err(), "the id is taken");
        assert_eq!(db.row_counts().await, before);
        assert_eq!(db.store.list_initial_access_tokens().await.unwrap()[0].uses_left, 1, "neither took a use");
        assert_eq!(register(&db.store, &dynamic("b"), Some(hash), 9).await.unwrap(), Registered::Registered);
        assert_eq!(register(&db.store, &dynamic("c"), Some(hash), 9).await.unwrap(), Registered::TokenSpent);
        assert_eq!(register(&db.store, &dynamic("c"), Some(build::hash()), 9).await.unwrap(), Registered::TokenSpent);
        // Those of administrators do not count.
        build::stored_client(&db.store, "ours").await;
        assert_eq!(register(&db.store, &dynamic("c"), None, 3).await.unwrap(), Registered::Registered);
        assert_eq!(register(&db.store, &dynamic("d"), None, 3).await.unwrap(), Registered::Full);
    }

    async fn an_expired_token_registers_nobody(db: TestDatabase) {
        let hash = add_token(&db, 5).await;
        let client = dynamic("a");
        let new = NewRegistration { client: &client, token_hash: build::hash(), initial_token: Some(hash), max_clients: 9 };
        let late = Event { at: after(100), ..event(EventKind::ClientAdded) };
        assert_eq!(db.store.register_client(&new, &late).await.unwrap(), Registered::TokenSpent);
        assert_eq!(db.count("clients").await, 0);
    }

    // S147
    async fn a_token_with_one_use_registers_one(db: TestDatabase) {
        let hash = add_token(&db, 1).await;
        let results = all_at_once(&db, MANY, |store, number| async move {
            register(&store, &dynamic(&format!("c{number}")), Some(hash), 1000).await
        })
        .await;
        assert_eq!(winners(&results, &Registered::Registered), 1);
        assert_eq!(winners(&results, &Registered::TokenSpent), MANY - 1);
        assert_eq!(db.count("clients").await, 1);
    }

    // S156
    async fn no_more_register_than_may(db: TestDatabase) {
        let results = all_at_once(&db, MANY, |store, number| async move {
            register(&store, &dynamic(&format!("c{number}")), None, 5).await
        })
        .await;
        assert_eq!(winners(&results, &Registered::Registered), 5);
        assert_eq!(db.count("clients").await, 5);
    }

    // S156
    async fn each_of_many_learns_another_count(db: TestDatabase) {
        let mut counts = all_at_once(&db, MANY, |store, _| async move {
            store.count_one("register ::1", now(), after(60)).await
        })
        .await
        .into_iter()
        .map(|counted| counted.unwrap().count)
        .collect::<Vec<_>>();
        counts.sort_unstable();
        assert_eq!(counts, (1..=64).collect::<Vec<_>>());
        let open = Count { count: 64, expires_at: after(60) };
        assert_eq!(db.store.count_of("register ::1", after(59)).await.unwrap(), Some(open));
        assert_eq!(db.store.count_of("register ::1", after(60)).await.unwrap(), None);
        let anew = Count { count: 1, expires_at: after(120) };
        assert_eq!(db.store.count_one("register ::1", after(60), after(120)).await.unwrap(), Some(anew));
    }

    // S155
    async fn a_registration_token_is_its_own_clients(db: TestDatabase) {
        let (first, second) = (build::hash(), build::hash());
        for (client, token_hash) in [(dynamic("a"), first), (dynamic("b"), second)] {
            let new = NewRegistration { client: &client, token_hash, initial_token: None, max_clients: 9 };
            db.store.register_client(&new, &event(EventKind::ClientAdded)).await.unwrap();
        }
        build::stored_client(&db.store, "ours").await;
        for (id, hash, is_good) in [("a", first, true), ("b", second, true), ("a", second, false), ("b", first, false), ("ours", first, false)] {
            assert_eq!(db.store.registration_changed_at(&build::client_id(id), &hash).await.unwrap().is_some(), is_good, "{id}");
        }
    }

    async fn a_registration_is_replaced_as_a_whole(db: TestDatabase) {
        let mut client = dynamic("a");
        let (token_hash, added) = (build::hash(), event(EventKind::ClientAdded));
        let new = NewRegistration { client: &client, token_hash, initial_token: None, max_clients: 9 };
        db.store.register_client(&new, &added).await.unwrap();
        let as_of = changed_at(&db, &client, &token_hash).await;
        let user = build::stored_user(&db.store, "ada").await;
        let consent = build::consent(user.id, &client.id);
        let (code, granted) = (build::code_in(&db.store, user.id, &client.id).await, event(EventKind::ConsentGranted));
        db.store.issue_code(&NewIssue { code: &code, consent: Some((Some(&consent), &granted)), hears_of_logout: false }).await.unwrap();
        "Other".clone_into(&mut client.metadata.client_name);
        client.metadata.redirect_uris = vec![RedirectUri::parse("https://other.example/cb").unwrap()];
        let updated = || event(EventKind::ClientUpdated);
        let same = Replacement { client: &client, as_of, new_secret: None, forgets_consents: false };
        assert!(db.store.replace_registration(&same, &updated()).await.unwrap());
        assert_eq!(db.count("consents").await, 1);
        assert!(db.store.has_client_origin("https://other.example").await.unwrap());
        assert!(!db.store.has_client_origin("https://app.example.com").await.unwrap());
        let secret = build::secret();
        let another = Replacement { client: &client, as_of, new_secret: Some(&secret), forgets_consents: true };
        assert!(db.store.replace_registration(&another, &updated()).await.unwrap());
        assert_eq!(db.count("consents").await, 0);
        let found = db.store.find_client("a").await.unwrap().unwrap();
        let live: Vec<_> = found.live_secrets(now()).map(|live| live.hash).collect();
        assert_eq!(live, [secret.hash]);
        assert_eq!(found.metadata, client.metadata);
        let nobody = dynamic("nobody");
        let none = Replacement { client: &nobody, as_of, new_secret: Some(&secret), forgets_consents: true };
        assert!(!db.store.replace_registration(&none, &updated()).await.unwrap());
    }

    // S74: who was disabled, or changed by an administrator, while replacing its registration does not undo it by that.
    async fn a_replacement_does_not_overrule_what_it_did_not_see(db: TestDatabase) {
        let (client, token_hash) = (dynamic("a"), build::hash());
        let new = NewRegistration { client: &client, token_hash, initial_token: None, max_clients: 9 };
        db.store.register_client(&new, &event(EventKind::ClientAdded)).await.unwrap();
        let at = |seconds| Event { at: after(seconds), ..event(EventKind::ClientUpdated) };
        let replacement = |as_of| Replacement { client: &client, as_of, new_secret: None, forgets_consents: false };
        let as_of = changed_at(&db, &client, &token_hash).await;
        let mut theirs = client.clone();
        theirs.is_first_party = true;
        "Theirs".clone_into(&mut theirs.metadata.client_name);
        assert_eq!(db.store.update_client(&theirs, &at(1)).await.unwrap(), Altered::Altered);
        assert!(!db.store.replace_registration(&replacement(as_of), &at(2)).await.unwrap());
        assert_eq!(db.store.find_client("a").await.unwrap().unwrap().metadata, theirs.metadata);
        let as_of = changed_at(&db, &client, &token_hash).await;
        assert!(db.store.replace_registration(&replacement(as_of), &at(3)).await.unwrap());
        let found = db.store.find_client("a").await.unwrap().unwrap();
        assert!(found.is_first_party && found.metadata == client.metadata);
        let as_of = changed_at(&db, &client, &token_hash).await;
        theirs.disabled_at = Some(after(3));
        theirs.version = 3;
        assert_eq!(db.store.update_client(&theirs, &at(3)).await.unwrap(), Altered::Altered);
        assert!(!db.store.replace_registration(&replacement(as_of), &at(3)).await.unwrap());
        assert_eq!(db.store.find_client("a").await.unwrap().unwrap().disabled_at, Some(after(3)));
    }

    // S156
    async fn the_unused_go_and_the_kept_stay(db: TestDatabase) {
        let (unused, kept, ours) = (dynamic("unused"), dynamic("kept"), build::client("ours"));
        for client in [&unused, &kept] {
            register(&db.store, client, None, 9).await.unwrap();
        }
        db.store.add_client(&ours, &event(EventKind::ClientAdded)).await.unwrap();
        db.store.installation(random::uuid(), now()).await.unwrap();
        let user = build::stored_user(&db.store, "ada").await;
        for client in [&unused, &kept] {
            build::stored_code(&db.store, user.id, &client.id).await;
            build::stored_grant(&db.store, user.id, &client.id).await;
        }
        let revision = db.store.revision().await.unwrap();
        assert!(db.store.keep_client(&kept.id).await.unwrap());
        assert!(db.store.revision().await.unwrap() > revision);
        let revision = db.store.revision().await.unwrap();
        assert!(db.store.keep_client(&kept.id).await.unwrap(), "again");
        assert_eq!(db.store.revision().await.unwrap(), revision, "and nothing is written");
        assert!(db.store.unused_clients(after(59), 9).await.unwrap().is_empty());
        assert_eq!(db.store.unused_clients(after(60), 9).await.unwrap(), std::slice::from_ref(&unused.id));
        assert_eq!(db.store.sweep_clients(&[gone(&unused, 59)]).await.unwrap(), 0);
        let audited = db.count("audit_events").await;
        let events = [gone(&unused, 60), gone(&kept, 60), gone(&ours, 60)];
        assert_eq!(db.store.sweep_clients(&events).await.unwrap(), 1);
        assert_eq!(db.count("audit_events").await, audited + 1);
        assert!(db.store.revision().await.unwrap() > revision);
        assert!(db.store.find_client("unused").await.unwrap().is_none());
        assert!(!db.store.keep_client(&unused.id).await.unwrap());
        for (table, left) in [("clients", 2), ("client_secrets", 2), ("client_origins", 2), ("codes", 1), ("grants", 1)] {
            assert_eq!(db.count(table).await, left, "{table}");
        }
    }

    // Of those who keep a client and those who sweep it, one side wins, and all of them know which.
    async fn a_first_use_and_the_sweep_agree(db: TestDatabase) {
        for round in 0..8 {
            let client = dynamic(&format!("c{round}"));
            register(&db.store, &client, None, 100).await.unwrap();
            let results = all_at_once(&db, 16, |store, number| {
                let client = client.clone();
                async move {
                    if number % 4 == 0 {
                        let swept = store.sweep_clients(&[gone(&client, 60)]).await?;
                        return Ok((swept == 1, false));
                    }
                    Ok((false, store.keep_client(&client.id).await?))
                }
            })
            .await;
            let swept = results.iter().filter(|(swept, _)| *swept).count();
            let kept = results.iter().filter(|(_, kept)| *kept).count();
            let is_there = db.store.find_client(client.id.as_str()).await.unwrap().is_some();
            assert_eq!((swept, kept), if is_there { (0, 12) } else { (1, 0) });
        }
    }
}
