//! Password hashing: argon2id (RFC 9106) on threads of its own.
//!
//! 1. A fixed set of threads, each keeping its memory between jobs: as many hashes at a time as there are cores, never more.
//!    (On the common blocking pool 32 sign-ins at once took 4.5 GiB and went at a quarter of the speed.)
//! 2. A bounded queue in front of them. When it is full the caller hears so at once and can answer 503 (S178).
//! 3. A job whose caller has gone is skipped, so that a flood of broken-off sign-ins does not hold up the rest.
//! 4. A person who does not exist costs the same as one who does (S41).
//! 5. Hashes that were made elsewhere are checked here too (`foreign`), and replaced by ours at the next sign-in.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash as Phc, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq as _;
use tokio::sync::oneshot;
use zeroize::{Zeroize as _, Zeroizing};

use crate::model::secret::{PasswordHash, Secret};
use crate::random;
use stored::{AnyStored, Stored};

mod foreign;
pub mod rules;
mod stored;

pub use stored::{Usable, usable};

/// The longest password that is looked at, in bytes of UTF-8 (S48).
pub const MAX_PASSWORD_BYTES: usize = 1024;

const TAG_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

/// The cost of one hash (RFC 9106 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Params {
    /// Memory in KiB; at least 8 × `parallelism`.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes. They are filled one after another: each hash stays on its thread.
    pub parallelism: u32,
}

/// What came of comparing a password with a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The password is right. `needs_upgrade`: its hash was made at another cost than the present one, so hash it anew and store that.
    Match {
        /// See [`Verdict::Match`].
        needs_upgrade: bool,
    },
    /// The password is wrong, or there is nothing to compare it with.
    Mismatch,
}

/// Why no hash was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// As many people wait as may: 503 with Retry-After.
    #[error("too many passwords are waiting to be checked")]
    Full,
    /// The server is stopping.
    #[error("password hashing has stopped")]
    Closed,
    /// The password to hash is longer than [`MAX_PASSWORD_BYTES`].
    #[error("the password is too long")]
    TooLong,
    /// The hash function refused its parameters.
    #[error("password hashing failed")]
    Failed,
}

/// The threads that hash, and the queue before them. They end when this is dropped.
pub struct PasswordPool {
    shared: Arc<Shared>,
}

struct Shared {
    params: Params,
    /// Compared with where there is no stored hash: the present cost, a random salt, a tag that no password has.
    dummy: Phc,
    capacity: usize,
    queue: Mutex<Queue>,
    filled: Condvar,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    is_closed: bool,
}

/// Wiped when the job is done. No `Debug` here: it would show the password.
type Password = Zeroizing<String>;

enum Job {
    Hash(Password, oneshot::Sender<Option<PasswordHash>>),
    Verify(Password, Option<PasswordHash>, oneshot::Sender<Verdict>),
}

impl PasswordPool {
    /// Starts `threads` threads (at least one) with room for `queue` waiting jobs. Fails on parameters that argon2 cannot take.
    pub fn new(params: Argon2Params, threads: usize, queue: usize) -> io::Result<Self> {
        let pool = Self::idle(params, queue)?;
        pool.start(threads.max(1))?;
        Ok(pool)
    }

    fn idle(cost: Argon2Params, capacity: usize) -> io::Result<Self> {
        let (memory, passes, lanes) = (cost.memory_kib, cost.iterations, cost.parallelism);
        let params = Params::new(memory, passes, lanes, Some(TAG_BYTES))
            .map_err(|_| io::Error::other("argon2 does not take these password_hash settings"))?;
        let dummy = random_tag()
            .and_then(|(salt, tag)| to_phc(&params, salt, tag))
            .ok_or_else(|| io::Error::other("no password hash can be written"))?;
        Ok(Self {
            shared: Arc::new(Shared {
                params,
                dummy,
                capacity,
                queue: Mutex::default(),
                filled: Condvar::new(),
            }),
        })
    }

    fn start(&self, threads: usize) -> io::Result<()> {
        for number in 0..threads {
            let shared = Arc::clone(&self.shared);
            thread::Builder::new()
                .name(format!("password-{number}"))
                .spawn(move || Worker(Vec::new()).run(&shared))?;
        }
        Ok(())
    }

    /// Hashes a new password with a fresh salt.
    pub async fn hash(&self, password: Secret<String>) -> Result<PasswordHash, PoolError> {
        let password = Zeroizing::new(password.into_inner());
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(PoolError::TooLong);
        }
        let (reply, answer) = oneshot::channel();
        self.shared.push(Job::Hash(password, reply))?;
        answer
            .await
            .map_err(|_| PoolError::Closed)?
            .ok_or(PoolError::Failed)
    }

    /// Compares a password, byte for byte as it was given, with a stored hash. `None`, for a person who does not exist, costs as much as
    /// a hash of the present cost and is a mismatch (S41).
    pub async fn verify(
        &self,
        password: Secret<String>,
        hash: Option<&PasswordHash>,
    ) -> Result<Verdict, PoolError> {
        let password = Zeroizing::new(password.into_inner());
        if password.len() > MAX_PASSWORD_BYTES {
            return Ok(Verdict::Mismatch);
        }
        let (reply, answer) = oneshot::channel();
        self.shared
            .push(Job::Verify(password, hash.cloned(), reply))?;
        answer.await.map_err(|_| PoolError::Closed)
    }

    /// How many jobs wait for a thread now: a gauge for the metrics.
    pub fn queued(&self) -> usize {
        self.shared.lock().jobs.len()
    }

    /// How many jobs may wait.
    pub fn queue_capacity(&self) -> usize {
        self.shared.capacity
    }
}

impl fmt::Debug for PasswordPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordPool")
            .field("params", &self.shared.params)
            .field("queued", &self.queued())
            .finish_non_exhaustive()
    }
}

impl Drop for PasswordPool {
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.is_closed = true;
        queue.jobs.clear();
        drop(queue);
        self.shared.filled.notify_all();
    }
}

impl Shared {
    /// The queue is whole between any two statements, so a panic elsewhere while it was locked has not broken it.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, job: Job) -> Result<(), PoolError> {
        let mut queue = self.lock();
        if queue.jobs.len() >= self.capacity {
            queue.jobs.retain(Job::is_wanted);
        }
        if queue.jobs.len() >= self.capacity {
            return Err(PoolError::Full);
        }
        queue.jobs.push_back(job);
        drop(queue);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for the next job that someone still wants; `None` when the pool is gone.
    fn next(&self) -> Option<Job> {
        let mut queue = self.lock();
        loop {
            if queue.is_closed {
                return None;
            }
            while let Some(job) = queue.jobs.pop_front() {
                if job.is_wanted() {
                    return Some(job);
                }
            }
            queue = self
                .filled
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Job {
    fn is_wanted(&self) -> bool {
        match self {
            Self::Hash(_, reply) => !reply.is_closed(),
            Self::Verify(_, _, reply) => !reply.is_closed(),
        }
    }
}

/// One thread's memory, as large as the present cost asks for.
struct Worker(Vec<Block>);

impl Worker {
    fn run(&mut self, shared: &Shared) {
        while let Some(job) = shared.next() {
            // With the first job, so that a server where nobody has signed in yet is small; kept from then on.
            self.0.resize(shared.params.block_count(), Block::new());
            // A send fails only if the caller went away meanwhile: nothing to do then.
            let _sent = match job {
                Job::Hash(password, reply) => {
                    reply.send(self.hash(&shared.params, &password)).is_ok()
                }
                Job::Verify(password, hash, reply) => reply
                    .send(self.verify(shared, &password, hash.as_ref()))
                    .is_ok(),
            };
        }
    }

    fn hash(&mut self, params: &Params, password: &Password) -> Option<PasswordHash> {
        let salt = Salt::new(&random::bytes::<SALT_BYTES>()).ok()?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let mut tag = Zeroizing::new([0; TAG_BYTES]);
        self.fill(&argon2, password, &salt, tag.as_mut())?;
        let phc = to_phc(params, salt, Output::new(tag.as_ref()).ok()?)?;
        Some(PasswordHash::from_phc(phc.to_string()))
    }

    fn verify(
        &mut self,
        shared: &Shared,
        password: &Password,
        hash: Option<&PasswordHash>,
    ) -> Verdict {
        let stored = match hash.map(|hash| AnyStored::read(hash.as_phc())) {
            Some(Some(AnyStored::Foreign(foreign))) => return foreign.verify(password),
            Some(Some(AnyStored::Argon2(stored))) => Some(stored),
            Some(None) => {
                tracing::error!("a stored password hash cannot be used; its owner cannot sign in");
                None
            }
            None => None,
        };
        let is_real = stored.is_some();
        let Some(stored) = stored.or_else(|| Stored::read(&shared.dummy)) else {
            return Verdict::Mismatch;
        };
        let expected = stored.tag.as_bytes();
        let mut tag = Zeroizing::new(vec![0; expected.len()]);
        let argon2 = Argon2::new(stored.algorithm, stored.version, stored.params.clone());
        let filled = self.fill(&argon2, password, &stored.salt, &mut tag);
        // Both are compared before either decides.
        let is_equal = bool::from(tag.ct_eq(expected));
        if filled.is_none() || !(is_equal & is_real) {
            return Verdict::Mismatch;
        }
        Verdict::Match {
            needs_upgrade: stored.algorithm != Algorithm::Argon2id
                || stored.version != Version::V0x13
                || stored.params != shared.params,
        }
    }

    fn fill(
        &mut self,
        argon2: &Argon2<'_>,
        password: &Password,
        salt: &Salt,
        tag: &mut [u8],
    ) -> Option<()> {
        let needed = argon2.params().block_count();
        let password = password.as_bytes();
        let mut larger = Vec::new();
        let memory = if needed > self.0.len() {
            // An old hash of a higher cost: memory for this one job only.
            larger.resize(needed, Block::new());
            &mut larger
        } else {
            &mut self.0
        };
        let outcome =
            argon2.hash_password_into_with_memory(password, salt, tag, memory.as_mut_slice());
        // After a single pass the first two blocks of each lane are a cheap hash of the password; later passes have mixed them.
        // Wiping all of the memory each time would cost a tenth of the throughput.
        let lane = (needed / argon2.params().p_cost().max(1) as usize).max(1);
        for start in (0..needed).step_by(lane) {
            for block in memory.iter_mut().skip(start).take(2) {
                block.as_mut().zeroize();
            }
        }
        outcome.ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        for block in &mut self.0 {
            block.as_mut().zeroize();
        }
    }
}

fn random_tag() -> Option<(Salt, Output)> {
    let salt = Salt::new(&random::bytes::<SALT_BYTES>()).ok()?;
    let tag = Output::new(&random::bytes::<TAG_BYTES>()).ok()?;
    Some((salt, tag))
}

fn to_phc(params: &Params, salt: Salt, tag: Output) -> Option<Phc> {
    Some(Phc {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).ok()?,
        salt: Some(salt),
        hash: Some(tag),
    })
}

#[cfg(test)]
mod tests;
