//! How values lie in SQLite, which holds what it is given: text that sorts by time, blobs, whole numbers.

use placet::crypto::ChainKey;
use placet::model::event::{Event, EventKind, Origin};
use placet::model::id::ClientId;
use placet::model::mailed_link::LinkKind;
use placet::model::secret::PasswordHash;
use placet::model::signing_key::SigningAlg;
use placet::random;
use placet::storage::{NewIssue, PasswordReset, Store, UserTerms};

use super::build::{self, after, event, now};
use super::mails;
use crate::support::database::{Kind, TABLES, TestDatabase, on_both};

/// A row in every table, every column set in one of them at least.
async fn fill(store: &Store) {
    let any = || event(EventKind::UserUpdated);
    let mut client = build::client("web");
    client.secrets[0].expires_at = Some(after(9));
    store.add_client(&client, &any()).await.unwrap();
    client.disabled_at = Some(now());
    store.update_client(&client, &any()).await.unwrap();
    let (scope, resource) = (build::scope("read"), build::resource("https://a.example"));
    store.put_scope(&scope, None, &any()).await.unwrap();
    store.add_resource(&resource, now(), &any()).await.unwrap();
    let (first, second) = (build::key(SigningAlg::RS256), build::key(SigningAlg::RS256));
    store.add_first_key(&first, &any()).await.unwrap();
    store.rotate_key(&second, after(9), &any()).await.unwrap();
    store.installation(random::uuid(), now()).await.unwrap();
    store.set_secret_key_check(&[1, 2, 3]).await.unwrap();
    let hash = build::hash();
    store.revoke_token(&hash, after(9), &any()).await.unwrap();
    let account = ["123".to_owned()];
    store
        .count_failure(&account, now(), after(9))
        .await
        .unwrap();
    fill_of_user(store, &client.id).await;
    let key = ChainKey::new(&[1; 32]).unwrap();
    store.begin_chain(b"sealed", &key).await.unwrap();
    store.chain_events(&key, 1000).await.unwrap();
    store.add_activity(now(), &[("a", 1)]).await.unwrap();
}

/// What belongs to a person.
async fn fill_of_user(store: &Store, client: &ClientId) {
    let any = || event(EventKind::UserUpdated);
    let user = build::stored_user(store, "ada").await;
    let (code, consent, consented) = (
        build::code_in(store, user.id, client).await,
        build::consent(user.id, client),
        any(),
    );
    let issue = NewIssue {
        code: &code,
        consent: Some((Some(&consent), &consented)),
        hears_of_logout: false,
    };
    store.issue_code(&issue).await.unwrap();
    let (grant, refresh) = (build::grant_of(&code), build::refresh());
    store
        .redeem_code(&code.hash, &grant, Some(&refresh), &any())
        .await
        .unwrap();
    store.revoke_grant(grant.id, &any()).await.unwrap();
    super::factors::fill(store, user.id).await;
    super::upstream_accounts::fill(store, user.id).await;
    let bob = build::stored_user(store, "bob").await;
    store
        .disable_user(bob.id, UserTerms::default(), &any())
        .await
        .unwrap();
    let queued = mails::mail();
    let opened = mails::link(LinkKind::ResetPassword, Some(user.id));
    store
        .add_mailed_link(&opened, Some(&queued), &any())
        .await
        .unwrap();
    let password = PasswordHash::from_phc("hash".to_owned());
    let reset = PasswordReset {
        link: &opened,
        password: &password,
        ends_sessions: false,
        notice: None,
    };
    store.reset_password(&reset, &any()).await.unwrap();
    let open = mails::link(LinkKind::VerifyEmail, Some(user.id));
    store.add_mailed_link(&open, None, &any()).await.unwrap();
    let session = build::session(user.id);
    store
        .start_session(&session, None, None, &any())
        .await
        .unwrap();
    let event = Event {
        user_id: Some(user.id),
        client_id: Some(client.clone()),
        origin: Origin {
            address: Some("192.0.2.1".to_owned()),
            request_id: Some("r".to_owned()),
        },
        ..any()
    };
    store.record(&event).await.unwrap();
}

/// What a column of that declared type must hold.
fn expected(declared: &str) -> &'static str {
    match declared {
        "UUID" | "BYTEA" => "blob",
        "TIMESTAMPTZ" | "TEXT" | "JSONB" => "text",
        "BIGINT" | "BOOLEAN" => "integer",
        other => panic!("{other} is no type of the portable-SQL rules"),
    }
}

/// Columns and tables that `fill` leaves empty.
const EMPTY: &[&str] = &[
    "activity.count",
    "activity.hour",
    "activity.kind",
    "audit_chain.exported_seq",
    "audit_chain.id",
    "audit_chain.key_sealed",
    "audit_chain.last_hash",
    "audit_chain.last_seq",
    "audit_chain.swept_hash",
    "audit_chain.swept_seq",
    "audit_events.hash",
    "audit_events.seq",
    "client_secrets.secret_sealed",
    "clients.name_key",
    "clients.registration_token_hash",
    "clients.sweep_at",
    "codes.claims",
    "grants.claims",
    "initial_access_tokens.created_at",
    "initial_access_tokens.expires_at",
    "initial_access_tokens.id",
    "initial_access_tokens.name",
    "initial_access_tokens.token_hash",
    "initial_access_tokens.uses_left",
    "installation.pairwise_key_sealed",
    "logout_deliveries.attempts",
    "logout_deliveries.client_id",
    "logout_deliveries.created_at",
    "logout_deliveries.expires_at",
    "logout_deliveries.id",
    "logout_deliveries.next_attempt_at",
    "logout_deliveries.session_id",
    "logout_deliveries.user_id",
    "mailed_links.used_at",
    "managed.applied_at",
    "managed.definition",
    "managed.id",
    "managed.kind",
    "managed.source",
    "refused_requests.address",
    "refused_requests.at",
    "refused_requests.client_id",
    "refused_requests.code",
    "refused_requests.endpoint",
    "refused_requests.id",
    "refused_requests.params",
    "refused_requests.reason",
    "refused_requests.status",
    "refused_requests.user_agent",
    "refused_requests.user_id",
    "revoked_tokens.expires_at",
    "revoked_tokens.hash",
    "session_clients.client_id",
    "session_clients.session_id",
    "users.claims",
];

#[tokio::test]
async fn every_column_holds_the_type_it_declares_on_sqlite() {
    let db = TestDatabase::new(Kind::Sqlite).await.unwrap();
    fill(&db.store).await;
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY name";
    assert_eq!(db.texts(tables.to_owned()).await, TABLES);
    let mut seen = 0;
    for table in TABLES {
        let columns = db
            .texts(format!(
                "SELECT name || ' ' || type FROM pragma_table_info('{table}')"
            ))
            .await;
        for column in columns {
            let (name, declared) = column.split_once(' ').unwrap();
            let found = db
                .texts(format!(
                    "SELECT DISTINCT typeof({name}) FROM {table} WHERE {name} IS NOT NULL"
                ))
                .await;
            // What nothing fills yet.
            if found.is_empty() && EMPTY.contains(&format!("{table}.{name}").as_str()) {
                continue;
            }
            assert_eq!(found, [expected(declared)], "{table}.{name} {declared}");
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen}");
}

#[tokio::test]
async fn times_are_written_in_utc_so_that_text_order_is_time_order() {
    let db = TestDatabase::new(Kind::Sqlite).await.unwrap();
    fill(&db.store).await;
    let times = db
        .texts("SELECT DISTINCT created_at FROM users".to_owned())
        .await;
    assert_eq!(times, ["2027-01-15T08:00:00.123457+00:00"]);
    for (table, column) in [
        ("codes", "expires_at"),
        ("grants", "revoked_at"),
        ("audit_events", "at"),
    ] {
        let odd = db
            .texts(format!(
                "SELECT {column} FROM {table} WHERE {column} NOT LIKE '____-__-__T%+00:00'"
            ))
            .await;
        assert!(odd.is_empty(), "{table}.{column}: {odd:?}");
    }
}

on_both! {
    async fn text_is_kept_byte_for_byte(db: TestDatabase) {
        // Digits, which a numeric column would make a number of; quotes; what SQL would read.
        for name in ["0123", "1e5", "'; DROP TABLE users; --", "a\u{301}", "\u{e1}", "\u{1f980}"] {
            let mut user = build::user("x");
            name.clone_into(&mut user.username);
            user.email = None;
            user.name = Some(name.to_owned());
            user.roles = vec![name.to_owned()];
            // The last two are one account to the key, two spellings to the eye.
            let added = db.store.add_user(&user, &event(EventKind::UserAdded)).await.unwrap();
            let Some(found) = db.store.find_user(user.id).await.unwrap() else {
                assert_eq!((name, added), ("\u{e1}", placet::storage::Added::AlreadyThere));
                continue;
            };
            assert_eq!((found.username.as_str(), found.name.as_deref()), (name, Some(name)));
            assert_eq!(found.roles, [name]);
        }
    }
}
