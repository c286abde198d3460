//! Who the user is: passwords, second factors, throttles, sessions. Nothing of OAuth in here, but as the client of
//! others in `upstream`.

pub mod device;
pub mod factors;
pub mod known;
pub mod links;
pub mod login;
pub mod notices;
pub mod passkey;
pub mod password;
pub mod recovery;
pub mod second_factor;
pub mod session;
pub mod sign_up;
mod throttle;
pub mod totp;
pub mod upstream;

use crate::config::Config;

/// What sign-in needs beside the `App`: the hashing threads, and the attempts that are under way on this node.
#[derive(Debug)]
pub struct Identity {
    pub passwords: password::PasswordPool,
    attempts: throttle::Attempts,
}

impl Identity {
    /// Starts the hashing threads.
    pub fn new(config: &Config) -> std::io::Result<Self> {
        let settings = &config.password_hash;
        let params = password::Argon2Params {
            memory_kib: settings.memory_kib,
            iterations: settings.iterations,
            parallelism: settings.parallelism,
        };
        Ok(Self {
            passwords: password::PasswordPool::new(params, config.hash_threads(), settings.queue)?,
            attempts: throttle::Attempts::default(),
        })
    }
}
