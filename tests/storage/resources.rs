//! Scopes, resources and roles: what is written by name, and on the condition of a version.

use placet::model::event::EventKind;
use placet::model::resource::{Resource, TokenFormat, TokenRoles};
use placet::model::role::Role;
use placet::model::scope::ScopeDefinition;
use placet::model::signing_key::SigningAlg;
use placet::storage::{Added, Altered, Put, RoleRemoval, Store, UserChange, UserTerms};

use super::build::{self, after, event, now, scopes};
use super::races::{MANY, all_at_once, winners};
use crate::support::database::on_both;

/// The kinds of what was recorded, in alphabetical order.
async fn kinds(store: &Store) -> Vec<String> {
    let events = store.event_kinds(100).await.unwrap();
    let mut kinds: Vec<String> = events.into_iter().map(|(kind, _)| kind).collect();
    kinds.sort();
    kinds
}

async fn role(store: &Store, name: &str) -> Option<Role> {
    let all = store.list_roles().await.unwrap();
    all.into_iter().find(|role| role.name == name)
}

/// A version that is one more than any other's.
fn changed(resource: &Resource, name: &str) -> Resource {
    Resource {
        name: name.to_owned(),
        ..resource.clone()
    }
}

on_both! {
    async fn scopes_are_put_listed_and_removed(db: TestDatabase) {
        let (b, a) = (build::scope("b"), ScopeDefinition { is_required: false, ..build::scope("a") });
        db.store.put_scope(&b, None, &event(EventKind::ScopeAdded)).await.unwrap();
        db.store.put_scope(&a, None, &build::event_at(after(1))).await.unwrap();
        assert_eq!(db.store.list_scopes().await.unwrap(), [b, a.clone()], "oldest first");
        let b = ScopeDefinition { description: "\u{1f980}'s".to_owned(), is_required: false, version: 2, ..build::scope("b") };
        db.store.put_scope(&b, None, &event(EventKind::ScopeAdded)).await.unwrap();
        assert_eq!(db.store.list_scopes().await.unwrap(), [b, a.clone()], "changed in its place");
        assert_eq!(db.store.remove_scope("b", None, &event(EventKind::ScopeRemoved)).await.unwrap(), Altered::Altered);
        assert_eq!(db.store.remove_scope("b", None, &event(EventKind::ScopeRemoved)).await.unwrap(), Altered::Gone);
        assert_eq!(db.store.list_scopes().await.unwrap(), [a]);
    }

    async fn resources_are_added_listed_and_removed(db: TestDatabase) {
        let shared = build::resource("https://b.example");
        let plain = Resource {
            scope: scopes(""),
            alg: SigningAlg::RS256,
            access_ttl_seconds: None,
            secret_sealed: None,
            ..build::resource("https://a.example")
        };
        for (resource, at) in [(&shared, now()), (&plain, after(1))] {
            let added = db.store.add_resource(resource, at, &event(EventKind::ResourceAdded)).await.unwrap();
            assert_eq!(added, Added::Added);
        }
        let again = db.store.add_resource(&plain, after(2), &event(EventKind::ResourceAdded)).await.unwrap();
        assert_eq!(again, Added::AlreadyThere);
        let fields = |r: &Resource| {
            (r.uri.clone(), r.name.clone(), r.scope.clone(), r.alg, r.access_ttl_seconds, r.secret_sealed.clone())
        };
        let found: Vec<_> = db.store.list_resources().await.unwrap().iter().map(fields).collect();
        assert_eq!(found, [fields(&shared), fields(&plain)]);
        let uri = "https://b.example";
        assert_eq!(db.store.remove_resource(uri, None, &event(EventKind::ResourceRemoved)).await.unwrap(), Altered::Altered);
        assert_eq!(db.store.remove_resource(uri, None, &event(EventKind::ResourceRemoved)).await.unwrap(), Altered::Gone);
        assert_eq!(db.store.list_resources().await.unwrap().len(), 1);
    }

    async fn a_scope_is_changed_at_the_version_that_is_expected(db: TestDatabase) {
        let s = &db.store;
        let any = || event(EventKind::ClientUpdated);
        let scope = build::scope("a");
        assert_eq!(s.put_scope(&scope, Some(1), &any()).await.unwrap(), Put::Stale, "there is none");
        assert_eq!(s.put_scope(&scope, Some(0), &any()).await.unwrap(), Put::Added);
        assert_eq!(s.put_scope(&scope, Some(0), &any()).await.unwrap(), Put::Stale);
        assert_eq!(s.put_scope(&scope, Some(1), &any()).await.unwrap(), Put::Updated);
        assert_eq!(s.put_scope(&scope, Some(1), &any()).await.unwrap(), Put::Stale);
        assert_eq!(s.put_scope(&scope, None, &any()).await.unwrap(), Put::Updated);
        assert_eq!(s.list_scopes().await.unwrap()[0].version, 3);
        assert_eq!(s.remove_scope("a", Some(2), &any()).await.unwrap(), Altered::Stale);
        assert_eq!(s.remove_scope("a", Some(3), &any()).await.unwrap(), Altered::Altered);
        assert_eq!(s.remove_scope("a", Some(3), &any()).await.unwrap(), Altered::Gone);
        assert_eq!(kinds(s).await, ["client_updated", "scope_added", "scope_updated", "scope_updated"], "what changed nothing is not recorded");
    }

    async fn a_resource_is_changed_at_the_version_that_is_expected(db: TestDatabase) {
        let s = &db.store;
        let any = || event(EventKind::ResourceUpdated);
        let first = build::resource("https://a.example");
        assert_eq!(s.update_resource(&first, &any()).await.unwrap(), Altered::Gone);
        s.add_resource(&first, now(), &any()).await.unwrap();
        let second = Resource {
            name: "Another".to_owned(),
            scope: scopes("write x"),
            alg: SigningAlg::PS256,
            access_ttl_seconds: None,
            secret_sealed: None,
            format: TokenFormat::Opaque,
            scope_roles: [("x".to_owned(), ["chief".to_owned(), "editor".to_owned()].into())].into(),
            token_roles: TokenRoles::None,
            ..first.clone()
        };
        assert_eq!(s.update_resource(&second, &any()).await.unwrap(), Altered::Altered);
        assert_eq!(s.update_resource(&first, &any()).await.unwrap(), Altered::Stale);
        let stored = s.list_resources().await.unwrap().remove(0);
        let shown = |resource: &Resource| serde_json::to_value(resource).unwrap();
        assert_eq!((shown(&stored), stored.version, stored.secret_sealed), (shown(&second), 2, None));
        assert_eq!(role(s, "chief").await.map(|role| role.version), Some(1), "what a resource names is there");
        assert_eq!(s.remove_resource(&first.uri, Some(1), &any()).await.unwrap(), Altered::Stale);
        assert_eq!(s.remove_resource(&first.uri, Some(2), &any()).await.unwrap(), Altered::Altered);
        assert_eq!(s.remove_resource(&first.uri, Some(2), &any()).await.unwrap(), Altered::Gone);
    }

    async fn roles_are_put_listed_and_removed(db: TestDatabase) {
        let s = &db.store;
        let any = || event(EventKind::RoleRemoved);
        assert_eq!(s.put_role("b", "One", Some(1), &any()).await.unwrap(), Put::Stale, "there is none");
        assert_eq!(s.put_role("b", "One", None, &any()).await.unwrap(), Put::Added);
        assert_eq!(s.put_role("b", "Two", Some(1), &any()).await.unwrap(), Put::Updated);
        assert_eq!(s.put_role("b", "Three", Some(1), &any()).await.unwrap(), Put::Stale);
        assert_eq!(s.put_role("a", "", Some(0), &any()).await.unwrap(), Put::Added);
        for name in ["ada", "bob"] {
            let user = build::stored_user(s, name).await;
            let change = UserChange { roles: Some(vec!["b".to_owned(), "x:y".to_owned()]), ..UserChange::default() };
            s.update_user(user.id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await.unwrap();
        }
        let shown = |role: &Role| (role.name.clone(), role.description.clone(), role.users, role.version);
        let own: Vec<_> = s.list_roles().await.unwrap().iter().map(shown)
            .filter(|role| ["a", "b", "x:y"].contains(&role.0.as_str())).collect();
        let expected = |name: &str, text: &str, users, version| (name.to_owned(), text.to_owned(), users, version);
        assert_eq!(own[..2], [expected("a", "", 0, 1), expected("b", "Two", 2, 2)]);
        assert_eq!((own[2].0.as_str(), own[2].2), ("x:y", 2), "what somebody has is there");
        let remove = async |name: &str, expects| s.remove_role(name, expects, &any()).await.unwrap();
        assert_eq!(remove("b", None).await, RoleRemoval::HeldByUser);
        assert_eq!(remove("none", None).await, RoleRemoval::Gone);
        s.put_role("c", "", None, &any()).await.unwrap();
        let resource = Resource { scope_roles: [("write".to_owned(), ["c".to_owned()].into())].into(), ..build::resource("https://a.example") };
        s.add_resource(&resource, now(), &any()).await.unwrap();
        assert_eq!(remove("c", None).await, RoleRemoval::NamedByResource);
        s.remove_resource(&resource.uri, None, &any()).await.unwrap();
        assert_eq!(remove("c", Some(2)).await, RoleRemoval::Stale);
        assert_eq!(remove("c", Some(1)).await, RoleRemoval::Removed);
        assert_eq!(remove("c", None).await, RoleRemoval::Gone);
    }

    // Of two who change the same thing by what they read, one does.
    async fn of_many_who_read_one_version_one_changes_it(db: TestDatabase) {
        let s = &db.store;
        let any = || event(EventKind::ResourceUpdated);
        let resource = build::resource("https://a.example");
        s.add_resource(&resource, now(), &any()).await.unwrap();
        s.put_scope(&build::scope("a"), None, &any()).await.unwrap();
        s.put_role("r", "", None, &any()).await.unwrap();
        let results = all_at_once(&db, MANY, |store, number| async move {
            let resource = changed(&build::resource("https://a.example"), &format!("{number}"));
            store.update_resource(&resource, &event(EventKind::ResourceUpdated)).await
        })
        .await;
        assert_eq!(winners(&results, &Altered::Altered), 1);
        let results = all_at_once(&db, MANY, |store, _| async move {
            store.put_scope(&build::scope("a"), Some(1), &event(EventKind::ScopeUpdated)).await
        })
        .await;
        assert_eq!(winners(&results, &Put::Updated), 1);
        let results = all_at_once(&db, MANY, |store, number| async move {
            store.put_role("r", &format!("{number}"), Some(1), &event(EventKind::RoleUpdated)).await
        })
        .await;
        assert_eq!(winners(&results, &Put::Updated), 1);
        let results = all_at_once(&db, MANY, |store, _| async move {
            store.put_role("new", "", None, &event(EventKind::RoleUpdated)).await
        })
        .await;
        assert_eq!((winners(&results, &Put::Added), winners(&results, &Put::Updated)), (1, MANY - 1));
    }

    async fn no_resource_names_a_role_that_is_removed(db: TestDatabase) {
        let s = &db.store;
        s.put_role("editor", "", None, &event(EventKind::RoleAdded)).await.unwrap();
        all_at_once(&db, MANY, |store, number| async move {
            if number % 2 == 0 {
                store.remove_role("editor", None, &event(EventKind::RoleRemoved)).await.map(|_| ())
            } else {
                let resource = build::resource(&format!("https://r{number}.example"));
                store.add_resource(&resource, now(), &event(EventKind::ResourceAdded)).await.map(|_| ())
            }
        })
        .await;
        assert!(role(s, "editor").await.is_some_and(|role| role.version > 0));
    }
}
