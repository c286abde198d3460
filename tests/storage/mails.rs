//! The outbox, and links that were mailed: claimed by one, used by one.

use chrono::TimeDelta;
use placet::model::event::EventKind;
use placet::model::id::UserId;
use placet::model::mail::{MailKind, NewMail, OutgoingMail};
use placet::model::mailed_link::{LinkKind, MailedLink};
use placet::model::secret::PasswordHash;
use placet::random;
use placet::storage::{LinkUse, PasswordReset, Store, UserChange, UserTerms};
use serde_json::{Map, json};

use super::build::{self, after, event, event_at, now};
use super::races::{MANY, all_at_once, winners};
use crate::support::database::on_both;

pub(super) fn mail() -> NewMail {
    NewMail {
        id: random::uuid(),
        kind: MailKind::Notice,
        sealed: vec![0, 255, 7],
        created_at: now(),
        expires_at: after(3600),
    }
}

pub(super) fn link(kind: LinkKind, user: Option<UserId>) -> MailedLink {
    MailedLink {
        hash: build::hash(),
        id: random::uuid(),
        kind,
        user_id: user,
        email: (kind != LinkKind::ResetPassword).then(|| "new@example.com".to_owned()),
        detail: Map::from_iter([("a".to_owned(), json!(1))]),
        created_at: now(),
        expires_at: after(1800),
    }
}

async fn add(store: &Store, link: &MailedLink) {
    let made = event(EventKind::PasswordResetRequested);
    store.add_mailed_link(link, None, &made).await.unwrap();
}

async fn is_good(store: &Store, link: &MailedLink) -> bool {
    let found = store.find_mailed_link(link.kind, &link.hash, now()).await;
    found.unwrap().is_some()
}

fn phc(text: &str) -> PasswordHash {
    PasswordHash::from_phc(text.to_owned())
}

fn reset<'a>(link: &'a MailedLink, password: &'a PasswordHash) -> PasswordReset<'a> {
    PasswordReset {
        link,
        password,
        ends_sessions: true,
        notice: None,
    }
}

on_both! {
    async fn a_mail_is_found_when_due_and_claimed_by_one(db: TestDatabase) {
        let (first, mut second) = (mail(), mail());
        second.created_at = after(5);
        for mail in [&second, &first] {
            db.store.queue_mail(mail).await.unwrap();
        }
        let ids = async |seconds| -> Vec<_> { db.store.due_mails(after(seconds), 9).await.unwrap().into_iter().map(|mail| mail.id).collect() };
        assert_eq!(ids(0).await, [first.id]);
        assert_eq!(ids(5).await, [first.id, second.id]);
        assert_eq!(db.store.due_mails(after(5), 1).await.unwrap().len(), 1);
        let found = db.store.due_mails(now(), 9).await.unwrap().remove(0);
        let expected = OutgoingMail { id: first.id, kind: "notice".to_owned(), sealed: first.sealed.clone(), attempts: 0, created_at: now(), expires_at: after(3600) };
        assert_eq!(found, expected);
        assert!(db.store.claim_mail(&found, now(), after(30)).await.unwrap());
        assert!(!db.store.claim_mail(&found, now(), after(30)).await.unwrap(), "it has been claimed");
        assert_eq!(ids(29).await, [second.id]);
        let again = db.store.due_mails(after(30), 9).await.unwrap().into_iter().find(|mail| mail.id == first.id).unwrap();
        assert_eq!(again.attempts, 1);
        db.store.delete_mail(first.id).await.unwrap();
        assert_eq!(ids(30).await, [second.id]);
        let events = db.count("audit_events").await;
        for is_first in [true, false] {
            assert_eq!(db.store.give_up_mail(second.id, &event(EventKind::MailGivenUp)).await.unwrap(), is_first);
        }
        assert_eq!((db.count("outgoing_mails").await, db.count("audit_events").await), (0, events + 1));
    }

    async fn of_many_who_claim_a_mail_one_does(db: TestDatabase) {
        db.store.queue_mail(&mail()).await.unwrap();
        let found = db.store.due_mails(now(), 1).await.unwrap().remove(0);
        let claimed = all_at_once(&db, MANY, |store, _| {
            let found = found.clone();
            async move { store.claim_mail(&found, now(), after(30)).await }
        }).await;
        assert_eq!(winners(&claimed, &true), 1);
    }

    async fn a_newer_link_ends_the_older_of_its_kind_and_person(db: TestDatabase) {
        let (ada, bob) = (build::stored_user(&db.store, "ada").await, build::stored_user(&db.store, "bob").await);
        let first = link(LinkKind::ResetPassword, Some(ada.id));
        let others = [link(LinkKind::VerifyEmail, Some(ada.id)), link(LinkKind::ResetPassword, Some(bob.id)), link(LinkKind::SignUp, None)];
        for link in others.iter().chain([&first]) {
            add(&db.store, link).await;
        }
        let found = db.store.find_mailed_link(first.kind, &first.hash, now()).await.unwrap();
        assert_eq!(found.as_ref(), Some(&first));
        assert!(db.store.find_mailed_link(LinkKind::SignUp, &first.hash, now()).await.unwrap().is_none(), "of another kind");
        assert!(db.store.find_mailed_link(first.kind, &first.hash, first.expires_at).await.unwrap().is_none());
        let second = link(LinkKind::ResetPassword, Some(ada.id));
        let queued = mail();
        db.store.add_mailed_link(&second, Some(&queued), &event(EventKind::PasswordResetRequested)).await.unwrap();
        assert!(!is_good(&db.store, &first).await && is_good(&db.store, &second).await);
        assert_eq!(db.store.due_mails(now(), 9).await.unwrap().remove(0).id, queued.id);
        let newer = link(LinkKind::SignUp, None);
        add(&db.store, &newer).await;
        assert!(!is_good(&db.store, &others[2]).await && is_good(&db.store, &newer).await, "of one address");
        for link in &others[..2] {
            assert!(is_good(&db.store, link).await);
        }
        let nobody = link(LinkKind::ResetPassword, Some(UserId(random::uuid())));
        let before = db.row_counts().await;
        db.store.add_mailed_link(&nobody, Some(&mail()), &event(EventKind::PasswordResetRequested)).await.unwrap();
        assert_eq!(db.row_counts().await, before, "the person is gone");
    }

    // S60
    async fn a_link_sets_a_password_once(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        for ends_sessions in [false, true] {
            let session = build::session(ada.id);
            db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
            let (link, other) = (link(LinkKind::ResetPassword, Some(ada.id)), link(LinkKind::VerifyEmail, Some(ada.id)));
            add(&db.store, &link).await;
            add(&db.store, &other).await;
            let (password, notice) = (phc(&format!("hash {ends_sessions}")), mail());
            let reset = PasswordReset { ends_sessions, notice: Some(&notice), ..reset(&link, &password) };
            assert_eq!(db.store.reset_password(&reset, &event(EventKind::PasswordReset)).await.unwrap(), LinkUse::Done);
            let counts = db.row_counts().await;
            assert_eq!(db.store.reset_password(&reset, &event(EventKind::PasswordReset)).await.unwrap(), LinkUse::Dead);
            assert_eq!(db.row_counts().await, counts);
            assert_eq!(db.store.find_user(ada.id).await.unwrap().unwrap().password_hash, Some(password));
            assert_eq!(db.count("sessions").await == 0, ends_sessions);
            assert!(!is_good(&db.store, &other).await);
            assert!(db.store.due_mails(now(), 9).await.unwrap().iter().any(|mail| mail.id == notice.id));
        }
    }

    async fn of_many_who_use_a_link_one_does(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let link = link(LinkKind::ResetPassword, Some(ada.id));
        add(&db.store, &link).await;
        let done = all_at_once(&db, MANY, |store, number| {
            let link = link.clone();
            async move {
                let password = phc(&format!("hash {number}"));
                store.reset_password(&reset(&link, &password), &event(EventKind::PasswordReset)).await
            }
        }).await;
        assert_eq!(winners(&done, &LinkUse::Done), 1);
    }

    async fn a_link_is_dead_when_its_person_is_barred_or_changed(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let password = phc("hash");
        let reset_link = link(LinkKind::ResetPassword, Some(ada.id));
        add(&db.store, &reset_link).await;
        let late = event_at(reset_link.expires_at);
        assert_eq!(db.store.reset_password(&reset(&reset_link, &password), &late).await.unwrap(), LinkUse::Dead, "too late");
        db.store.disable_user(ada.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap();
        assert_eq!(db.store.reset_password(&reset(&reset_link, &password), &event(EventKind::PasswordReset)).await.unwrap(), LinkUse::Dead);
        db.store.enable_user(ada.id, UserTerms::default(), &event(EventKind::UserEnabled)).await.unwrap();
        assert!(is_good(&db.store, &reset_link).await, "it was not used up");
        let change = UserChange { email: Some(Some("other@example.com".to_owned())), ..UserChange::default() };
        db.store.update_user(ada.id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await.unwrap();
        assert!(!is_good(&db.store, &reset_link).await, "it went to the address of before");
        add(&db.store, &reset_link).await;
        db.store.set_password(ada.id, &password, UserTerms::default(), &event(EventKind::PasswordSet)).await.unwrap();
        assert!(!is_good(&db.store, &reset_link).await, "another password was set");
    }

    async fn a_link_proves_an_address(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let taken = MailedLink { email: Some("BOB@example.com".to_owned()), ..link(LinkKind::VerifyEmail, Some(ada.id)) };
        build::stored_user(&db.store, "bob").await;
        add(&db.store, &taken).await;
        assert_eq!(db.store.pending_email(ada.id, now()).await.unwrap().as_deref(), Some("BOB@example.com"));
        assert_eq!(db.store.pending_email(ada.id, taken.expires_at).await.unwrap(), None);
        let verified = || event(EventKind::EmailVerified);
        assert_eq!(db.store.verify_email(&taken, None, &verified()).await.unwrap(), LinkUse::AddressTaken);
        let good = link(LinkKind::VerifyEmail, Some(ada.id));
        add(&db.store, &good).await;
        let notice = mail();
        assert_eq!(db.store.verify_email(&taken, None, &verified()).await.unwrap(), LinkUse::Dead, "a newer one was sent");
        assert_eq!(db.store.verify_email(&good, Some(&notice), &verified()).await.unwrap(), LinkUse::Done);
        assert_eq!(db.store.verify_email(&good, None, &verified()).await.unwrap(), LinkUse::Dead);
        let found = db.store.find_user_by_name("NEW@example.com").await.unwrap().unwrap();
        assert_eq!((found.id, found.email.as_deref(), found.is_email_verified, found.version), (ada.id, Some("new@example.com"), true, ada.version + 1));
        assert!(db.store.find_user_by_name("ada@example.com").await.unwrap().is_none());
        assert_eq!(db.store.due_mails(now(), 9).await.unwrap().remove(0).id, notice.id);
        assert_eq!(db.store.pending_email(ada.id, now()).await.unwrap(), None);
    }

    async fn mails_that_nobody_sends_are_swept_a_day_late(db: TestDatabase) {
        db.store.queue_mail(&mail()).await.unwrap();
        let end = after(3600) + TimeDelta::days(1);
        let swept = async |at| db.store.sweep(at, now(), 9).await.unwrap().mails;
        assert_eq!(swept(end - TimeDelta::microseconds(1)).await, 0);
        assert_eq!(swept(end).await, 1);
    }
}
