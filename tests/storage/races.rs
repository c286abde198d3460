//! Many at once: of 64 who want a single-use thing one gets it, whether they share a node or not, and nobody is told
//! that the database is locked.

use std::sync::Arc;

use placet::model::consent::Consent;
use placet::model::event::EventKind;
use placet::model::grant::{Code, Grant, Refresh};
use placet::model::resource::{Resource, Resources};
use placet::model::signing_key::{SigningAlg, StoredKey};
use placet::model::user::User;
use placet::storage::{
    Added, Altered, Basis, Error, Issue, NewIssue, Redemption, Rekey, Rekeyed, Store, UserChange,
    UserChanged, UserTerms,
};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::build::{self, after, client_id, event, now};
use super::grants::step;
use crate::support::database::{TestDatabase, on_both};

pub(super) const MANY: usize = 64;

/// Runs `act` in `count` tasks that start together, in turns on two nodes; their results in no order.
pub(super) async fn all_at_once<T, F>(
    db: &TestDatabase,
    count: usize,
    act: impl Fn(Store, usize) -> F,
) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = placet::storage::Result<T>> + Send + 'static,
{
    let other = db.another_store().await;
    let barrier = Arc::new(Barrier::new(count));
    let mut tasks = JoinSet::new();
    for number in 0..count {
        let store = if number % 2 == 0 {
            db.store.clone()
        } else {
            other.clone()
        };
        let (barrier, warm) = (Arc::clone(&barrier), store.clone());
        let future = act(store, number);
        tasks.spawn(async move {
            // Opens the pool's connections, which would else arrive one after another.
            warm.ping().await.unwrap();
            barrier.wait().await;
            future.await
        });
    }
    let results = tasks.join_all().await;
    other.close().await;
    results.into_iter().map(Result::unwrap).collect()
}

pub(super) fn winners<T: PartialEq>(results: &[T], win: &T) -> usize {
    results.iter().filter(|result| *result == win).count()
}

on_both! {
    async fn a_code_is_redeemed_by_one(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let code = build::stored_code(&db.store, user.id, &client_id("web")).await;
        let results = all_at_once(&db, MANY, |store, _| {
            let code = code.clone();
            async move {
                let grant = build::grant(code.user_id, &code.client_id);
                store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &event(EventKind::GrantCreated)).await
            }
        })
        .await;
        assert_eq!(winners(&results, &Redemption::Redeemed), 1);
        assert_eq!(db.count("grants").await, 1);
    }

    async fn a_request_gives_one_code(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let Code { request_id, session_id, .. } = build::code_in(&db.store, user.id, &client.id).await;
        let audited = db.count("audit_events").await;
        let results = all_at_once(&db, MANY, |store, _| {
            let code = Code { request_id, session_id, ..build::code(user.id, &client.id) };
            let consent = build::consent(user.id, &client.id);
            async move {
                let consented = event(EventKind::ConsentGranted);
                store.issue_code(&NewIssue { code: &code, consent: Some((Some(&consent), &consented)), hears_of_logout: false }).await
            }
        })
        .await;
        assert_eq!(winners(&results, &Issue::Issued), 1);
        assert_eq!(db.count("codes").await, 1);
        assert_eq!(db.count("audit_events").await, audited + 1);
    }

    // S62: two posts of one form may choose differently; what is remembered is the choice that the answer went out with.
    async fn of_two_choices_one_counts(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let Code { request_id, session_id, .. } = build::code_in(&db.store, user.id, &client.id).await;
        let choice = |number: usize| [None, Some(None), Some(Some(after(2_592_000)))][number % 3];
        let results = all_at_once(&db, MANY, |store, number| {
            let end = choice(number);
            let code = Code { request_id, session_id, grant_expires_at: end.flatten(), ..build::code(user.id, &client.id) };
            let consent = end.map(|expires_at| Consent { expires_at, ..build::consent(user.id, &client.id) });
            async move {
                let consented = event(EventKind::ConsentGranted);
                let issue = NewIssue { code: &code, consent: Some((consent.as_ref(), &consented)), hears_of_logout: false };
                store.issue_code(&issue).await.map(|issued| (issued, number))
            }
        })
        .await;
        let won: Vec<usize> = results.iter().filter(|(issued, _)| *issued == Issue::Issued).map(|(_, number)| *number).collect();
        assert_eq!(won.len(), 1);
        let found = db.store.find_consent(user.id, &client.id, &Resources::default(), now()).await.unwrap();
        assert_eq!(found.map(|consent| consent.expires_at), choice(won[0]));
    }

    // S62: an answer that brings a token itself leaves one grant, whoever wins.
    async fn a_request_gives_one_answer(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        let Code { request_id, session_id, .. } = build::code_in(&db.store, user.id, &client.id).await;
        let audited = db.count("audit_events").await;
        let results = all_at_once(&db, MANY, |store, _| {
            let code = Code { request_id, session_id, ..build::code(user.id, &client.id) };
            let grant = build::grant(user.id, &client.id);
            async move {
                let granted = event(EventKind::GrantCreated);
                store.issue_answer(&NewIssue { code: &code, consent: None, hears_of_logout: false }, Some((&grant, &granted)), Basis::Given).await
            }
        })
        .await;
        assert_eq!(winners(&results, &Issue::Issued), 1);
        assert_eq!((db.count("codes").await, db.count("grants").await), (1, 1));
        assert_eq!(db.count("audit_events").await, audited + 1);
    }

    async fn a_refresh_token_is_rotated_by_one(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (grant, refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        let results = all_at_once(&db, MANY, |store, _| {
            let step = step(&grant, &refresh);
            async move { Ok(store.rotate_refresh_token(&step).await?.then_some(step.to_hash)) }
        })
        .await;
        let won: Vec<_> = results.into_iter().flatten().collect();
        assert_eq!(won.len(), 1);
        let found = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
        assert_eq!((found.refresh.generation, found.refresh.hash), (1, won[0]));
    }

    async fn independent_rotations_all_succeed(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let mut grants: Vec<(Grant, Refresh)> = Vec::new();
        for _ in 0..200 {
            grants.push(build::stored_grant(&db.store, user.id, &client_id("web")).await);
        }
        let results = all_at_once(&db, 200, |store, number| {
            let step = step(&grants[number].0, &grants[number].1);
            async move { store.rotate_refresh_token(&step).await }
        })
        .await;
        assert_eq!(winners(&results, &true), 200);
    }

    async fn independent_redemptions_all_succeed(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let mut codes = Vec::new();
        for _ in 0..200 {
            codes.push(build::stored_code(&db.store, user.id, &client_id("web")).await);
        }
        let results = all_at_once(&db, 200, |store, number| {
            let code = codes[number].clone();
            async move {
                // Read, then write, as the token endpoint does: the order that locks SQLite up if done wrongly.
                let found = store.find_code(&code.hash).await?;
                assert!(found.is_some_and(|(found, _)| found == code));
                let grant = build::grant_of(&code);
                store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &event(EventKind::GrantCreated)).await
            }
        })
        .await;
        assert_eq!(winners(&results, &Redemption::Redeemed), 200);
        assert_eq!(db.count("grants").await, 200);
    }

    async fn nothing_lives_after_a_revocation(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for _ in 0..10 {
            let (grant, refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
            all_at_once(&db, 8, |store, number| {
                let (grant, mut refresh) = (grant.clone(), refresh);
                async move {
                    if number == 3 {
                        return store.revoke_grant(grant.id, &event(EventKind::GrantRevoked)).await;
                    }
                    // One chain of rotations wins until the revocation is there; what follows must fail.
                    for _ in 0..20 {
                        let step = step(&grant, &refresh);
                        if !store.rotate_refresh_token(&step).await? {
                            break;
                        }
                        refresh = Refresh { generation: refresh.generation + 1, hash: step.to_hash, ..refresh };
                    }
                    Ok(false)
                }
            })
            .await;
            let found = db.store.find_refresh_grant(grant.id).await.unwrap().unwrap();
            assert!(found.grant.revoked_at.is_some());
            let next = step(&found.grant, &found.refresh);
            assert!(!db.store.rotate_refresh_token(&next).await.unwrap(), "the newest token of all is dead too");
        }
    }

    async fn a_code_redeemed_while_its_consent_is_withdrawn_leaves_nothing_alive(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let client = build::stored_client(&db.store, "web").await;
        for _ in 0..20 {
            let code = build::stored_code(&db.store, user.id, &client.id).await;
            let grant = build::grant_of(&code);
            all_at_once(&db, 2, |store, number| {
                let (code, grant) = (code.clone(), grant.clone());
                async move {
                    if number == 0 {
                        let withdrawn = event(EventKind::ConsentDenied);
                        return store.withdraw_consent(code.user_id, &code.client_id, &withdrawn).await;
                    }
                    let created = event(EventKind::GrantCreated);
                    store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &created).await.map(|_| false)
                }
            })
            .await;
            assert!(!build::is_live(&db.store, grant.id).await);
        }
    }

    async fn a_code_redeemed_while_its_client_is_removed_leaves_nothing(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        for _ in 0..20 {
            let client = build::stored_client(&db.store, "web").await;
            let code = build::stored_code(&db.store, user.id, &client.id).await;
            all_at_once(&db, 2, |store, number| {
                let code = code.clone();
                async move {
                    if number == 0 {
                        return store.remove_client(&code.client_id, None, &event(EventKind::ClientRemoved)).await.map(drop);
                    }
                    let (grant, created) = (build::grant_of(&code), event(EventKind::GrantCreated));
                    store.redeem_code(&code.hash, &grant, Some(&build::refresh()), &created).await.map(drop)
                }
            })
            .await;
            assert_eq!(db.count("grants").await, 0, "a client added later under the same id must not inherit a grant");
            assert_eq!(db.count("codes").await, 0);
        }
    }

    // Two administrators who have read the same version do not overwrite each other.
    async fn one_of_many_changes_at_the_same_version_is_made(db: TestDatabase) {
        let client = build::stored_client(&db.store, "web").await;
        let results = all_at_once(&db, MANY, |store, number| {
            let mut client = client.clone();
            client.metadata.client_name = format!("Name {number}");
            async move { store.update_client(&client, &event(EventKind::ClientUpdated)).await }
        })
        .await;
        let made = results.iter().filter(|outcome| **outcome == Altered::Altered).count();
        let stale = results.iter().filter(|outcome| **outcome == Altered::Stale).count();
        assert_eq!((made, stale), (1, MANY - 1));
    }

    async fn reading_before_writing_locks_nobody_out(db: TestDatabase) {
        let mut users = Vec::new();
        for number in 0..MANY {
            users.push(build::stored_user(&db.store, &format!("user{number}")).await.id);
        }
        let results = all_at_once(&db, MANY, |store, number| {
            let (id, name) = (users[number], format!("Person {number}"));
            async move {
                let change = UserChange { name: Some(Some(name)), ..UserChange::default() };
                store.update_user(id, &change, UserTerms::default(), &event(EventKind::UserUpdated)).await
            }
        })
        .await;
        assert_eq!(winners(&results, &UserChanged::Changed), MANY);
        let last = db.store.find_user(users[MANY - 1]).await.unwrap().unwrap();
        assert_eq!(last.name.as_deref(), Some("Person 63"));
    }

    async fn one_becomes_the_first_administrator(db: TestDatabase) {
        let results = all_at_once(&db, MANY, |store, number| {
            let admin = User { roles: vec!["admin".to_owned()], ..build::user(&format!("admin{number}")) };
            async move { store.add_first_administrator(&admin, &event(EventKind::SetupCompleted)).await }
        })
        .await;
        assert_eq!(winners(&results, &Added::Added), 1);
        assert_eq!(db.count("users").await, 1);
        assert_eq!(db.count("audit_events").await, 1);
    }

    async fn one_name_goes_to_one(db: TestDatabase) {
        let results = all_at_once(&db, MANY, |store, _| {
            let user = build::user("ada");
            async move { store.add_user(&user, &event(EventKind::UserAdded)).await }
        })
        .await;
        assert_eq!(winners(&results, &Added::Added), 1);
        let results = all_at_once(&db, MANY, |store, _| {
            let client = build::client("web");
            async move { store.add_client(&client, &event(EventKind::ClientAdded)).await }
        })
        .await;
        assert_eq!(winners(&results, &Added::Added), 1);
    }

    async fn one_key_is_the_first(db: TestDatabase) {
        let results = all_at_once(&db, MANY, |store, _| async move {
            store.add_first_key(&build::key(SigningAlg::RS256), &event(EventKind::KeyCreated)).await
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        assert_eq!(db.store.list_keys().await.unwrap().len(), 1);
    }

    // S165
    async fn an_id_is_used_by_one(db: TestDatabase) {
        let id = build::hash();
        let results = all_at_once(&db, MANY, |store, _| async move {
            store.use_assertion(&id, build::after(60)).await
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        assert_eq!(db.count("used_assertions").await, 1);
    }

    // S132: of many nodes that find a key old enough one makes its successor.
    async fn one_successor_is_made(db: TestDatabase) {
        let first = build::key(SigningAlg::ES256);
        db.store.add_first_key(&first, &event(EventKind::KeyCreated)).await.unwrap();
        let results = all_at_once(&db, MANY, |store, number| {
            let kid = first.kid.clone();
            async move {
                let later = build::after(100 + i64::try_from(number).unwrap());
                let key = StoredKey { activates_at: later, ..build::key(SigningAlg::ES256) };
                store.succeed_key(&kid, &key, build::after(999), &event(EventKind::KeyCreated)).await
            }
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        let keys = db.store.list_keys().await.unwrap();
        assert_eq!(keys.len(), 2);
        assert_eq!(keys.iter().filter(|key| key.expires_at.is_none()).count(), 1);
    }

    // Of many who change the secret key one does, and what is sealed meanwhile is either sealed anew or refused.
    async fn one_changes_the_secret_key_and_nothing_sealed_is_left_behind(db: TestDatabase) {
        db.store.installation(placet::random::uuid(), now()).await.unwrap();
        db.store.set_secret_key_check(&[1; 32]).await.unwrap();
        let results = all_at_once(&db, MANY, |store, number| async move {
            let store = store.with_secret_key_check([1; 32]);
            if number % 4 != 0 {
                let resource = Resource {
                    secret_sealed: Some(vec![1]),
                    ..build::resource(&format!("https://r{number}.example"))
                };
                return match store.add_resource(&resource, now(), &event(EventKind::ResourceAdded)).await {
                    Ok(added) => Ok(added == Added::Added),
                    Err(Error::SecretKeyChanged) => Ok(true),
                    Err(error) => Err(error),
                };
            }
            let check = [u8::try_from(number).unwrap() + 2; 32];
            let reseal = |_: &[u8], sealed: &[u8]| Some([sealed, &[9]].concat());
            let rekey = Rekey { from_check: &[1; 32], to_check: &check, reseal: &reseal };
            let done = store.rekey(&rekey, &event(EventKind::SecretKeyChanged)).await?;
            Ok(matches!(done, Rekeyed::Done(_)))
        })
        .await;
        assert_eq!(winners(&results, &false), MANY / 4 - 1, "all resources were added or refused, one key was set");
        let resources = db.store.list_resources().await.unwrap();
        assert!(resources.iter().all(|resource| resource.secret_sealed.as_deref() == Some([1, 9].as_slice())));
    }

    async fn every_failure_is_counted(db: TestDatabase) {
        all_at_once(&db, MANY, |store, number| async move {
            // In either order: neither may wait for the other for ever.
            let mut keys = ["account".to_owned(), "address".to_owned()];
            if number % 3 == 0 {
                keys.reverse();
            }
            store.count_failure(&keys, now(), build::after(60)).await
        })
        .await;
        for key in ["account", "address"] {
            assert_eq!(db.store.failures(key, now()).await.unwrap(), 64);
        }
    }

    async fn every_change_raises_the_revision(db: TestDatabase) {
        db.store.installation(placet::random::uuid(), now()).await.unwrap();
        all_at_once(&db, MANY, |store, number| async move {
            store.put_scope(&build::scope(&format!("s{number}")), None, &event(EventKind::ScopeAdded)).await
        })
        .await;
        assert_eq!(db.store.revision().await.unwrap(), 65);
        assert_eq!(db.store.list_scopes().await.unwrap().len(), 64);
    }

    async fn a_token_is_revoked_by_one(db: TestDatabase) {
        let hash = build::hash();
        let results = all_at_once(&db, MANY, |store, _| async move {
            store.revoke_token(&hash, now(), &event(EventKind::TokenRevoked)).await
        })
        .await;
        assert_eq!(winners(&results, &true), 1);
        assert_eq!(db.count("revoked_tokens").await, 1);
        assert_eq!(db.count("audit_events").await, 1);
    }
}
