//! What one does while another is in the middle of something: nobody waits for long, none are stuck with each other, and what was looked at
//! before is looked at again.

use std::time::Duration;

use placet::model::consent::Consent;
use placet::model::event::EventKind;
use placet::model::grant::{Code, Grant};
use placet::model::id::ClientId;
use placet::model::mailed_link::{LinkKind, MailedLink};
use placet::model::secret::PasswordHash;
use placet::model::user::User;
use placet::random;
use placet::storage::{
    Altered, Applied, Basis, Change, FactorRemoved, FactorTerms, Issue, LinkUse, NewCodes,
    NewIssue, PasswordReset, Redemption, Rekey, Rekeyed, Reseal, RoleRemoval, SignedUp, Step,
    Store, UpstreamRemoved, UserChange, UserChanged, UserTerms, Which,
};
use sqlx::{Connection as _, PgConnection, query, query_scalar};

use super::build::{self, after, client_id, event, now};
use super::races::all_at_once;
use super::{factors, mails, upstream_accounts};
use crate::support::database::{Kind, TestDatabase, on_both};

/// Somebody in the middle of a transaction.
struct Busy(PgConnection);

impl Busy {
    /// `None` on SQLite, where writers are alone.
    async fn with(db: &TestDatabase, statement: &'static str) -> Option<Self> {
        if db.kind == Kind::Sqlite {
            return None;
        }
        let mut connection = PgConnection::connect(&db.url).await.unwrap();
        for sql in ["BEGIN", statement] {
            query(sql).execute(&mut connection).await.unwrap();
        }
        Some(Self(connection))
    }

    /// Until so many wait for a lock.
    async fn until_waiting(&mut self, number: i64) {
        loop {
            let waiting: i64 = query_scalar(
                "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE NOT l.granted AND a.datname = current_database()",
            )
            .fetch_one(&mut self.0)
            .await
            .unwrap();
            if waiting >= number {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn end(mut self) {
        query("ROLLBACK").execute(&mut self.0).await.unwrap();
        self.0.close().await.unwrap();
    }
}

/// A store that soon gives up waiting for others.
async fn impatient(db: &TestDatabase) -> Store {
    db.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = ''200ms''', current_database()); END $$",
    )
    .await;
    db.another_store().await
}

fn link(kind: LinkKind, user: Option<&User>, email: Option<&str>) -> MailedLink {
    MailedLink {
        email: email.map(str::to_owned),
        ..mails::link(kind, user.map(|user| user.id))
    }
}

async fn issue(store: &Store, code: &Code, consent: Option<&Consent>, basis: Basis) -> Issue {
    let consented = event(EventKind::ConsentGranted);
    let new = NewIssue {
        code,
        consent: consent.map(|consent| (Some(consent), &consented)),
        hears_of_logout: false,
    };
    store.issue_answer(&new, None, basis).await.unwrap()
}

/// Does something in the middle of which somebody holds what it wants and then wants what it holds, until the database ends it.
async fn ended_midway<T: Send + 'static>(
    db: &TestDatabase,
    (held, wanted): (&'static str, &'static str),
    verb: impl Future<Output = placet::storage::Result<T>> + Send + 'static,
) -> T {
    let busy = Busy::with(db, held).await;
    let done = tokio::spawn(verb);
    if let Some(mut busy) = busy {
        busy.until_waiting(1).await;
        // On a slow machine the database may end this one instead.
        drop(query(wanted).execute(&mut busy.0).await);
        busy.end().await;
    }
    let done = done.await.unwrap();
    done.unwrap_or_else(|error| panic!("{held}: {error}"))
}

/// A code that rests on an approval.
async fn code_of(store: &Store, consent: &Consent) -> Code {
    Code {
        resources: consent.resources.clone(),
        ..build::code_in(store, consent.user_id, &consent.client_id).await
    }
}

/// An answer, with a grant of its own or with a code that is redeemed at once.
async fn answer(store: &Store, code: &Code, grant: &Grant, is_front: bool) -> Issue {
    let new = NewIssue {
        code,
        consent: None,
        hears_of_logout: false,
    };
    let created = event(EventKind::GrantCreated);
    let front = is_front.then_some((grant, &created));
    let issued = store.issue_answer(&new, front, Basis::Given).await.unwrap();
    if !is_front && store.find_code(&code.hash).await.unwrap().is_some() {
        let redeemed = store.redeem_code(&code.hash, grant, None, &created).await;
        redeemed.unwrap();
    }
    issued
}

/// Ends a code's session, in one of several ways.
async fn end(store: &Store, code: &Code, way: usize) -> placet::storage::Result<()> {
    let mut session = build::session(code.user_id);
    let any = event(EventKind::SessionEnded);
    match way {
        0 => {
            session.id = code.session_id;
            store.end_session(&session, &any).await.map(drop)
        }
        1 => store
            .end_sessions(code.user_id, Which::All, &any)
            .await
            .map(drop),
        2 => store
            .start_session(&session, Some(code.session_id), None, &any)
            .await
            .map(drop),
        3 => store
            .set_password(
                code.user_id,
                &PasswordHash::from_phc("$new".to_owned()),
                UserTerms::default(),
                &any,
            )
            .await
            .map(drop),
        _ => store
            .remove_user(code.user_id, UserTerms::default(), &any)
            .await
            .map(drop),
    }
}

on_both! {
    // S60: a code that was looked up while its session lived is not redeemed after its end.
    async fn a_code_ends_with_its_session(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for is_replaced in [false, true] {
            let code = build::stored_code(&db.store, user.id, &client_id("web")).await;
            assert!(db.store.find_code(&code.hash).await.unwrap().is_some());
            let mut session = build::session(user.id);
            if is_replaced {
                let started = event(EventKind::SignInSucceeded);
                db.store.start_session(&session, Some(code.session_id), None, &started).await.unwrap();
            } else {
                session.id = code.session_id;
                db.store.end_session(&session, &event(EventKind::SessionEnded)).await.unwrap();
            }
            let created = event(EventKind::GrantCreated);
            let redeemed = db.store.redeem_code(&code.hash, &build::grant_of(&code), Some(&build::refresh()), &created).await;
            assert_eq!(redeemed.unwrap(), Redemption::AlreadyRedeemed);
            assert_eq!(db.count("grants").await, 0);
        }
    }

    async fn a_code_redeemed_while_its_session_ends_leaves_nothing_alive(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for _ in 0..20 {
            let code = build::stored_code(&db.store, user.id, &client_id("web")).await;
            let grant = Grant { is_offline: false, ..build::grant_of(&code) };
            all_at_once(&db, 2, |store, number| {
                let (code, grant) = (code.clone(), grant.clone());
                async move {
                    if number == 0 {
                        let mut session = build::session(code.user_id);
                        session.id = code.session_id;
                        return store.end_session(&session, &event(EventKind::SessionEnded)).await.map(drop);
                    }
                    let created = event(EventKind::GrantCreated);
                    store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &created).await.map(drop)
                }
            })
            .await;
            assert!(!build::is_live(&db.store, grant.id).await);
        }
    }

    // S60: an answer that goes out while its session ends is either ended with it, or does not go out.
    async fn an_answer_does_not_outlive_the_session_that_ends_meanwhile(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for is_front in [false, true] {
            let session = build::session(user.id);
            db.store.start_session(&session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
            let earlier = Grant { session_id: Some(session.id), ..build::grant(user.id, &client_id("web")) };
            db.store.add_grant(&earlier, None, None, &event(EventKind::GrantCreated)).await.unwrap();
            let code = Code { session_id: session.id, ..build::code(user.id, &client_id("web")) };
            let Some(mut busy) = Busy::with(&db, "SELECT id FROM grants FOR UPDATE").await else { return };
            let (ending, answering) = (db.another_store().await, db.another_store().await);
            let ended = tokio::spawn(async move { ending.end_session(&session, &event(EventKind::SessionEnded)).await });
            busy.until_waiting(1).await;
            let grant = build::grant_of(&code);
            let id = grant.id;
            let mut answered = tokio::spawn(async move { answer(&answering, &code, &grant, is_front).await });
            tokio::select! {
                () = busy.until_waiting(2) => {}
                issued = &mut answered => panic!("it did not wait: {issued:?}"),
            }
            busy.end().await;
            ended.await.unwrap().unwrap();
            assert_eq!(answered.await.unwrap(), Issue::Withdrawn);
            assert!(!build::is_live(&db.store, id).await);
            assert_eq!(db.count("codes").await, 0);
        }
    }

    async fn whatever_ends_a_session_ends_the_answers_that_go_out_meanwhile(db: TestDatabase) {
        let client = build::stored_client(&db.store, "web").await;
        for round in 0..30 {
            let user = build::stored_user(&db.store, &format!("user{round}")).await;
            let code = build::code_in(&db.store, user.id, &client.id).await;
            let grant = build::grant_of(&code);
            let consent = (round % 2 == 0).then(|| build::consent(user.id, &client.id));
            all_at_once(&db, 2, |store, number| {
                let (code, grant, consent) = (code.clone(), grant.clone(), consent.clone());
                async move {
                    if number == 0 {
                        return end(&store, &code, round / 2 % 5).await;
                    }
                    if let Some(consent) = &consent {
                        issue(&store, &code, Some(consent), Basis::Given).await;
                    } else {
                        answer(&store, &code, &grant, round % 4 == 1).await;
                    }
                    Ok(())
                }
            })
            .await;
            assert!(!build::is_live(&db.store, grant.id).await, "{round}");
            assert_eq!(db.count("codes WHERE redeemed_at IS NULL").await, 0, "{round}");
        }
    }

    // Who applies a file for long holds up neither mail, nor sign-ups, nor factors.
    async fn those_who_seal_do_not_wait_for_one_another(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let made = "INSERT INTO roles (name, description, version, created_at) VALUES ('held', '', 1, now())";
        let Some(mut busy) = Busy::with(&db, made).await else { return };
        let role = Change::PutRole { name: "held".to_owned(), description: String::new(), version: 0 };
        let steps = [Step { change: role, event: None }];
        let store = db.another_store().await;
        let applied = tokio::spawn(async move { store.apply(&steps, false, &event(EventKind::FileApplied)).await });
        busy.until_waiting(1).await;
        let others = async {
            let any = event(EventKind::PasswordResetRequested);
            db.store.queue_mail(&mails::mail()).await.unwrap();
            db.store.add_mailed_link(&link(LinkKind::ResetPassword, Some(&ada), None), None, &any).await.unwrap();
            let sign_up = link(LinkKind::SignUp, None, Some("new@mail.example"));
            db.store.add_mailed_link(&sign_up, None, &event(EventKind::InvitationMade)).await.unwrap();
            let new = User { email: Some("new@mail.example".to_owned()), ..build::user("new") };
            assert_eq!(db.store.sign_up(&sign_up, &new, &event(EventKind::SignedUp)).await.unwrap(), SignedUp::Done);
            factors::fill(&db.store, ada.id).await;
        };
        tokio::time::timeout(Duration::from_secs(4), others).await.expect("they wait for who applies");
        assert!(!applied.is_finished());
        busy.end().await;
        assert_eq!(applied.await.unwrap().unwrap(), Applied::Done);
    }

    async fn nobody_waits_for_ever(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let Some(busy) = Busy::with(&db, "SELECT id FROM users FOR UPDATE").await else { return };
        let store = impatient(&db).await;
        let error = store.disable_user(ada.id, UserTerms::default(), &event(EventKind::UserDisabled)).await.unwrap_err();
        assert!(error.is_passing(), "{error}");
        busy.end().await;
    }

    // Of an approval that shortens what came before, and the end of the other sessions, neither waits for the other.
    async fn an_approval_and_the_end_of_the_other_sessions_are_not_stuck(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let consent = build::consent(user.id, &client.id);
        let older = Code { grant_expires_at: None, ..code_of(&db.store, &consent).await };
        let newer = code_of(&db.store, &consent).await;
        assert_eq!(issue(&db.store, &older, None, Basis::Given).await, Issue::Issued);
        let kept = build::session(user.id);
        db.store.start_session(&kept, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        let Some(mut busy) = Busy::with(&db, "SELECT code_hash FROM codes FOR UPDATE").await else { return };
        let newer_hash = newer.hash;
        let (ending, issuing) = (db.another_store().await, db.another_store().await);
        let ended = tokio::spawn(async move {
            ending.end_sessions(user.id, Which::Others(kept.id), &event(EventKind::SessionEnded)).await
        });
        busy.until_waiting(1).await;
        let issued = tokio::spawn(async move {
            let consented = event(EventKind::ConsentGranted);
            let new = NewIssue { code: &newer, consent: Some((Some(&consent), &consented)), hears_of_logout: true };
            issuing.issue_code(&new).await
        });
        busy.until_waiting(2).await;
        busy.end().await;
        assert_eq!(ended.await.unwrap().unwrap(), 2);
        issued.await.unwrap().unwrap();
        assert_eq!(db.count("sessions").await, 1);
        assert!(db.store.find_code(&newer_hash).await.unwrap().is_none());
    }

    // S61: what was mailed to an address is worth nothing once it is not the person's.
    async fn a_reset_link_is_for_the_address_that_it_was_mailed_to(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let made = || event(EventKind::PasswordResetRequested);
        let first = link(LinkKind::ResetPassword, Some(&ada), ada.email.as_deref());
        db.store.add_mailed_link(&first, Some(&mails::mail()), &made()).await.unwrap();
        assert_eq!((db.count("mailed_links").await, db.count("outgoing_mails").await), (1, 1));
        // Behind the store's back: the link is not ended with the address.
        db.execute("UPDATE users SET email = 'new@example.com', email_key = 'new@example.com'").await;
        let password = PasswordHash::from_phc("$new".to_owned());
        let reset = PasswordReset { link: &first, password: &password, ends_sessions: false, notice: None };
        assert_eq!(db.store.reset_password(&reset, &event(EventKind::PasswordReset)).await.unwrap(), LinkUse::Dead);
        // Read before, stored after.
        let second = link(LinkKind::ResetPassword, Some(&ada), ada.email.as_deref());
        db.store.add_mailed_link(&second, Some(&mails::mail()), &made()).await.unwrap();
        assert!(db.store.find_mailed_link(second.kind, &second.hash, now()).await.unwrap().is_none());
        assert_eq!(db.count("outgoing_mails").await, 1);
        let third = link(LinkKind::ResetPassword, Some(&ada), Some("New@Example.com"));
        db.store.add_mailed_link(&third, None, &made()).await.unwrap();
        let reset = PasswordReset { link: &third, ..reset };
        assert_eq!(db.store.reset_password(&reset, &event(EventKind::PasswordReset)).await.unwrap(), LinkUse::Done);
    }

    // S62: an approval that was taken back meanwhile lets nobody in.
    async fn a_code_rests_on_an_approval_that_is_there(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let consent = build::consent(user.id, &client.id);
        let (asked, silent, late) = (code_of(&db.store, &consent).await, code_of(&db.store, &consent).await, code_of(&db.store, &consent).await);
        assert_eq!(issue(&db.store, &silent, None, Basis::Remembered).await, Issue::Withdrawn, "nothing is remembered");
        assert_eq!(issue(&db.store, &asked, Some(&consent), Basis::Given).await, Issue::Issued);
        let again = || issue(&db.store, &silent, None, Basis::Remembered);
        assert_eq!(again().await, Issue::Issued);
        assert_eq!(again().await, Issue::AlreadyIssued);
        let over = Code { issued_at: after(2_592_000), ..code_of(&db.store, &consent).await };
        assert_eq!(issue(&db.store, &over, None, Basis::Remembered).await, Issue::Withdrawn, "it has ended");
        db.store.withdraw_consent(user.id, &client.id, &event(EventKind::ConsentDenied)).await.unwrap();
        assert_eq!(issue(&db.store, &late, None, Basis::Remembered).await, Issue::Withdrawn);
        assert_eq!(db.count("codes").await, 0);
        // The app is removed while somebody looks at the question.
        let gone = build::consent(user.id, &ClientId::parse("gone").unwrap());
        let code = code_of(&db.store, &gone).await;
        let before = db.row_counts().await;
        assert_eq!(issue(&db.store, &code, Some(&gone), Basis::Given).await, Issue::Gone);
        assert_eq!(db.row_counts().await, before);
    }

    async fn whoever_takes_an_approval_back_is_not_passed_by_a_silent_sign_in(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let consent = build::consent(user.id, &client.id);
        for _ in 0..30 {
            issue(&db.store, &code_of(&db.store, &consent).await, Some(&consent), Basis::Given).await;
            all_at_once(&db, 4, |store, number| {
                let consent = consent.clone();
                async move {
                    if number == 0 {
                        let denied = event(EventKind::ConsentDenied);
                        return store.withdraw_consent(consent.user_id, &consent.client_id, &denied).await.map(drop);
                    }
                    issue(&store, &code_of(&store, &consent).await, None, Basis::Remembered).await;
                    Ok(())
                }
            })
            .await;
            assert_eq!(db.count("codes").await, 0);
        }
    }

    // Nothing of it was kept, so it is done once more.
    async fn what_waits_for_one_that_waits_for_it_is_done_anew(db: TestDatabase) {
        const USERS: &str = "SELECT id FROM users FOR UPDATE";
        // However slow the machine is.
        let patient = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = ''60s''', current_database()); END $$";
        if db.kind == Kind::Postgres {
            db.execute(patient).await;
        }
        let patient = db.another_store().await;
        let ada = build::stored_user(&db.store, "ada").await;
        factors::fill(&db.store, ada.id).await;
        upstream_accounts::fill(&db.store, ada.id).await;
        let client = build::stored_client(&db.store, "web").await;
        let consent = build::consent(ada.id, &client.id);
        issue(&db.store, &code_of(&db.store, &consent).await, Some(&consent), Basis::Given).await;
        let any = || event(EventKind::FactorRemoved);
        let passkey = db.store.list_passkeys(ada.id).await.unwrap().remove(0);
        let account = db.store.list_upstream_accounts(ada.id).await.unwrap().remove(0);
        let (id, terms) = (ada.id, FactorTerms::default);

        let store = patient.clone();
        let replace = async move {
            let made = any();
            let new = NewCodes { hashes: &[build::hash()], event: &made, notice: None };
            store.replace_recovery_codes(id, &new, None).await
        };
        let codes = "SELECT user_id FROM recovery_codes FOR UPDATE";
        assert!(ended_midway(&db, (codes, USERS), replace).await);
        let store = patient.clone();
        let remove = async move { store.remove_totp(id, terms(), &any()).await };
        let totps = "SELECT user_id FROM totps FOR UPDATE";
        assert_eq!(ended_midway(&db, (totps, USERS), remove).await, FactorRemoved::Removed);
        let store = patient.clone();
        let remove = async move { store.remove_passkey(id, passkey.id, terms(), &any()).await };
        let passkeys = "SELECT id FROM passkeys FOR UPDATE";
        assert_eq!(ended_midway(&db, (passkeys, USERS), remove).await, FactorRemoved::Removed);
        factors::fill(&db.store, id).await;
        let store = patient.clone();
        let remove = async move { store.remove_factors(id, UserTerms::default(), &any()).await };
        assert_eq!(ended_midway(&db, (totps, USERS), remove).await, UserChanged::Changed);
        let store = patient.clone();
        let remove = async move { store.remove_upstream_account(&account, terms(), &any()).await };
        let accounts = "SELECT subject FROM upstream_accounts FOR UPDATE";
        assert_eq!(ended_midway(&db, (accounts, USERS), remove).await, UpstreamRemoved::Removed);

        let grants = "SELECT id FROM grants FOR UPDATE";
        build::stored_grant(&db.store, id, &client.id).await;
        let (store, web) = (patient.clone(), client.id.clone());
        let withdraw = async move { store.withdraw_consent(id, &web, &any()).await };
        let consents = "SELECT user_id FROM consents FOR UPDATE";
        assert!(ended_midway(&db, (grants, consents), withdraw).await);
        let (store, web) = (patient.clone(), client.id.clone());
        let remove = async move { store.remove_client(&web, None, &any()).await };
        let clients = "SELECT id FROM clients FOR UPDATE";
        assert_eq!(ended_midway(&db, (grants, clients), remove).await, Altered::Altered);
    }

    // Whoever changes the secret key waits for those who seal, as long as they take.
    async fn a_change_of_the_secret_key_is_patient(db: TestDatabase) {
        db.store.installation(random::uuid(), now()).await.unwrap();
        db.store.set_secret_key_check(&[1; 32]).await.unwrap();
        let Some(mut busy) = Busy::with(&db, "SELECT pg_advisory_xact_lock_shared(7015271901)").await else { return };
        let store = impatient(&db).await;
        let rekeyed = tokio::spawn(async move {
            let reseal: Reseal<'_> = &|_, sealed| Some(sealed.to_vec());
            let rekey = Rekey { from_check: &[1; 32], to_check: &[2; 32], reseal };
            store.rekey(&rekey, &event(EventKind::SecretKeyChanged)).await
        });
        busy.until_waiting(1).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        busy.end().await;
        assert_eq!(rekeyed.await.unwrap().unwrap(), Rekeyed::Done(0));
    }

    async fn a_role_that_somebody_gets_stays(db: TestDatabase) {
        for number in 0..20 {
            let name = format!("role{number}");
            db.store.put_role(&name, "", None, &event(EventKind::RoleAdded)).await.unwrap();
            let removed = all_at_once(&db, 2, |store, act| {
                let name = name.clone();
                async move {
                    if act == 0 {
                        let removed = store.remove_role(&name, None, &event(EventKind::RoleRemoved)).await?;
                        return Ok(Some(removed));
                    }
                    let user = User { roles: vec![name], ..build::user(&random::uuid().to_string()) };
                    store.add_user(&user, &event(EventKind::UserAdded)).await.map(|_| None)
                }
            })
            .await;
            let removed = removed.into_iter().flatten().next().unwrap();
            assert!(matches!(removed, RoleRemoval::Removed | RoleRemoval::HeldByUser), "{removed:?}");
            let roles = db.store.registered_roles().await.unwrap();
            assert!(roles.iter().any(|(role, ..)| *role == name), "somebody has {name}");
        }
    }

    async fn an_address_changed_while_a_link_is_asked_for_gets_none(db: TestDatabase) {
        for _ in 0..20 {
            let name = random::uuid().to_string();
            let ada = build::stored_user(&db.store, &name).await;
            all_at_once(&db, 2, |store, number| {
                let ada = ada.clone();
                async move {
                    if number == 0 {
                        let change = UserChange { email: Some(Some(format!("new-{}@example.com", ada.username))), ..UserChange::default() };
                        return store.update_user(ada.id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await.map(drop);
                    }
                    let asked = link(LinkKind::ResetPassword, Some(&ada), ada.email.as_deref());
                    store.add_mailed_link(&asked, None, &event(EventKind::PasswordResetRequested)).await
                }
            })
            .await;
            assert_eq!(db.count("mailed_links").await, 0);
        }
    }
}
