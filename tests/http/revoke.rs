//! `POST /revoke` (RFC 7009): one token of a family ends the family, everywhere, at once (S110 to S115, S94).

use placet::keys::crypto::SigningKey;
use placet::keys::jwt;
use reqwest::Method;
use serde_json::json;

use super::support::client::Tokens;
use super::support::requests::{ask, encode};
use super::support::storm::at_once;
use super::support::{Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];
const GRANT: &[(&str, &str)] = &[("grant_type", "client_credentials")];

async fn started(db: TestDatabase) -> (TestServer, Client) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    let client = server.web_client().await;
    (server, client)
}

async fn assert_family_dead(client: &Client, family: &[&Tokens], what: &str) {
    for tokens in family {
        client.assert_dead(tokens.access_token(), what).await;
        client.assert_dead(tokens.refresh_token(), what).await;
        let refused = client.refresh(tokens.refresh_token()).await;
        refused.assert_refused(400, "invalid_grant", what);
    }
}

on_both! {
    // S110: access token, refresh token, an older one that was rotated: each ends the family. S94: the retry window revives nothing.
    async fn any_token_of_a_family_ends_the_family(db: TestDatabase) {
        let (server, client) = started(db).await;
        for which in 0..4 {
            let first = client.tokens("ada", OFFLINE).await;
            let bystander = client.tokens("ada", OFFLINE).await;
            let second = client.refresh(first.refresh_token()).await;
            let (token, what) = match which {
                0 => (second.access_token(), "access token"),
                1 => (first.access_token(), "older access token"),
                2 => (second.refresh_token(), "refresh token"),
                _ => (first.refresh_token(), "rotated refresh token"),
            };
            // The hint may be wrong (§2.1).
            let hint = ["refresh_token", "access_token", "nonsense"][which % 3];
            let answer = client.call("/revoke", &[("token", token), ("token_type_hint", hint)], &[]).await;
            assert_eq!(answer.status, 200, "{what}: {}", answer.json);
            assert_eq!(server.count_events("grant_revoked").await, which + 1, "{what}");
            assert_family_dead(&client, &[&first, &second], what).await;
            client.revoked(token).await;
            client.revoked(second.refresh_token()).await;
            assert_eq!(server.count_events("grant_revoked").await, which + 1, "{what}: once");
            client.assert_live(bystander.access_token(), "another grant of the same person").await;
            client.refresh(bystander.refresh_token()).await.assert_granted("another grant of the same person");
        }
        assert_eq!(server.count_events("refresh_token_replayed").await, 0);
    }

    // S110: a client's own token has no family, and is remembered until it would have ended.
    async fn a_clients_own_token_is_revoked(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let (one, two) = (client.token(GRANT).await, client.token(GRANT).await);
        client.assert_live(one.access_token(), "before").await;
        for _ in 0..2 {
            client.revoked(one.access_token()).await;
            client.assert_dead(one.access_token(), "after").await;
        }
        client.assert_live(two.access_token(), "another one").await;
        assert_eq!(server.count_events("token_revoked").await, 1);
        assert_eq!(server.database.count("revoked_tokens").await, 1);
        let whole = server.database.texts("SELECT detail FROM audit_events WHERE kind = 'token_revoked'".to_owned());
        if server.database.kind == crate::support::database::Kind::Sqlite {
            let jti = one.decoded().1["jti"].as_str().unwrap().to_owned();
            assert!(!whole.await.concat().contains(&jti), "the id stays a secret");
        }
        server.advance(599);
        placet::jobs::sweep_once(&server.app, 100).await;
        client.assert_dead(one.access_token(), "a second before its end").await;
        server.advance(120);
        placet::jobs::sweep_once(&server.app, 100).await;
        assert_eq!(server.database.count("revoked_tokens").await, 0, "forgotten when nothing is left to remember");
    }

    // S111: not revoked, and no sign whether it exists. S113: unknown and malformed ones alike.
    async fn anothers_token_is_answered_like_an_unknown_one(db: TestDatabase) {
        let (server, client) = started(db).await;
        let service = server.service_client().await;
        let attackers = [server.web_client().await, server.public_client().await];
        let tokens = client.tokens("ada", OFFLINE).await;
        let rotated = client.refresh(tokens.refresh_token()).await;
        let own = service.token(GRANT).await;
        let before = server.database.row_counts().await;
        for attacker in &attackers {
            let unknown = attacker.revoke("placet_rt_unknown").await;
            for token in [tokens.access_token(), tokens.refresh_token(), rotated.refresh_token(), own.access_token()] {
                let answer = attacker.revoke(token).await;
                assert_eq!(answer.status, unknown.status);
                assert_eq!(answer.json, unknown.json);
                let names = |answer: &Tokens| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
                assert_eq!(names(&answer), names(&unknown));
            }
            for garbage in ["x", "..", "a.b.c", "placet_at_x", "placet_rt_", "\u{e9}", &"y".repeat(60_000)] {
                attacker.revoked(garbage).await;
            }
            attacker.revoked(tokens.json["id_token"].as_str().unwrap()).await;
        }
        client.revoked(tokens.json["id_token"].as_str().unwrap()).await;
        assert_eq!(server.database.row_counts().await, before, "nothing was written");
        client.assert_live(rotated.access_token(), "its own").await;
        service.assert_live(own.access_token(), "its own").await;
        client.refresh(rotated.refresh_token()).await.assert_granted("its own");
    }

    // S111: who has a shared secret can write any `jti` into a token, and revokes nothing with it.
    async fn a_borrowed_id_revokes_nothing(db: TestDatabase) {
        let (server, victim) = started(db).await;
        let uri = "https://shared.example/";
        server.add_scope("s:read", "read").await;
        let secret = server.add_resource_with(uri, "s:read", "HS256", None).await.unwrap();
        let attacker = server.client_with(&["client_credentials"], "s:read", &[uri]).await;
        let tokens = victim.tokens("ada", OFFLINE).await;
        let mut claims = tokens.decoded().1;
        claims["client_id"] = json!(attacker.id);
        let key = SigningKey::from_hmac_secret(None, secret.as_bytes()).unwrap();
        let forged = jwt::sign(&key, "JWT", &claims).unwrap();
        attacker.assert_dead(&forged, "another client's grant").await;
        attacker.revoked(&forged).await;
        victim.assert_live(tokens.access_token(), "untouched").await;
        claims["client_id"] = json!(victim.id);
        claims["scope"] = json!("openid s:read admin");
        let wider = jwt::sign(&key, "JWT", &claims).unwrap();
        victim.assert_dead(&wider, "more than was granted").await;
        // A token of no end is forgotten after a day all the same.
        let own = json!({"iss": server.url, "sub": attacker.id, "client_id": attacker.id, "jti": "x", "iat": 1, "exp": 99_999_999_999_i64});
        attacker.revoked(&jwt::sign(&key, "JWT", &own).unwrap()).await;
        assert_eq!(server.database.count("revoked_tokens").await, 1);
        server.advance(86_400 + 61);
        placet::jobs::sweep_once(&server.app, 100).await;
        assert_eq!(server.database.count("revoked_tokens").await, 0);
    }

    // S112: by its name alone, from the browser it runs in.
    async fn a_public_client_revokes_when_somebody_signs_out(db: TestDatabase) {
        let (server, _) = started(db).await;
        let client = server.public_client().await;
        let tokens = client.tokens("ada", OFFLINE).await;
        let origin = ("origin", "https://spa.example");
        let asked = [origin, ("access-control-request-method", "POST")];
        let page = ask(&server, Method::OPTIONS, "/revoke", &asked, "").await;
        assert_eq!((page.status.as_u16(), page.header("access-control-allow-origin")), (204, origin.1));
        let body = encode(&[("token", tokens.refresh_token()), ("client_id", &client.id)]);
        let page = ask(&server, Method::POST, "/revoke", &[FORM, origin], &body).await;
        assert_eq!((page.status.as_u16(), page.header("access-control-allow-origin")), (200, origin.1));
        client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "revoked");
        let page = ask(&server, Method::POST, "/revoke", &[FORM, ("origin", "https://evil.example")], &body).await;
        assert!(!page.headers.contains_key("access-control-allow-origin"));
    }

    // S113: no proof, no answer; and what a request must look like.
    async fn a_revocation_needs_its_client(db: TestDatabase) {
        let (server, client) = started(db).await;
        let tokens = client.tokens("ada", OFFLINE).await;
        let token = tokens.refresh_token();
        for (what, params) in [
            ("nobody", vec![("token", token)]),
            ("no secret", vec![("token", token), ("client_id", &client.id)]),
            ("wrong secret", vec![("token", token), ("client_id", &client.id), ("client_secret", "x")]),
            ("unknown client", vec![("token", token), ("client_id", "nobody")]),
        ] {
            let page = ask(&server, Method::POST, "/revoke", &[FORM], &encode(&params)).await;
            assert_eq!(page.status, 401, "{what}");
            assert!(page.body.contains("invalid_client"), "{what}");
        }
        client.call("/revoke", &[], &[]).await.assert_refused(400, "invalid_request", "no token");
        client.call("/revoke", &[("token", token), ("token", token)], &[]).await.assert_refused(400, "invalid_request", "twice");
        let in_address = format!("/revoke?token={token}");
        client.call(&in_address, &[("token", "x")], &[]).await.assert_refused(400, "invalid_request", "in the address");
        for method in [Method::GET, Method::PUT] {
            let page = ask(&server, method, &in_address, &[], "").await;
            assert_eq!((page.status.as_u16(), page.header("allow")), (405, "POST, OPTIONS"));
        }
        client.refresh(token).await.assert_granted("nothing was revoked");
    }

    // S114: never a 200 for what was not done.
    async fn a_failing_database_is_no_success(db: TestDatabase) {
        let (server, client) = started(db).await;
        let service = server.service_client().await;
        let tokens = client.tokens("ada", OFFLINE).await;
        let own = service.token(GRANT).await;
        // The change can be read, but not be written: the log of events is gone.
        server.database.execute("ALTER TABLE audit_events RENAME TO audit_events_away").await;
        client.revoke(tokens.refresh_token()).await.assert_refused(500, "server_error", "refresh token");
        client.revoke(tokens.access_token()).await.assert_refused(500, "server_error", "access token");
        service.revoke(own.access_token()).await.assert_refused(500, "server_error", "a client's own");
        client.assert_live(tokens.access_token(), "nothing half done").await;
        service.assert_live(own.access_token(), "nothing half done").await;
        server.database.execute("ALTER TABLE audit_events_away RENAME TO audit_events").await;
        client.revoked(tokens.refresh_token()).await;
        client.assert_dead(tokens.access_token(), "tried again").await;
        server.app.store.close().await;
        client.revoke(tokens.refresh_token()).await.assert_refused(500, "server_error", "no database");
        service.revoke(own.access_token()).await.assert_refused(500, "server_error", "no database");
    }

    // S113: what has expired is answered like what was revoked, and nothing is written for it.
    async fn an_expired_token_leaves_no_trace(db: TestDatabase) {
        let (server, client) = started(db).await;
        let service = server.service_client().await;
        let (tokens, own) = (client.tokens("ada", OFFLINE).await, service.token(GRANT).await);
        server.advance(600);
        let before = server.database.row_counts().await;
        client.revoked(tokens.access_token()).await;
        service.revoked(own.access_token()).await;
        assert_eq!(server.database.row_counts().await, before);
        client.refresh(tokens.refresh_token()).await.assert_granted("an expired access token ends no family");
        server.advance(366 * 86_400);
        client.revoked(tokens.refresh_token()).await;
        assert_eq!(server.count_events("grant_revoked").await, 0);
    }

    // S115: the other node knows at once, without having been told.
    async fn what_is_revoked_here_is_dead_there(db: TestDatabase) {
        let (first, client) = started(db).await;
        let issuer = first.app.config.issuer.clone();
        let second = first.second_node(|config| config.issuer = issuer).await;
        let service = first.service_client().await;
        let (client_there, service_there) = (client.at(&second), service.at(&second));
        for _ in 0..5 {
            let (tokens, own) = (client.tokens("ada", OFFLINE).await, service.token(GRANT).await);
            client_there.assert_live(tokens.access_token(), "before, there").await;
            service_there.assert_live(own.access_token(), "before, there").await;
            client.revoked(tokens.refresh_token()).await;
            client_there.assert_dead(tokens.access_token(), "at once, there").await;
            service.revoked(own.access_token()).await;
            service_there.assert_dead(own.access_token(), "at once, there").await;
            client_there.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "there");
        }
    }

    // 64 at once: all are told that it is done, one did it.
    async fn many_revocations_at_once_are_one(db: TestDatabase) {
        let (server, client) = started(db).await;
        let service = server.service_client().await;
        let (tokens, own) = (client.tokens("ada", OFFLINE).await, service.token(GRANT).await);
        let statuses = at_once(64, |index| {
            let (client, token) = match index % 3 {
                0 => (client.clone(), tokens.access_token().to_owned()),
                1 => (client.clone(), tokens.refresh_token().to_owned()),
                _ => (service.clone(), own.access_token().to_owned()),
            };
            async move { client.revoke(&token).await.status.as_u16() }
        })
        .await;
        assert_eq!(statuses, [200; 64]);
        assert_eq!(server.count_events("grant_revoked").await, 1);
        assert_eq!(server.count_events("token_revoked").await, 1);
        client.assert_dead(tokens.access_token(), "after").await;
        service.assert_dead(own.access_token(), "after").await;
    }

    // S94, S87: a refresh that runs into the revocation leaves nothing alive, whichever comes first.
    async fn a_refresh_beside_a_revocation_leaves_nothing_alive(db: TestDatabase) {
        let (_server, client) = started(db).await;
        for _ in 0..5 {
            let tokens = client.tokens("ada", OFFLINE).await;
            let answers = at_once(16, |index| {
                let (client, token) = (client.clone(), tokens.refresh_token().to_owned());
                async move {
                    if index == 7 { client.revoke(&token).await } else { client.refresh(&token).await }
                }
            })
            .await;
            for answer in answers.iter().filter(|answer| answer.json["access_token"].is_string()) {
                client.assert_dead(answer.access_token(), "made beside it").await;
                client.refresh(answer.refresh_token()).await.assert_refused(400, "invalid_grant", "made beside it");
            }
        }
    }
}
