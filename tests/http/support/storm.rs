//! Many requests at once.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Barrier;

use super::Client;
use super::client::Tokens;

/// Runs `number` tasks that all start at the same moment; their results in the order of their numbers.
pub(crate) async fn at_once<F, T>(number: usize, make: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let gate = Arc::new(Barrier::new(number));
    let tasks: Vec<_> = (0..number)
        .map(|index| {
            let (gate, task) = (Arc::clone(&gate), make(index));
            tokio::spawn(async move {
                gate.wait().await;
                task.await
            })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// Refreshes with each of these tokens at once, each at the client beside it.
pub(crate) async fn refresh_at_once(presented: &[(Client, String)]) -> Vec<Tokens> {
    at_once(presented.len(), |index| {
        let (client, token) = presented[index].clone();
        async move { client.refresh(&token).await }
    })
    .await
}

/// Redeems one code at each of these clients at once.
pub(crate) async fn redeem_at_once(clients: &[Client], code: &str) -> Vec<Tokens> {
    at_once(clients.len(), |index| {
        let (client, code) = (clients[index].clone(), code.to_owned());
        async move { client.redeem(&code).await }
    })
    .await
}

/// How many of the answers have that status.
pub(crate) fn count(answers: &[Tokens], status: u16) -> usize {
    answers
        .iter()
        .filter(|answer| answer.status == status)
        .count()
}
