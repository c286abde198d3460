//! The order of it all: what is measured, and its floor right after it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::cases::{self, CodeTurn, PersonToken, RefreshTurn, Same};
use crate::host::Host;
use crate::load::{Figures, Turn, measure};
use crate::postgres::Postgres;
use crate::report::{Aims, Fact, Report, Row};
use crate::server::{Installation, PEOPLE, Registered, Running, sign_in_all};
use crate::{Result, floor, progress, wire};

const CLIENT_CREDENTIALS_AIM: f64 = 0.65;
const DOCUMENT_AIM: f64 = 0.7;
const BEARER_AIM: f64 = 0.7;
/// At most so many times the floor's processor time.
const CODE_CPU_AIM: f64 = 2.0;
const REFRESH_CPU_AIM: f64 = 1.6;
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
    /// For each session, for the API.
    tokens: Vec<PersonToken>,
    pid: u32,
    http: floor::Http,
    /// The bare server's, removed when this is dropped.
    _own: Installation,
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
        self.bearers(&stage).await?;
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
        let tokens = cases::person_tokens(registered, &sessions).await?;
        let grants: HashMap<&str, Uuid> = tokens
            .iter()
            .map(|token| (token.jti.as_str(), token.grant))
            .collect();
        let own = installation(postgres, "floor_turns").await?;
        own.run(&["migrate"], None)?;
        let settings = json!({
            "authorization": registered.authorization,
            "issuer": format!("http://{}", registered.address),
            "resources": resources,
            "jwks": cases::document(registered.address, "/.well-known/jwks.json").await?,
            "discovery": cases::document(registered.address, "/.well-known/openid-configuration").await?,
            "database_url": place.database_url,
            "turns_database_url": own.database_url,
            "api": registered.api,
            "grants": grants,
        });
        let http = floor::Http::start(&self.host, place.folder(), &settings)?;
        Ok(Stage {
            postgres,
            registered,
            sessions,
            tokens,
            pid: running.process.pid(),
            http,
            _own: own,
        })
    }

    /// The same requests to the server and to the bare one.
    async fn beside_http(
        &mut self,
        stage: &Stage<'_>,
        (what, aim): (&str, f64),
        requests: impl Fn(SocketAddr) -> Vec<Vec<u8>>,
    ) -> Result<()> {
        if !self.is_wanted(what) {
            return Ok(());
        }
        let (own, bare) = (stage.registered.address, stage.http.address);
        let turns = Same::open(own, requests(own)).await?;
        let figures = self.measured(what, stage.pid, turns).await?;
        let turns = Same::open(bare, requests(bare)).await?;
        let floor = measure(&self.host, stage.http.process.pid(), turns).await?;
        self.row(what, figures, floor, Aims::rate(aim));
        Ok(())
    }

    async fn measured<T: Turn>(&self, what: &str, pid: u32, turns: Vec<T>) -> Result<Figures> {
        progress(&format!("{}: {what}", self.database));
        measure(&self.host, pid, turns).await
    }

    fn row(&mut self, what: &str, figures: Figures, floor: Figures, aims: Aims) {
        let row = Row {
            database: self.database,
            what: what.to_owned(),
            figures,
            floor,
            aims,
            statements: None,
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
            let request = |address| cases::client_credentials(registered, address, uri);
            for address in [registered.address, stage.http.address] {
                let found = cases::access_token_alg(address, &request(address)).await?;
                if found != alg {
                    return Err(format!("a token is signed with {found}, not {alg}").into());
                }
            }
            let what = format!("client_credentials {alg}");
            self.beside_http(stage, (&what, CLIENT_CREDENTIALS_AIM), |address| {
                vec![request(address); PEOPLE]
            })
            .await?;
        }
        Ok(())
    }

    async fn documents(&mut self, stage: &Stage<'_>) -> Result<()> {
        for (what, path) in [
            ("key set", "/.well-known/jwks.json"),
            ("discovery", "/.well-known/openid-configuration"),
        ] {
            self.beside_http(stage, (what, DOCUMENT_AIM), |address| {
                vec![wire::get(address, path, ""); PEOPLE]
            })
            .await?;
        }
        Ok(())
    }

    /// What is asked with an access token, each connection with that of a person of its own.
    async fn bearers(&mut self, stage: &Stage<'_>) -> Result<()> {
        let Stage {
            registered, tokens, ..
        } = stage;
        let what = "introspection, person";
        self.beside_http(stage, (what, BEARER_AIM), |address| {
            let ask =
                |token: &PersonToken| cases::introspection(address, &registered.api, &token.value);
            tokens.iter().map(ask).collect()
        })
        .await?;
        let own = cases::own_token(registered).await?;
        let what = "introspection, client";
        self.beside_http(stage, (what, BEARER_AIM), |address| {
            let ask = cases::introspection(address, &registered.authorization, &own);
            vec![ask; PEOPLE]
        })
        .await?;
        self.beside_http(stage, ("UserInfo", BEARER_AIM), |address| {
            let ask = |token: &PersonToken| cases::userinfo(address, &token.value);
            tokens.iter().map(ask).collect()
        })
        .await
    }

    async fn turns(&mut self, stage: &Stage<'_>) -> Result<()> {
        let app = stage.registered.app.as_str();
        let (own, bare) = (stage.registered.address, stage.http.address);
        let bare_pid = stage.http.process.pid();
        if self.is_wanted("code turn") {
            let turns = CodeTurn::open((own, app), &stage.sessions).await?;
            let figures = self.measured("code turn", stage.pid, turns).await?;
            // The bare server knows people by their number.
            let people: Vec<String> = (0..PEOPLE).map(|number| number.to_string()).collect();
            let turns = CodeTurn::open((bare, app), &people).await?;
            let floor = measure(&self.host, bare_pid, turns).await?;
            let aims = Aims::cpu(DATABASE_AIM, CODE_CPU_AIM);
            self.row("code turn", figures, floor, aims);
            self.statements(stage, "code").await?;
        }
        if self.is_wanted("refresh") {
            let turns = RefreshTurn::open(stage.registered, &stage.sessions).await?;
            let figures = self.measured("refresh", stage.pid, turns).await?;
            let tokens = (0..PEOPLE).map(floor::first_refresh_token).collect();
            let turns = RefreshTurn::with_tokens((bare, app), tokens).await?;
            let floor = measure(&self.host, bare_pid, turns).await?;
            let aims = Aims::cpu(DATABASE_AIM, REFRESH_CPU_AIM);
            self.row("refresh", figures, floor, aims);
            self.statements(stage, "refresh").await?;
        }
        Ok(())
    }

    /// The statements of the last row without any HTTP.
    async fn statements(&mut self, stage: &Stage<'_>, kind: &str) -> Result<()> {
        let figures = self.sql_floor(stage, kind).await?;
        if let Some(row) = self.report.rows.last_mut() {
            row.statements = Some(figures);
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
            floor.clone(),
            Aims::rate(PASSWORD_AIM),
        );
        let many = Same::open(registered.address, requests(PEOPLE)).await?;
        let many = self.measured("password", stage.pid, many).await?;
        self.row("password", many, floor, Aims::rate(PASSWORD_AIM));
        Ok(())
    }
}

fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
