//! Tests of password hashing: right and wrong, old costs, and what the queue does when too many wait.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;

use super::*;

const QUICK: Argon2Params = Argon2Params {
    memory_kib: 64,
    iterations: 1,
    parallelism: 1,
};

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn quick() -> PasswordPool {
    PasswordPool::new(QUICK, 1, 8).unwrap()
}

#[tokio::test]
async fn only_the_same_bytes_match() {
    // S47
    let pool = quick();
    let long = "x".repeat(MAX_PASSWORD_BYTES - 1);
    let past_bcrypt = "y".repeat(72);
    let cases = [
        ("correct horse", "correct horse ", "trailing blank"),
        ("correct horse", "Correct horse", "other case"),
        ("correct horse", "correct horse\0", "NUL added"),
        ("correct\0horse", "correct", "cut at the NUL"),
        (long.as_str(), &long[..long.len() - 1], "last of 1023 bytes"),
        (
            &format!("{past_bcrypt}a"),
            past_bcrypt.as_str(),
            "cut at 72 bytes",
        ),
        ("pässwörd", "pa\u{308}sswo\u{308}rd", "other Unicode form"),
        ("密码🔑 пароль", "密码🔑 парол", "one letter less"),
        ("", " ", "empty"),
    ];
    for (password, other, what) in cases {
        let hash = pool.hash(secret(password)).await.unwrap();
        assert!(hash.as_phc().starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert_eq!(
            pool.verify(secret(password), Some(&hash)).await,
            Ok(Verdict::Match {
                needs_upgrade: false
            }),
            "{what}"
        );
        assert_eq!(
            pool.verify(secret(other), Some(&hash)).await,
            Ok(Verdict::Mismatch),
            "{what}"
        );
    }
}

#[tokio::test]
async fn a_missing_person_or_a_useless_hash_is_a_mismatch() {
    let pool = quick();
    assert_eq!(pool.verify(secret("x"), None).await, Ok(Verdict::Mismatch));
    let refused = [
        "",
        "secret",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA",
        "$argon2id$v=19$m=1048577,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$kTMVUHcOuzfyVHhhQOQLQDg7i0lyxHlS9tCWTXlFdIo",
        "$argon2id$v=19$m=64,t=101,p=1$c29tZXNhbHRzb21lc2FsdA$kTMVUHcOuzfyVHhhQOQLQDg7i0lyxHlS9tCWTXlFdIo",
    ];
    for phc in refused {
        let hash = PasswordHash::from_phc(phc.to_owned());
        assert_eq!(
            pool.verify(secret("password"), Some(&hash)).await,
            Ok(Verdict::Mismatch),
            "{phc}"
        );
    }
}

#[tokio::test]
async fn too_long_is_answered_without_hashing() {
    // S48
    let pool = PasswordPool::idle(QUICK, 1).unwrap();
    let long = "x".repeat(MAX_PASSWORD_BYTES + 1);
    assert_eq!(
        pool.verify(secret(&long), None).await,
        Ok(Verdict::Mismatch)
    );
    assert!(matches!(
        pool.hash(secret(&long)).await,
        Err(PoolError::TooLong)
    ));
}

#[tokio::test]
async fn hashes_of_another_cost_or_kind_match_and_ask_to_be_renewed() {
    let pool = quick();
    let costs = [
        Argon2Params {
            memory_kib: 256,
            ..QUICK
        },
        Argon2Params {
            memory_kib: 32,
            ..QUICK
        },
        Argon2Params {
            iterations: 2,
            ..QUICK
        },
        Argon2Params {
            parallelism: 2,
            ..QUICK
        },
    ];
    for cost in costs {
        let other = PasswordPool::new(cost, 1, 8).unwrap();
        let hash = other.hash(secret("password")).await.unwrap();
        assert_eq!(
            pool.verify(secret("password"), Some(&hash)).await,
            Ok(Verdict::Match {
                needs_upgrade: true
            }),
            "{cost:?}"
        );
        assert_eq!(
            pool.verify(secret("Password"), Some(&hash)).await,
            Ok(Verdict::Mismatch)
        );
    }
    // From the reference implementation's own tests (argon2id, argon2i, and the first version).
    let published = [
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
        "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
    ];
    for phc in published {
        let hash = PasswordHash::from_phc(phc.to_owned());
        assert_eq!(
            pool.verify(secret("password"), Some(&hash)).await,
            Ok(Verdict::Match {
                needs_upgrade: true
            }),
            "{phc}"
        );
    }
}

/// Polls a future once, so that its job is in the queue.
macro_rules! queued {
    ($future:expr) => {{
        let mut future = Box::pin($future);
        assert!((&mut future).now_or_never().is_none());
        future
    }};
}

#[tokio::test]
async fn a_full_queue_says_so_and_recovers() {
    // S178
    let pool = PasswordPool::idle(QUICK, 2).unwrap();
    assert_eq!(pool.queue_capacity(), 2);
    let first = queued!(pool.hash(secret("a")));
    let second = queued!(pool.verify(secret("b"), None));
    assert_eq!(pool.queued(), 2);
    assert_eq!(pool.verify(secret("c"), None).await, Err(PoolError::Full));
    pool.start(1).unwrap();
    assert!(first.await.is_ok());
    assert_eq!(second.await, Ok(Verdict::Mismatch));
    assert_eq!(pool.verify(secret("c"), None).await, Ok(Verdict::Mismatch));
    assert_eq!(pool.queued(), 0);
}

#[tokio::test]
async fn jobs_of_callers_who_left_are_skipped_and_make_room() {
    let costly = Argon2Params {
        memory_kib: 256 * 1024,
        iterations: 20,
        parallelism: 1,
    };
    let pool = PasswordPool::idle(costly, 4).unwrap();
    let gone: Vec<_> = vec![
        queued!(pool.verify(secret("a"), None)),
        queued!(pool.verify(secret("b"), None)),
        queued!(pool.verify(secret("c"), None)),
        queued!(pool.verify(secret("d"), None)),
    ];
    assert_eq!(pool.verify(secret("e"), None).await, Err(PoolError::Full));
    drop(gone);
    let cheap = PasswordPool::new(QUICK, 1, 1)
        .unwrap()
        .hash(secret("e"))
        .await
        .unwrap();
    let wanted = queued!(pool.verify(secret("e"), Some(&cheap)));
    assert_eq!(pool.queued(), 1, "the four that nobody awaits made room");
    let started = Instant::now();
    pool.start(1).unwrap();
    assert_eq!(
        wanted.await,
        Ok(Verdict::Match {
            needs_upgrade: true
        })
    );
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn the_threads_pass_over_a_job_that_nobody_awaits() {
    let pool = PasswordPool::idle(QUICK, 4).unwrap();
    drop(queued!(pool.hash(secret("a"))));
    let _kept = queued!(pool.hash(secret("b")));
    assert_eq!(pool.queued(), 2);
    let job = pool.shared.next().unwrap();
    assert!(matches!(job, Job::Hash(password, _) if *password == "b"));
}

#[tokio::test]
async fn the_pool_ends_its_threads_and_its_callers_when_dropped() {
    let pool = PasswordPool::idle(QUICK, 4).unwrap();
    let shared = Arc::downgrade(&pool.shared);
    let (reply, answer) = oneshot::channel();
    pool.shared
        .push(Job::Verify(Zeroizing::new("a".to_owned()), None, reply))
        .unwrap();
    drop(pool);
    assert!(answer.await.is_err());
    assert!(shared.upgrade().is_none());

    let pool = quick();
    pool.verify(secret("a"), None).await.unwrap();
    let shared = Arc::downgrade(&pool.shared);
    drop(pool);
    let deadline = Instant::now() + Duration::from_secs(5);
    while shared.strong_count() > 0 {
        assert!(Instant::now() < deadline, "a thread outlives the pool");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn parameters_that_argon2_cannot_take_are_an_error() {
    let bad = [
        Argon2Params {
            memory_kib: 7,
            ..QUICK
        },
        Argon2Params {
            iterations: 0,
            ..QUICK
        },
        Argon2Params {
            parallelism: 0,
            ..QUICK
        },
        Argon2Params {
            parallelism: 9,
            ..QUICK
        },
    ];
    for params in bad {
        assert!(PasswordPool::new(params, 1, 1).is_err(), "{params:?}");
    }
}
