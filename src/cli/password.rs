//! Passwords as they come in: one line of stdin, or typed at a terminal without being shown; never an argument.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};

use zeroize::Zeroize as _;

use super::output::Failure;
use crate::config::Config;
use crate::identity::password::{Argon2Params, PasswordPool};
use crate::model::secret::Secret;

/// Enough for the longest password and its end of line; a longer one is refused by its length.
const MAX_LINE: u64 = 4096;

/// The line that `--password-stdin` promises.
pub(super) fn from_stdin() -> Result<Secret<String>, Failure> {
    let mut line = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_LINE)
        .read_until(b'\n', &mut line)
        .map_err(|error| Failure::failed(format!("password: stdin cannot be read: {error}")))?;
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    }
    let text = String::from_utf8(line).map_err(|error| {
        error.into_bytes().zeroize();
        Failure::usage("password: stdin is not UTF-8")
    })?;
    if text.is_empty() {
        return Err(Failure::usage(
            "password: stdin is empty; give the password as its first line",
        ));
    }
    Ok(Secret::new(text))
}

/// Asks at the terminal, twice; `None` where stdin is none.
pub(super) fn from_terminal() -> Result<Option<Secret<String>>, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .map(Secret::new)
            .map_err(|error| {
                Failure::failed(format!("password: the terminal cannot be read: {error}"))
            })
    };
    let password = ask("Password: ")?;
    if password != ask("Once more: ")? {
        return Err(Failure::usage("password: the two are not the same"));
    }
    Ok(Some(password))
}

/// One thread that hashes as the settings say.
pub(super) fn pool(config: &Config) -> Result<PasswordPool, Failure> {
    let settings = &config.password_hash;
    let params = Argon2Params {
        memory_kib: settings.memory_kib,
        iterations: settings.iterations,
        parallelism: settings.parallelism,
    };
    PasswordPool::new(params, 1, 1)
        .map_err(|error| Failure::failed(format!("password_hash: {error}")))
}
