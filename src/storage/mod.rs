//! Everything that is kept: one `Store`, one SQL text for both databases, one verb for each thing that is done.
//!
//! A verb owns its transaction; outside, nobody sees one. It returns an outcome (`Redemption`, `Rotation`, …); `Err`
//! only ever means that the database failed, and then nothing was kept.
//!
//! Rules that keep one SQL text good for SQLite and Postgres alike:
//! 1. statements are `const`, with `$1` placeholders; no string is ever pasted into SQL
//! 2. `BIGINT`, not `INTEGER`; `UUID`, `TIMESTAMPTZ`, `BYTEA`, `BOOLEAN`, `TEXT` by these names
//! 3. `JSONB` columns hold arrays or objects, nothing else
//! 4. `now` is a parameter, never SQL's `now()`; the clock cuts it to microseconds
//! 5. no `LIKE` on what people typed: case rules differ; compare keys (`username_key`), or search them by `like`
//! 6. pages by id, never by text order
//! 7. no data-modifying CTE, no arrays, no `SKIP LOCKED` outside an explicit arm for Postgres
//! 8. a transaction that writes is begun by `begin_write` alone, which takes SQLite's write lock at once
//! 9. nothing slow inside a transaction: no hashing, no signing, no network
//! 10. outside a transaction a statement that writes is run by `execute` and judged by `rows_affected`: `fetch_optional`
//!     returns with the first row, before the commit that the statement is has come off
//! 11. secrets are stored as hashes or sealed; a verb never sees them in clear
//! 12. a verb that writes something sealed begins with `begin_sealing`, and its column has a line in `secret_key.rs`
//! 13. locks are taken in one order: those of `locks.rs`, the user, links, sessions, codes, grants

use crate::model::user::account_key;

mod activity;
mod apply;
mod assertions;
mod audit;
mod audit_chain;
mod clients;
mod codes;
mod consents;
mod db;
mod error;
mod factors;
mod fill;
mod grant_lists;
mod grants;
mod initial_access_tokens;
mod installation;
mod keys;
mod locks;
mod logouts;
mod mailed_links;
mod mails;
mod managed;
mod passkeys;
mod recovery_codes;
mod refusals;
mod registrations;
mod resources;
mod roles;
mod scopes;
mod secret_key;
mod session_lists;
mod sessions;
mod sign_ups;
mod sweep;
mod throttles;
mod tokens;
mod totps;
mod upstream_accounts;
mod users;

pub use activity::ActivityHour;
pub use apply::{Applied, Change, Step};
pub use assertions::UsedOnce;
pub use audit::EventQuery;
pub use audit_chain::{AuditSwept, ChainEnds};
pub use clients::ClientFilter;
pub use codes::{Basis, Issue, NewIssue, Redemption};
pub use db::{Options, PoolUse, Store};
pub use error::{Error, OpenError};
pub use factors::{FactorAdded, FactorRemoved, FactorTerms, LeadsIn};
pub use grant_lists::{ConsentFilter, ConsentPlace, GrantFilter};
pub use grants::{PersonGrant, RefreshGrant, Rotate};
pub use installation::{Installation, SchemaState};
pub use keys::KeyRemoval;
pub use mailed_links::{LinkUse, PasswordReset};
pub use mails::Told;
pub use passkeys::PasskeyUse;
pub use recovery_codes::NewCodes;
pub use refusals::RefusalQuery;
pub use registrations::{NewRegistration, Registered, Replacement};
pub use roles::RoleRemoval;
pub use secret_key::{Rekey, Rekeyed, Reseal};
pub use session_lists::{SessionFilter, Which};
pub use sign_ups::SignedUp;
pub use sweep::Swept;
pub use throttles::Count;
pub use upstream_accounts::{UpstreamAdded, UpstreamLinked, UpstreamRemoved};
pub use users::{Added, UserChange, UserChanged, UserFilter, UserTerms};

/// What came of a change to something that somebody else may have changed since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Altered {
    Altered,
    /// It has another version than the one that was expected; nothing was done.
    Stale,
    /// It is not there.
    Gone,
}

/// What was typed into a search box, as a pattern for `LIKE … ESCAPE '\\'` on a column that holds keys: a part of it, taken by the letter.
fn like(typed: &str) -> String {
    let mut pattern = String::from("%");
    for c in account_key(typed).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        // Postgres takes no NUL in a text; a blank matches as little.
        pattern.push(if c == '\0' { ' ' } else { c });
    }
    pattern.push('%');
    pattern
}

/// The result of every verb.
pub type Result<T> = std::result::Result<T, Error>;

/// What came of writing something by its name, whether it was there or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    Added,
    Updated,
    /// It has another version than the one that was expected; nothing was done.
    Stale,
}
