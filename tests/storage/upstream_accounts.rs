//! Accounts elsewhere: each leads to one person, however many link it at once, and the last way in stays.

use placet::model::event::EventKind;
use placet::model::id::UserId;
use placet::model::upstream::UpstreamAccount;
use placet::model::user::User;
use placet::storage::{
    FactorTerms, LeadsIn, Store, UpstreamAdded, UpstreamLinked, UpstreamRemoved, UserTerms,
};

use super::build::{self, after, event, now};
use super::mails;
use super::races::{all_at_once, winners};
use crate::support::database::on_both;

fn account(subject: &str, user_id: UserId) -> UpstreamAccount {
    UpstreamAccount {
        issuer: "https://elsewhere.example".to_owned(),
        subject: subject.to_owned(),
        provider: "elsewhere".to_owned(),
        user_id,
        email: Some("ada@elsewhere.example".to_owned()),
        created_at: now(),
        last_used_at: None,
    }
}

/// A row with every column set.
pub(super) async fn fill(store: &Store, id: UserId) {
    let used = UpstreamAccount {
        last_used_at: Some(after(1)),
        ..account("1", id)
    };
    assert_eq!(link(store, &used, None).await, UpstreamLinked::Linked);
}

async fn link(store: &Store, account: &UpstreamAccount, verified: Option<&str>) -> UpstreamLinked {
    let event = event(EventKind::UpstreamLinked);
    let linked = store.link_upstream_account(account, verified, None, &event);
    linked.await.unwrap()
}

async fn add(store: &Store, user: &User, subject: &str) -> UpstreamAdded {
    let events = [
        event(EventKind::UserAdded),
        event(EventKind::UpstreamLinked),
    ];
    let account = account(subject, user.id);
    store
        .add_upstream_user(user, &account, &events)
        .await
        .unwrap()
}

const ANY_LEADS_IN: LeadsIn<'static> = &|_| true;

fn terms(keeps: bool) -> FactorTerms<'static> {
    FactorTerms {
        keeps_way_in: keeps.then_some(ANY_LEADS_IN),
        ..FactorTerms::default()
    }
}

async fn remove(store: &Store, account: &UpstreamAccount, keeps: bool) -> UpstreamRemoved {
    let event = event(EventKind::UpstreamUnlinked);
    let removed = store.remove_upstream_account(account, terms(keeps), &event);
    removed.await.unwrap()
}

/// Nobody with this username, without a password.
fn newcomer(username: &str, email: Option<&str>) -> User {
    User {
        username: username.to_owned(),
        email: email.map(str::to_owned),
        is_email_verified: email.is_some(),
        password_hash: None,
        roles: Vec::new(),
        ..build::user(username)
    }
}

on_both! {
    async fn links_are_read_back_as_written(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let (first, mut second) = (account("1", ada.id), account("2", ada.id));
        second.created_at = after(1);
        second.email = None;
        for it in [&second, &first] {
            assert_eq!(link(&db.store, it, None).await, UpstreamLinked::Linked);
        }
        let listed = db.store.list_upstream_accounts(ada.id).await.unwrap();
        assert_eq!(listed, [first.clone(), second]);
        let find = async |issuer: &str, subject: &str| {
            db.store.find_upstream_account(issuer, subject).await.unwrap()
        };
        assert_eq!(find(&first.issuer, "1").await, Some(first.clone()));
        assert_eq!(find(&first.issuer, "3").await, None);
        assert_eq!(find("https://other.example", "1").await, None);
        let used = UpstreamAccount {
            email: Some("new@elsewhere.example".to_owned()),
            provider: "renamed".to_owned(),
            last_used_at: Some(after(9)),
            ..first
        };
        assert!(db.store.use_upstream_account(&used).await.unwrap());
        assert_eq!(find(&used.issuer, "1").await, Some(used));
        assert!(!db.store.use_upstream_account(&account("3", ada.id)).await.unwrap());
        // One of them is of the person.
        assert_eq!(db.count("audit_events").await, 3);
    }

    async fn one_account_is_one_persons(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let mail = mails::mail();
        let event = event(EventKind::UpstreamLinked);
        let hers = account("1", ada.id);
        let told = db.store.link_upstream_account(&hers, None, Some(&mail), &event);
        assert_eq!(told.await.unwrap(), UpstreamLinked::Linked);
        assert_eq!(db.count("outgoing_mails").await, 1);
        for id in [ada.id, bob.id] {
            assert_eq!(link(&db.store, &account("1", id), None).await, UpstreamLinked::AlreadyThere);
        }
        let gone = UserId(placet::random::uuid());
        assert_eq!(link(&db.store, &account("2", gone), None).await, UpstreamLinked::NotTheirs);
        let (terms, event) = (UserTerms::default(), build::event(EventKind::UserDisabled));
        db.store.disable_user(bob.id, terms, &event).await.unwrap();
        assert_eq!(link(&db.store, &account("2", bob.id), None).await, UpstreamLinked::NotTheirs);
    }

    async fn an_address_links_while_it_is_theirs(db: TestDatabase) {
        let ada = newcomer("ada", Some("Ada@a.example"));
        add(&db.store, &ada, "0").await;
        let outcomes = [
            ("bob@a.example", UpstreamLinked::NotTheirs),
            ("ada@A.example", UpstreamLinked::Linked),
            ("ada@a.example", UpstreamLinked::AlreadyThere),
        ];
        for (email, outcome) in outcomes {
            assert_eq!(link(&db.store, &account("1", ada.id), Some(email)).await, outcome, "{email}");
        }
        db.execute("UPDATE users SET is_email_verified = FALSE").await;
        let late = link(&db.store, &account("2", ada.id), Some("ada@a.example")).await;
        assert_eq!(late, UpstreamLinked::NotTheirs);
    }

    async fn newcomers_take_nothing_of_others(db: TestDatabase) {
        let store = &db.store;
        let ada = newcomer("ada", Some("ada@a.example"));
        assert_eq!(add(store, &ada, "1").await, UpstreamAdded::Added);
        assert_eq!(add(store, &newcomer("eve", None), "1").await, UpstreamAdded::AlreadyThere);
        assert_eq!(add(store, &newcomer("ADA", None), "2").await, UpstreamAdded::UsernameTaken);
        let taken = newcomer("eve", Some("ADA@a.example"));
        assert_eq!(add(store, &taken, "2").await, UpstreamAdded::AddressTaken);
        assert_eq!((db.count("users").await, db.count("upstream_accounts").await), (1, 1));
        assert_eq!(db.count("audit_events").await, 2);
    }

    async fn the_last_way_in_stays(db: TestDatabase) {
        let ada = newcomer("ada", None);
        add(&db.store, &ada, "1").await;
        let first = account("1", ada.id);
        assert_eq!(remove(&db.store, &first, true).await, UpstreamRemoved::MustStay);
        let second = account("2", ada.id);
        link(&db.store, &second, None).await;
        assert_eq!(remove(&db.store, &first, true).await, UpstreamRemoved::Removed);
        assert_eq!(remove(&db.store, &first, true).await, UpstreamRemoved::NotThere);
        assert_eq!(remove(&db.store, &second, true).await, UpstreamRemoved::MustStay);
        db.execute("UPDATE users SET has_passkey = TRUE").await;
        assert_eq!(remove(&db.store, &second, true).await, UpstreamRemoved::Removed);
        db.execute("UPDATE users SET has_passkey = FALSE").await;
        link(&db.store, &second, None).await;
        assert_eq!(remove(&db.store, &second, false).await, UpstreamRemoved::Removed);
    }

    // Two callbacks at once make one account and one link.
    async fn one_newcomer_is_made_of_many(db: TestDatabase) {
        let results = all_at_once(&db, 16, |store, number| async move {
            // Half of them want the same name, all have the same account elsewhere.
            let name = if number % 4 < 2 { "ada".to_owned() } else { format!("ada-{number}") };
            let ada = newcomer(&name, None);
            let account = account("1", ada.id);
            let events = [event(EventKind::UserAdded), event(EventKind::UpstreamLinked)];
            store.add_upstream_user(&ada, &account, &events).await
        })
        .await;
        assert_eq!(winners(&results, &UpstreamAdded::Added), 1, "{results:?}");
        assert_eq!((db.count("users").await, db.count("upstream_accounts").await), (1, 1));
    }

    // Whoever comes second is the same person, not somebody with another's address. A few rounds, for the window is narrow.
    async fn nobody_is_in_their_own_way(db: TestDatabase) {
        for round in 0..12 {
            let results = all_at_once(&db, 16, |store, number| async move {
                let email = format!("ada-{round}@elsewhere.example");
                let ada = newcomer(&format!("ada-{round}-{number}"), Some(&email));
                let account = account(&round.to_string(), ada.id);
                let events = [event(EventKind::UserAdded), event(EventKind::UpstreamLinked)];
                store.add_upstream_user(&ada, &account, &events).await
            })
            .await;
            assert_eq!(winners(&results, &UpstreamAdded::Added), 1, "{results:?}");
            assert_eq!(winners(&results, &UpstreamAdded::AddressTaken), 0, "{results:?}");
        }
    }

    async fn of_many_links_one_is_made(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let results = all_at_once(&db, 16, |store, number| {
            let account = account("1", if number % 2 == 0 { ada.id } else { bob.id });
            async move {
                let event = event(EventKind::UpstreamLinked);
                store.link_upstream_account(&account, None, None, &event).await
            }
        })
        .await;
        assert_eq!(winners(&results, &UpstreamLinked::Linked), 1, "{results:?}");
        assert_eq!(db.count("upstream_accounts").await, 1);
    }

    // Of two links, each of which counts on the other, one stays.
    async fn the_last_way_in_is_not_raced_away(db: TestDatabase) {
        let ada = newcomer("ada", None);
        add(&db.store, &ada, "0").await;
        link(&db.store, &account("1", ada.id), None).await;
        let results = all_at_once(&db, 2, |store, number| {
            let account = account(&number.to_string(), ada.id);
            async move {
                let event = event(EventKind::UpstreamUnlinked);
                store.remove_upstream_account(&account, terms(true), &event).await
            }
        })
        .await;
        assert_eq!(winners(&results, &UpstreamRemoved::Removed), 1, "{results:?}");
    }
}
