//! `kill -9` of the real server in the middle of load, then a start on the same data (S88): what was acknowledged is there,
//! nothing is redeemable twice, replays are still seen.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use placet::admin::clients::{ClientFields, NewClient};

use super::support::client::VERIFIER;
use super::support::clients::encode;
use super::support::process::{Installation, Process};
use super::support::server::PASSWORD;
use super::support::{Browser, Client};
use crate::support::database::on_both;

const CHAINS: usize = 8;
const ROUNDS: usize = 3;

/// What one client knows when its server is gone.
#[derive(Debug, Clone, Default)]
struct Chain {
    /// Every refresh token that was acknowledged, oldest first.
    acknowledged: Vec<String>,
}

/// One code: whether it was acknowledged as redeemed, and what it gave.
#[derive(Debug)]
struct Redeemed {
    code: String,
    refresh_token: Option<String>,
}

/// A token request that may meet a dead server: `None` then, else status and body.
async fn ask(
    http: &reqwest::Client,
    client: &Client,
    params: &[(&str, &str)],
) -> Option<(u16, serde_json::Value)> {
    let request = http
        .post(format!("{}/token", client.server))
        .basic_auth(&client.id, client.secret.as_deref())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(encode(params));
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.json().await.ok()?))
}

async fn refresh(
    http: &reqwest::Client,
    client: &Client,
    token: &str,
) -> Option<(u16, serde_json::Value)> {
    ask(
        http,
        client,
        &[("grant_type", "refresh_token"), ("refresh_token", token)],
    )
    .await
}

async fn redeem(
    http: &reqwest::Client,
    client: &Client,
    code: &str,
) -> Option<(u16, serde_json::Value)> {
    let uri = client.redirect_uri.as_deref().unwrap();
    ask(
        http,
        client,
        &[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", uri),
            ("code_verifier", VERIFIER),
        ],
    )
    .await
}

fn refresh_token(answer: &serde_json::Value) -> String {
    answer["refresh_token"].as_str().unwrap().to_owned()
}

/// Refreshes as fast as it goes, until the server is gone.
async fn refresh_on(client: Client, mut chain: Chain, done: Arc<AtomicUsize>) -> Chain {
    let http = reqwest::Client::new();
    loop {
        let Some((status, answer)) =
            refresh(&http, &client, chain.acknowledged.last().unwrap()).await
        else {
            return chain;
        };
        assert_eq!(status, 200, "{answer}");
        chain.acknowledged.push(refresh_token(&answer));
        done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Redeems code after code; the last one may have met the end of the server.
async fn redeem_on(
    client: Client,
    mut codes: Vec<String>,
    done: Arc<AtomicUsize>,
) -> Vec<Redeemed> {
    let http = reqwest::Client::new();
    let mut all = vec![];
    while let Some(code) = codes.pop() {
        let answer = redeem(&http, &client, &code).await;
        let is_lost = answer.is_none();
        let refresh_token = answer.map(|(status, answer)| {
            assert_eq!(status, 200, "{answer}");
            refresh_token(&answer)
        });
        all.push(Redeemed {
            code,
            refresh_token,
        });
        if is_lost {
            break;
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
    all
}

/// Codes of one signed-in browser.
async fn codes(client: &Client, number: usize) -> Vec<String> {
    let mut browser = Browser::new(&client.server);
    let mut all = vec![];
    for _ in 0..number {
        all.push(
            client
                .sign_in(&mut browser, "ada", &[("scope", "openid offline_access")])
                .await
                .returned("code")
                .unwrap(),
        );
    }
    all
}

async fn check_chains(client: &Client, chains: &[Chain]) -> Vec<Chain> {
    let http = reqwest::Client::new();
    let mut gone_on = vec![];
    for (index, chain) in chains.iter().enumerate() {
        // The newest acknowledged token goes on: either it is live, or the lost answer's successor is given again.
        let newest = chain.acknowledged.last().unwrap();
        let (status, answer) = refresh(&http, client, newest).await.unwrap();
        assert_eq!(
            status,
            200,
            "chain {index}, after {} steps: {answer}",
            chain.acknowledged.len()
        );
        let next = refresh_token(&answer);
        // With one step alone the oldest is the newest, whose repeat may be answered again.
        if index % 2 == 0 || chain.acknowledged.len() < 2 {
            gone_on.push(Chain {
                acknowledged: vec![next],
            });
            continue;
        }
        // Reuse detection still works: an older one ends this family.
        let (status, answer) = refresh(&http, client, &chain.acknowledged[0])
            .await
            .unwrap();
        assert_eq!(
            (status, &answer["error"]),
            (400, &"invalid_grant".into()),
            "{answer}"
        );
        let (status, answer) = refresh(&http, client, &next).await.unwrap();
        assert_eq!(
            (status, &answer["error"]),
            (400, &"invalid_grant".into()),
            "the family: {answer}"
        );
    }
    gone_on
}

async fn check_codes(client: &Client, redeemed: &[Redeemed]) {
    let http = reqwest::Client::new();
    for (index, one) in redeemed.iter().enumerate() {
        if let Some(token) = &one.refresh_token {
            // Acknowledged: what it gave is there …
            if index % 2 == 0 {
                let (status, answer) = refresh(&http, client, token).await.unwrap();
                assert_eq!(status, 200, "what an acknowledged code gave: {answer}");
            }
            // … and it is not redeemable again.
            let (status, answer) = redeem(&http, client, &one.code).await.unwrap();
            assert_eq!(
                (status, &answer["error"]),
                (400, &"invalid_grant".into()),
                "an acknowledged code: {answer}"
            );
            continue;
        }
        // The answer was lost: it was redeemed or it was not, and from now on it is not any more.
        let (status, answer) = redeem(&http, client, &one.code).await.unwrap();
        assert!(
            status == 200 || answer["error"] == "invalid_grant",
            "{answer}"
        );
        let (status, answer) = redeem(&http, client, &one.code).await.unwrap();
        assert_eq!(
            (status, &answer["error"]),
            (400, &"invalid_grant".into()),
            "the second time: {answer}"
        );
    }
}

on_both! {
    // S88, issue "crash test"; SQLite with synchronous=normal, which is the default.
    async fn what_was_acknowledged_survives_kill_9(db: TestDatabase) {
        let installation = Installation::new(db).await;
        installation.add_user("ada").await;
        let client = installation
            .add_client(NewClient {
                fields: ClientFields {
                    name: Some("Busy".to_owned()),
                    redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                    grants: Some(["authorization_code", "refresh_token", "password"].map(str::to_owned).to_vec()),
                    is_first_party: Some(true),
                    ..ClientFields::default()
                },
                ..NewClient::default()
            })
            .await;
        let environment = [("PLACET_LOG", "warn"), ("PLACET_DATABASE__SYNCHRONOUS", "normal"), ("PLACET_TOKENS__CODE_TTL", "10m"), ("PLACET_TOKENS__REFRESH_RETRY_WINDOW", "60s")];
        let mut server: Process = installation.start(&environment).await;
        let mut chains: Vec<Chain> = vec![];
        let mut steps = 0;
        for round in 0..ROUNDS {
            while chains.len() < CHAINS {
                let first = client.password("ada", PASSWORD).await;
                first.assert_granted("a new chain");
                chains.push(Chain { acknowledged: vec![first.refresh_token().to_owned()] });
            }
            let codes = [codes(&client, 100).await, codes(&client, 100).await];
            let (refreshes, redemptions) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            let refreshing: Vec<_> =
                chains.drain(..).map(|chain| tokio::spawn(refresh_on(client.clone(), chain, Arc::clone(&refreshes)))).collect();
            let redeeming = codes.map(|codes| tokio::spawn(redeem_on(client.clone(), codes, Arc::clone(&redemptions))));
            let started = Instant::now();
            while refreshes.load(Ordering::Relaxed) < 40 + 7 * round || redemptions.load(Ordering::Relaxed) < 10 + 3 * round {
                assert!(started.elapsed() < Duration::from_secs(30), "round {round}: no load");
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            server.kill();
            let (mut left, mut redeemed) = (vec![], vec![]);
            for task in refreshing {
                left.push(task.await.unwrap());
            }
            for task in redeeming {
                redeemed.extend(task.await.unwrap());
            }
            steps += left.iter().map(|chain| chain.acknowledged.len() - 1).sum::<usize>();
            server = installation.start(&environment).await;
            chains = check_chains(&client, &left).await;
            check_codes(&client, &redeemed).await;
        }
        assert!(steps >= 120, "{steps} refreshes were acknowledged: too little load to prove anything");
        let said = server.said();
        assert!(!said.contains("database is locked") && !said.contains("ERROR"), "{said}");
    }
}
