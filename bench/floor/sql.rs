//! The statements of a code turn and of a refresh, without the server around them: 32 tasks, the same pools, the rows not
//! even decoded.

use chrono::{DateTime, TimeDelta, Utc};
use placet::clock::Clock;
use placet::random;
use sqlx::query;
use sqlx::types::Json;
use uuid::Uuid;

use super::pools::{Pools, either, open};
use super::statements::Statements;
use crate::Result;
use crate::host::Host;
use crate::load::{self, Figures, Turn};
use crate::server::{PEOPLE, REDIRECT_URI};

const CLIENT: &str = "placet_c_0123456789abcdefghijklmn";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const PHC: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What every task has.
#[derive(Clone)]
pub(super) struct Floor {
    pools: Pools,
    sql: Statements,
    clock: Clock,
    pub(super) user: Uuid,
    pub(super) session: Uuid,
    session_hash: [u8; 32],
}

/// Binds the seventeen columns of a grant.
macro_rules! bind_grant {
    ($query:expr, $floor:expr, $id:expr, $hash:expr, $now:expr) => {
        $query
            .bind($id)
            .bind(CLIENT)
            .bind($floor.user)
            .bind(Some($floor.session))
            .bind("openid profile")
            .bind(None::<String>)
            .bind($now)
            .bind(Json(["pwd"]))
            .bind(None::<Json<serde_json::Value>>)
            .bind($now)
            .bind($now + TimeDelta::days(14))
            .bind(false)
            .bind(0_i64)
            .bind(Some($hash.as_slice()))
            .bind(Some($now))
            .bind(Some($now + TimeDelta::days(14)))
            .bind($now + TimeDelta::days(15))
    };
}

/// Binds the nine columns of an audit row.
macro_rules! bind_event {
    ($query:expr, $floor:expr, $id:expr, $now:expr) => {
        $query
            .bind($id)
            .bind($now)
            .bind("grant.created")
            .bind(concat!("client:", "placet_c_0123456789abcdefghijklmn"))
            .bind(Some($floor.user))
            .bind(Some(CLIENT))
            .bind(Some("127.0.0.1"))
            .bind(Some("AAAAAAAAAAAAAAAA"))
            .bind(Json(serde_json::json!({ "grant_id": $id, "scope": "openid profile" })))
    };
}

/// What one code is made of.
pub(super) struct Fresh {
    pub(super) code: [u8; 32],
    pub(super) grant: Uuid,
    pub(super) refresh: [u8; 32],
    pub(super) now: DateTime<Utc>,
}

/// One step of a refresh token.
pub(super) struct Step {
    pub(super) grant: Uuid,
    pub(super) generation: i64,
    pub(super) from: [u8; 32],
    pub(super) to: [u8; 32],
    pub(super) now: DateTime<Utc>,
}

impl Floor {
    /// A person and a session.
    pub(super) async fn seed(pools: Pools, sql: Statements, number: usize) -> Result<Self> {
        let floor = Self {
            pools,
            sql,
            clock: Clock::system(),
            user: random::uuid(),
            session: random::uuid(),
            session_hash: random::bytes(),
        };
        let now = floor.clock.now();
        let name = format!("bench-{number}");
        either!(write floor.pools, db => query(sql.add_user)
            .bind(floor.user).bind(&name).bind(&name).bind(None::<String>).bind(None::<String>).bind(false)
            .bind(None::<String>).bind(None::<String>).bind(Json([""; 0])).bind(false).bind(Some(PHC)).bind(now)
            .bind(None::<Json<serde_json::Value>>)
            .execute(db).await.map(|_| ()))?;
        let later = now + TimeDelta::hours(12);
        either!(write floor.pools, db => query(sql.add_session)
            .bind(floor.session).bind(floor.session_hash.as_slice()).bind(floor.user).bind(now).bind(Json(["pwd"]))
            .bind(now).bind(now).bind(later).bind(later).bind(Some("127.0.0.1")).bind(None::<String>)
            .execute(db).await.map(|_| ()))?;
        Ok(floor)
    }

    pub(super) async fn issue(&self, fresh: &Fresh) -> Result<()> {
        let now = fresh.now;
        let found = either!(read self.pools, db => query(self.sql.find_session)
            .bind(self.session_hash.as_slice()).bind(now).fetch_optional(db).await.map(|row| row.is_some()))?;
        let issued = either!(write self.pools, db => query(self.sql.add_code)
            .bind(fresh.code.as_slice()).bind(random::uuid()).bind(fresh.grant).bind(CLIENT).bind(self.user)
            .bind(self.session).bind(REDIRECT_URI).bind(true).bind(Some(CHALLENGE)).bind("openid profile")
            .bind(None::<String>).bind(Some("n-0S6_WzA2Mj")).bind(now).bind(Json(["pwd"]))
            .bind(None::<Json<serde_json::Value>>).bind(now).bind(now + TimeDelta::minutes(1)).bind(now + TimeDelta::minutes(61))
            .fetch_optional(db).await.map(|row| row.is_some()))?;
        hit(found && issued)
    }

    pub(super) async fn redeem(&self, fresh: &Fresh) -> Result<()> {
        let (hash, now) = (fresh.code.as_slice(), fresh.now);
        let found = either!(read self.pools, db => query(self.sql.find_code)
            .bind(hash).fetch_optional(db).await.map(|row| row.is_some()))?;
        hit(found)?;
        let event = random::uuid_sortable(now);
        match &self.pools {
            Pools::Postgres(pool) => {
                let statement = bind_grant!(
                    query(self.sql.redeem_postgres),
                    self,
                    fresh.grant,
                    fresh.refresh,
                    now
                );
                let statement = bind_event!(statement, self, event, now)
                    .bind(now)
                    .bind(hash);
                hit(statement.fetch_optional(pool).await?.is_some())
            }
            Pools::Sqlite { write, .. } => {
                let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
                let row = query(self.sql.redeem)
                    .bind(hash)
                    .bind(now)
                    .fetch_optional(&mut *tx)
                    .await?;
                hit(row.is_some())?;
                bind_grant!(
                    query(self.sql.add_grant),
                    self,
                    fresh.grant,
                    fresh.refresh,
                    now
                )
                .execute(&mut *tx)
                .await?;
                bind_event!(query(self.sql.audit), self, event, now)
                    .execute(&mut *tx)
                    .await?;
                Ok(tx.commit().await?)
            }
        }
    }

    /// A grant with a refresh token of generation 0.
    pub(super) async fn add_grant(&self, grant: Uuid, hash: [u8; 32]) -> Result<()> {
        let now = self.clock.now();
        either!(write self.pools, db => bind_grant!(query(self.sql.add_grant), self, grant, hash, now)
            .execute(db).await.map(|_| ()))?;
        Ok(())
    }

    pub(super) async fn rotate(&self, step: &Step) -> Result<()> {
        let (sql, now) = (&self.sql, step.now);
        let found = either!(read self.pools, db => query(sql.find_grant)
            .bind(step.grant).fetch_optional(db).await.map(|row| row.is_some()))?;
        let rotated = either!(write self.pools, db => query(sql.rotate)
            .bind(step.grant).bind(step.generation).bind(step.from.as_slice()).bind(step.to.as_slice()).bind(now)
            .bind(now + TimeDelta::days(14)).bind(now + TimeDelta::days(15))
            .execute(db).await.map(|done| done.rows_affected() == 1))?;
        hit(found && rotated)
    }
}

fn hit(is_hit: bool) -> Result<()> {
    if is_hit {
        Ok(())
    } else {
        Err("a statement met no row".into())
    }
}

struct CodeTurn(Floor);

impl Turn for CodeTurn {
    async fn turn(&mut self) -> Result<()> {
        let now = self.0.clock.now();
        let fresh = Fresh {
            code: random::bytes(),
            grant: random::uuid(),
            refresh: random::bytes(),
            now,
        };
        self.0.issue(&fresh).await?;
        self.0.redeem(&fresh).await
    }
}

struct RefreshTurn {
    floor: Floor,
    grant: Uuid,
    generation: i64,
    hash: [u8; 32],
}

impl RefreshTurn {
    async fn seed(floor: Floor) -> Result<Self> {
        let (grant, hash) = (random::uuid(), random::bytes());
        floor.add_grant(grant, hash).await?;
        Ok(Self {
            floor,
            grant,
            generation: 0,
            hash,
        })
    }
}

impl Turn for RefreshTurn {
    async fn turn(&mut self) -> Result<()> {
        let step = Step {
            grant: self.grant,
            generation: self.generation,
            from: self.hash,
            to: random::bytes(),
            now: self.floor.clock.now(),
        };
        self.floor.rotate(&step).await?;
        self.generation += 1;
        self.hash = step.to;
        Ok(())
    }
}

/// Measures `code` or `refresh` on a database that has the schema.
pub(super) async fn measure(host: &Host, kind: &str, url: &str) -> Result<Figures> {
    let (pools, sql) = (open(url).await?, Statements::read()?);
    let pid = std::process::id();
    let mut floors = Vec::new();
    for number in 0..PEOPLE {
        floors.push(Floor::seed(pools.clone(), sql, number).await?);
    }
    match kind {
        "code" => load::measure(host, pid, floors.into_iter().map(CodeTurn).collect()).await,
        "refresh" => {
            let mut turns = Vec::new();
            for floor in floors {
                turns.push(RefreshTurn::seed(floor).await?);
            }
            load::measure(host, pid, turns).await
        }
        _ => Err("unknown floor".into()),
    }
}
