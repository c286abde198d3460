//! Users as administrators work with them: found by a part of a name, changed only as they were seen, one administrator always left.

use placet::model::event::EventKind;
use placet::model::id::UserId;
use placet::model::secret::PasswordHash;
use placet::model::user::User;
use placet::storage::{Added, Store, UserChange, UserChanged, UserFilter, UserTerms};
use uuid::Uuid;

use super::build::{self, after, event, event_at};
use super::races::{MANY, all_at_once, winners};
use crate::support::database::on_both;

/// Only while it has that version.
fn version(expects: i64) -> UserTerms {
    UserTerms {
        expects: Some(expects),
        ..UserTerms::default()
    }
}

const KEEPING: UserTerms = UserTerms {
    expects: None,
    keeps_administrator: true,
};

async fn add(store: &Store, user: User) -> User {
    let added = store.add_user(&user, &event(EventKind::UserAdded)).await;
    assert_eq!(added.unwrap(), Added::Added);
    user
}

async fn admin(store: &Store, name: &str) -> UserId {
    let roles = vec!["admin".to_owned()];
    add(
        store,
        User {
            roles,
            ..build::user(name)
        },
    )
    .await
    .id
}

fn roles(names: &[&str]) -> UserChange {
    UserChange {
        roles: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        ..UserChange::default()
    }
}

async fn found(store: &Store, filter: UserFilter) -> Vec<String> {
    let users = store.find_users(&filter, Uuid::nil(), 100).await.unwrap();
    let mut names: Vec<String> = users.into_iter().map(|user| user.username).collect();
    names.sort_unstable();
    names
}

async fn searched(store: &Store, text: &str) -> Vec<String> {
    let search = Some(text.to_owned());
    found(
        store,
        UserFilter {
            search,
            ..UserFilter::default()
        },
    )
    .await
}

on_both! {
    async fn a_user_is_changed_only_as_it_was_seen(db: TestDatabase) {
        let id = build::stored_user(&db.store, "ada").await.id;
        let audited = db.count("audit_events").await;
        let (change, hash) = (roles(&["x"]), PasswordHash::from_phc("$new".to_owned()));
        for stale in [0, 2, -1, i64::MAX] {
            let terms = version(stale);
            let outcomes = [
                db.store.update_user(id, &change, terms, &event(EventKind::UserUpdated)).await.unwrap(),
                db.store.set_password(id, &hash, terms, &event(EventKind::PasswordSet)).await.unwrap(),
                db.store.disable_user(id, terms, &event(EventKind::UserDisabled)).await.unwrap(),
                db.store.enable_user(id, terms, &event(EventKind::UserEnabled)).await.unwrap(),
                db.store.remove_user(id, terms, &event(EventKind::UserRemoved)).await.unwrap(),
            ];
            assert_eq!(outcomes, [UserChanged::Stale; 5], "{stale}");
        }
        let user = db.store.find_user(id).await.unwrap().unwrap();
        assert_eq!((user.version, user.roles.len(), user.is_enabled()), (1, 2, true));
        assert_eq!(db.count("audit_events").await, audited);

        let (updated, changed) = (event(EventKind::UserUpdated), UserChanged::Changed);
        assert_eq!(db.store.update_user(id, &change, version(1), &updated).await.unwrap(), changed);
        assert_eq!(db.store.set_password(id, &hash, version(2), &event(EventKind::PasswordSet)).await.unwrap(), changed);
        assert_eq!(db.store.disable_user(id, version(3), &event(EventKind::UserDisabled)).await.unwrap(), changed);
        assert_eq!(db.store.disable_user(id, version(4), &event(EventKind::UserDisabled)).await.unwrap(), UserChanged::AlreadySo);
        assert_eq!(db.store.enable_user(id, version(4), &event(EventKind::UserEnabled)).await.unwrap(), changed);
        assert_eq!(db.store.find_user(id).await.unwrap().unwrap().version, 5);
        assert_eq!(db.count("audit_events").await, audited + 4);
        assert_eq!(db.store.remove_user(id, version(5), &event(EventKind::UserRemoved)).await.unwrap(), changed);
    }

    async fn of_many_who_saw_the_same_version_one_writes(db: TestDatabase) {
        let id = build::stored_user(&db.store, "ada").await.id;
        let audited = db.count("audit_events").await;
        let results = all_at_once(&db, MANY, |store, number| async move {
            let change = UserChange { name: Some(Some(format!("Person {number}"))), ..roles(&[&format!("r{number}"), "a"]) };
            let hash = PasswordHash::from_phc(format!("${number}"));
            match number % 3 {
                0 => store.update_user(id, &change, version(1), &event(EventKind::UserUpdated)).await,
                1 => store.disable_user(id, version(1), &event(EventKind::UserDisabled)).await,
                _ => store.set_password(id, &hash, version(1), &event(EventKind::PasswordSet)).await,
            }
        })
        .await;
        assert_eq!((winners(&results, &UserChanged::Changed), winners(&results, &UserChanged::Stale)), (1, MANY - 1));
        assert_eq!(db.count("audit_events").await, audited + 1);
        assert_eq!(db.store.find_user(id).await.unwrap().unwrap().version, 2);
    }

    // Two who change different things of one person at once, on no condition: neither loses what the other wrote.
    async fn changes_of_different_fields_are_both_kept(db: TestDatabase) {
        let id = build::stored_user(&db.store, "ada").await.id;
        for round in 0..10 {
            all_at_once(&db, 2, |store, number| async move {
                let text = Some(Some(format!("round{round}@example.com")));
                let change = match number {
                    0 => UserChange { email: text, ..UserChange::default() },
                    _ => UserChange { name: text, ..UserChange::default() },
                };
                store.update_user(id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await
            })
            .await;
            let user = db.store.find_user(id).await.unwrap().unwrap();
            assert_eq!(user.email, user.name, "{round}");
        }
    }

    async fn roles_are_noted_the_other_way_round_and_registered(db: TestDatabase) {
        let names = "SELECT name FROM roles ORDER BY name";
        let of = "SELECT role FROM user_roles ORDER BY role";
        let ada = add(&db.store, User { roles: vec!["editor".to_owned(), "admin".to_owned()], ..build::user("ada") }).await;
        assert_eq!(db.texts(of.to_owned()).await, ["admin", "editor"]);
        assert_eq!(db.texts(names.to_owned()).await, ["editor"], "admin is there anyway");
        let change = roles(&["reader", "Editor"]);
        let updated = event_at(after(5));
        db.store.update_user(ada.id, &change, UserTerms::default(), &updated).await.unwrap();
        assert_eq!(db.texts(of.to_owned()).await.len(), 2);
        for role in ["reader", "Editor"] {
            let filter = UserFilter { role: Some(role.to_owned()), ..UserFilter::default() };
            assert_eq!(found(&db.store, filter).await, ["ada"]);
        }
        assert_eq!(db.count("roles").await, 3, "a role stays when nobody has it");
        let other = UserChange { name: Some(None), ..UserChange::default() };
        db.store.update_user(ada.id, &other, UserTerms::default(), &event(EventKind::UserUpdated)).await.unwrap();
        assert_eq!(db.count("user_roles").await, 2, "another change leaves them");
        // What was refused is not noted either.
        build::stored_user(&db.store, "bob").await;
        let taken = UserChange { email: Some(Some("bob@example.com".to_owned())), ..roles(&["lost"]) };
        let taken = db.store.update_user(ada.id, &taken, UserTerms::default(), &event(EventKind::UserUpdated)).await.unwrap();
        assert_eq!(taken, UserChanged::AddressTaken);
        let lost = UserFilter { role: Some("lost".to_owned()), ..UserFilter::default() };
        assert!(found(&db.store, lost).await.is_empty());
        db.store.remove_user(ada.id, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap();
        assert_eq!(db.count("user_roles").await, 2, "bob's");
    }

    async fn roles_given_in_any_order_lock_nobody_out(db: TestDatabase) {
        let results = all_at_once(&db, MANY, |store, number| async move {
            let mut roles: Vec<String> = (0..8).map(|role| format!("role{role}")).collect();
            roles.rotate_left(number % 8);
            store.add_user(&User { roles, ..build::user(&format!("user{number}")) }, &event(EventKind::UserAdded)).await
        })
        .await;
        assert_eq!(winners(&results, &Added::Added), MANY);
        assert_eq!((db.count("roles").await, db.count("user_roles").await), (8, 8 * 64));
    }

    async fn users_are_found_by_a_part_of_a_name(db: TestDatabase) {
        let s = &db.store;
        add(s, User { name: Some("Ada King, \u{c9}toile".to_owned()), email: Some("countess@lovelace.example".to_owned()), ..build::user("Ada") }).await;
        add(s, User { name: None, email: None, roles: Vec::new(), ..build::user("b_b%!") }).await;
        let off = add(s, User { name: Some("Charles Babbage".to_owned()), roles: vec!["maker".to_owned()], ..build::user("cb") }).await;
        s.disable_user(off.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap();
        assert_eq!(found(s, UserFilter::default()).await, ["Ada", "b_b%!", "cb"]);
        for text in ["ada", "AD", " king", "e\u{301}toile", "\u{c9}TO", "LOVELACE", "\u{ff21}da"] {
            assert_eq!(searched(s, text).await, ["Ada"], "{text}");
        }
        for text in ["_", "%", "!", "b_B%!", "_b%"] {
            assert_eq!(searched(s, text).await, ["b_b%!"], "{text}");
        }
        // S170
        for text in ["a%a", "c_", "'; DROP TABLE users; --", "\\", "\"", "(?i)ada", "[a-z]", "*", "ada\u{1f980}"] {
            assert!(searched(s, text).await.is_empty(), "{text}");
        }
        let role = |role: &str| UserFilter { role: Some(role.to_owned()), ..UserFilter::default() };
        assert_eq!(found(s, role("editor")).await, ["Ada"]);
        assert_eq!(found(s, role("maker")).await, ["cb"]);
        for none in ["edito", "EDITOR", "%", "", "editor x:y"] {
            assert!(found(s, role(none)).await.is_empty(), "{none}");
        }
        let enabled = |is_enabled| UserFilter { is_enabled: Some(is_enabled), ..UserFilter::default() };
        assert_eq!(found(s, enabled(true)).await, ["Ada", "b_b%!"]);
        assert_eq!(found(s, enabled(false)).await, ["cb"]);
        let all = UserFilter { search: Some("babb".to_owned()), is_enabled: Some(false), ..role("maker") };
        assert_eq!(found(s, all.clone()).await, ["cb"]);
        assert!(found(s, UserFilter { is_enabled: Some(true), ..all }).await.is_empty());
        // A new name is found, the old one is not.
        let change = UserChange { name: Some(Some("The Analyst".to_owned())), ..UserChange::default() };
        s.update_user(off.id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await.unwrap();
        assert_eq!((searched(s, "analyst").await.len(), searched(s, "babbage").await.len()), (1, 0));
    }

    async fn found_users_come_in_pages(db: TestDatabase) {
        let mut ids = Vec::new();
        for number in 0..5 {
            ids.push(build::stored_user(&db.store, &format!("ada{number}")).await.id);
            build::stored_user(&db.store, &format!("eve{number}")).await;
        }
        ids.sort_unstable();
        assert_eq!(searched(&db.store, "ada0@").await, ["ada0"]);
        let filter = UserFilter { search: Some("@example".to_owned()), ..UserFilter::default() };
        let (mut seen, mut last) = (Vec::new(), Uuid::nil());
        loop {
            let page = db.store.find_users(&filter, last, 3).await.unwrap();
            let Some(user) = page.last() else { break };
            last = user.id.0;
            seen.extend(page.iter().map(|user| user.id));
        }
        assert_eq!(seen.len(), 10);
        assert!(seen.is_sorted());
        assert!(ids.iter().all(|id| seen.contains(id)));
    }

    async fn the_last_administrator_is_kept_where_that_is_asked(db: TestDatabase) {
        let s = &db.store;
        s.installation(placet::random::uuid(), build::now()).await.unwrap();
        let (ada, bob) = (admin(s, "ada").await, admin(s, "bob").await);
        let editor = build::stored_user(s, "eve").await.id;
        let any = || event(EventKind::UserUpdated);
        assert_eq!(s.disable_user(bob, KEEPING, &any()).await.unwrap(), UserChanged::Changed);
        let before = db.row_counts().await;
        // Bob is one, but cannot sign in.
        let kept = [
            s.disable_user(ada, KEEPING, &any()).await.unwrap(),
            s.remove_user(ada, KEEPING, &any()).await.unwrap(),
            s.update_user(ada, &roles(&["editor"]), KEEPING, &any()).await.unwrap(),
        ];
        assert_eq!(kept, [UserChanged::LastAdministrator; 3]);
        assert_eq!(db.row_counts().await, before);
        let changed = [
            s.update_user(ada, &roles(&["admin", "editor"]), KEEPING, &any()).await.unwrap(),
            s.disable_user(editor, KEEPING, &any()).await.unwrap(),
            s.enable_user(bob, KEEPING, &any()).await.unwrap(),
            s.update_user(ada, &roles(&["editor"]), KEEPING, &any()).await.unwrap(),
            s.disable_user(bob, UserTerms::default(), &any()).await.unwrap(),
        ];
        assert_eq!(changed, [UserChanged::Changed; 5]);
    }

    async fn of_administrators_who_end_one_another_one_is_left(db: TestDatabase) {
        for round in 0..4 {
            let mut admins = Vec::new();
            for number in 0..8 {
                admins.push(admin(&db.store, &format!("admin{round}-{number}")).await);
            }
            let results = all_at_once(&db, MANY, |store, number| {
                let id = admins[number % 8];
                async move {
                    match number % 3 {
                        0 => store.disable_user(id, KEEPING, &event(EventKind::UserDisabled)).await,
                        1 => store.update_user(id, &roles(&[]), KEEPING, &event(EventKind::UserUpdated)).await,
                        _ => store.remove_user(id, KEEPING, &event(EventKind::UserRemoved)).await,
                    }
                }
            })
            .await;
            assert!(winners(&results, &UserChanged::LastAdministrator) > 0);
            let filter = UserFilter { role: Some("admin".to_owned()), is_enabled: Some(true), ..UserFilter::default() };
            let left = db.store.find_users(&filter, Uuid::nil(), 100).await.unwrap();
            assert_eq!(left.len(), 1, "round {round}");
            db.store.remove_user(left[0].id, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap();
        }
    }

    // Rows that a version before this one wrote.
    async fn what_older_rows_lack_is_filled_in(db: TestDatabase) {
        let s = &db.store;
        for number in 0..3 {
            build::stored_user(s, &format!("user{number}")).await;
            build::stored_client(s, &format!("client{number}")).await;
        }
        add(s, User { name: None, roles: Vec::new(), ..build::user("bare") }).await;
        let kept = s.find_user_by_name("user1").await.unwrap().unwrap();
        for statement in [
            "UPDATE users SET name_key = NULL WHERE username <> 'user0'",
            "UPDATE clients SET name_key = NULL WHERE id <> 'client0'",
            "DELETE FROM user_roles",
            "DELETE FROM roles",
        ] {
            db.execute(statement).await;
        }
        for _ in 0..2 {
            s.fill_keys().await.unwrap();
            assert_eq!(searched(s, "lovelace").await, ["user0", "user1", "user2"]);
            let editors = UserFilter { role: Some("editor".to_owned()), ..UserFilter::default() };
            assert_eq!(found(s, editors).await.len(), 3);
            assert_eq!((db.count("user_roles").await, db.count("roles").await), (6, 2));
            let keys = "SELECT DISTINCT name_key FROM clients".to_owned();
            assert_eq!(db.texts(keys).await.len(), 1);
        }
        let after = s.find_user(kept.id).await.unwrap().unwrap();
        assert_eq!((after.version, after.name, after.roles), (kept.version, kept.name, kept.roles));
    }
}
