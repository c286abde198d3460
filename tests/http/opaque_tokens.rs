//! Opaque access tokens, for resources that ask for them: they say nothing to anyone but this server, and nothing of them is stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::support::{Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const GRANT: &[(&str, &str)] = &[("grant_type", "client_credentials")];
const OPAQUE: &str = "https://opaque.example/";
const PLAIN: &str = "https://plain.example/";
const PREFIX: &str = "placet_at_";

async fn started(db: TestDatabase) -> (TestServer, Client, Client) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    server.add_scope("x:read", "read").await;
    server.add_opaque_resource(OPAQUE, "x:read").await;
    server.add_resource(PLAIN, "x:read").await;
    let api = server.resource_server(&[OPAQUE]).await;
    let grants = ["authorization_code", "refresh_token", "client_credentials"];
    let app = server
        .client_with(&grants, "openid offline_access x:read", &[OPAQUE, PLAIN])
        .await;
    (server, api, app)
}

on_both! {
    // S120: the same claims as a JWT would have; S109: nothing in it that one could read or guess.
    async fn an_opaque_token_says_what_a_jwt_would(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let scope = ("scope", "openid offline_access x:read");
        let jwt = app.tokens("ada", &[scope, ("resource", PLAIN)]).await;
        let before = server.database.row_counts().await;
        let opaque = app.tokens("ada", &[scope, ("resource", OPAQUE)]).await;
        assert_eq!((&opaque.json["token_type"], &opaque.json["expires_in"]), (&jwt.json["token_type"], &jwt.json["expires_in"]));
        let token = opaque.access_token();
        let sealed = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX).unwrap()).unwrap();
        let readable = String::from_utf8_lossy(&sealed).into_owned();
        let mut expected = jwt.decoded().1;
        for personal in [app.id.as_str(), "x:read", "iss", expected["sub"].as_str().unwrap()] {
            assert!(!readable.contains(personal) && !token.contains(personal), "{personal}");
        }
        let said = api.introspect(token).await;
        assert_eq!(said, app.introspect(token).await, "to its client too");
        for name in ["aud", "jti"] {
            expected[name] = said[name].clone();
        }
        assert_eq!(said["aud"], OPAQUE);
        expected["active"] = true.into();
        expected["token_type"] = "Bearer".into();
        assert_eq!(said, expected);
        // One grant with its event for each, and no row of the token's own.
        let after = server.database.row_counts().await;
        assert_eq!(after["grants"], before["grants"] + 1);
        assert_eq!(after["revoked_tokens"], 0);
        let own = app.token(&[GRANT, &[("resource", OPAQUE), ("scope", "x:read")]].concat()).await;
        assert!(own.access_token().starts_with(PREFIX));
        let said = api.introspect(own.access_token()).await;
        assert_eq!((&said["sub"], &said["client_id"]), (&said["client_id"], &app.id.as_str().into()));
        assert_eq!(server.database.row_counts().await, after, "client_credentials writes nothing");
        let refreshed = app.refresh(opaque.refresh_token()).await;
        assert!(refreshed.access_token().starts_with(PREFIX));
        assert_ne!(refreshed.access_token(), token);
        api.assert_live(refreshed.access_token(), "refreshed").await;
    }

    // S118, S117, S106: another's, bent, cut, expired.
    async fn an_opaque_token_is_good_as_it_is_or_not_at_all(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let other = server.resource_server(&[PLAIN]).await;
        let tokens = app.tokens("ada", &[("scope", "openid x:read"), ("resource", OPAQUE)]).await;
        let token = tokens.access_token();
        other.assert_dead(token, "another's").await;
        let sealed = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX).unwrap()).unwrap();
        for index in (0..sealed.len()).step_by(7).chain([sealed.len() - 1]) {
            let mut bent = sealed.clone();
            bent[index] ^= 1;
            api.assert_dead(&format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(&bent)), "bent").await;
        }
        for (what, wrong) in [
            ("cut", token[..token.len() - 4].to_owned()),
            ("without its prefix", token[PREFIX.len()..].to_owned()),
            ("padded", format!("{token}=")),
            ("a refresh token's prefix", token.replacen(PREFIX, "placet_rt_", 1)),
            ("the prefix alone", PREFIX.to_owned()),
        ] {
            api.assert_dead(&wrong, what).await;
        }
        // S103: nor as anything else.
        app.refresh(token).await.assert_refused(400, "invalid_grant", "as refresh token");
        api.assert_live(token, "as it is").await;
        server.advance(600);
        api.assert_dead(token, "expired").await;
    }

    // S115, S110: opened by every node, dead on every node.
    async fn an_opaque_token_is_known_and_dead_everywhere(db: TestDatabase) {
        let (first, api, app) = started(db).await;
        let issuer = first.app.config.issuer.clone();
        let second = first.second_node(|config| config.issuer = issuer).await;
        let there = api.at(&second);
        let person = app.tokens("ada", &[("scope", "openid offline_access x:read"), ("resource", OPAQUE)]).await;
        let own = app.token(&[GRANT, &[("resource", OPAQUE), ("scope", "x:read")]].concat()).await;
        for tokens in [&person, &own] {
            there.assert_live(tokens.access_token(), "there").await;
            app.revoked(tokens.access_token()).await;
            there.assert_dead(tokens.access_token(), "there").await;
            api.assert_dead(tokens.access_token(), "here").await;
        }
        app.refresh(person.refresh_token()).await.assert_refused(400, "invalid_grant", "the family ended");
        assert_eq!(first.count_events("grant_revoked").await, 1);
        assert_eq!(first.count_events("token_revoked").await, 1);
    }
}
