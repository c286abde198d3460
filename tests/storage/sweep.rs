//! The sweep: removes exactly what is due, at most a batch of each.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use placet::model::client::ClientSecret;
use placet::model::consent::Consent;
use placet::model::event::EventKind;
use placet::model::grant::{Code, Grant, Refresh};
use placet::model::id::UserId;
use placet::model::initial_access_token::InitialAccessToken;
use placet::model::mail::NewMail;
use placet::model::mailed_link::{LinkKind, MailedLink};
use placet::model::session::Session;
use placet::model::signing_key::SigningAlg;
use placet::storage::{NewIssue, Store, Swept};

use super::build::{self, after, client_id, event, event_at, now};
use super::grants::step;
use super::mails;
use crate::support::database::on_both;

const MICRO: TimeDelta = TimeDelta::microseconds(1);

/// Rows of every kind that end now, and as many that end a microsecond later.
async fn fill(store: &Store) {
    let made = || event_at(after(99));
    let user = build::stored_user(store, "ada").await;
    let mut client = build::client("web");
    client.secrets = vec![build::secret()];
    for end in [now(), now() + MICRO] {
        fill_one(store, user.id, end).await;
        client.secrets.push(ClientSecret {
            expires_at: Some(end),
            ..build::secret()
        });
    }
    store.add_client(&client, &made()).await.unwrap();
    for (end, uri) in [
        (now(), "https://a.example"),
        (now() + MICRO, "https://b.example"),
    ] {
        let consent = Consent {
            expires_at: Some(end),
            resources: [uri].into_iter().collect(),
            ..build::consent(user.id, &client.id)
        };
        let code = build::code_in(store, user.id, &client.id).await;
        let allowed = made();
        let issue = NewIssue {
            code: &code,
            consent: Some((Some(&consent), &allowed)),
            hears_of_logout: false,
        };
        store.issue_code(&issue).await.unwrap();
    }
    let keys = [(); 3].map(|()| build::key(SigningAlg::RS256));
    store.add_first_key(&keys[0], &made()).await.unwrap();
    store.rotate_key(&keys[1], now(), &made()).await.unwrap();
    store
        .rotate_key(&keys[2], now() + MICRO, &made())
        .await
        .unwrap();
}

/// One row of each kind that belongs to a person and ends then.
async fn fill_one(store: &Store, user: UserId, end: DateTime<Utc>) {
    let made = || event_at(after(99));
    let code = Code {
        sweep_at: end,
        ..build::code_in(store, user, &client_id("web")).await
    };
    let issue = NewIssue {
        code: &code,
        consent: None,
        hears_of_logout: false,
    };
    store.issue_code(&issue).await.unwrap();
    // Grants go by the day: what ends before a midnight is due a day after that midnight.
    let midnight = now().duration_trunc(TimeDelta::days(1)).unwrap() - TimeDelta::days(1);
    let idle_expires_at = if end == now() {
        midnight - MICRO
    } else {
        midnight
    };
    let refresh = Refresh {
        idle_expires_at,
        ..build::refresh()
    };
    let grant = build::grant(user, &client_id("web"));
    store
        .add_grant(&grant, Some(&refresh), None, &made())
        .await
        .unwrap();
    let session = Session {
        idle_expires_at: end,
        ..build::session(user)
    };
    store
        .start_session(&session, None, None, &made())
        .await
        .unwrap();
    let ended = Session {
        idle_expires_at: after(9),
        ..build::session(user)
    };
    store
        .start_session(&ended, None, None, &made())
        .await
        .unwrap();
    store
        .note_session_client(ended.id, &client_id("web"))
        .await
        .unwrap();
    let at = event_at(end - placet::model::logout::DELIVERY_TTL);
    store.end_session(&ended, &at).await.unwrap();
    let key = [end.to_string()];
    store.count_failure(&key, now() - MICRO, end).await.unwrap();
    assert!(store.use_assertion(&build::hash(), end).await.unwrap());
    store
        .revoke_token(&build::hash(), end, &made())
        .await
        .unwrap();
    let token = InitialAccessToken {
        expires_at: end,
        ..build::initial_access_token()
    };
    store
        .add_initial_access_token(&token, &build::hash(), &made())
        .await
        .unwrap();
    let old = NewMail {
        expires_at: end - TimeDelta::days(1),
        ..mails::mail()
    };
    let link = MailedLink {
        expires_at: end,
        email: Some(end.to_string()),
        ..mails::link(LinkKind::SignUp, None)
    };
    store
        .add_mailed_link(&link, Some(&old), &made())
        .await
        .unwrap();
    store.add_activity(end, &[("a", 1)]).await.unwrap();
}

on_both! {
    async fn what_is_due_goes_and_nothing_else(db: TestDatabase) {
        fill(&db.store).await;
        let before = db.row_counts().await;
        let swept = db.store.sweep(now(), now(), 100).await.unwrap();
        let expected = Swept {
            codes: 1,
            grants: 1,
            sessions: 1,
            throttles: 1,
            secrets: 1,
            keys: 1,
            assertions: 1,
            revoked_tokens: 1,
            initial_access_tokens: 1,
            logout_deliveries: 1,
            mails: 1,
            mailed_links: 1,
            activity: 1,
            consents: 1,
        };
        assert_eq!(swept, expected);
        assert_eq!(swept.total(), 14);
        let mut expected = before;
        for (table, gone) in [
            ("codes", 1),
            ("grants", 1),
            ("sessions", 1),
            ("sign_in_throttles", 1),
            ("client_secrets", 1),
            ("signing_keys", 1),
            ("used_assertions", 1),
            ("revoked_tokens", 1),
            ("initial_access_tokens", 1),
            ("logout_deliveries", 1),
            ("outgoing_mails", 1),
            ("mailed_links", 1),
            ("activity", 1),
            ("consents", 1),
        ] {
            *expected.get_mut(table).unwrap() -= gone;
        }
        assert_eq!(db.row_counts().await, expected);
        assert_eq!(db.store.sweep(now(), now(), 100).await.unwrap(), Swept::default(), "a second round finds nothing");
    }

    async fn a_round_takes_a_batch(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let session_id = build::code_in(&db.store, user.id, &client_id("web")).await.session_id;
        for _ in 0..25 {
            let code = Code { session_id, sweep_at: now(), ..build::code(user.id, &client_id("web")) };
            db.store.issue_code(&NewIssue { code: &code, consent: None, hears_of_logout: false }).await.unwrap();
        }
        let before_all = now() - TimeDelta::days(1);
        let mut rounds = Vec::new();
        loop {
            let swept = db.store.sweep(now(), before_all, 10).await.unwrap();
            rounds.push(swept.codes);
            if !swept.is_full(10) {
                break;
            }
        }
        assert_eq!(rounds, [10, 10, 5]);
        assert_eq!(db.count("codes").await, 0);
    }

    async fn a_grant_stays_until_its_last_token_is_dead(db: TestDatabase) {
        let user = build::stored_user(&db.store, "ada").await;
        let (grant, refresh) = build::stored_grant(&db.store, user.id, &client_id("web")).await;
        let bare = Grant { expires_at: after(50), ..build::grant(user.id, &client_id("web")) };
        db.store.add_grant(&bare, None, None, &event(EventKind::GrantCreated)).await.unwrap();
        let before_all = now() - TimeDelta::days(1);
        let alive = db.store.sweep(after(50) - MICRO, before_all, 9).await.unwrap();
        assert_eq!(alive.grants, 0);
        let rotated = placet::storage::Rotate {
            idle_expires_at: refresh.idle_expires_at + TimeDelta::days(40),
            expires_at: refresh.idle_expires_at + TimeDelta::days(80),
            ..step(&grant, &refresh)
        };
        assert!(db.store.rotate_refresh_token(&rotated).await.unwrap());
        let a_day_after_the_first_end = after(50) + TimeDelta::days(2);
        assert_eq!(db.store.sweep(a_day_after_the_first_end, before_all, 9).await.unwrap().grants, 1, "the bare one");
        let end = rotated.idle_expires_at;
        assert_eq!(db.store.sweep(end, before_all, 9).await.unwrap().grants, 0);
        // The last access token may have been made a moment before, and live a day.
        assert_eq!(db.store.sweep(end + TimeDelta::days(1), before_all, 9).await.unwrap().grants, 0);
        assert_eq!(db.store.sweep(end + TimeDelta::days(2), before_all, 9).await.unwrap().grants, 1);
    }

    async fn an_empty_database_sweeps_to_nothing(db: TestDatabase) {
        let swept = db.store.sweep(after(1_000_000), after(1_000_000), 100).await.unwrap();
        assert_eq!(swept, Swept::default());
        assert_eq!(swept.total(), 0);
        assert!(!swept.is_full(1));
    }
}
