//! `POST /token` with `refresh_token`: rotation, its retry window, replays and storms (S86 to S96).

use std::collections::BTreeSet;
use std::time::Duration;

use placet::admin::clients::ClientFields;
use placet::admin::resources;
use placet::admin::users::{self, UserFields};

use super::support::client::Tokens;
use super::support::server::start_of_time;
use super::support::storm::{count, refresh_at_once};
use super::support::{Browser, Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const OFFLINE: &[(&str, &str)] = &[("scope", "openid profile offline_access")];

async fn started(db: TestDatabase) -> (TestServer, Client, String) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    let client = server.web_client().await;
    let first = client
        .tokens("ada", OFFLINE)
        .await
        .refresh_token()
        .to_owned();
    (server, client, first)
}

/// The next refresh token.
async fn next(client: &Client, token: &str) -> String {
    let answer = client.refresh(token).await;
    answer.assert_granted("a live token");
    answer.refresh_token().to_owned()
}

async fn assert_dead(client: &Client, token: &str, what: &str) {
    client
        .refresh(token)
        .await
        .assert_refused(400, "invalid_grant", what);
}

fn distinct(answers: &[Tokens]) -> BTreeSet<String> {
    answers
        .iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| answer.refresh_token().to_owned())
        .collect()
}

on_both! {
    // S86: whoever comes with a used token, later than a lost answer explains, has stolen it or was stolen from.
    async fn a_used_token_presented_late_ends_the_family(db: TestDatabase) {
        let (server, client, first) = started(db).await;
        let second = next(&client, &first).await;
        server.advance(10);
        assert_dead(&client, &first, "the used one, after the window").await;
        assert_dead(&client, &second, "the newest").await;
        assert_dead(&client, &first, "again").await;
        assert_eq!(server.count_events("refresh_token_replayed").await, 1);
    }

    // S86: one older than the predecessor is a replay at any time.
    async fn an_older_token_ends_the_family_at_once(db: TestDatabase) {
        let (server, client, first) = started(db).await;
        let second = next(&client, &first).await;
        let third = next(&client, &second).await;
        assert_dead(&client, &first, "two steps old").await;
        // S94: the predecessor is dead although its window is open.
        assert_dead(&client, &second, "the predecessor of a revoked family").await;
        assert_dead(&client, &third, "the newest").await;
        assert_eq!(server.count_events("refresh_token_replayed").await, 1);
    }

    // S87: the same successor, however often; the window counts from the rotation and is not pushed on.
    async fn within_the_window_the_predecessor_gets_the_same_successor(db: TestDatabase) {
        let (server, client, first) = started(db).await;
        let rotated = client.refresh(&first).await;
        let second = rotated.refresh_token().to_owned();
        for _ in 0..3 {
            server.advance(3);
            let again = client.refresh(&first).await;
            again.assert_granted("a repeat within 10 s");
            assert_eq!(again.refresh_token(), second, "the very same successor");
            assert_ne!(again.access_token(), rotated.access_token());
            assert_eq!(again.json["scope"], rotated.json["scope"]);
            assert_eq!(again.header("cache-control"), "no-store");
        }
        let third = next(&client, &second).await;
        assert_eq!(next(&client, &second).await, third);
        server.advance(10);
        assert_dead(&client, &second, "at ten seconds").await;
        assert_dead(&client, &third, "the family").await;
    }

    // S87: 64 at once with one token: one step, one successor, one live branch.
    async fn of_many_at_once_all_get_one_successor(db: TestDatabase) {
        let (server, client, first) = started(db).await;
        let mut current = first.clone();
        for round in 0..3 {
            let answers = refresh_at_once(&vec![(client.clone(), current.clone()); 64]).await;
            assert_eq!(count(&answers, 200), 64, "round {round}");
            let successors = distinct(&answers);
            assert_eq!(successors.len(), 1, "round {round}: never two branches");
            let jtis: BTreeSet<String> = answers.iter().map(|answer| answer.decoded().1["jti"].to_string()).collect();
            assert_eq!(jtis.len(), 64, "each access token is one of its own");
            current = successors.into_iter().next().unwrap();
            assert_ne!(current, first);
        }
        // Exactly one refresh token works: every other one that was ever seen is dead, and the newest lives.
        server.advance(11);
        let newest = next(&client, &current).await;
        server.advance(11);
        assert_dead(&client, &current, "the one before").await;
        assert_dead(&client, &newest, "the family").await;
    }

    // S87 without a window: one wins; the others are replays, so nothing is left alive.
    async fn without_a_window_one_of_many_wins_and_the_family_ends(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.tokens.refresh_retry_window = Duration::ZERO).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let first = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        let answers = refresh_at_once(&vec![(client.clone(), first); 64]).await;
        assert_eq!(count(&answers, 200), 1);
        for loser in answers.iter().filter(|answer| answer.status != 200) {
            loser.assert_refused(400, "invalid_grant", "a loser");
        }
        let winner = answers.iter().find(|answer| answer.status == 200).unwrap();
        assert_dead(&client, winner.refresh_token(), "the winner's").await;
        assert_eq!(server.count_events("refresh_token_replayed").await, 1);
    }

    // S87: old and new at once. Whatever the order, a token has one successor, and at most one token lives on.
    async fn mixed_storms_never_leave_two_branches(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        for round in 0..3 {
            let zero = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
            let one = next(&client, &zero).await;
            let storm: Vec<_> =
                (0..64).map(|i| (client.clone(), if i % 2 == 0 { zero.clone() } else { one.clone() })).collect();
            let answers = refresh_at_once(&storm).await;
            for answer in answers.iter().filter(|answer| answer.status != 200) {
                answer.assert_refused(400, "invalid_grant", "a loser");
            }
            let (olds, news): (Vec<_>, Vec<_>) = answers.into_iter().enumerate().partition(|(index, _)| index % 2 == 0);
            let only = |answers: Vec<(usize, Tokens)>| distinct(&answers.into_iter().map(|(_, answer)| answer).collect::<Vec<_>>());
            let (from_zero, from_one) = (only(olds), only(news));
            assert!(from_zero.iter().all(|token| *token == one), "round {round}: zero has one successor");
            assert!(from_one.len() <= 1, "round {round}: one has one successor: {from_one:?}");
            // The storm has used both; a used token after the window ends the family, or it has ended already.
            server.advance(11);
            if let Some(two) = from_one.first() {
                let survivor = client.refresh(two).await;
                assert_dead(&client, &one, "used, late").await;
                if survivor.status == 200 {
                    assert_dead(&client, survivor.refresh_token(), "after the replay").await;
                }
                assert_dead(&client, two, "used").await;
            }
        }
    }

    // S90: another client's attempt neither burns nor ends anything, with the live token or a used one.
    async fn another_clients_token_is_refused_and_not_burnt(db: TestDatabase) {
        let (server, client, zero) = started(db).await;
        let (other, public) = (server.web_client().await, server.public_client().await);
        let one = next(&client, &zero).await;
        let two = next(&client, &one).await;
        for thief in [&other, &public] {
            for token in [&zero, &one, &two] {
                assert_dead(thief, token, "a thief").await;
            }
        }
        assert_eq!(next(&client, &one).await, two, "the window is the owner's still");
        next(&client, &two).await;
        assert_eq!(server.count_events("refresh_token_replayed").await, 0);
    }

    // S91
    async fn scope_narrows_and_never_widens(db: TestDatabase) {
        let (server, client, first) = started(db).await;
        for (asked, status, scope) in [
            ("openid profile email", 400, "invalid_scope"),
            ("email", 400, "invalid_scope"),
            ("no-such-scope", 400, "invalid_scope"),
            ("profile", 200, "profile"),
            ("profile openid", 200, "openid profile"),
            ("", 200, "offline_access openid profile"),
        ] {
            let first = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
            let answer = client.token(&[("grant_type", "refresh_token"), ("refresh_token", &first), ("scope", asked)]).await;
            assert_eq!(answer.status, status, "{asked}: {}", answer.json);
            if status == 400 {
                assert_eq!(answer.error(), scope, "{asked}");
                client.refresh(&first).await.assert_granted("a refused scope burns nothing");
                continue;
            }
            assert_eq!(answer.json["scope"], scope);
            assert_eq!(answer.decoded().1["scope"], scope);
            let full = client.refresh(answer.refresh_token()).await;
            assert_eq!(full.json["scope"], "offline_access openid profile", "the refresh token keeps its scope");
        }
        drop((server, first));
    }

    // S93: idle by default 30 days, absolute 365.
    async fn idle_and_absolute_lifetime_both_end_it(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.tokens.refresh_idle_ttl = Duration::from_hours(1);
            config.tokens.refresh_max_ttl = Duration::from_mins(150);
        })
        .await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let first = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        server.advance(3599);
        let second = next(&client, &first).await;
        server.advance(3600);
        assert_dead(&client, &second, "idle").await;

        let mut token = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        for _ in 0..2 {
            server.advance(3500);
            token = next(&client, &token).await;
        }
        server.advance(1999);
        token = next(&client, &token).await;
        server.advance(1);
        assert_dead(&client, &token, "9000 s after the sign-in, however often used").await;
    }

    // Issue, point 4: without offline_access an app stays connected no longer than the sign-in that it came from.
    async fn signing_out_ends_what_is_not_offline(db: TestDatabase) {
        let (server, client, offline) = started(db).await;
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", &[("scope", "openid")]).await;
        let online = client.redeem(&page.returned("code").unwrap()).await.refresh_token().to_owned();
        let newer = next(&client, &online).await;
        let account = browser.visit("/account").await;
        browser.submit(&account, &[]).await;
        // S94: also the predecessor, whose window is open.
        assert_dead(&client, &online, "the predecessor").await;
        assert_dead(&client, &newer, "the live one").await;
        next(&client, &offline).await;
    }

    // S74, S94: disabled: no refresh, not even inside the window; enabled again: what was ended stays ended.
    async fn a_disabled_users_tokens_stay_dead(db: TestDatabase) {
        let (server, client, first) = started(db).await;
        let second = next(&client, &first).await;
        let (app, by) = (&server.app, TestServer::by());
        users::disable(app, &by, "ada").await.unwrap();
        assert_dead(&client, &first, "predecessor").await;
        assert_dead(&client, &second, "live").await;
        users::enable(app, &by, "ada").await.unwrap();
        assert_dead(&client, &first, "predecessor, enabled again").await;
        assert_dead(&client, &second, "live, enabled again").await;
    }

    // S96: what is true of the person and the client now, not at the time of the grant.
    async fn changes_of_user_and_client_apply_at_the_next_refresh(db: TestDatabase) {
        let (server, client, token) = started(db).await;
        let (app, by) = (&server.app, TestServer::by());
        let roles = |tokens: &Tokens| tokens.decoded().1["roles"].clone();
        let answer = client.refresh(&token).await;
        assert_eq!(roles(&answer), serde_json::json!([]));
        let given = UserFields { roles: Some(vec!["editor".to_owned()]), ..UserFields::default() };
        users::change(app, &by, "ada", given).await.unwrap();
        let answer = client.refresh(answer.refresh_token()).await;
        assert_eq!(roles(&answer), serde_json::json!(["editor"]));
        users::change(app, &by, "ada", UserFields { roles: Some(vec![]), ..UserFields::default() }).await.unwrap();
        let answer = client.refresh(answer.refresh_token()).await;
        assert_eq!(roles(&answer), serde_json::json!([]));

        let less = ClientFields { scope: Some("openid offline_access".to_owned()), ..ClientFields::default() };
        server.change_client(&client, less).await;
        let answer = client.refresh(answer.refresh_token()).await;
        assert_eq!(answer.json["scope"], "offline_access openid", "the client may no longer have profile");
        assert_eq!(answer.decoded().1["scope"], "offline_access openid");
        let grants = ClientFields { grants: Some(vec!["authorization_code".to_owned()]), ..ClientFields::default() };
        server.change_client(&client, grants).await;
        client.refresh(answer.refresh_token()).await.assert_refused(400, "unauthorized_client", "no refresh grant");
    }

    // S96, S105: a resource that is gone, or no longer the client's, gets no token, and none for anyone else comes instead.
    async fn a_resource_that_is_gone_gets_no_token(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_scope("files:read", "read files").await;
        for (case, uri) in ["https://files.example/a", "https://files.example/b"].into_iter().enumerate() {
            server.add_resource(uri, "files:read").await;
            let client =
                server.client_with(&["authorization_code", "refresh_token"], "openid offline_access files:read", &[uri]).await;
            let asked = [("scope", "openid offline_access files:read")];
            let tokens = client.tokens("ada", &asked).await;
            assert_eq!(tokens.decoded().1["aud"], uri);
            if case == 0 {
                resources::remove(&server.app, &TestServer::by(), uri).await.unwrap();
            } else {
                let none = ClientFields { resources: Some(vec![]), ..ClientFields::default() };
                server.change_client(&client, none).await;
            }
            client.refresh(tokens.refresh_token()).await.assert_refused(400, "invalid_target", uri);
        }
    }

    // S89: a restart forgets nothing; a clock that is put back revives nothing.
    async fn restart_and_clock_step_revive_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        server.advance(7200);
        let zero = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        let other = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        let one = next(&client, &zero).await;
        let another = next(&client, &other).await;
        let restarted = server.second_node(|_| {}).await;
        drop(server);
        let there = client.at(&restarted);
        assert_eq!(next(&there, &other).await, another, "the window goes on over a restart");
        // The clock is put back by an hour: the window has closed, and no clock opens it again.
        restarted.clock.set(start_of_time() + Duration::from_hours(1));
        assert_dead(&there, &zero, "used").await;
        assert_dead(&there, &one, "its family").await;
        let newest = next(&there, &another).await;
        restarted.clock.set(start_of_time() + Duration::from_hours(3));
        assert_dead(&there, &one, "revoked stays revoked").await;
        assert_dead(&there, &another, "used, by any clock").await;
        assert_dead(&there, &newest, "its family").await;
    }
}
