//! `POST /token` with `authorization_code`: rules S75 to S85.

use std::collections::BTreeSet;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::clients::{self, ClientFields, NewClient};
use placet::admin::users;

use super::support::client::{CHALLENGE, VERIFIER, decode_jwt};
use super::support::storm::{at_once, count, redeem_at_once};
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];
const NO_PKCE: [(&str, &str); 2] = [("code_challenge", ""), ("code_challenge_method", "")];
const NO_URI: (&str, &str) = ("redirect_uri", "");
const NO_VERIFIER: (&str, &str) = ("code_verifier", "");
/// A verifier of the right form that belongs to no challenge here.
const WRONG: &str = "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong";

on_both! {
    // S75, OAuth 2.1 §4.1.3: the second use is refused, and what the first one gave ends.
    async fn a_code_used_twice_ends_what_it_gave(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let code = client.code("ada", OFFLINE).await;
        let tokens = client.redeem(&code).await;
        tokens.assert_granted("the first use");
        client.redeem(&code).await.assert_refused(400, "invalid_grant", "the second use");
        client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "what the first use gave");
        assert_eq!(server.count_events("code_replayed").await, 1);
    }

    // S75: whoever merely saw a code cannot end a stranger's grant. S84: nor does a wrong verifier burn anything.
    async fn an_invalid_replay_ends_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (client, other) = (server.web_client().await, server.web_client().await);
        let public = server.public_client().await;
        let code = client.code("ada", OFFLINE).await;
        let mut tokens = client.redeem(&code).await;
        tokens.assert_granted("the first use");
        for (what, thief, change) in [
            ("wrong verifier", &client, vec![("code_verifier", WRONG)]),
            ("no verifier", &client, vec![("code_verifier", "")]),
            ("the challenge as verifier", &client, vec![("code_verifier", CHALLENGE)]),
            ("another redirect_uri", &client, vec![("redirect_uri", "https://app.example/other")]),
            ("another confidential client", &other, vec![]),
            ("a public client", &public, vec![("redirect_uri", "https://app.example/callback")]),
        ] {
            thief.redeem_with(&code, &change).await.assert_refused(400, "invalid_grant", what);
            tokens = client.refresh(tokens.refresh_token()).await;
            tokens.assert_granted(what);
        }
        let mut liar = client.clone();
        liar.secret = Some("placet_cs_wrong".to_owned());
        liar.redeem(&code).await.assert_refused(401, "invalid_client", "wrong secret");
        client.refresh(tokens.refresh_token()).await.assert_granted("after a wrong secret");
        assert_eq!(server.count_events("code_replayed").await, 0);
    }

    // S76 and S75: of 64 at once exactly one succeeds; the others are replays by the code's own client with the right
    // verifier, so the grant ends (RFC 6749 §4.1.2). No answer is anything but a success or invalid_grant.
    async fn of_many_at_once_one_redeems(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let code = client.code("ada", OFFLINE).await;
        let answers = redeem_at_once(&vec![client.clone(); 64], &code).await;
        assert_eq!(count(&answers, 200), 1);
        for loser in answers.iter().filter(|answer| answer.status != 200) {
            loser.assert_refused(400, "invalid_grant", "a loser");
        }
        let winner = answers.iter().find(|answer| answer.status == 200).unwrap();
        client.refresh(winner.refresh_token()).await.assert_refused(400, "invalid_grant", "the winner's, after replays");
        assert_eq!(server.count_events("grant_created").await, 1);
        assert_eq!(server.count_events("code_replayed").await, 1);
    }

    // S75, S76: a flood of requests that do not know the verifier disturbs the rightful one in nothing.
    async fn a_flood_of_wrong_verifiers_does_not_disturb(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let code = client.code("ada", OFFLINE).await;
        let answers = at_once(64, |index| {
            let (client, code) = (client.clone(), code.clone());
            let verifier = if index == 40 { VERIFIER } else { WRONG };
            async move { client.redeem_with(&code, &[("code_verifier", verifier)]).await }
        })
        .await;
        assert_eq!(count(&answers, 200), 1);
        assert_eq!(count(&answers, 400), 63);
        client.refresh(answers[40].refresh_token()).await.assert_granted("the rightful one goes on");
    }

    // S77: 60 s by default, and not a second more.
    async fn a_code_dies_of_age(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        for (seconds, status) in [(0, 200), (59, 200), (60, 400), (3600, 400)] {
            let code = client.code("ada", &[]).await;
            server.advance(seconds);
            let answer = client.redeem(&code).await;
            assert_eq!(answer.status, status, "after {seconds} s: {}", answer.json);
            if status == 400 {
                assert_eq!(answer.error(), "invalid_grant");
            }
        }
    }

    // S78: and the code stays good for the client that it was given to.
    async fn another_clients_code_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (web, other) = (server.web_client().await, server.web_client().await);
        let public = server.public_client().await;
        for (owner, thieves) in [(&web, [&other, &public]), (&public, [&web, &other])] {
            let code = owner.code("ada", &[]).await;
            let redirect_uri = owner.redirect_uri.clone().unwrap();
            for thief in thieves {
                let answer = thief.redeem_with(&code, &[("redirect_uri", &redirect_uri)]).await;
                answer.assert_refused(400, "invalid_grant", "a thief");
            }
            owner.redeem(&code).await.assert_granted("the owner");
        }
    }

    // S79. S84: documented: a wrong verifier does not burn the code; the code's minute and 256 bits bound the guessing.
    async fn only_the_right_verifier_redeems(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (long, spaced) = (format!("{VERIFIER}{}", "a".repeat(90)), format!("{VERIFIER} "));
        let padded = format!("{VERIFIER}=");
        for client in [server.web_client().await, server.public_client().await] {
            let code = client.code("ada", &[]).await;
            for wrong in ["", WRONG, &VERIFIER[..42], &VERIFIER[1..], CHALLENGE, &long, &spaced, &padded, &VERIFIER.to_lowercase()] {
                let answer = client.redeem_with(&code, &[("code_verifier", wrong)]).await;
                answer.assert_refused(400, "invalid_grant", wrong);
            }
            client.redeem(&code).await.assert_granted("the right one at last");
        }
    }

    // S80: a verifier without a challenge means that the challenge was lost on the way.
    async fn a_verifier_without_a_challenge_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let code = client.code("ada", &[("code_challenge", ""), ("code_challenge_method", "")]).await;
        client.redeem(&code).await.assert_refused(400, "invalid_grant", "with a verifier");
        client.redeem_with(&code, &[("code_verifier", "")]).await.assert_granted("without");
    }

    // S81
    async fn the_redirect_uri_is_the_one_of_the_request(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let with_uri = NO_PKCE.to_vec();
        let without = [NO_PKCE.as_slice(), &[NO_URI]].concat();
        for (what, asked, sent, status) in [
            ("PKCE, none sent", vec![], vec![NO_URI], 200),
            ("PKCE, another one", vec![], vec![("redirect_uri", "https://app.example/callback/")], 400),
            ("PKCE, other case", vec![], vec![("redirect_uri", "https://app.example/Callback")], 400),
            ("neither side names it", vec![NO_URI], vec![NO_URI], 200),
            ("only the redemption names it", vec![NO_URI], vec![], 200),
            ("no PKCE, it was sent, now missing", with_uri.clone(), vec![NO_URI, NO_VERIFIER], 400),
            ("no PKCE, it was sent, the same", with_uri, vec![NO_VERIFIER], 200),
            ("no PKCE, never sent", without, vec![NO_URI, NO_VERIFIER], 200),
        ] {
            let code = client.code("ada", &asked).await;
            let answer = client.redeem_with(&code, &sent).await;
            assert_eq!(answer.status, status, "{what}: {}", answer.json);
            if status == 400 {
                assert_eq!(answer.error(), "invalid_grant", "{what}");
            }
        }
    }

    // S82
    async fn a_bent_code_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let code = client.code("ada", &[]).await;
        let other = |c: char| if c == 'A' { 'B' } else { 'A' };
        let changed_at = |index: usize| -> String {
            code.chars().enumerate().map(|(at, c)| if at == index { other(c) } else { c }).collect()
        };
        let bare = code.rsplit('_').next().unwrap();
        for bent in [
            changed_at(code.len() - 1),
            changed_at(code.len() / 2),
            changed_at(0),
            code[..code.len() - 1].to_owned(),
            format!("{code}A"),
            format!("{code}="),
            format!(" {code}"),
            format!("{code}\n"),
            format!("{code}\0"),
            code.to_uppercase(),
            code.to_lowercase(),
            bare.to_owned(),
            code.repeat(100),
            "'; DROP TABLE codes; --".to_owned(),
        ] {
            assert_ne!(bent, code);
            client.redeem(&bent).await.assert_refused(400, "invalid_grant", &bent);
        }
        client.redeem_with(&code, &[("code", "")]).await.assert_refused(400, "invalid_request", "no code");
        client.redeem(&code).await.assert_granted("the code itself");
    }

    // S83, S74: what happened between the code and its redemption counts.
    async fn a_code_dies_with_its_user_and_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        for name in ["ada", "bob"] {
            server.add_user(name).await;
        }
        let (by, app) = (TestServer::by(), &server.app);
        let code = client.code("ada", &[]).await;
        users::disable(app, &by, "ada").await.unwrap();
        client.redeem(&code).await.assert_refused(400, "invalid_grant", "user disabled");
        let code = client.code("bob", &[]).await;
        users::remove(app, &by, "bob").await.unwrap();
        client.redeem(&code).await.assert_refused(400, "invalid_grant", "user removed");

        server.add_user("eve").await;
        let code = client.code("eve", &[]).await;
        clients::disable(app, &by, &client.id).await.unwrap();
        client.redeem(&code).await.assert_refused(401, "invalid_client", "client disabled");
        clients::enable(app, &by, &client.id).await.unwrap();
        clients::remove(app, &by, &client.id).await.unwrap();
        client.redeem(&code).await.assert_refused(401, "invalid_client", "client removed");
    }

    // S85
    async fn the_id_token_says_what_it_must(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        for (alg, hash) in [("RS256", 256), ("ES256", 256), ("PS256", 256), ("EdDSA", 512)] {
            let client = server
                .add_client(NewClient {
                    fields: ClientFields {
                        name: Some(alg.to_owned()),
                        redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                        id_token_signed_response_alg: Some(alg.to_owned()),
                        ..ClientFields::default()
                    },
                    ..NewClient::default()
                })
                .await;
            let nonce = "n \"ä\"&%00=1";
            let tokens = client.tokens("ada", &[("nonce", nonce), ("max_age", "600"), ("scope", "openid")]).await;
            let token = tokens.json["id_token"].as_str().unwrap();
            let (header, _) = decode_jwt(token);
            assert_eq!(header["alg"], alg);
            let names: BTreeSet<&str> = header.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, BTreeSet::from(["alg", "kid", "typ"]), "nothing that brings a key along");
            let claims = server.verify(token, "JWT", alg, &client.id).await;
            let now = placet_now(&server);
            assert_eq!(claims["iss"], server.url);
            assert_eq!(claims["aud"], client.id);
            assert_eq!(claims["azp"], client.id);
            assert_eq!(claims["nonce"], nonce);
            assert_eq!(claims["iat"], now);
            assert_eq!(claims["exp"], now + 600);
            assert_eq!(claims["auth_time"], now);
            assert_eq!(claims["sub"], tokens.decoded().1["sub"]);
            let algorithm = if hash == 512 { &digest::SHA512 } else { &digest::SHA256 };
            let full = digest::digest(algorithm, tokens.access_token().as_bytes());
            let half = &full.as_ref()[..full.as_ref().len() / 2];
            assert_eq!(claims["at_hash"], URL_SAFE_NO_PAD.encode(half), "{alg}");
            for member in ["email", "name", "preferred_username"] {
                assert!(claims.get(member).is_none(), "{member} was not asked for");
            }
        }
    }

    // OIDC Core §3.1.2.1: without openid no ID token; without a nonce no nonce; auth_time is the sign-in's, not the token's.
    async fn the_id_token_comes_only_with_openid(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", &[("scope", "profile")]).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        assert!(tokens.json.get("id_token").is_none(), "{}", tokens.json);
        let signed_in_at = placet_now(&server);
        server.advance(120);
        let page = client.sign_in(&mut browser, "ada", &[("scope", "openid profile")]).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        let claims = decode_jwt(tokens.json["id_token"].as_str().unwrap()).1;
        assert!(claims.get("nonce").is_none());
        assert_eq!(claims["auth_time"], signed_in_at);
        assert_eq!(claims["iat"], signed_in_at + 120);
    }
}

fn placet_now(server: &TestServer) -> i64 {
    server.app.clock.now().timestamp()
}
