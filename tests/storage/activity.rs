//! Counts by the hour: what nodes counted adds up.

use chrono::{DateTime, TimeDelta, Utc};
use placet::storage::ActivityHour;

use super::build::{after, now};
use super::races::all_at_once;
use crate::support::database::on_both;

fn hour(number: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + 3600 * number, 0).unwrap()
}

fn counted(hours: i64, kind: &str, count: i64) -> ActivityHour {
    ActivityHour {
        hour: hour(hours),
        kind: kind.to_owned(),
        count,
    }
}

on_both! {
    async fn counts_of_an_hour_add_up(db: TestDatabase) {
        db.store.add_activity(hour(0), &[]).await.unwrap();
        db.store.add_activity(hour(0), &[("b", 2), ("a", 1)]).await.unwrap();
        db.store.add_activity(hour(0), &[("b", 40)]).await.unwrap();
        db.store.add_activity(hour(1), &[("a", 7)]).await.unwrap();
        let all = db.store.activity(hour(0), hour(9)).await.unwrap();
        assert_eq!(all, [counted(0, "a", 1), counted(0, "b", 42), counted(1, "a", 7)]);
        assert_eq!(db.store.activity(hour(1), hour(2)).await.unwrap(), [counted(1, "a", 7)]);
        assert!(db.store.activity(hour(0) + TimeDelta::seconds(1), hour(1)).await.unwrap().is_empty());
    }

    async fn many_nodes_lose_no_count(db: TestDatabase) {
        all_at_once(&db, 32, |store, number| async move {
            // In both orders, which must not make them wait for each other.
            let kinds = if number % 2 == 0 { [("a", 1), ("b", 1)] } else { [("b", 1), ("a", 1)] };
            store.add_activity(hour(0), &kinds).await
        })
        .await;
        let all = db.store.activity(hour(0), hour(1)).await.unwrap();
        assert_eq!(all, [counted(0, "a", 32), counted(0, "b", 32)]);
    }

    async fn old_hours_go(db: TestDatabase) {
        for number in 0..5 {
            db.store.add_activity(hour(number), &[("a", 1), ("b", 1)]).await.unwrap();
        }
        let swept = db.store.sweep(now(), hour(2), 100).await.unwrap();
        assert_eq!(swept.activity, 6);
        assert_eq!(db.count("activity").await, 4);
        assert_eq!(db.store.sweep(after(9), hour(2), 100).await.unwrap().activity, 0);
    }
}
