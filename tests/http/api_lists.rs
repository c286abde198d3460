//! Lists of the admin API: parts, cursors, filters (S169, S170).

use std::collections::BTreeSet;

use placet::admin::clients::{self, NewClient};
use placet::model::client::Client as Stored;
use serde_json::Value;

use super::api::{Api, field_problem, json_of, ok, problem};
use super::support::TestServer;
use super::support::requests::new_client;
use crate::support::database::on_both;

async fn add(server: &TestServer, id: &str, name: &str) -> Stored {
    let new = NewClient {
        id: Some(id.to_owned()),
        ..new_client(name, &["https://app.example/callback"])
    };
    clients::add(&server.app, &TestServer::by(), new)
        .await
        .unwrap()
        .client
}

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["client_id"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    async fn parts_neither_repeat_nor_leave_out(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for number in 0..120 {
            add(&server, &format!("c{number:03}"), "Printer").await;
        }
        let api = Api::new(&server).await;
        let mut seen = Vec::new();
        let mut path = "/clients?limit=7&search=printer".to_owned();
        for round in 0.. {
            let page = api.get(&path).await;
            let list = ok(&page, 200);
            let part = ids(&list);
            assert!(part.len() <= 7);
            seen.extend(part);
            // Others add before and behind, and remove what was seen.
            add(&server, &format!("a{round:03}"), "Printer").await;
            add(&server, &format!("z{round:03}"), "Scanner").await;
            clients::remove(&server.app, &TestServer::by(), &seen[seen.len() - 1]).await.unwrap();
            let Some(next) = list["next"].as_str() else {
                assert_eq!(page.header("link"), "");
                break;
            };
            let link = page.header("link");
            let address = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
            assert!(address.contains(next) && address.contains("limit=7"), "{link}");
            path = address.strip_prefix("/api/v1").unwrap().to_owned();
        }
        let once: BTreeSet<&String> = seen.iter().collect();
        assert_eq!(once.len(), seen.len(), "repeated");
        for number in 0..120 {
            assert!(seen.contains(&format!("c{number:03}")), "left out: {number}");
        }
    }

    // S170
    async fn odd_parameters_are_refused_or_answered(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        let user = placet::admin::users::NewUser { username: "100% O'Neill_.*".to_owned(), ..Default::default() };
        server.add_user_with(user).await;
        let lists = ["/clients", "/users", "/sessions", "/grants", "/consents", "/audit-events", "/errors"];
        for list in lists {
            for limit in ["0", "-1", "201", "9223372036854775808", "9223372036854775807", "1e3", "", "%27", "1%00"] {
                let page = api.get(&format!("{list}?limit={limit}")).await;
                assert_eq!(json_of(&page)["errors"][0]["field"], "limit", "{}", page.body);
                problem(&page, 400, limit);
            }
            for forged in ["x", "%27%27", "bm90IGFuIGlkIQ", "AA", "_w", "", "Li4vLi4", "MTc5MDAwMDAwMDAwMDAwMC4nIE9SIDE9MQ"] {
                let page = api.get(&format!("{list}?after={forged}")).await;
                assert!([200, 400].contains(&page.status.as_u16()), "{list} {forged}: {}", page.body);
            }
            for forged in ["x!", "", "AA", "_w"] {
                field_problem(&api.get(&format!("{list}?after={forged}")).await, 400, "after", "");
            }
            field_problem(&api.get(&format!("{list}?nonsense=1")).await, 400, "nonsense", "expected one of");
            field_problem(&api.get(&format!("{list}?limit=1&limit=2")).await, 400, "limit", "more than once");
        }
        for (search, found) in [("100%25", 1), ("%25", 1), ("_", 1), ("O%27Neill", 1), (".*", 1), ("%5C", 0), ("%22", 0), ("neill%00", 400), ("(a%2B)%2B$", 0), ("ONEILL", 0), ("o%27neill", 1)] {
            let page = api.get(&format!("/users?search={search}")).await;
            if found == 400 {
                field_problem(&page, 400, "search", "control");
            } else {
                assert_eq!(ok(&page, 200)["items"].as_array().unwrap().len(), found, "{search}");
            }
        }
        let long = "x".repeat(5000);
        problem(&api.get(&format!("/users?search={long}")).await, 400, "long");
        for query in ["/clients?registration=nobody", "/clients?enabled=yes", "/clients?enabled", "/audit-events?kind=nothing",
            "/audit-events?from=yesterday", "/audit-events?from=-262143-01-01T00:00:00Z", "/errors?to=9999-12-31T23:59:59Z",
            "/audit-events?to=%2B262142-01-01T00:00:00Z", "/users?role=%27", "/sessions?user=nobody", "/grants?client=a%20b", "/consents?client=%27"] {
            problem(&api.get(query).await, 400, query);
        }
        for query in ["/clients?registration=dynamic", "/users?role=admin", "/audit-events?actor=%27%20OR%201=1", "/audit-events?client=%25",
            "/audit-events?from=1970-01-01T00:00:00Z&to=2026-01-01T00:00:00%2B02:00", "/grants?client=nobody", "/audit-events?request_id=x"] {
            let list = ok(&api.get(query).await, 200);
            assert!(list["items"].as_array().unwrap().is_empty(), "{query}: {list}");
        }
    }

    async fn lists_are_narrowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let api = Api::new(&server).await;
        add(&server, "printer", "Photo Printer").await;
        add(&server, "scanner", "Photo Scanner").await;
        assert_eq!(ids(&ok(&api.get("/clients?search=PHOTO%20s").await, 200)), ["scanner"]);
        assert_eq!(ids(&ok(&api.get("/clients?search=print").await, 200)), ["printer"]);
        ok(&api.send("POST", "/clients/printer/disable", &[], "").await, 200);
        assert_eq!(ids(&ok(&api.get("/clients?enabled=false").await, 200)), ["printer"]);
        assert_eq!(ids(&ok(&api.get("/clients?enabled=true&search=photo").await, 200)), ["scanner"]);
        let head = api.send("HEAD", "/clients", &[], "").await;
        assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
    }
}
