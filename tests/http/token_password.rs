//! `POST /token` with `password` (RFC 6749 §4.3): legacy, off until an administrator turns it on for a client.

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::users::{self, NewUser};
use placet::model::secret::Secret;

use super::support::TestServer;
use super::support::server::PASSWORD;
use crate::support::database::on_both;

on_both! {
    // S70: by default no client may, whatever kind it is.
    async fn it_is_off_for_every_client_by_default(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for client in [server.web_client().await, server.public_client().await, server.service_client().await] {
            client.password("ada", PASSWORD).await.assert_refused(400, "unauthorized_client", "off");
            client.password("ada", "wrong").await.assert_refused(400, "unauthorized_client", "off, wrong password");
        }
        assert_eq!(server.count_events("sign_in_failed").await, 0, "no password was looked at");
    }

    // Issue, point 6
    async fn turned_on_it_gives_what_the_client_may_have(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let email = Some("ada@example.com".to_owned());
        let roles = vec!["editor".to_owned()];
        server.add_user_with(NewUser { username: "ada".to_owned(), email, roles, ..NewUser::default() }).await;
        let client = server.password_client().await;
        for (asked, scope, has_id_token) in [
            ("", "email profile", false),
            ("profile", "profile", false),
            ("openid email offline_access", "email offline_access openid", true),
        ] {
            let params = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", asked)];
            let tokens = client.token(&params).await;
            tokens.assert_granted(asked);
            assert_eq!(tokens.json["scope"], scope);
            assert_eq!(tokens.json["id_token"].is_string(), has_id_token);
            let claims = server.verify(tokens.access_token(), "at+jwt", "ES256", &server.url).await;
            assert_eq!(claims["amr"], serde_json::json!(["pwd"]));
            assert_eq!(claims["roles"], serde_json::json!(["editor"]));
            assert_eq!(claims["client_id"], client.id);
            let refreshed = client.refresh(tokens.refresh_token()).await;
            refreshed.assert_granted("rotates like any other");
            assert_eq!(refreshed.json["scope"], scope);
            server.advance(11);
            client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "replay");
            client.refresh(refreshed.refresh_token()).await.assert_refused(400, "invalid_grant", "the family");
        }
        client.password("ADA@Example.COM", PASSWORD).await.assert_granted("by e-mail address, in any case");
        let more = [("grant_type", "password"), ("username", "ada"), ("password", PASSWORD), ("scope", "admin:all")];
        client.token(&more).await.assert_refused(400, "invalid_scope", "more than registered");
    }

    // S41, S47, S48, S74: one answer for every no, down to the bytes.
    async fn every_no_is_the_same_answer(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_in.attempts_per_address = 1000).await;
        let long = "fünf Kraniche ziehen über dunkle Moore, und keiner von ihnen kennt den Namen des Windes".to_owned();
        for name in ["ada", "gone"] {
            server.add_user(name).await;
        }
        let new = NewUser { username: "len".to_owned(), password: Some(Secret::new(long.clone())), ..NewUser::default() };
        server.add_user_with(new).await;
        users::disable(&server.app, &TestServer::by(), "gone").await.unwrap();
        let client = server.password_client().await;
        let (mega, cut) = ("x".repeat(60_000), long.chars().take(71).collect::<String>());
        let (upper, trailing) = (PASSWORD.to_uppercase(), format!("{PASSWORD} "));
        let (leading, nul) = (format!(" {PASSWORD}"), format!("{PASSWORD}\0"));
        let cases = [
            ("ada", "wrong"),
            ("ada", &upper),
            ("ada", &trailing),
            ("ada", &leading),
            ("ada", &nul),
            ("ada", &mega),
            ("nobody", PASSWORD),
            ("nobody\0", PASSWORD),
            (&mega, PASSWORD),
            ("gone", PASSWORD),
            ("len", &cut),
            ("ada' OR '1'='1", PASSWORD),
        ];
        let mut first = None;
        for (name, password) in cases {
            let answer = client.password(name, password).await;
            if name.len() + password.len() > 100_000 {
                continue;
            }
            answer.assert_refused(400, "invalid_grant", &format!("{name:.20} {password:.30}"));
            let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            headers.sort();
            let seen = (answer.json_without_id(), headers);
            assert_eq!(*first.get_or_insert(seen.clone()), seen, "{name:.20}");
        }
        client.password("len", &long).await.assert_granted("long and not ASCII, unchanged");
        client.password("ada", PASSWORD).await.assert_granted("the right one");
        for missing in [vec![("username", "ada")], vec![("password", PASSWORD)], vec![("username", ""), ("password", "x")]] {
            let params = [&[("grant_type", "password")], missing.as_slice()].concat();
            client.token(&params).await.assert_refused(400, "invalid_request", "missing");
        }
    }

    // RFC 6749 §4.3.2: a public client may be allowed too; its refresh tokens rotate as all do.
    async fn a_public_client_may_be_allowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server
            .add_client(NewClient {
                is_public: true,
                fields: ClientFields {
                    name: Some("Old Phone App".to_owned()),
                    grants: Some(vec!["password".to_owned(), "refresh_token".to_owned()]),
                    scope: Some("openid".to_owned()),
                    ..ClientFields::default()
                },
                ..NewClient::default()
            })
            .await;
        let tokens = client.password("ada", PASSWORD).await;
        tokens.assert_granted("public");
        assert_ne!(client.refresh(tokens.refresh_token()).await.refresh_token(), tokens.refresh_token());
    }
}
