//! The order of it all: what is measured, and its floor right after it.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;

use crate::cases::{self, CodeTurn, RefreshTurn, Same};
use crate::host::Host;
use crate::load::{Figures, Turn, measure};
use crate::postgres::Postgres;
use crate::report::{Fact, Report, Row};
use crate::server::{Installation, PEOPLE, Registered, Running, sign_in_all};
use crate::{Result, floor, progress, wire};

const CLIENT_CREDENTIALS_AIM: f64 = 0.65;
const DATABASE_AIM: f64 = 0.6;
const PASSWORD_AIM: f64 = 0.9;
const IDLE_MIB: f64 = 30.0;
const SIGNED_IN_MIB: f64 = 120.0;
const START_MS: f64 = 150.0;

/// Measures on both databases. `only`: what has that in its name.
pub(crate) async fn run(host: Host, only: Option<&str>) -> Result<Report> {
    let postgres = Postgres::start(&host).await?;
    let mut suite = Suite {
        only: only.unwrap_or_default().to_owned(),
        database: "sqlite",
        report: Report::new(
            host.clone(),
            postgres.as_ref().map(|postgres| postgres.version.clone()),
        ),
        host,
    };
    let bytes = Installation::binary_bytes()?;
    suite.report.facts.push(Fact::new(
        "",
        "binary",
        "MB",
        f64::from(u32::try_from(bytes)?) / 1e6,
    ));
    suite.database_on(None).await?;
    match &postgres {
        Some(postgres) => {
            suite.database = "postgres";
            suite.database_on(Some(postgres)).await?;
        }
        None => progress("no Postgres on this machine: measured on SQLite alone"),
    }
    Ok(suite.report)
}

struct Suite {
    host: Host,
    only: String,
    database: &'static str,
    report: Report,
}

/// What is at hand while the server runs.
struct Stage<'a> {
    postgres: Option<&'a Postgres>,
    registered: &'a Registered,
    sessions: Vec<String>,
    pid: u32,
    http: floor::Http,
}

async fn installation(postgres: Option<&Postgres>, name: &str) -> Result<Installation> {
    match postgres {
        Some(postgres) => Installation::postgres(postgres.create(name).await?),
        None => Installation::sqlite(),
    }
}

impl Suite {
    fn is_wanted(&self, what: &str) -> bool {
        format!("{} {what}", self.database).contains(&self.only)
    }

    fn fact(&mut self, what: &str, unit: &'static str, value: f64, at_most: Option<f64>) {
        let mut fact = Fact::new(self.database, what, unit, value);
        fact.at_most = at_most;
        self.report.facts.push(fact);
    }

    async fn database_on(&mut self, postgres: Option<&Postgres>) -> Result<()> {
        progress(&format!("{}: start-up", self.database));
        let mut fresh = Vec::new();
        for number in 0..3 {
            fresh.push(
                installation(postgres, &format!("fresh_{number}"))
                    .await?
                    .serve(&self.host)?
                    .ready_after,
            );
        }
        self.fact("start to ready, fresh", "ms", median_ms(fresh), None);
        let place = installation(postgres, "measured").await?;
        let registered = place.register().await?;
        let mut again = Vec::new();
        for _ in 0..5 {
            again.push(place.serve(&self.host)?.ready_after);
            tokio::task::yield_now().await;
        }
        self.fact(
            "start to ready, existing",
            "ms",
            median_ms(again),
            Some(START_MS),
        );
        let running = place.serve(&self.host)?;
        let stage = self.raise(postgres, &place, &registered, &running).await?;
        self.tokens(&stage).await?;
        self.documents(&stage).await?;
        self.turns(&stage).await?;
        self.passwords(&stage).await?;
        self.fact(
            "memory after all load",
            "MiB",
            running.process.memory_mib("VmRSS")?,
            None,
        );
        Ok(())
    }

    /// Memory at rest, everybody's sign-in, memory after that.
    async fn raise<'a>(
        &mut self,
        postgres: Option<&'a Postgres>,
        place: &Installation,
        registered: &'a Registered,
        running: &Running,
    ) -> Result<Stage<'a>> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        self.fact(
            "memory idle",
            "MiB",
            running.process.memory_mib("VmRSS")?,
            Some(IDLE_MIB),
        );
        progress(&format!("{}: {PEOPLE} sign-ins at once", self.database));
        let (sessions, per_second) = sign_in_all(registered.address).await?;
        let what = format!("memory after {PEOPLE} sign-ins at once");
        self.fact(
            &what,
            "MiB",
            running.process.memory_mib("VmRSS")?,
            Some(SIGNED_IN_MIB),
        );
        self.fact(
            "memory at peak until then",
            "MiB",
            running.process.memory_mib("VmHWM")?,
            None,
        );
        self.fact("sign-ins at the page", "/s", per_second, None);
        let resources = registered.resources;
        let settings = json!({
            "authorization": registered.authorization,
            "issuer": format!("http://{}", registered.address),
            "resources": resources,
            "jwks": cases::document(registered.address, "/.well-known/jwks.json").await?,
            "discovery": cases::document(registered.address, "/.well-known/openid-configuration").await?,
        });
        let http = floor::Http::start(&self.host, place.folder(), &settings)?;
        Ok(Stage {
            postgres,
            registered,
            sessions,
            pid: running.process.pid(),
            http,
        })
    }

    /// The same requests to the server and to the bare one.
    async fn beside_http(
        &mut self,
        stage: &Stage<'_>,
        what: &str,
        aim: Option<f64>,
        request: impl Fn(SocketAddr) -> Vec<u8>,
    ) -> Result<()> {
        if !self.is_wanted(what) {
            return Ok(());
        }
        let own = stage.registered.address;
        let turns = Same::open(own, vec![request(own); PEOPLE]).await?;
        let figures = self.measured(what, stage.pid, turns).await?;
        let bare = stage.http.address;
        let turns = Same::open(bare, vec![request(bare); PEOPLE]).await?;
        let floor = measure(&self.host, stage.http.process.pid(), turns).await?;
        self.row(what, figures, Some(floor), aim);
        Ok(())
    }

    async fn measured<T: Turn>(&self, what: &str, pid: u32, turns: Vec<T>) -> Result<Figures> {
        progress(&format!("{}: {what}", self.database));
        measure(&self.host, pid, turns).await
    }

    fn row(&mut self, what: &str, figures: Figures, floor: Option<Figures>, aim: Option<f64>) {
        let row = Row {
            database: self.database,
            what: what.to_owned(),
            figures,
            floor,
            aim,
        };
        progress(&format!("    {}", row.in_short()));
        self.report.rows.push(row);
    }

    async fn tokens(&mut self, stage: &Stage<'_>) -> Result<()> {
        let registered = stage.registered;
        let own = [("ES256", None)];
        for (alg, uri) in own
            .into_iter()
            .chain(registered.resources.map(|(alg, uri)| (alg, Some(uri))))
        {
            let request = |address: SocketAddr| cases::client_credentials(registered, address, uri);
            for address in [registered.address, stage.http.address] {
                let found = cases::access_token_alg(address, &request(address)).await?;
                if found != alg {
                    return Err(format!("a token is signed with {found}, not {alg}").into());
                }
            }
            self.beside_http(
                stage,
                &format!("client_credentials {alg}"),
                Some(CLIENT_CREDENTIALS_AIM),
                request,
            )
            .await?;
        }
        Ok(())
    }

    async fn documents(&mut self, stage: &Stage<'_>) -> Result<()> {
        for (what, path) in [
            ("key set", "/.well-known/jwks.json"),
            ("discovery", "/.well-known/openid-configuration"),
        ] {
            self.beside_http(stage, what, None, |address| wire::get(address, path, ""))
                .await?;
        }
        Ok(())
    }

    async fn turns(&mut self, stage: &Stage<'_>) -> Result<()> {
        if self.is_wanted("code turn") {
            let turns = CodeTurn::open(stage.registered, &stage.sessions).await?;
            let figures = self.measured("code turn", stage.pid, turns).await?;
            let floor = self.sql_floor(stage, "code").await?;
            self.row("code turn", figures, Some(floor), Some(DATABASE_AIM));
        }
        if self.is_wanted("refresh") {
            let turns = RefreshTurn::open(stage.registered, &stage.sessions).await?;
            let figures = self.measured("refresh", stage.pid, turns).await?;
            let floor = self.sql_floor(stage, "refresh").await?;
            self.row("refresh", figures, Some(floor), Some(DATABASE_AIM));
        }
        Ok(())
    }

    /// On a database of its own, with the same schema.
    async fn sql_floor(&self, stage: &Stage<'_>, kind: &str) -> Result<Figures> {
        let place = installation(stage.postgres, &format!("floor_{kind}")).await?;
        place.run(&["migrate"], None)?;
        floor::figures(&self.host, &[kind, &place.database_url]).await
    }

    async fn passwords(&mut self, stage: &Stage<'_>) -> Result<()> {
        if !self.is_wanted("password") {
            return Ok(());
        }
        let registered = stage.registered;
        let requests = |count: usize| {
            (0..count)
                .map(|number| cases::password(registered, number))
                .collect()
        };
        let few = Same::open(registered.address, requests(4)).await?;
        let few = self
            .measured("password, 4 connections", stage.pid, few)
            .await?;
        let floor = floor::figures(&self.host, &["argon2id"]).await?;
        self.row(
            "password, 4 connections",
            few,
            Some(floor.clone()),
            Some(PASSWORD_AIM),
        );
        let many = Same::open(registered.address, requests(PEOPLE)).await?;
        let many = self.measured("password", stage.pid, many).await?;
        self.row("password", many, Some(floor), Some(PASSWORD_AIM));
        Ok(())
    }
}

fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
