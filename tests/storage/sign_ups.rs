//! Accounts that people make by a link, once, whole or not at all; and the list of invitations.

use placet::model::event::EventKind;
use placet::model::mailed_link::{LinkKind, MailedLink};
use placet::model::user::User;
use placet::random;
use placet::storage::{SignedUp, Store};
use uuid::Uuid;

use super::build::{self, after, event, event_at, now};
use super::mails::link;
use super::races::{MANY, all_at_once, winners};
use crate::support::database::on_both;

async fn stored(store: &Store, kind: LinkKind, email: &str) -> MailedLink {
    let link = MailedLink {
        email: Some(email.to_owned()),
        ..link(kind, None)
    };
    let made = event(EventKind::InvitationMade);
    store.add_mailed_link(&link, None, &made).await.unwrap();
    link
}

fn user(name: &str, email: &str) -> User {
    User {
        email: Some(email.to_owned()),
        roles: vec!["member".to_owned()],
        ..build::user(name)
    }
}

async fn is_good(store: &Store, link: &MailedLink) -> bool {
    let found = store.find_mailed_link(link.kind, &link.hash, now()).await;
    found.unwrap().is_some()
}

async fn invitations(store: &Store, after: Uuid, limit: i64) -> Vec<MailedLink> {
    store.find_invitations(now(), after, limit).await.unwrap()
}

on_both! {
    async fn an_account_is_made_by_a_link_once(db: TestDatabase) {
        let first = stored(&db.store, LinkKind::SignUp, "new@mail.example").await;
        let invitation = stored(&db.store, LinkKind::Invitation, "new@mail.example").await;
        let other = stored(&db.store, LinkKind::Invitation, "other@mail.example").await;
        let ada = user("ada", "new@mail.example");
        let signed_up = event(EventKind::SignedUp);
        assert_eq!(db.store.sign_up(&first, &ada, &signed_up).await.unwrap(), SignedUp::Done);
        let found = db.store.find_user(ada.id).await.unwrap().unwrap();
        assert_eq!((found.username.as_str(), found.roles.as_slice()), ("ada", ["member".to_owned()].as_slice()));
        assert!(db.store.list_roles().await.unwrap().iter().any(|role| role.name == "member"), "the role is there");
        assert!(!is_good(&db.store, &first).await && !is_good(&db.store, &invitation).await, "of the same address");
        assert!(is_good(&db.store, &other).await);
        let before = db.row_counts().await;
        let again = user("bob", "bob@mail.example");
        for dead in [&first, &invitation] {
            assert_eq!(db.store.sign_up(dead, &again, &event(EventKind::SignedUp)).await.unwrap(), SignedUp::Dead);
        }
        let late = event_at(other.expires_at);
        assert_eq!(db.store.sign_up(&other, &again, &late).await.unwrap(), SignedUp::Dead, "too late");
        assert_eq!(db.row_counts().await, before);
    }

    async fn what_is_taken_leaves_the_link_good(db: TestDatabase) {
        build::stored_user(&db.store, "bob").await;
        let link = stored(&db.store, LinkKind::SignUp, "new@mail.example").await;
        let before = db.row_counts().await;
        for taken in [user("BOB", "new@mail.example"), user("ada", "Bob@example.com")] {
            assert_eq!(db.store.sign_up(&link, &taken, &event(EventKind::SignedUp)).await.unwrap(), SignedUp::Taken);
        }
        assert_eq!(db.row_counts().await, before, "nothing half-done");
        assert!(is_good(&db.store, &link).await);
        assert_eq!(db.store.sign_up(&link, &user("ada", "new@mail.example"), &event(EventKind::SignedUp)).await.unwrap(), SignedUp::Done);
    }

    async fn of_many_at_once_one_makes_an_account(db: TestDatabase) {
        let link = stored(&db.store, LinkKind::SignUp, "new@mail.example").await;
        let users = db.count("users").await;
        let done = all_at_once(&db, MANY, |store, number| {
            let link = link.clone();
            async move {
                let new = user(&format!("user{number}"), &format!("user{number}@mail.example"));
                store.sign_up(&link, &new, &event(EventKind::SignedUp)).await
            }
        }).await;
        assert_eq!((winners(&done, &SignedUp::Done), winners(&done, &SignedUp::Dead)), (1, MANY - 1));
        assert_eq!(db.count("users").await, users + 1);
    }

    async fn of_several_links_of_one_address_one_makes_an_account(db: TestDatabase) {
        let links = [
            stored(&db.store, LinkKind::SignUp, "new@mail.example").await,
            stored(&db.store, LinkKind::Invitation, "new@mail.example").await,
        ];
        let done = all_at_once(&db, MANY, |store, number| {
            let link = links[number % 2].clone();
            async move {
                let new = user(&format!("user{number}"), "new@mail.example");
                store.sign_up(&link, &new, &event(EventKind::SignedUp)).await
            }
        }).await;
        assert_eq!(winners(&done, &SignedUp::Done), 1);
    }

    async fn of_many_who_want_a_username_one_gets_it(db: TestDatabase) {
        let mut links = Vec::new();
        for number in 0..MANY {
            links.push(stored(&db.store, LinkKind::SignUp, &format!("new{number}@mail.example")).await);
        }
        let done = all_at_once(&db, MANY, |store, number| {
            let link = links[number].clone();
            async move {
                let new = user("ada", link.email.as_deref().unwrap());
                store.sign_up(&link, &new, &event(EventKind::SignedUp)).await
            }
        }).await;
        assert_eq!((winners(&done, &SignedUp::Done), winners(&done, &SignedUp::Taken)), (1, MANY - 1));
    }

    async fn invitations_are_listed_in_parts_and_withdrawn(db: TestDatabase) {
        let mut made = Vec::new();
        for number in 0..3 {
            made.push(stored(&db.store, LinkKind::Invitation, &format!("new{number}@mail.example")).await);
        }
        stored(&db.store, LinkKind::SignUp, "stranger@mail.example").await;
        made.sort_by_key(|link| link.id);
        assert_eq!(invitations(&db.store, Uuid::nil(), 9).await, made);
        assert_eq!(invitations(&db.store, made[0].id, 1).await, made[1..2]);
        assert!(db.store.find_invitations(after(1800), Uuid::nil(), 9).await.unwrap().is_empty(), "expired");
        let withdrawn = || event(EventKind::InvitationWithdrawn);
        let events = db.count("audit_events").await;
        for (id, found) in [(made[1].id, true), (made[1].id, false), (random::uuid(), false)] {
            assert_eq!(db.store.withdraw_invitation(id, &withdrawn()).await.unwrap(), found);
        }
        assert_eq!(db.count("audit_events").await, events + 1);
        let is_withdrawn = async |link: &MailedLink, at| db.store.is_invitation_withdrawn(&link.hash, at).await.unwrap();
        assert!(is_withdrawn(&made[1], after(0)).await && !is_withdrawn(&made[2], after(0)).await);
        assert!(!is_withdrawn(&made[1], after(1800)).await, "expired");
        assert_eq!(db.store.sign_up(&made[1], &user("ada", "new1@mail.example"), &event(EventKind::SignedUp)).await.unwrap(), SignedUp::Dead);
        db.store.sign_up(&made[0], &user("ada", "new@mail.example"), &event(EventKind::SignedUp)).await.unwrap();
        assert!(!db.store.withdraw_invitation(made[0].id, &withdrawn()).await.unwrap(), "accepted");
        assert!(!is_withdrawn(&made[0], after(0)).await, "accepted");
        assert_eq!(invitations(&db.store, Uuid::nil(), 9).await, made[2..]);
    }
}
