//! The locks of Postgres that are no rows; SQLite's writers are alone anyway.
//!
//! A transaction takes them in this order, and before it locks a row, so that no two wait for each other:
//! sealing, administration, keys, registrations, an address.

use sqlx::query;

use super::Result;
use super::db::Tx;
use crate::model::user::account_key;

const SHARE_SEALING: &str = "SELECT pg_advisory_xact_lock_shared(7015271901)";
const SEALING: &str = "SELECT pg_advisory_xact_lock(7015271901)";
const ADMINISTRATION: &str = "SELECT pg_advisory_xact_lock(7015271904)";
const KEYS: &str = "SELECT pg_advisory_xact_lock(7015271905)";
const REGISTRATIONS: &str = "SELECT pg_advisory_xact_lock(7015271906)";
/// Of two numbers: these are apart from those of one.
const ADDRESS: &str = "SELECT pg_advisory_xact_lock(70152719, hashtext($1))";
/// What is written all at once, by a person who waits for it, may wait for another such.
const BE_PATIENT: &str = "SET LOCAL lock_timeout = '60s'";

impl Tx {
    /// Until the end of the transaction nobody changes the secret key; others seal at the same time.
    pub(super) async fn share_sealing(&mut self) -> Result<()> {
        self.lock(SHARE_SEALING).await
    }

    /// Until the end of the transaction nobody seals anything.
    pub(super) async fn lock_sealing(&mut self) -> Result<()> {
        self.lock(SEALING).await
    }

    /// One transaction at a time changes who administers, applies a file, or takes a role away.
    pub(super) async fn lock_administration(&mut self) -> Result<()> {
        self.lock(ADMINISTRATION).await
    }

    /// One transaction at a time adds or removes signing keys.
    pub(super) async fn lock_keys(&mut self) -> Result<()> {
        self.lock(KEYS).await
    }

    /// One client at a time registers itself, so that their number is right.
    pub(super) async fn lock_registrations(&mut self) -> Result<()> {
        self.lock(REGISTRATIONS).await
    }

    /// One transaction at a time works on the links of an address that is nobody's yet.
    pub(super) async fn lock_address(&mut self, email: &str) -> Result<()> {
        if let Self::Postgres(tx) = self {
            query(ADDRESS)
                .bind(account_key(email))
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Lets this transaction wait longer for others than those that somebody's page waits for.
    pub(super) async fn be_patient(&mut self) -> Result<()> {
        self.lock(BE_PATIENT).await
    }

    async fn lock(&mut self, statement: &'static str) -> Result<()> {
        if let Self::Postgres(tx) = self {
            query(statement).execute(&mut **tx).await?;
        }
        Ok(())
    }
}
