//! The secret key that values are sealed under: whoever writes one shows that the key is still the one it started with, and
//! here it is changed.

use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::Result;
use super::db::{Store, Tx, either};
use super::error::Error;
use crate::crypto;
use crate::model::event::Event;

/// Seals anew, under the new key, what was sealed with that context (first) under the present one; `None` where that does not
/// open it.
pub type Reseal<'a> = &'a (dyn Fn(&[u8], &[u8]) -> Option<Vec<u8>> + Sync);

/// Another secret key in place of the present one.
pub struct Rekey<'a> {
    /// What proves the present key.
    pub from_check: &'a [u8; 32],
    /// What proves the new one.
    pub to_check: &'a [u8; 32],
    pub reseal: Reseal<'a>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rekeyed {
    /// So many values are sealed anew.
    Done(usize),
    /// The database has another secret key by now.
    NotTheKey,
    /// The present key does not open a value of that table.
    Unreadable(&'static str),
}

const CHECK: &str = "SELECT secret_key_check FROM installation";
const SET_CHECK: &str = "UPDATE installation SET secret_key_check = $2 WHERE secret_key_check = $1";
const KEYS: &str = "SELECT kid, kid, private_sealed FROM signing_keys";
const SET_KEY: &str = "UPDATE signing_keys SET private_sealed = $2 WHERE kid = $1";
const RESOURCES: &str =
    "SELECT uri, uri, secret_sealed FROM resources WHERE secret_sealed IS NOT NULL";
const SET_RESOURCE: &str = "UPDATE resources SET secret_sealed = $2 WHERE uri = $1";
const SECRETS: &str =
    "SELECT hash, hash, secret_sealed FROM client_secrets WHERE secret_sealed IS NOT NULL";
const SET_SECRET: &str = "UPDATE client_secrets SET secret_sealed = $2 WHERE hash = $1";
const TOTPS: &str = "SELECT user_id, user_id, secret_sealed FROM totps";
const SET_TOTP: &str = "UPDATE totps SET secret_sealed = $2 WHERE user_id = $1";
const PAIRWISE: &str = "SELECT id, 'pairwise key', pairwise_key_sealed FROM installation
    WHERE pairwise_key_sealed IS NOT NULL";
const SET_PAIRWISE: &str = "UPDATE installation SET pairwise_key_sealed = $2 WHERE id = $1";
const CHAIN: &str = "SELECT id, 'audit chain', key_sealed FROM audit_chain";
const SET_CHAIN: &str = "UPDATE audit_chain SET key_sealed = $2 WHERE id = $1";
const MAILS: &str = "SELECT id, id, mail_sealed FROM outgoing_mails";
const SET_MAIL: &str = "UPDATE outgoing_mails SET mail_sealed = $2 WHERE id = $1";

/// Seals one column anew: its table, the types of its key and of the context that its values are sealed with (text or bytes), the query for
/// key, context and value, and the statement that puts a value in its place.
macro_rules! reseal {
    ($tx:expr, $rekey:expr, $table:literal, ($key:ty, $context:ty), ($read:expr, $write:expr)) => {{
        let rows: Vec<($key, $context, Vec<u8>)> =
            either!(tx &mut $tx, db => query_as($read).fetch_all(db).await)?;
        let number = rows.len();
        for (key, context, sealed) in rows {
            let Some(anew) = ($rekey.reseal)(context.as_ref(), &sealed) else {
                return Ok(Rekeyed::Unreadable($table));
            };
            either!(tx &mut $tx, db => query($write).bind(key).bind(anew).execute(db).await.map(|_| ()))?;
        }
        number
    }};
}

impl Store {
    /// The store of a process whose secret key gives that check.
    #[must_use]
    pub fn with_secret_key_check(mut self, check: [u8; 32]) -> Self {
        self.secret_key_check = Some(check);
        self
    }

    /// Whether the secret key was changed since this process learnt it.
    pub async fn is_secret_key_changed(&self) -> Result<bool> {
        let stored = either!(read self.db, db => query_scalar(CHECK).fetch_optional(db).await)?;
        Ok(self.differs(stored.flatten()))
    }

    /// Begins a transaction that writes something sealed: it fails where the secret key was changed meanwhile, and no change of it
    /// comes between this and the commit.
    pub(super) async fn begin_sealing(&self) -> Result<Tx> {
        let mut tx = self.begin_write().await?;
        tx.share_sealing().await?;
        let stored = either!(tx &mut tx, db => query_scalar(CHECK).fetch_optional(db).await)?;
        if self.differs(stored.flatten()) {
            return Err(Error::SecretKeyChanged);
        }
        Ok(tx)
    }

    fn differs(&self, stored: Option<Vec<u8>>) -> bool {
        let both = self.secret_key_check.zip(stored);
        both.is_some_and(|(ours, stored)| !crypto::equal(&ours, &stored))
    }

    /// Seals everything anew, all or nothing.
    pub async fn rekey(&self, rekey: &Rekey<'_>, event: &Event) -> Result<Rekeyed> {
        let mut tx = self.begin_write().await?;
        tx.be_patient().await?;
        // Who seals something shares this lock: nothing sealed under the key of before arrives after what is read here.
        tx.lock_sealing().await?;
        // Two keys at once are changed by who removes one, too.
        tx.lock_keys().await?;
        let is_ours = either!(tx &mut tx, db => query(SET_CHECK)
            .bind(rekey.from_check.as_slice()).bind(rekey.to_check.as_slice())
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        if !is_ours {
            return Ok(Rekeyed::NotTheKey);
        }
        let mut number = 0;
        number += reseal!(tx, rekey, "signing_keys", (String, String), (KEYS, SET_KEY));
        number += reseal!(
            tx,
            rekey,
            "resources",
            (String, String),
            (RESOURCES, SET_RESOURCE)
        );
        number += reseal!(
            tx,
            rekey,
            "client_secrets",
            (Vec<u8>, Vec<u8>),
            (SECRETS, SET_SECRET)
        );
        number += reseal!(tx, rekey, "totps", (Uuid, Uuid), (TOTPS, SET_TOTP));
        number += reseal!(
            tx,
            rekey,
            "installation",
            (Uuid, String),
            (PAIRWISE, SET_PAIRWISE)
        );
        number += reseal!(tx, rekey, "audit_chain", (i64, String), (CHAIN, SET_CHAIN));
        number += reseal!(tx, rekey, "outgoing_mails", (Uuid, Uuid), (MAILS, SET_MAIL));
        tx.finish_change(event).await?;
        Ok(Rekeyed::Done(number))
    }
}
