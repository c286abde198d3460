//! What is done with the audit log and the counts without anybody asking: exported, swept by age, added up by the hour.

use std::path::Path;
use std::time::Duration;

use placet::admin::{activity, audit};
use placet::config::{AuditExport, Config};
use placet::jobs;
use serde_json::Value;

use super::support::server::{PASSWORD, start_of_time};
use super::support::{Browser, Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const DAY: u64 = 24 * 60 * 60;

fn to_file(path: &Path) -> impl FnOnce(&mut Config) {
    let path = path.to_owned();
    move |config| config.audit.export = AuditExport::File(path)
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.ends_with('\n'));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn places(lines: &[Value]) -> Vec<i64> {
    lines
        .iter()
        .map(|line| line["seq"].as_i64().unwrap())
        .collect()
}

async fn guess(browser: &mut Browser, username: &str, password: &str) -> u16 {
    let page = browser.visit("/login").await;
    let fields = [("username", username), ("password", password)];
    browser.submit(&page, &fields).await.status.as_u16()
}

async fn with_client(db: TestDatabase, change: impl FnOnce(&mut Config)) -> (TestServer, Client) {
    let server = TestServer::start_with(db, change).await;
    server.add_user("ada").await;
    let client = server.web_client().await;
    (server, client)
}

on_both! {
    async fn events_go_to_a_file_in_their_order(db: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("audit.jsonl");
        let (server, client) = with_client(db, to_file(&file)).await;
        client.tokens("ada", &[]).await;
        let (chained, exported) = jobs::chain_once(&server.app).await.unwrap();
        assert!(chained > 4);
        assert_eq!(exported, chained);
        let written = lines(&file);
        assert_eq!(places(&written), (1..).take(chained).collect::<Vec<i64>>());
        let signed_in = written.iter().find(|line| line["kind"] == "sign_in_succeeded").unwrap();
        assert_eq!(signed_in["address"], "127.0.0.1");
        assert_eq!(signed_in["hash"].as_str().unwrap().len(), 64);
        for key in ["id", "at", "actor", "user_id", "request_id"] {
            assert!(signed_in[key].is_string(), "{signed_in}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(jobs::chain_once(&server.app).await.unwrap(), (0, 0));
        // Rotated away: a new file, with what is new alone.
        std::fs::rename(&file, folder.path().join("audit.1")).unwrap();
        server.add_user("bob").await;
        jobs::chain_once(&server.app).await.unwrap();
        assert_eq!(lines(&file).iter().map(|line| line["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), ["user_added"]);
        // Half a line that a full disk left keeps no other from being read.
        std::fs::write(&file, "{\"id\":").unwrap();
        server.add_user("eve").await;
        jobs::chain_once(&server.app).await.unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let (half, whole) = text.split_once('\n').unwrap();
        assert_eq!(half, "{\"id\":");
        assert!(serde_json::from_str::<Value>(whole).unwrap()["seq"].is_number());
    }

    // What could not be written is written later, by whichever node can.
    async fn no_event_is_lost_where_the_file_cannot_be_written(db: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none").join("audit.jsonl");
        let (server, _) = with_client(db, to_file(&missing)).await;
        let error = jobs::chain_once(&server.app).await.unwrap_err().to_string();
        assert!(error.starts_with("audit.export: cannot write it: "), "{error}");
        std::fs::create_dir(folder.path().join("none")).unwrap();
        let other = server.second_node(to_file(&missing)).await;
        jobs::chain_once(&other.app).await.unwrap();
        assert_eq!(jobs::chain_once(&server.app).await.unwrap(), (0, 0));
        let written = places(&lines(&missing));
        assert_eq!(written, (1..).take(written.len()).collect::<Vec<i64>>());
        assert_eq!(i64::try_from(written.len()).unwrap(), server.database.count("audit_events").await);
    }

    async fn events_go_by_the_day_and_the_rest_is_whole(db: TestDatabase) {
        let (server, _) = with_client(db, |config| config.audit.retention = Duration::from_hours(48)).await;
        let count = async || server.database.count("audit_events").await;
        let before = count().await;
        jobs::sweep_once(&server.app, 500).await;
        server.advance(3 * DAY);
        server.add_user("bob").await;
        while jobs::sweep_once(&server.app, 2).await {}
        assert_eq!(server.count_events("audit_swept").await, 1, "one event, however many rounds");
        assert_eq!(count().await, 2);
        let found = audit::verify(&server.app).await.unwrap();
        assert_eq!((found.fault, found.rows, found.first_seq), (None, 2, before + 1));
        for _ in 0..5 {
            jobs::sweep_once(&server.app, 2).await;
        }
        assert_eq!(count().await, 2, "nothing is due before the next day");
        // The log of an installation where nothing happens ends empty.
        for _ in 0..8 {
            server.advance(DAY);
            while jobs::sweep_once(&server.app, 500).await {}
        }
        assert_eq!(count().await, 0);
        assert_eq!(audit::verify(&server.app).await.unwrap().fault, None);
    }

    // S172: a lock-out leaves one event, not one for each attempt that it refused; and another in the next window.
    async fn a_lock_out_is_told_once_in_a_window(db: TestDatabase) {
        let limits = |config: &mut Config| {
            config.sign_in.attempts_per_account = 3;
            config.sign_in.attempts_per_address = 6;
        };
        let (server, _) = with_client(db, limits).await;
        let mut browser = Browser::new(&server.url);
        for _ in 0..3 {
            assert_eq!(guess(&mut browser, "ada", "wrong").await, 200);
        }
        for _ in 0..4 {
            assert_eq!(guess(&mut browser, "ada", PASSWORD).await, 429);
        }
        assert_eq!(server.count_events("sign_in_throttled").await, 1);
        let events = server.app.store.event_kinds(100).await.unwrap();
        let (_, detail) = events.iter().find(|(kind, _)| kind == "sign_in_throttled").unwrap();
        assert_eq!(detail["limit"], "account_here");
        assert!(detail["until"].as_str().unwrap() > "2027-01-15T08:1", "{detail}");
        // Many names from one address are one lock-out, of the address.
        for number in 0..3 {
            assert_eq!(guess(&mut browser, &format!("user{number}"), "wrong").await, 200);
        }
        for number in 0..9 {
            assert_eq!(guess(&mut browser, &format!("other{number}"), "wrong").await, 429);
        }
        assert_eq!(server.count_events("sign_in_throttled").await, 2);
        server.advance(15 * 60);
        for _ in 0..3 {
            assert_eq!(guess(&mut browser, "ada", "wrong").await, 200);
        }
        assert_eq!(guess(&mut browser, "ada", "wrong").await, 429);
        assert_eq!(server.count_events("sign_in_throttled").await, 3);
        assert_eq!(server.count_events("sign_in_failed").await, 9);
    }

    async fn what_happens_is_counted_by_the_hour(db: TestDatabase) {
        let (server, client) = with_client(db, |_| {}).await;
        let other = server.second_node(|_| {}).await;
        let tokens = client.tokens("ada", &[("scope", "openid offline_access")]).await;
        client.refresh(tokens.refresh_token()).await.assert_granted("refresh");
        client.redeem("no code").await;
        let mut browser = Browser::new(&other.url);
        guess(&mut browser, "ada", "wrong").await;
        browser.get("/authorize?client_id=none").await;
        let returned = client.authorize_url(&[("response_type", "nothing")]);
        browser.get(returned.strip_prefix(&server.url).unwrap_or(&returned)).await;
        let rows = server.database.count("activity").await;
        assert_eq!(rows, 0, "counting writes nothing");
        activity::keep(&server.app).await.unwrap();
        activity::keep(&other.app).await.unwrap();
        activity::keep(&other.app).await.unwrap();
        let start = start_of_time();
        let all = activity::hours(&server.app, start, start + chrono::TimeDelta::hours(1)).await.unwrap();
        let count = |kind: &str| all.iter().filter(|row| row.kind == kind).map(|row| row.count).sum::<i64>();
        assert!(all.iter().all(|row| row.hour == start), "{all:?}");
        let counted = ["sign_ins", "sign_in_failures", "tokens.authorization_code", "tokens.refresh_token", "refused.token", "refused.authorize"];
        assert_eq!(counted.map(count), [1, 1, 1, 1, 1, 2], "{all:?}");
        assert_eq!(count("authorizations"), 1, "{all:?}");
        server.advance(3600);
        client.token(&[("grant_type", "refresh_token"), ("refresh_token", "x")]).await;
        activity::keep(&server.app).await.unwrap();
        let next = activity::hours(&server.app, start + chrono::TimeDelta::hours(1), start + chrono::TimeDelta::hours(2)).await.unwrap();
        assert_eq!(next.iter().map(|row| (row.kind.as_str(), row.count)).collect::<Vec<_>>(), [("refused.token", 1)]);
        assert!(activity::hours(&server.app, start, start - chrono::TimeDelta::hours(1)).await.is_err());
        server.advance(91 * DAY);
        jobs::sweep_once(&server.app, 500).await;
        assert_eq!(server.database.count("activity").await, 0);
    }

    async fn what_could_not_be_kept_is_kept_later(db: TestDatabase) {
        let (server, client) = with_client(db, |_| {}).await;
        client.redeem("no code").await;
        server.database.execute("ALTER TABLE activity RENAME TO activity_away").await;
        assert!(activity::keep(&server.app).await.is_err());
        server.database.execute("ALTER TABLE activity_away RENAME TO activity").await;
        activity::keep(&server.app).await.unwrap();
        let start = start_of_time();
        let all = activity::hours(&server.app, start, start + chrono::TimeDelta::hours(1)).await.unwrap();
        assert_eq!(all.iter().map(|row| (row.kind.as_str(), row.count)).collect::<Vec<_>>(), [("refused.token", 1)]);
    }
}
