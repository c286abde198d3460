//! Second factors: what users say of them stays in step, codes come with the first and go with the last, and what is good once is good once.

use placet::model::event::{Event, EventKind};
use placet::model::factor::{MAX_PASSKEYS, StoredPasskey, StoredTotp};
use placet::model::id::UserId;
use placet::model::secret::TokenHash;
use placet::model::user::User;
use placet::random;
use placet::storage::{
    FactorAdded, FactorRemoved, FactorTerms, LeadsIn, NewCodes, PasskeyUse, Store, UsedOnce,
    UserChanged, UserTerms,
};
use serde_json::json;

use super::build::{self, after, event, now};
use super::mails;
use super::races::{all_at_once, winners};
use crate::support::database::on_both;

const ANY: FactorTerms<'_> = FactorTerms {
    keeps_one: false,
    keeps_way_in: None,
    ends_others: None,
    notice: None,
};
const KEEPS_ONE: FactorTerms<'_> = FactorTerms {
    keeps_one: true,
    ..ANY
};

/// As many codes as people get.
struct Codes(Vec<TokenHash>, Event);

fn codes() -> Codes {
    let hashes = (0..10).map(|_| build::hash()).collect();
    Codes(hashes, event(EventKind::RecoveryCodesMade))
}

impl Codes {
    fn to_store(&self) -> NewCodes<'_> {
        NewCodes {
            hashes: &self.0,
            event: &self.1,
            notice: None,
        }
    }
}

fn once(hash: &TokenHash) -> UsedOnce<'_> {
    UsedOnce {
        hash,
        expires_at: after(300),
    }
}

fn passkey(user_id: UserId) -> StoredPasskey {
    StoredPasskey {
        id: random::uuid_sortable(now()),
        user_id,
        credential_id: random::bytes::<32>().to_vec(),
        name: "Ada's phone \u{1f4f1}".to_owned(),
        credential: json!({ "cred": { "counter": 1 } }),
        created_at: now(),
        last_used_at: None,
    }
}

pub(super) fn totp(user_id: UserId) -> StoredTotp {
    StoredTotp {
        user_id,
        secret_sealed: b"sealed".to_vec(),
        last_step: 7,
        created_at: now(),
    }
}

async fn add_passkey(store: &Store, passkey: &StoredPasskey, codes: &Codes) -> FactorAdded {
    let (ceremony, event) = (build::hash(), event(EventKind::FactorAdded));
    let new = codes.to_store();
    let added = store
        .add_passkey(passkey, &once(&ceremony), &new, &event)
        .await;
    added.unwrap()
}

async fn add_totp(store: &Store, totp: &StoredTotp, codes: &Codes) -> FactorAdded {
    let event = event(EventKind::FactorAdded);
    store
        .add_totp(totp, &codes.to_store(), &event)
        .await
        .unwrap()
}

/// A row in every table, every column set in one of them at least.
pub(super) async fn fill(store: &Store, id: UserId) {
    let (codes, hers, ceremony) = (codes(), passkey(id), build::hash());
    add_passkey(store, &hers, &codes).await;
    add_totp(store, &totp(id), &codes).await;
    let used = PasskeyUse {
        passkey: &hers,
        credential: None,
        ceremony: once(&ceremony),
    };
    store.use_passkey(&used, now()).await.unwrap();
    let event = event(EventKind::RecoveryCodeUsed);
    store
        .use_recovery_code(id, &codes.0[0], None, &event)
        .await
        .unwrap();
}

/// `has_totp`, `has_passkey`, and how many codes are left.
async fn state(store: &Store, id: UserId) -> (bool, bool, i64) {
    let user = store.find_user(id).await.unwrap().unwrap();
    let codes = store.count_recovery_codes(id).await.unwrap();
    (user.has_totp, user.has_passkey, codes)
}

on_both! {
    async fn factors_are_read_back_as_written(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let (first, second) = (passkey(ada.id), passkey(ada.id));
        add_passkey(&db.store, &first, &codes()).await;
        add_passkey(&db.store, &second, &codes()).await;
        let mut listed = db.store.list_passkeys(ada.id).await.unwrap();
        listed.sort_by_key(|it| it.id != first.id);
        assert_eq!(listed, [first.clone(), second]);
        let found = db.store.find_passkey(&first.credential_id).await.unwrap();
        assert_eq!(found, Some(first));
        assert_eq!(db.store.find_passkey(b"other").await.unwrap(), None);
        add_totp(&db.store, &totp(ada.id), &codes()).await;
        assert_eq!(db.store.find_totp(ada.id).await.unwrap(), Some(totp(ada.id)));
        let bob = build::stored_user(&db.store, "bob").await;
        assert_eq!(db.store.find_totp(bob.id).await.unwrap(), None);
        assert!(db.store.list_passkeys(bob.id).await.unwrap().is_empty());
    }

    async fn codes_come_with_the_first_factor_and_go_with_the_last(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let store = &db.store;
        assert_eq!(state(store, ada.id).await, (false, false, 0));
        let audited = db.count("audit_events").await;
        let passkey = passkey(ada.id);
        let added = add_passkey(store, &passkey, &codes()).await;
        assert_eq!(added, FactorAdded::Added { with_codes: true });
        assert_eq!(state(store, ada.id).await, (false, true, 10));
        assert_eq!(db.count("audit_events").await, audited + 2);
        let added = add_totp(store, &totp(ada.id), &codes()).await;
        assert_eq!(added, FactorAdded::Added { with_codes: false });
        assert_eq!(state(store, ada.id).await, (true, true, 10));
        assert_eq!(db.count("audit_events").await, audited + 3);

        let removed = event(EventKind::FactorRemoved);
        let gone = store.remove_passkey(ada.id, passkey.id, KEEPS_ONE, &removed).await.unwrap();
        assert_eq!(gone, FactorRemoved::Removed);
        assert_eq!(state(store, ada.id).await, (true, false, 10));
        let kept = store.remove_totp(ada.id, KEEPS_ONE, &event(EventKind::FactorRemoved)).await.unwrap();
        assert_eq!(kept, FactorRemoved::MustStay);
        assert_eq!(state(store, ada.id).await, (true, false, 10));
        let gone = store.remove_totp(ada.id, ANY, &event(EventKind::FactorRemoved)).await.unwrap();
        assert_eq!(gone, FactorRemoved::Removed);
        assert_eq!(state(store, ada.id).await, (false, false, 0));
        assert_eq!(db.count("audit_events").await, audited + 5);
        assert_eq!(db.count("recovery_codes").await, 0);
    }

    async fn what_is_not_there_is_not_removed(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let hers = passkey(ada.id);
        add_passkey(&db.store, &hers, &codes()).await;
        let audited = db.count("audit_events").await;
        let any = event(EventKind::FactorRemoved);
        for id in [hers.id, random::uuid()] {
            let gone = db.store.remove_passkey(bob.id, id, ANY, &any).await.unwrap();
            assert_eq!(gone, FactorRemoved::NotThere);
        }
        assert_eq!(db.store.remove_totp(ada.id, ANY, &any).await.unwrap(), FactorRemoved::NotThere);
        assert!(!db.store.rename_passkey(bob.id, hers.id, "mine").await.unwrap());
        assert_eq!(db.count("audit_events").await, audited);
        assert!(db.store.rename_passkey(ada.id, hers.id, "mine").await.unwrap());
        assert_eq!(db.store.list_passkeys(ada.id).await.unwrap()[0].name, "mine");
    }

    async fn nothing_is_registered_twice(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let (hers, ceremony) = (passkey(ada.id), build::hash());
        let event = event(EventKind::FactorAdded);
        let (store, codes) = (&db.store, codes());
        let added = store.add_passkey(&hers, &once(&ceremony), &codes.to_store(), &event).await.unwrap();
        assert_eq!(added, FactorAdded::Added { with_codes: true });
        let stolen = StoredPasskey { user_id: bob.id, id: random::uuid(), ..hers };
        assert_eq!(add_passkey(store, &stolen, &codes).await, FactorAdded::AlreadyThere);
        let again = passkey(ada.id);
        let added = store.add_passkey(&again, &once(&ceremony), &codes.to_store(), &event).await.unwrap();
        assert_eq!(added, FactorAdded::AlreadyThere, "the ceremony was used");
        add_totp(store, &totp(ada.id), &codes).await;
        assert_eq!(add_totp(store, &totp(ada.id), &codes).await, FactorAdded::AlreadyThere);
        let nobody = UserId(random::uuid());
        assert_eq!(add_totp(store, &totp(nobody), &codes).await, FactorAdded::NoUser);
        assert_eq!(add_passkey(store, &passkey(nobody), &codes).await, FactorAdded::NoUser);
        assert_eq!((db.count("passkeys").await, db.count("totps").await), (1, 1));
        assert_eq!(state(store, bob.id).await, (false, false, 0));
    }

    // S50
    async fn a_time_step_is_used_once(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        add_totp(&db.store, &totp(ada.id), &codes()).await;
        for (step, is_good) in [(7, false), (8, true), (8, false), (6, false), (10, true), (9, false)] {
            assert_eq!(db.store.use_totp_step(ada.id, step).await.unwrap(), is_good, "{step}");
        }
        assert!(!db.store.use_totp_step(UserId(random::uuid()), 99).await.unwrap());
        let results = all_at_once(&db, 16, |store, _| async move { store.use_totp_step(ada.id, 11).await }).await;
        assert_eq!(winners(&results, &true), 1);
    }

    // S50
    async fn a_recovery_code_is_used_once(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let bob = build::stored_user(&db.store, "bob").await;
        let codes = codes();
        add_totp(&db.store, &totp(ada.id), &codes).await;
        let code = codes.0[3];
        let used = event(EventKind::RecoveryCodeUsed);
        assert!(!db.store.use_recovery_code(bob.id, &code, None, &used).await.unwrap());
        assert!(!db.store.use_recovery_code(ada.id, &build::hash(), None, &used).await.unwrap());
        let audited = db.count("audit_events").await;
        let results = all_at_once(&db, 16, |store, _| async move {
            store.use_recovery_code(ada.id, &code, None, &event(EventKind::RecoveryCodeUsed)).await
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        assert_eq!(db.count("audit_events").await, audited + 1);
        assert_eq!(db.store.count_recovery_codes(ada.id).await.unwrap(), 9);
    }

    async fn new_codes_end_the_old(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let (old, new) = (codes(), codes());
        assert!(!db.store.replace_recovery_codes(ada.id, &old.to_store(), None).await.unwrap(), "no factor");
        assert_eq!(db.count("recovery_codes").await, 0);
        add_totp(&db.store, &totp(ada.id), &old).await;
        assert!(db.store.replace_recovery_codes(ada.id, &new.to_store(), None).await.unwrap());
        let used = event(EventKind::RecoveryCodeUsed);
        assert!(!db.store.use_recovery_code(ada.id, &old.0[0], None, &used).await.unwrap());
        assert!(db.store.use_recovery_code(ada.id, &new.0[0], None, &used).await.unwrap());
        assert_eq!(db.store.count_recovery_codes(ada.id).await.unwrap(), 9);
    }

    async fn a_ceremony_signs_in_once(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let hers = passkey(ada.id);
        add_passkey(&db.store, &hers, &codes()).await;
        let ceremony = build::hash();
        let results = all_at_once(&db, 16, |store, _| {
            let hers = hers.clone();
            async move {
                let used = PasskeyUse { passkey: &hers, credential: None, ceremony: once(&ceremony) };
                store.use_passkey(&used, now()).await
            }
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        let found = db.store.list_passkeys(ada.id).await.unwrap();
        assert_eq!(found[0].last_used_at, Some(now()));
    }

    // A cloned authenticator: of two with one counter the second is refused.
    async fn a_counter_is_raised_by_one_of_many(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let hers = passkey(ada.id);
        add_passkey(&db.store, &hers, &codes()).await;
        let results = all_at_once(&db, 16, |store, _| {
            let hers = hers.clone();
            async move {
                let (ceremony, credential) = (build::hash(), json!({ "cred": { "counter": 2 } }));
                let used = PasskeyUse { passkey: &hers, credential: Some(&credential), ceremony: once(&ceremony) };
                store.use_passkey(&used, now()).await
            }
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        let found = db.store.list_passkeys(ada.id).await.unwrap().remove(0);
        assert_eq!(found.credential["cred"]["counter"], 2);
        let (ceremony, credential) = (build::hash(), json!({ "cred": { "counter": 3 } }));
        let used = PasskeyUse { passkey: &found, credential: Some(&credential), ceremony: once(&ceremony) };
        assert!(db.store.use_passkey(&used, after(1)).await.unwrap());
        assert_eq!(db.store.list_passkeys(ada.id).await.unwrap()[0].last_used_at, Some(after(1)));
    }

    async fn one_factor_stays_however_many_are_removed_at_once(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let keys: Vec<StoredPasskey> = (0..8).map(|_| passkey(ada.id)).collect();
        for key in &keys {
            add_passkey(&db.store, key, &codes()).await;
        }
        let results = all_at_once(&db, 8, |store, number| {
            let id = keys[number].id;
            async move { store.remove_passkey(ada.id, id, KEEPS_ONE, &event(EventKind::FactorRemoved)).await }
        })
        .await;
        assert_eq!(winners(&results, &FactorRemoved::MustStay), 1);
        assert_eq!(state(&db.store, ada.id).await, (false, true, 10));
    }

    async fn columns_and_tables_stay_in_step(db: TestDatabase) {
        for _ in 0..8 {
            let user = build::stored_user(&db.store, &random::uuid().to_string()).await;
            let first = passkey(user.id);
            add_passkey(&db.store, &first, &codes()).await;
            all_at_once(&db, 6, |store, number| {
                let (first, next) = (first.id, passkey(user.id));
                async move {
                    match number {
                        0 => drop(add_totp(&store, &totp(user.id), &codes()).await),
                        1 => drop(store.remove_passkey(user.id, first, ANY, &event(EventKind::FactorRemoved)).await?),
                        2 => drop(store.remove_totp(user.id, ANY, &event(EventKind::FactorRemoved)).await?),
                        3 => drop(add_passkey(&store, &next, &codes()).await),
                        4 => drop(store.replace_recovery_codes(user.id, &codes().to_store(), None).await?),
                        _ => drop(store.remove_factors(user.id, UserTerms::default(), &event(EventKind::FactorRemoved)).await?),
                    }
                    Ok(())
                }
            })
            .await;
            let passkeys = db.store.list_passkeys(user.id).await.unwrap().len();
            let has_totp = db.store.find_totp(user.id).await.unwrap().is_some();
            let codes = if has_totp || passkeys > 0 { 10 } else { 0 };
            assert_eq!(state(&db.store, user.id).await, (has_totp, passkeys > 0, codes));
        }
    }

    async fn all_factors_go_at_once(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        let terms = UserTerms { expects: Some(1), ..UserTerms::default() };
        let removed = event(EventKind::FactorRemoved);
        let none = db.store.remove_factors(ada.id, terms, &removed).await.unwrap();
        assert_eq!(none, UserChanged::AlreadySo);
        add_totp(&db.store, &totp(ada.id), &codes()).await;
        add_passkey(&db.store, &passkey(ada.id), &codes()).await;
        let audited = db.count("audit_events").await;
        assert_eq!(db.store.remove_factors(ada.id, terms, &removed).await.unwrap(), UserChanged::Changed);
        assert_eq!(state(&db.store, ada.id).await, (false, false, 0));
        assert_eq!(db.count("audit_events").await, audited + 1);
        let user = db.store.find_user(ada.id).await.unwrap().unwrap();
        assert_eq!(user.version, 2);
        assert_eq!(db.store.remove_factors(ada.id, terms, &removed).await.unwrap(), UserChanged::Stale);
        let nobody = UserId(random::uuid());
        let outcome = db.store.remove_factors(nobody, UserTerms::default(), &removed).await.unwrap();
        assert_eq!(outcome, UserChanged::NotFound);
    }

    async fn they_go_with_their_owner(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        add_totp(&db.store, &totp(ada.id), &codes()).await;
        add_passkey(&db.store, &passkey(ada.id), &codes()).await;
        db.store.remove_user(ada.id, UserTerms::default(), &event(EventKind::UserRemoved)).await.unwrap();
        for table in ["totps", "passkeys", "recovery_codes"] {
            assert_eq!(db.count(table).await, 0, "{table}");
        }
    }

    // Somebody without a password keeps a passkey, however many tabs take one away.
    async fn the_last_passkey_of_who_has_nothing_else_stays(db: TestDatabase) {
        let leads_in: LeadsIn<'static> = &|_| true;
        let keeps_way_in = FactorTerms { keeps_way_in: Some(leads_in), ..ANY };
        let ada = User { password_hash: None, ..build::user("ada") };
        db.store.add_user(&ada, &event(EventKind::UserAdded)).await.unwrap();
        let keys = [passkey(ada.id), passkey(ada.id)];
        for key in &keys {
            add_passkey(&db.store, key, &codes()).await;
        }
        let results = all_at_once(&db, 2, |store, number| {
            let id = keys[number].id;
            async move { store.remove_passkey(ada.id, id, keeps_way_in, &event(EventKind::FactorRemoved)).await }
        })
        .await;
        assert_eq!(winners(&results, &FactorRemoved::Removed), 1, "{results:?}");
        assert_eq!(db.count("passkeys").await, 1);
    }

    async fn nobody_gets_more_passkeys_than_there_may_be(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        for _ in 0..MAX_PASSKEYS - 2 {
            add_passkey(&db.store, &passkey(ada.id), &codes()).await;
        }
        let results = all_at_once(&db, 8, |store, _| async move {
            Ok(add_passkey(&store, &passkey(ada.id), &codes()).await)
        })
        .await;
        assert_eq!(winners(&results, &FactorAdded::TooMany), 6);
        assert_eq!(db.store.list_passkeys(ada.id).await.unwrap().len(), MAX_PASSKEYS);
    }

    // ASVS 7.4.3: in one moment with the factor, or not at all.
    async fn the_other_sessions_end_with_a_factor(db: TestDatabase) {
        let ada = build::stored_user(&db.store, "ada").await;
        add_totp(&db.store, &totp(ada.id), &codes()).await;
        let kept = build::session(ada.id);
        for session in [&kept, &build::session(ada.id), &build::session(ada.id)] {
            db.store.start_session(session, None, None, &event(EventKind::SignInSucceeded)).await.unwrap();
        }
        let (removed, ended) = (event(EventKind::FactorRemoved), event(EventKind::SessionEnded));
        let notice = mails::mail();
        let terms = FactorTerms { ends_others: Some((kept.id, &ended)), notice: Some(&notice), ..KEEPS_ONE };
        let before = db.row_counts().await;
        assert_eq!(db.store.remove_totp(ada.id, terms, &removed).await.unwrap(), FactorRemoved::MustStay);
        assert_eq!(db.row_counts().await, before);
        let new = codes();
        let told = NewCodes { notice: Some(&notice), ..new.to_store() };
        assert!(db.store.replace_recovery_codes(ada.id, &told, None).await.unwrap());
        assert_eq!((db.count("sessions").await, db.count("outgoing_mails").await), (3, 1));
        let notice = mails::mail();
        let terms = FactorTerms { keeps_one: false, notice: Some(&notice), ..terms };
        assert_eq!(db.store.remove_totp(ada.id, terms, &removed).await.unwrap(), FactorRemoved::Removed);
        assert_eq!((db.count("sessions").await, db.count("outgoing_mails").await), (1, 2));
        assert!(db.store.find_session(&kept.token_hash, now()).await.unwrap().is_some());
        assert_eq!(db.count("audit_events").await, before["audit_events"] + 3);
    }
}
