//! What ends an access token ends it at introspection at once (S59, S74, S75, S86, S115, S120), and nothing ends it before its time.

use std::time::Duration;

use placet::admin::clients;
use placet::admin::{consents, users};

use super::support::client::Tokens;
use super::support::{Browser, Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];
const GRANT: &[(&str, &str)] = &[("grant_type", "client_credentials")];
const DAY: u64 = 86_400;

async fn started(db: TestDatabase) -> (TestServer, Client, Tokens) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    let client = server.web_client().await;
    let tokens = client.tokens("ada", OFFLINE).await;
    (server, client, tokens)
}

on_both! {
    // S59: a consent taken back, by command line, ends access and refresh tokens.
    async fn a_consent_taken_back_ends_its_tokens(db: TestDatabase) {
        let (server, client, tokens) = started(db).await;
        let other = server.web_client().await;
        let others = other.tokens("ada", OFFLINE).await;
        consents::withdraw(&server.app, &TestServer::by(), "ada", &client.id).await.unwrap();
        client.assert_dead(tokens.access_token(), "access").await;
        client.assert_dead(tokens.refresh_token(), "refresh").await;
        client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "refresh");
        other.assert_live(others.access_token(), "another app's").await;
    }

    // S74: the person, for good and for a while.
    async fn a_disabled_person_has_no_live_token(db: TestDatabase) {
        let (server, client, tokens) = started(db).await;
        users::disable(&server.app, &TestServer::by(), "ada").await.unwrap();
        client.assert_dead(tokens.access_token(), "disabled").await;
        users::enable(&server.app, &TestServer::by(), "ada").await.unwrap();
        client.assert_dead(tokens.access_token(), "and does not come back").await;
        let newer = client.tokens("ada", OFFLINE).await;
        users::remove(&server.app, &TestServer::by(), "ada").await.unwrap();
        client.assert_dead(newer.access_token(), "removed").await;
        client.assert_dead(newer.refresh_token(), "removed").await;
    }

    // S74: the client, asked about by the server of the resource.
    async fn a_disabled_client_has_no_live_token(db: TestDatabase) {
        let (server, ..) = started(db).await;
        let uri = "https://api.example/";
        server.add_scope("api:read", "read").await;
        server.add_resource(uri, "api:read").await;
        let api = server.resource_server(&[uri]).await;
        let app = server.client_with(&["authorization_code", "client_credentials"], "openid api:read", &[uri]).await;
        let person = app.tokens("ada", &[("scope", "openid api:read")]).await;
        let machine = app.token(GRANT).await;
        let by = TestServer::by();
        for tokens in [&person, &machine] {
            api.assert_live(tokens.access_token(), "enabled").await;
        }
        clients::disable(&server.app, &by, &app.id).await.unwrap();
        for tokens in [&person, &machine] {
            api.assert_dead(tokens.access_token(), "disabled").await;
        }
        clients::enable(&server.app, &by, &app.id).await.unwrap();
        api.assert_live(machine.access_token(), "enabled again").await;
        clients::remove(&server.app, &by, &app.id).await.unwrap();
        for tokens in [&person, &machine] {
            api.assert_dead(tokens.access_token(), "removed").await;
        }
        clients::disable(&server.app, &by, &api.id).await.unwrap();
        api.ask(machine.access_token()).await.assert_refused(401, "invalid_client", "the one who asks");
    }

    // S75, S86: replays end the access tokens of the family too.
    async fn a_replay_ends_the_access_tokens(db: TestDatabase) {
        let (server, client, tokens) = started(db).await;
        let second = client.refresh(tokens.refresh_token()).await;
        let third = client.refresh(second.refresh_token()).await;
        for tokens in [&tokens, &second, &third] {
            client.assert_live(tokens.access_token(), "each of the family").await;
        }
        client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "two steps old");
        for tokens in [&tokens, &second, &third] {
            client.assert_dead(tokens.access_token(), "S86").await;
        }
        client.assert_dead(third.refresh_token(), "S86, the newest").await;
        let code = client.code("ada", OFFLINE).await;
        let tokens = client.redeem(&code).await;
        client.redeem(&code).await.assert_refused(400, "invalid_grant", "replayed");
        client.assert_dead(tokens.access_token(), "S75").await;
        assert_eq!(server.count_events("code_replayed").await, 1);
    }

    // A grant that is not there is a dead one, whatever the signature says.
    async fn a_token_without_its_grant_is_dead(db: TestDatabase) {
        let (server, client, tokens) = started(db).await;
        client.assert_live(tokens.access_token(), "before").await;
        server.database.execute("DELETE FROM grants").await;
        client.assert_dead(tokens.access_token(), "after").await;
    }

    // A sign-out ends what was not meant to outlast it.
    async fn signing_out_ends_tokens_without_offline_access(db: TestDatabase) {
        let (server, client, offline) = started(db).await;
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", &[]).await;
        let passing = client.redeem(&page.returned("code").unwrap()).await;
        client.assert_live(passing.access_token(), "signed in").await;
        let account = browser.visit("/account").await;
        browser.submit(&account, &[]).await;
        let refused = client.refresh(passing.refresh_token()).await.status != 200;
        let said = client.introspect(passing.access_token()).await;
        assert_eq!(said["active"], !refused, "access and refresh tokens of one grant agree: {said}");
        client.assert_live(offline.access_token(), "offline_access").await;
    }

    // The grant outlives its access token: one without a refresh token, for a resource with a lifetime of its own, through sweeps.
    async fn a_grant_lives_as_long_as_its_token(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.tokens.access_ttl = Duration::from_mins(1);
            config.tokens.refresh_idle_ttl = Duration::from_mins(1);
        })
        .await;
        server.add_user("ada").await;
        let uri = "https://long.example/";
        server.add_scope("long:read", "read").await;
        server.add_resource_with(uri, "long:read", "ES256", Some(DAY)).await;
        let bare = server.client_with(&["authorization_code"], "openid long:read", &[uri]).await;
        let idle = server.client_with(&["authorization_code", "refresh_token"], "openid long:read", &[uri]).await;
        let asked = [("scope", "openid long:read")];
        let tokens = [bare.tokens("ada", &asked).await, idle.tokens("ada", &asked).await];
        assert!(tokens.iter().all(|tokens| tokens.json["expires_in"] == DAY));
        for seconds in [61, DAY - 62] {
            server.advance(seconds);
            while placet::jobs::sweep_once(&server.app, 100).await {}
            bare.assert_live(tokens[0].access_token(), "no refresh token").await;
            idle.assert_live(tokens[1].access_token(), "an idle one").await;
        }
        idle.refresh(tokens[1].refresh_token()).await.assert_refused(400, "invalid_grant", "idle");
        server.advance(1);
        bare.assert_dead(tokens[0].access_token(), "at its end").await;
        idle.assert_dead(tokens[1].access_token(), "at its end").await;
        server.advance(3 * DAY);
        while placet::jobs::sweep_once(&server.app, 100).await {}
        assert_eq!(server.database.count("grants").await, 0, "and goes");
    }

    // The last access token ends with its grant, and says so.
    async fn the_last_token_ends_with_its_grant(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.tokens.refresh_max_ttl = Duration::from_hours(1);
            config.tokens.refresh_idle_ttl = Duration::from_hours(1);
        })
        .await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let first = client.tokens("ada", OFFLINE).await;
        assert_eq!(first.json["expires_in"], 600);
        server.advance(3600 - 100);
        let last = client.refresh(first.refresh_token()).await;
        assert_eq!(last.json["expires_in"], 100);
        let (_, claims) = last.decoded();
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 100);
        server.advance(99);
        client.assert_live(last.access_token(), "until the end").await;
        server.advance(1);
        client.assert_dead(last.access_token(), "at the end").await;
    }
}
