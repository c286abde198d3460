//! What the server tells of itself: log lines through `tracing`, figures for Prometheus.

use std::io::IsTerminal as _;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tracing_subscriber::EnvFilter;

mod activity;

pub use activity::{Activity, ActivityCounters};

/// Starts the log: lines on stderr, as text or JSON. `filter` is tracing's (`info`, `placet=debug`, …).
pub fn start_log(filter: &str, is_json: bool) {
    let mut filter_text = filter.to_owned();
    if !filter.contains("actix") {
        // Its four lines at every start say what ours says in one.
        filter_text.push_str(",actix_server=warn");
    }
    let filter = EnvFilter::try_new(filter_text).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first.
    let _ = if is_json {
        lines.json().flatten_event(true).with_ansi(false).try_init()
    } else {
        lines.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct EndpointOutcome {
    endpoint: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Endpoint {
    endpoint: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct GrantLabel {
    grant_type: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FactorOutcome {
    factor: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ActionLimit {
    action: &'static str,
    limit: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

/// The figures behind `/metrics`.
pub struct Metrics {
    registry: Registry,
    requests: Family<EndpointOutcome, Counter>,
    latency: Family<Endpoint, Histogram, fn() -> Histogram>,
    tokens: Family<GrantLabel, Counter>,
    sign_ins: Family<FactorOutcome, Counter>,
    throttled: Family<ActionLimit, Counter>,
    logout_calls: Family<OutcomeLabel, Counter>,
    mails: Family<OutcomeLabel, Counter>,
    swept: Counter,
    refusals_dropped: Counter,
    hash_queue: Gauge,
    pool_open: Gauge,
    pool_idle: Gauge,
    /// What is kept by the hour.
    pub activity: ActivityCounters,
}

/// From half a millisecond to ten seconds.
fn latency_histogram() -> Histogram {
    Histogram::new([
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
    ])
}

/// What is shown at a sign-in, as `/metrics` counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    Password,
    /// Of an app, or a recovery code: the second factor.
    Code,
    Passkey,
    /// An account at another provider.
    Upstream,
}

impl Factor {
    /// Its name in the figures.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::Upstream => "upstream",
        }
    }
}

/// How sign-ins end, as `/metrics` counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInOutcome {
    Succeeded,
    Failed,
    Throttled,
    Busy,
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("placet"),
            requests: Family::default(),
            latency: Family::new_with_constructor(latency_histogram),
            tokens: Family::default(),
            sign_ins: Family::default(),
            throttled: Family::default(),
            logout_calls: Family::default(),
            mails: Family::default(),
            swept: Counter::default(),
            refusals_dropped: Counter::default(),
            hash_queue: Gauge::default(),
            pool_open: Gauge::default(),
            pool_idle: Gauge::default(),
            activity: ActivityCounters::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register(
            "http_requests",
            "Requests by endpoint and outcome",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "Time from request to answer by endpoint",
            Unit::Seconds,
            self.latency.clone(),
        );
        registry.register(
            "access_tokens_issued",
            "Access tokens issued by grant type",
            self.tokens.clone(),
        );
        registry.register(
            "sign_ins",
            "Factors shown at sign-ins, by outcome",
            self.sign_ins.clone(),
        );
        registry.register(
            "throttled",
            "Attempts that were not looked at because a limit was used up, by what was tried and which limit",
            self.throttled.clone(),
        );
        registry.register(
            "logout_calls",
            "Calls that tell clients of ended sessions, by outcome",
            self.logout_calls.clone(),
        );
        registry.register("mails", "Mails by outcome", self.mails.clone());
        registry.register("swept_rows", "Expired rows deleted", self.swept.clone());
        registry.register(
            "refusals_dropped",
            "Refused requests that are not remembered, because there were too many at once",
            self.refusals_dropped.clone(),
        );
        registry.register(
            "password_hash_queue",
            "Passwords waiting to be hashed",
            self.hash_queue.clone(),
        );
        registry.register(
            "database_connections_open",
            "Open connections to the database",
            self.pool_open.clone(),
        );
        registry.register(
            "database_connections_idle",
            "Idle connections to the database",
            self.pool_idle.clone(),
        );
        self
    }

    /// Counts an answered request. `status` is the HTTP status.
    pub fn count_request(&self, endpoint: &'static str, status: u16, took: Duration) {
        let outcome = match status {
            0..400 => "ok",
            429 => "throttled",
            400..500 => "refused",
            _ => "failed",
        };
        self.requests
            .get_or_create(&EndpointOutcome { endpoint, outcome })
            .inc();
        self.latency
            .get_or_create(&Endpoint { endpoint })
            .observe(took.as_secs_f64());
        self.activity.count_answer(endpoint, status);
    }

    /// Counts an authorization request that was in order.
    pub fn count_authorization(&self) {
        self.activity.count(Activity::Authorizations);
    }

    /// Counts an error that goes back to the client by way of the browser, which no status shows.
    pub fn count_returned_error(&self) {
        self.activity.count(Activity::RefusedAuthorize);
    }

    /// Counts an issued access token.
    pub fn count_token(&self, grant_type: &'static str) {
        self.activity.count_token(grant_type);
        self.tokens.get_or_create(&GrantLabel { grant_type }).inc();
    }

    /// Counts a factor that was shown. One that comes after another is no sign-in of its own.
    pub fn count_sign_in(&self, factor: Factor, outcome: SignInOutcome) {
        match outcome {
            SignInOutcome::Succeeded if factor == Factor::Code => {}
            SignInOutcome::Succeeded => self.activity.count(Activity::SignIns),
            SignInOutcome::Failed => self.activity.count(Activity::SignInFailures),
            SignInOutcome::Throttled => self.activity.count(Activity::SignInsThrottled),
            SignInOutcome::Busy => {}
        }
        let outcome = match outcome {
            SignInOutcome::Succeeded => "succeeded",
            SignInOutcome::Failed => "failed",
            SignInOutcome::Throttled => "throttled",
            SignInOutcome::Busy => "busy",
        };
        let factor = factor.as_str();
        self.sign_ins
            .get_or_create(&FactorOutcome { factor, outcome })
            .inc();
    }

    /// Counts what was not looked at because `limit` was used up.
    pub fn count_throttled(&self, action: &'static str, limit: &'static str) {
        self.throttled
            .get_or_create(&ActionLimit { action, limit })
            .inc();
    }

    /// Counts a call that tells a client of an ended session: `delivered`, `failed` or, after the last attempt, `given_up`.
    pub fn count_logout_call(&self, outcome: &'static str) {
        self.logout_calls
            .get_or_create(&OutcomeLabel { outcome })
            .inc();
    }

    /// Counts a mail: `sent`, `failed` or, after the last attempt, `given_up`.
    pub fn count_mail(&self, outcome: &'static str) {
        self.mails.get_or_create(&OutcomeLabel { outcome }).inc();
    }

    /// Counts deleted rows.
    pub fn count_swept(&self, rows: u64) {
        self.swept.inc_by(rows);
    }

    /// Counts refused requests that are not remembered.
    pub fn count_dropped_refusals(&self, refusals: u64) {
        self.refusals_dropped.inc_by(refusals);
    }

    /// The text format, with the gauges as they stand.
    pub fn encode(
        &self,
        hash_queue: usize,
        pool: crate::storage::PoolUse,
    ) -> Result<String, std::fmt::Error> {
        self.hash_queue
            .set(i64::try_from(hash_queue).unwrap_or(i64::MAX));
        self.pool_open.set(i64::from(pool.open));
        self.pool_idle
            .set(i64::try_from(pool.idle).unwrap_or(i64::MAX));
        let mut out = String::with_capacity(8192);
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
