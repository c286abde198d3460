//! The server's own statements, cut out of its source, so that a floor cannot drift from what it is a floor of.

use crate::Result;

const CODES: &str = include_str!("../../src/storage/codes.rs");
const GRANTS: &str = include_str!("../../src/storage/grants.rs");
const SESSIONS: &str = include_str!("../../src/storage/sessions.rs");
const USERS: &str = include_str!("../../src/storage/users/change.rs");
const AUDIT: &str = include_str!("../../src/storage/audit.rs");
const TOKENS: &str = include_str!("../../src/storage/tokens.rs");

/// The texts, by what they do.
#[derive(Clone, Copy)]
pub(super) struct Statements {
    pub(super) add_user: &'static str,
    pub(super) add_session: &'static str,
    pub(super) find_session: &'static str,
    pub(super) add_code: &'static str,
    pub(super) find_code: &'static str,
    pub(super) redeem: &'static str,
    pub(super) redeem_postgres: &'static str,
    pub(super) add_grant: &'static str,
    pub(super) find_grant: &'static str,
    pub(super) find_person_grant: &'static str,
    pub(super) find_revoked: &'static str,
    pub(super) rotate: &'static str,
    pub(super) audit: &'static str,
}

impl Statements {
    pub(super) fn read() -> Result<Self> {
        Ok(Self {
            add_user: text(USERS, "INSERT")?,
            add_session: text(SESSIONS, "INSERT")?,
            find_session: text(SESSIONS, "FIND")?,
            add_code: text(CODES, "INSERT")?,
            find_code: text(CODES, "FIND")?,
            redeem: text(CODES, "REDEEM")?,
            redeem_postgres: text(CODES, "REDEEM_POSTGRES")?,
            add_grant: text(GRANTS, "INSERT")?,
            find_grant: text(GRANTS, "FIND")?,
            find_person_grant: text(GRANTS, "FIND_WITH_CLAIMS")?,
            find_revoked: text(TOKENS, "FIND")?,
            rotate: text(GRANTS, "ROTATE")?,
            audit: text(AUDIT, "INSERT")?,
        })
    }
}

/// The value of `const NAME: &str = "…";`, which must have no escapes.
fn text(source: &'static str, name: &str) -> Result<&'static str> {
    let start = format!("const {name}: &str = \"");
    let found = source
        .split_once(&start)
        .and_then(|(_, rest)| rest.split_once("\";"));
    let value = found
        .map(|(value, _)| value)
        .filter(|value| !value.contains('\\'));
    value.ok_or_else(|| {
        format!("src/storage has no plain text {name} any more; bench/floor/sql.rs has to follow")
            .into()
    })
}
