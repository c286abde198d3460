//! A list of changes in one transaction: all of it, or nothing where one meets something else than was there.

use placet::model::event::EventKind;
use placet::model::managed::{Kind, Managed};
use placet::model::scope::ScopeDefinition;
use placet::storage::{Applied, Change, Step, UserChange, UserTerms};
use serde_json::{Map, json};
use uuid::Uuid;

use super::build::{after, client, event, now, resource, secret, user};
use crate::support::database::on_both;

fn step(change: Change, kind: EventKind) -> Step {
    Step {
        change,
        event: Some(event(kind)),
    }
}

fn role(name: &str, version: i64) -> Change {
    Change::PutRole {
        name: name.to_owned(),
        description: format!("words {version}"),
        version,
    }
}

fn scope(version: i64) -> Change {
    Change::PutScope(ScopeDefinition {
        name: "notes".to_owned(),
        description: "x".to_owned(),
        is_required: false,
        descriptions: [("de", "y")].into_iter().collect(),
        version,
    })
}

fn manage(id: &str, source: &str, before: Option<&str>) -> Step {
    let managed = Managed {
        kind: Kind::Role,
        id: id.to_owned(),
        source: source.to_owned(),
        definition: json!({ "a": 1 }),
        applied_at: now(),
    };
    Step {
        change: Change::Manage(managed, before.map(ToOwned::to_owned)),
        event: None,
    }
}

on_both! {
    async fn all_is_done_and_recorded(db: TestDatabase) {
        let store = &db.store;
        store.installation(Uuid::from_u128(1), now()).await.unwrap();
        let revision = store.revision().await.unwrap();
        let ada = user("ada");
        let app = client("web");
        let hash = app.secrets[0].hash;
        let claims = Map::from_iter([("given_name".to_owned(), json!("Ada"))]);
        let steps = [
            step(role("editor", 0), EventKind::RoleAdded),
            step(scope(0), EventKind::ScopeAdded),
            step(Change::AddClient(Box::new(app)), EventKind::ClientAdded),
            step(Change::AddUser(Box::new(ada.clone()), claims.clone()), EventKind::UserAdded),
            manage("editor", "set", None),
        ];
        assert_eq!(store.apply(&steps, false, &event(EventKind::FileApplied)).await.unwrap(), Applied::Done);
        let kinds: Vec<String> = store.event_kinds(9).await.unwrap().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        assert!(kinds.contains(&"file_applied".to_owned()));
        assert_eq!(store.revision().await.unwrap(), revision + 1);
        assert_eq!(store.secret_owner(&hash).await.unwrap().as_deref(), Some("web"));
        assert_eq!(store.list_user_claims(Uuid::nil(), 9).await.unwrap(), [(ada.id.0, claims)]);
        assert!(store.enabled_administrators().await.unwrap().is_empty());
        let roles = store.registered_roles().await.unwrap();
        assert!(roles.contains(&("editor".to_owned(), "words 0".to_owned(), 1)), "{roles:?}");
        let managed = store.find_managed(Kind::Role, "editor").await.unwrap().unwrap();
        assert_eq!((managed.source.as_str(), managed.definition), ("set", json!({ "a": 1 })));
    }
}

on_both! {
    async fn one_that_meets_something_else_undoes_all(db: TestDatabase) {
        let store = &db.store;
        store.installation(Uuid::from_u128(1), now()).await.unwrap();
        let web = client("web");
        let ada = user("ada");
        let file = event(EventKind::FileApplied);
        let first = [
            step(role("editor", 0), EventKind::RoleAdded),
            step(scope(0), EventKind::ScopeAdded),
            step(Change::AddClient(Box::new(web.clone())), EventKind::ClientAdded),
            step(Change::AddUser(Box::new(ada.clone()), Map::new()), EventKind::UserAdded),
            manage("editor", "set", None),
        ];
        assert_eq!(store.apply(&first, false, &file).await.unwrap(), Applied::Done);
        let before = db.row_counts().await;
        let mut stale = web.clone();
        stale.version = 7;
        let mut other = ada.clone();
        other.version = 7;
        let changes = [
            role("editor", 0),
            role("editor", 7),
            Change::RemoveRole { name: "editor".to_owned(), version: 7 },
            scope(0),
            scope(7),
            Change::RemoveScope { name: "notes".to_owned(), version: 7 },
            Change::RemoveResource { uri: "https://none.example".to_owned(), version: 1 },
            Change::AddClient(Box::new(web.clone())),
            Change::UpdateClient(Box::new(stale.clone())),
            Change::RemoveClient { id: web.id.clone(), version: 7 },
            Change::PutSecret { id: web.id.clone(), version: Some(7), secret: Box::new(secret()), others_expire_at: after(1) },
            Change::AddUser(Box::new(user("ada")), Map::new()),
            Change::UpdateUser(Box::new(other.clone()), UserChange::default(), true),
            Change::RemoveUser(Box::new(other)),
            manage("editor", "b", None).change,
            manage("editor", "b", Some("c")).change,
        ];
        for change in changes {
            let said = format!("{change:?}");
            let steps = [step(role("new", 0), EventKind::RoleAdded), step(change, EventKind::RoleAdded)];
            let outcome = store.apply(&steps, false, &event(EventKind::FileApplied)).await.unwrap();
            assert_eq!(outcome, Applied::Stale(1), "{said}");
            assert_eq!(db.row_counts().await, before, "{said}");
        }
        let nobody = store.apply(&[step(role("new", 0), EventKind::RoleAdded)], true, &file).await.unwrap();
        assert_eq!((nobody, db.row_counts().await), (Applied::NoAdministrator, before));
        // As they are now, each goes.
        let removals = [
            step(Change::RemoveUser(Box::new(store.find_user(ada.id).await.unwrap().unwrap())), EventKind::UserRemoved),
            step(Change::RemoveClient { id: web.id.clone(), version: 1 }, EventKind::ClientRemoved),
            step(Change::RemoveScope { name: "notes".to_owned(), version: 1 }, EventKind::ScopeRemoved),
            step(Change::RemoveRole { name: "editor".to_owned(), version: 1 }, EventKind::RoleRemoved),
            Step { change: Change::Forget(Kind::Role, "none".to_owned()), event: None },
        ];
        assert_eq!(store.apply(&removals, false, &event(EventKind::FileApplied)).await.unwrap(), Applied::Done);
        assert_eq!((db.count("managed").await, db.count("clients").await, db.count("users").await), (0, 0, 0));
    }

    // Somebody may get the role between the plan and this.
    async fn a_role_that_is_in_use_stays(db: TestDatabase) {
        let store = &db.store;
        store.put_role("editor", "", None, &event(EventKind::RoleAdded)).await.unwrap();
        let steps = [step(Change::RemoveRole { name: "editor".to_owned(), version: 1 }, EventKind::RoleRemoved)];
        let apply = async || store.apply(&steps, false, &event(EventKind::FileApplied)).await.unwrap();
        let ada = user("ada");
        store.add_user(&ada, &event(EventKind::UserAdded)).await.unwrap();
        assert_eq!(apply().await, Applied::Stale(0), "somebody has it");
        store.remove_user(ada.id, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap();
        let notes = resource("https://notes.example");
        store.add_resource(&notes, now(), &event(EventKind::ResourceAdded)).await.unwrap();
        let before = db.row_counts().await;
        assert_eq!(apply().await, Applied::Stale(0), "a resource names it");
        assert_eq!(db.row_counts().await, before);
        store.remove_resource(&notes.uri, None, &event(EventKind::ResourceRemoved)).await.unwrap();
        assert_eq!(apply().await, Applied::Done);
    }
}
