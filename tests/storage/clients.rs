//! Clients, their secrets: what is written is read back, and removal takes all that belongs.

use placet::model::client::{Client, ClientSecret, Registration};
use placet::model::event::EventKind;
use placet::model::redirect_uri::RedirectUri;
use placet::model::scope::Scopes;
use placet::storage::{Added, Altered, ClientFilter, Issue, NewIssue};

use super::build::{self, after, client_id, event, now};
use crate::support::database::on_both;

fn assert_same(found: &Client, client: &Client) {
    assert_eq!(found.id, client.id);
    assert_eq!(found.metadata, client.metadata);
    assert_eq!(found.is_first_party, client.is_first_party);
    assert_eq!(found.required_acr, client.required_acr);
    assert_eq!(found.branding, client.branding);
    assert_eq!(found.registration, client.registration);
    assert_eq!(found.disabled_at, client.disabled_at);
    assert_eq!(found.created_at, client.created_at);
    let secrets = |client: &Client| {
        let mut list: Vec<_> = client
            .secrets
            .iter()
            .map(|s| (*s.hash.as_bytes(), s.created_at, s.expires_at))
            .collect();
        list.sort_unstable();
        list
    };
    assert_eq!(secrets(found), secrets(client));
}

on_both! {
    async fn a_client_is_read_back_as_written(db: TestDatabase) {
        let mut client = build::client("web");
        client.secrets.push(ClientSecret { expires_at: Some(after(5)), ..build::secret() });
        assert_eq!(db.store.add_client(&client, &event(EventKind::ClientAdded)).await.unwrap(), Added::Added);
        assert_same(&db.store.find_client("web").await.unwrap().unwrap(), &client);

        let mut bare = build::client("bare:1/~@x");
        bare.metadata.redirect_uris.clear();
        bare.metadata.scope = Scopes::default();
        bare.metadata.resources.clear();
        bare.metadata.client_uri = None;
        bare.branding = <_>::default();
        bare.metadata.default_max_age = None;
        bare.is_first_party = false;
        bare.registration = Registration::Dynamic;
        bare.secrets.clear();
        assert_eq!(db.store.add_client(&bare, &event(EventKind::ClientAdded)).await.unwrap(), Added::Added);
        assert_same(&db.store.find_client("bare:1/~@x").await.unwrap().unwrap(), &bare);
        assert!(db.store.find_client("WEB").await.unwrap().is_none());
    }

    async fn an_id_is_taken_once(db: TestDatabase) {
        let first = build::stored_client(&db.store, "web").await;
        let before = db.row_counts().await;
        let second = build::client("web");
        assert_eq!(db.store.add_client(&second, &event(EventKind::ClientAdded)).await.unwrap(), Added::AlreadyThere);
        assert_eq!(db.row_counts().await, before);
        assert_same(&db.store.find_client("web").await.unwrap().unwrap(), &first);
    }

    async fn a_secret_that_another_client_has_leaves_nothing(db: TestDatabase) {
        let first = build::stored_client(&db.store, "first").await;
        let before = db.row_counts().await;
        let second = Client { secrets: vec![build::secret(), first.secrets[0].clone()], ..build::client("second") };
        assert!(db.store.add_client(&second, &event(EventKind::ClientAdded)).await.is_err());
        assert_eq!(db.row_counts().await, before);
    }

    async fn clients_are_listed_in_pages(db: TestDatabase) {
        for id in ["c", "a", "b"] {
            build::stored_client(&db.store, id).await;
        }
        let ids = |list: Vec<Client>| list.into_iter().map(|c| (c.id.to_string(), c.secrets.len())).collect::<Vec<_>>();
        assert_eq!(ids(db.store.list_clients("", 2).await.unwrap()), [("a".to_owned(), 1), ("b".to_owned(), 1)]);
        assert_eq!(ids(db.store.list_clients("b", 2).await.unwrap()), [("c".to_owned(), 1)]);
        assert_eq!(ids(db.store.list_clients("c", 2).await.unwrap()), []);
    }

    async fn clients_are_found_by_what_is_known_of_them(db: TestDatabase) {
        for (id, name, registration) in [
            ("a_1", "Photo Printer", Registration::Administrator),
            ("b", "\u{c4}rzte 100%", Registration::Dynamic),
            ("C", "printing", Registration::Dynamic),
        ] {
            let mut client = Client { registration, ..build::client(id) };
            name.clone_into(&mut client.metadata.client_name);
            db.store.add_client(&client, &event(EventKind::ClientAdded)).await.unwrap();
        }
        let mut off = db.store.find_client("C").await.unwrap().unwrap();
        off.disabled_at = Some(now());
        db.store.update_client(&off, &event(EventKind::ClientUpdated)).await.unwrap();
        let found = async |filter: ClientFilter| {
            let found = db.store.find_clients(&filter, "", 10).await.unwrap();
            let mut ids: Vec<String> = found.iter().map(|client| client.id.to_string()).collect();
            assert!(found.iter().all(|client| client.secrets.len() == 1));
            ids.sort_unstable();
            ids.concat()
        };
        let search = |text: &str| ClientFilter { search: Some(text.to_owned()), ..ClientFilter::default() };
        for (typed, ids) in [
            ("PRINT", "Ca_1"), ("\u{e4}rzte", "b"), ("%", "b"), ("_", "a_1"), ("c", "C"), ("\\", ""), ("'", ""), ("", "Ca_1b"), ("nothing", ""), ("\0", "a_1b"),
        ] {
            assert_eq!(found(search(typed)).await, ids, "{typed:?}");
        }
        let enabled = |is_enabled| ClientFilter { is_enabled: Some(is_enabled), ..ClientFilter::default() };
        assert_eq!(found(enabled(true)).await, "a_1b");
        assert_eq!(found(enabled(false)).await, "C");
        let dynamic = ClientFilter { registration: Some(Registration::Dynamic), ..ClientFilter::default() };
        assert_eq!(found(dynamic).await, "Cb");
    }

    async fn one_secret_goes_at_once(db: TestDatabase) {
        let mut client = build::client("web");
        client.secrets.push(build::secret());
        db.store.add_client(&client, &event(EventKind::ClientAdded)).await.unwrap();
        let removed = event(EventKind::ClientSecretRemoved);
        let (id, gone) = (&client.id, client.secrets[0].hash);
        assert_eq!(db.store.remove_client_secret((id, Some(7)), &gone, &removed).await.unwrap(), Altered::Stale);
        assert_eq!(db.store.remove_client_secret((id, Some(1)), &gone, &removed).await.unwrap(), Altered::Altered);
        let before = db.row_counts().await;
        let again = event(EventKind::ClientSecretRemoved);
        assert_eq!(db.store.remove_client_secret((id, None), &gone, &again).await.unwrap(), Altered::Gone);
        assert_eq!(db.row_counts().await, before);
        let found = db.store.find_client("web").await.unwrap().unwrap();
        assert_eq!((found.secrets.len(), found.version), (1, 2));
        assert_eq!(found.secrets[0].hash, client.secrets[1].hash);
    }

    async fn a_client_is_changed_but_not_its_origin(db: TestDatabase) {
        let mut client = build::stored_client(&db.store, "web").await;
        "Other".clone_into(&mut client.metadata.client_name);
        client.is_first_party = false;
        client.required_acr = Some(placet::model::acr::Acr::Phr);
        client.branding.accent = None;
        client.branding.accent_dark = Some("#6fcdb6".parse().unwrap());
        client.disabled_at = Some(after(3));
        let change = Client { registration: Registration::Dynamic, created_at: after(9), ..client.clone() };
        let updated = event(EventKind::ClientUpdated);
        assert_eq!(db.store.update_client(&change, &updated).await.unwrap(), Altered::Altered);
        assert_same(&db.store.find_client("web").await.unwrap().unwrap(), &client);

        client.disabled_at = None;
        let late = db.store.update_client(&client, &event(EventKind::ClientUpdated)).await.unwrap();
        assert_eq!(late, Altered::Stale, "somebody else was quicker");
        assert!(!db.store.find_client("web").await.unwrap().unwrap().is_enabled());
        client.version = 2;
        assert_eq!(db.store.update_client(&client, &event(EventKind::ClientUpdated)).await.unwrap(), Altered::Altered);
        assert_eq!(db.store.find_client("web").await.unwrap().unwrap().version, 3);
        assert_same(&db.store.find_client("web").await.unwrap().unwrap(), &client);

        let before = db.row_counts().await;
        let nobody = build::client("nobody");
        assert_eq!(db.store.update_client(&nobody, &event(EventKind::ClientUpdated)).await.unwrap(), Altered::Gone);
        assert_eq!(db.row_counts().await, before);
    }

    async fn a_new_secret_ends_the_others_no_later_than_they_end(db: TestDatabase) {
        let mut client = build::client("web");
        client.secrets = [None, Some(after(10)), Some(after(1000))]
            .into_iter()
            .map(|expires_at| ClientSecret { expires_at, ..build::secret() })
            .collect();
        db.store.add_client(&client, &event(EventKind::ClientAdded)).await.unwrap();
        let new = ClientSecret { created_at: after(1), ..build::secret() };
        db.store.add_client_secret((&client.id, None), &new, after(100), &event(EventKind::ClientSecretAdded)).await.unwrap();
        client.secrets[0].expires_at = Some(after(100));
        client.secrets[2].expires_at = Some(after(100));
        client.secrets.push(new.clone());
        let found = db.store.find_client("web").await.unwrap().unwrap();
        assert_same(&found, &client);
        assert_eq!(found.secrets[3].hash, new.hash, "oldest first");
        assert_eq!(found.live_secrets(after(50)).count(), 3);
        assert_eq!(found.live_secrets(after(100)).count(), 1);

        let before = db.row_counts().await;
        let nobody = client_id("nobody");
        let (secret, added) = (build::secret(), event(EventKind::ClientSecretAdded));
        assert_eq!(db.store.add_client_secret((&nobody, None), &secret, now(), &added).await.unwrap(), Altered::Gone);
        let stale = db.store.add_client_secret((&client.id, Some(1)), &secret, now(), &added).await.unwrap();
        assert_eq!(stale, Altered::Stale, "the secret before raised the version");
        assert_eq!(db.row_counts().await, before);
    }

    async fn the_origins_of_enabled_clients_are_known(db: TestDatabase) {
        let uris = |list: &[&str]| list.iter().map(|uri| RedirectUri::parse(uri).unwrap()).collect::<Vec<_>>();
        let has = async |origin| db.store.has_client_origin(origin).await.unwrap();
        let mut client = build::client("web");
        client.metadata.redirect_uris =
            uris(&["https://a.example/x", "https://a.example/y", "http://127.0.0.1:8080/", "com.example.app:/cb"]);
        db.store.add_client(&client, &event(EventKind::ClientAdded)).await.unwrap();
        assert!(has("https://a.example").await);
        assert!(has("http://127.0.0.1:8080").await);
        for origin in ["https://a.example/", "https://a.example:8443", "http://a.example", "null", "", "com.example.app:"] {
            assert!(!has(origin).await, "{origin}");
        }
        assert_eq!(db.count("client_origins").await, 2);

        client.metadata.redirect_uris = uris(&["https://b.example:8443/x"]);
        db.store.update_client(&client, &event(EventKind::ClientUpdated)).await.unwrap();
        assert!(!has("https://a.example").await);
        assert!(has("https://b.example:8443").await);

        client.disabled_at = Some(now());
        client.version += 1;
        db.store.update_client(&client, &event(EventKind::ClientUpdated)).await.unwrap();
        assert!(!has("https://b.example:8443").await);
        client.disabled_at = None;
        client.version += 1;
        db.store.update_client(&client, &event(EventKind::ClientUpdated)).await.unwrap();
        assert!(has("https://b.example:8443").await);
        db.store.remove_client(&client.id, None, &event(EventKind::ClientRemoved)).await.unwrap();
        assert!(!has("https://b.example:8443").await);
        assert_eq!(db.count("client_origins").await, 0);
    }

    async fn removing_a_client_takes_all_that_is_its(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let mut kept_grant = None;
        for id in ["gone", "kept"] {
            let client = build::stored_client(&db.store, id).await;
            let (grant, _) = build::stored_grant(&db.store, user.id, &client.id).await;
            kept_grant = Some(grant.id);
            let (code, consent) = (build::code_in(&db.store, user.id, &client.id).await, build::consent(user.id, &client.id));
            let consented = event(EventKind::ConsentGranted);
            let issue = NewIssue { code: &code, consent: Some((Some(&consent), &consented)), hears_of_logout: false };
            assert_eq!(db.store.issue_code(&issue).await.unwrap(), Issue::Issued);
        }
        assert_eq!(db.store.remove_client(&client_id("gone"), None, &event(EventKind::ClientRemoved)).await.unwrap(), Altered::Altered);
        let counts = db.row_counts().await;
        for table in ["clients", "client_secrets", "client_origins", "grants", "codes", "consents", "users"] {
            assert_eq!(counts[table], 1, "{table}");
        }
        assert!(db.store.find_client("gone").await.unwrap().is_none());
        assert!(build::is_live(&db.store, kept_grant.unwrap()).await);
        assert_eq!(db.store.remove_client(&client_id("gone"), None, &event(EventKind::ClientRemoved)).await.unwrap(), Altered::Gone);
        assert_eq!(db.row_counts().await, counts);
    }
}
