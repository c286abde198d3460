//! Two nodes on one database, of either kind: what one issues the other redeems, and what is administered at one is seen at
//! the other within a second (issue, points 3 and 10; S74, S76, S87).

use std::time::{Duration, Instant};

use placet::admin::clients::{self, ClientFields};
use placet::admin::{keys, users};

use super::support::client::Tokens;
use super::support::server::PASSWORD;
use super::support::storm::{at_once, count, redeem_at_once, refresh_at_once};
use super::support::{Browser, Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];
const OWN: &[(&str, &str)] = &[("grant_type", "client_credentials")];

/// Two nodes of one installation: the issuer is one, as behind a load balancer.
async fn two_nodes(db: TestDatabase) -> (TestServer, TestServer) {
    let first = TestServer::start(db).await;
    let issuer = first.app.config.issuer.clone();
    let second = first.second_node(|config| config.issuer = issuer).await;
    first.add_user("ada").await;
    (first, second)
}

/// Asks until the answer is as wished; a second is the promise.
async fn within_a_second<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    let started = Instant::now();
    while !is_so().await {
        assert!(
            started.elapsed() < Duration::from_secs(1),
            "{what}: not seen within a second"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Half of the tasks at each node.
fn at_both(client: &Client, nodes: (&TestServer, &TestServer), number: usize) -> Vec<Client> {
    let (one, two) = (client.at(nodes.0), client.at(nodes.1));
    (0..number)
        .map(|index| {
            if index % 2 == 0 {
                one.clone()
            } else {
                two.clone()
            }
        })
        .collect()
}

on_both! {
    // Issue, point 3: the parts of one turn each at another node.
    async fn a_turn_crosses_the_nodes(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let client = first.web_client().await;
        let (here, there) = (client.at(&first), client.at(&second));
        let mut browser = Browser::new(&first.url);
        let page = browser.visit(&client.authorize_url(OFFLINE)).await;
        // The balancer sends the next request elsewhere: the cookies are for the host, whichever node answers.
        browser.server.clone_from(&second.url);
        let page = browser.log_in(&page, "ada").await;
        browser.server.clone_from(&first.url);
        let page = browser.approve(&page).await;
        assert_eq!(page.returned("iss").as_deref(), Some(first.url.as_str()));
        let tokens = there.redeem(&page.returned("code").unwrap()).await;
        tokens.assert_granted("redeemed at the other node");
        let again = here.refresh(tokens.refresh_token()).await;
        again.assert_granted("refreshed at the first");
        let once_more = there.refresh(tokens.refresh_token()).await;
        assert_eq!(once_more.refresh_token(), again.refresh_token(), "the same successor, made by another node");
        for tokens in [&tokens, &again, &once_more] {
            first.verify(tokens.access_token(), "at+jwt", "ES256", &first.url).await;
            second.verify(tokens.access_token(), "at+jwt", "ES256", &first.url).await;
        }
        assert_eq!(first.jwks().await, second.jwks().await);
    }

    // S76, S75 over two nodes: one success, and the replays end it.
    async fn a_code_is_redeemed_once_over_both(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let client = first.web_client().await;
        for _ in 0..3 {
            let code = client.code("ada", OFFLINE).await;
            let answers = redeem_at_once(&at_both(&client, (&first, &second), 64), &code).await;
            assert_eq!(count(&answers, 200), 1);
            for loser in answers.iter().filter(|answer| answer.status != 200) {
                loser.assert_refused(400, "invalid_grant", "a loser");
            }
            let winner = answers.iter().find(|answer| answer.status == 200).unwrap();
            client.refresh(winner.refresh_token()).await.assert_refused(400, "invalid_grant", "after the replays");
        }
        assert_eq!(first.count_events("grant_created").await, 3);
        assert_eq!(first.count_events("code_replayed").await, 3);
    }

    // S87 over two nodes: one successor, whichever node answers.
    async fn a_refresh_storm_over_both_leaves_one_branch(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let client = first.web_client().await;
        let mut current = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        for round in 0..3 {
            let before = current.clone();
            let storm: Vec<_> = at_both(&client, (&first, &second), 64).into_iter().map(|node| (node, before.clone())).collect();
            let answers: Vec<Tokens> = refresh_at_once(&storm).await;
            assert_eq!(count(&answers, 200), 64, "round {round}");
            answers[0].refresh_token().clone_into(&mut current);
            assert!(answers.iter().all(|answer| answer.refresh_token() == current), "round {round}: two branches");
            assert_ne!(before, current);
        }
        client.refresh(&current).await.assert_granted("the one that lives");
        first.advance(11);
        client.at(&second).refresh(&current).await.assert_refused(400, "invalid_grant", "late, at the other node");
        assert_eq!(first.count_events("refresh_token_replayed").await, 1);
    }

    // S87: used and live tokens at once, over two nodes: whatever wins, no token has two successors.
    async fn a_mixed_storm_over_both_leaves_at_most_one_branch(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let client = first.web_client().await;
        for round in 0..3 {
            let zero = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
            let one = client.refresh(&zero).await.refresh_token().to_owned();
            let nodes = at_both(&client, (&first, &second), 64);
            let storm: Vec<_> = nodes
                .into_iter()
                .enumerate()
                .map(|(index, node)| (node, if index % 4 < 2 { zero.clone() } else { one.clone() }))
                .collect();
            let answers = refresh_at_once(&storm).await;
            let mut successors: Vec<&str> = vec![];
            for (index, answer) in answers.iter().enumerate() {
                match answer.status.as_u16() {
                    200 if index % 4 < 2 => assert_eq!(answer.refresh_token(), one, "round {round}"),
                    200 => successors.push(answer.refresh_token()),
                    _ => answer.assert_refused(400, "invalid_grant", "a loser"),
                }
            }
            successors.sort_unstable();
            successors.dedup();
            assert!(successors.len() <= 1, "round {round}: two branches");
        }
    }

    // S44, S43: failures are shared by the nodes: what one has counted the other knows. (At once over both nodes each may
    // evaluate up to the limit: what is under way is known to its own node only.)
    async fn wrong_passwords_are_counted_together(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let client = first.password_client().await;
        let (here, there) = (client.at(&first), client.at(&second));
        for index in 0..10 {
            let node = if index % 2 == 0 { &here } else { &there };
            node.password("ada", "wrong").await.assert_refused(400, "invalid_grant", "within the limit of ten");
        }
        for node in [&here, &there] {
            node.password("ada", PASSWORD).await.assert_refused(429, "invalid_grant", "the eleventh");
        }
        first.advance(900);
        let answers = at_once(100, |index| {
            let node = if index % 2 == 0 { here.clone() } else { there.clone() };
            async move { node.password("ada", "wrong").await }
        })
        .await;
        assert!((10..=20).contains(&count(&answers, 400)), "{}", count(&answers, 400));
        assert_eq!(count(&answers, 400) + count(&answers, 429), 100);
    }

    // S74: a disabled user is out everywhere at once, not within a second.
    async fn a_disabled_user_is_out_everywhere_at_once(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let (client, legacy) = (first.web_client().await, first.password_client().await);
        within_a_second("the clients", || async { legacy.at(&second).password("ada", PASSWORD).await.status == 200 }).await;
        let mut browser = Browser::new(&second.url);
        client.at(&second).sign_in(&mut browser, "ada", OFFLINE).await;
        let tokens = client.tokens("ada", OFFLINE).await;
        let code = client.code("ada", OFFLINE).await;
        users::disable(&first.app, &TestServer::by(), "ada").await.unwrap();
        let there = client.at(&second);
        there.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_grant", "refresh");
        there.redeem(&code).await.assert_refused(400, "invalid_grant", "code");
        legacy.at(&second).password("ada", PASSWORD).await.assert_refused(400, "invalid_grant", "password");
        let page = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert_eq!(page.returned("error").as_deref(), Some("login_required"), "the session is gone");
    }

    // What was registered a moment ago, at another node, is not half known: a new client brings its new resource along.
    async fn a_new_client_brings_its_new_resource_along(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        for round in 0..5 {
            let (scope, uri) = (format!("r{round}:read"), format!("https://r{round}.example/"));
            first.add_scope(&scope, "read").await;
            first.add_resource(&uri, &scope).await;
            let client = first.client_with(&["client_credentials"], &scope, &[&uri]).await.at(&second);
            let tokens = client.token(OWN).await;
            assert_eq!(tokens.status, 200, "{round}: {}", tokens.json);
            assert_eq!(tokens.decoded().1["aud"], uri);
        }
    }

    // Issue, point 10: clients, secrets, scopes, resources and keys, seen by the other node within a second.
    async fn what_is_administered_here_is_seen_there(db: TestDatabase) {
        let (first, second) = two_nodes(db).await;
        let (app, by) = (&first.app, TestServer::by());
        let client = first.service_client().await.at(&second);
        let status = |client: &Client| {
            let client = client.clone();
            async move { client.token(OWN).await.status.as_u16() }
        };
        within_a_second("a new client", || async { status(&client).await == 200 }).await;
        clients::disable(app, &by, &client.id).await.unwrap();
        within_a_second("disabled", || async { status(&client).await == 401 }).await;
        clients::enable(app, &by, &client.id).await.unwrap();
        within_a_second("enabled", || async { status(&client).await == 200 }).await;

        let made = clients::add_secret(app, &by, &client.id, Duration::ZERO).await.unwrap();
        let newer = Client::new(&second, &made);
        within_a_second("the new secret", || async { status(&newer).await == 200 }).await;
        assert_eq!(status(&client).await, 401, "the old secret ended with the new one");

        first.add_scope("files:read", "read files").await;
        first.add_resource("https://files.example/", "files:read").await;
        let fields = ClientFields {
            scope: Some("files:read".to_owned()),
            resources: Some(vec!["https://files.example/".to_owned()]),
            ..ClientFields::default()
        };
        first.change_client(&client, fields).await;
        within_a_second("scope and resource", || async {
            let tokens = newer.token(OWN).await;
            tokens.status == 200 && tokens.decoded().1["aud"] == "https://files.example/" && tokens.json["scope"] == "files:read"
        })
        .await;

        let before = newer.token(OWN).await.decoded().0["kid"].clone();
        first.advance(1);
        keys::rotate(app, &by, None, true).await.unwrap();
        within_a_second("a new key", || async { newer.token(OWN).await.decoded().0["kid"] != before }).await;
        within_a_second("the key set", || async { first.jwks().await == second.jwks().await }).await;
        clients::remove(app, &by, &client.id).await.unwrap();
        within_a_second("removed", || async { status(&newer).await == 401 }).await;
    }
}
