//! Changing the secret key: everything sealed is sealed anew, or nothing; and who still has the key of before seals nothing.

use placet::crypto::ChainKey;
use placet::model::client::ClientSecret;
use placet::model::event::EventKind;
use placet::model::factor::StoredTotp;
use placet::model::mail::NewMail;
use placet::model::resource::Resource;
use placet::model::signing_key::{SigningAlg, StoredKey};
use placet::random;
use placet::storage::{Error, NewCodes, Rekey, Rekeyed, Reseal, Store};

use super::build::{self, after, event, now};
use super::factors::totp as totp_of;
use super::mails;
use crate::support::database::{TestDatabase, on_both};

const OLD: [u8; 32] = [1; 32];
const NEW: [u8; 32] = [2; 32];

/// One value in every sealed column: `old`, the context, and a number.
async fn fill(db: &TestDatabase) -> Store {
    let store = &db.store;
    store.installation(random::uuid(), now()).await.unwrap();
    store.set_secret_key_check(&OLD).await.unwrap();
    store
        .pairwise_key(&sealed(b"pairwise key", b"1"))
        .await
        .unwrap();
    let key = ChainKey::new(&[1; 32]).unwrap();
    let chain = sealed(b"audit chain", b"5");
    store.begin_chain(&chain, &key).await.unwrap();
    for (kid, alg) in [("a", SigningAlg::ES256), ("b", SigningAlg::RS256)] {
        let key = StoredKey {
            kid: kid.to_owned(),
            private_sealed: sealed(kid.as_bytes(), b"2"),
            ..build::key(alg)
        };
        store
            .add_first_key(&key, &event(EventKind::KeyCreated))
            .await
            .unwrap();
    }
    for uri in ["https://a.example", "https://b.example"] {
        let resource = Resource {
            secret_sealed: uri.contains("a.").then(|| sealed(uri.as_bytes(), b"3")),
            ..build::resource(uri)
        };
        store
            .add_resource(&resource, now(), &event(EventKind::ResourceAdded))
            .await
            .unwrap();
    }
    let mut client = build::client("web");
    let secret = build::secret();
    client.secrets = vec![
        ClientSecret {
            sealed: Some(sealed(secret.hash.as_bytes(), b"4")),
            ..secret
        },
        ClientSecret {
            sealed: None,
            ..build::secret()
        },
    ];
    store
        .add_client(&client, &event(EventKind::ClientAdded))
        .await
        .unwrap();
    let mail = mails::mail();
    let mail = NewMail {
        sealed: sealed(mail.id.as_bytes(), b"7"),
        ..mail
    };
    store.queue_mail(&mail).await.unwrap();
    let ada = build::stored_user(store, "ada").await;
    let totp = StoredTotp {
        secret_sealed: sealed(ada.id.0.as_bytes(), b"6"),
        ..totp_of(ada.id)
    };
    let (added, made) = (
        event(EventKind::FactorAdded),
        event(EventKind::RecoveryCodesMade),
    );
    let codes = NewCodes {
        hashes: &[],
        event: &made,
        notice: None,
    };
    store.add_totp(&totp, &codes, &added).await.unwrap();
    store.clone()
}

fn sealed(context: &[u8], value: &[u8]) -> Vec<u8> {
    [b"old ", context, b" ", value].concat()
}

/// Opens what [`sealed`] sealed with that context, and nothing else.
fn reseal(context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let value = sealed
        .strip_prefix(b"old ")?
        .strip_prefix(context)?
        .strip_prefix(b" ")?;
    Some([b"new ", value].concat())
}

async fn all_sealed(store: &Store) -> Vec<String> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    let keys = store.list_keys().await.unwrap();
    all.extend(keys.into_iter().map(|key| key.private_sealed));
    let resources = store.list_resources().await.unwrap();
    all.extend(resources.into_iter().filter_map(|it| it.secret_sealed));
    let client = store.find_client("web").await.unwrap().unwrap();
    all.extend(client.secrets.into_iter().filter_map(|it| it.sealed));
    let installation = store.installation(random::uuid(), now()).await.unwrap();
    all.extend(installation.pairwise_key_sealed);
    all.extend(store.chain_key().await.unwrap());
    let ada = store.find_user_by_name("ada").await.unwrap().unwrap();
    let totp = store.find_totp(ada.id).await.unwrap();
    all.extend(totp.map(|totp| totp.secret_sealed));
    let mails = store.due_mails(now(), 9).await.unwrap();
    all.extend(mails.into_iter().map(|mail| mail.sealed));
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    all.into_iter().map(text).collect()
}

fn rekey<'a>(reseal: Reseal<'a>, from: &'a [u8; 32]) -> Rekey<'a> {
    Rekey {
        from_check: from,
        to_check: &NEW,
        reseal,
    }
}

on_both! {
    async fn everything_sealed_is_sealed_anew(db: TestDatabase) {
        let store = fill(&db).await;
        let (counts, revision) = (db.row_counts().await, store.revision().await.unwrap());
        let done = store.rekey(&rekey(&reseal, &OLD), &event(EventKind::SecretKeyChanged)).await.unwrap();
        assert_eq!(done, Rekeyed::Done(8));
        assert_eq!(all_sealed(&store).await, ["new 2", "new 2", "new 3", "new 4", "new 1", "new 5", "new 6", "new 7"]);
        let installation = store.installation(random::uuid(), now()).await.unwrap();
        assert_eq!(installation.secret_key_check.as_deref(), Some(NEW.as_slice()));
        assert_eq!(store.revision().await.unwrap(), revision + 1, "every node hears of it");
        let mut expected = counts;
        *expected.get_mut("audit_events").unwrap() += 1;
        assert_eq!(db.row_counts().await, expected);
    }

    async fn what_does_not_open_changes_nothing(db: TestDatabase) {
        let store = fill(&db).await;
        let (before, counts) = (all_sealed(&store).await, db.row_counts().await);
        let changed = || event(EventKind::SecretKeyChanged);
        for (value, table) in [("2", "signing_keys"), ("3", "resources"), ("4", "client_secrets"), ("1", "installation"), ("5", "audit_chain"), ("6", "totps"), ("7", "outgoing_mails")] {
            let but_one = |context: &[u8], sealed: &[u8]| reseal(context, sealed).filter(|new| !new.ends_with(value.as_bytes()));
            let done = store.rekey(&rekey(&but_one, &OLD), &changed()).await.unwrap();
            assert_eq!(done, Rekeyed::Unreadable(table));
        }
        assert_eq!(store.rekey(&rekey(&reseal, &[7; 32]), &changed()).await.unwrap(), Rekeyed::NotTheKey);
        assert_eq!((all_sealed(&store).await, db.row_counts().await), (before, counts));
        let installation = store.installation(random::uuid(), now()).await.unwrap();
        assert_eq!(installation.secret_key_check.as_deref(), Some(OLD.as_slice()));
    }

    async fn who_has_the_key_of_before_seals_nothing(db: TestDatabase) {
        let new = fill(&db).await.with_secret_key_check(NEW);
        let old = db.another_store().await.with_secret_key_check(OLD);
        assert!(!old.is_secret_key_changed().await.unwrap());
        old.rekey(&rekey(&reseal, &OLD), &event(EventKind::SecretKeyChanged)).await.unwrap();
        assert!(old.is_secret_key_changed().await.unwrap());
        assert!(!new.is_secret_key_changed().await.unwrap());
        let any = || event(EventKind::UserUpdated);
        let bob = build::stored_user(&new, "bob").await;
        let made = any();
        let codes = NewCodes { hashes: &[], event: &made, notice: None };
        let before = (db.row_counts().await, new.revision().await.unwrap());
        let (client, key) = (build::client("other"), build::key(SigningAlg::EdDSA));
        let errors = [
            old.add_first_key(&key, &any()).await.unwrap_err(),
            old.rotate_key(&key, after(9), &any()).await.unwrap_err(),
            old.succeed_key("a", &key, after(9), &any()).await.unwrap_err(),
            old.add_resource(&build::resource("https://c.example"), now(), &any()).await.unwrap_err(),
            old.add_client(&client, &any()).await.unwrap_err(),
            old.add_client_secret((&build::client_id("web"), None), &build::secret(), after(9), &any()).await.unwrap_err(),
            old.add_totp(&totp_of(bob.id), &codes, &any()).await.unwrap_err(),
            old.pairwise_key(b"x").await.unwrap_err(),
            old.queue_mail(&mails::mail()).await.unwrap_err(),
        ];
        assert!(errors.iter().all(|error| matches!(error, Error::SecretKeyChanged)), "{errors:?}");
        assert_eq!((db.row_counts().await, new.revision().await.unwrap()), before);
        assert!(new.add_first_key(&key, &any()).await.unwrap());
    }
}
