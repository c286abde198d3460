//! `placet key rekey`: another secret key, and everything that is sealed under it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::json;
use zeroize::Zeroizing;

use super::output::{Failure, Output};
use crate::admin::{AdminError, By, rekey};
use crate::app::secret_key_file;
use crate::config::{Config, Synchronous, parse_secret_key};
use crate::keys::secret_file::{Prepared, SecretFile};
use crate::model::secret::Secret;
use crate::random;

/// More than any way to write 32 bytes needs.
const MAX_LENGTH: u64 = 4096;

/// Where the new key comes from; never an argument, which other programs see.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub(super) struct NewKey {
    /// Read the new key, in base64, from stdin
    #[arg(long)]
    key_stdin: bool,
    /// Read the new key, in base64, from a file
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

pub(super) async fn run(from: NewKey, mut config: Config, output: Output) -> Result<(), Failure> {
    let given = read(&from)?;
    let file = match config.secret_key {
        // The settings name it, and it is theirs to change.
        Some(_) => None,
        None => secret_key_file(&config),
    };
    let new = match (given, &file) {
        (Some(key), _) => key,
        (None, Some(_)) => Secret::new(random::bytes()),
        (None, None) => {
            return Err(Failure::usage(
                "secret_key: the settings give it, so give the new one too: openssl rand -base64 32 | placet key rekey --key-stdin",
            ));
        }
    };
    // The old key is gone when this ends: what the new one opens must be on the disk by then.
    config.database.synchronous = Synchronous::Full;
    let app = super::open(config).await?;
    let prepared = file
        .as_deref()
        .map(|file| {
            SecretFile::at(file)
                .prepare(&new)
                .map_err(|error| failed(file, &error))
        })
        .transpose()?;
    let result = rekey::rekey(&app, &By::command_line(), &new).await;
    app.store.close().await;
    let number = match result {
        Ok(number) => number,
        Err(error) => return Err(undone(prepared, error)),
    };
    if let (Some(prepared), Some(file)) = (prepared, &file) {
        prepared.finish().map_err(|error| failed(file, &error))?;
    }
    let place = file.map(|file| file.display().to_string());
    output.print(&json!({ "resealed": number, "file": place }), || {
        let done = format!("the secret key is changed; {number} values were sealed anew\n");
        let next = match place {
            Some(place) => format!("{place} holds the new one; a server that runs stops by itself, start it again\n"),
            None => "set secret_key to the new one and start the servers again; those that run stop by themselves\n".to_owned(),
        };
        done + &next
    })
}

/// The error, and what is left of the attempt goes, unless the commit may have come off all the same: then the next start looks
/// which of the two keys fits.
fn undone(prepared: Option<Prepared>, error: AdminError) -> Failure {
    let is_unsure = matches!(
        &error,
        AdminError::Storage(crate::storage::Error::Database(_))
    );
    if let Some(prepared) = prepared.filter(|_| !is_unsure) {
        // A key that was never used may lie there.
        let _ = prepared.discard();
    }
    error.into()
}

fn read(from: &NewKey) -> Result<Option<Secret<[u8; 32]>>, Failure> {
    let mut text = Zeroizing::new(String::new());
    if let Some(file) = &from.key_file {
        let open = std::fs::File::open(file).map_err(|error| failed(file, &error))?;
        open.take(MAX_LENGTH)
            .read_to_string(&mut text)
            .map_err(|error| failed(file, &error))?;
    } else if from.key_stdin {
        std::io::stdin()
            .lock()
            .take(MAX_LENGTH)
            .read_to_string(&mut text)
            .map_err(|error| failed(Path::new("stdin"), &error))?;
    } else {
        return Ok(None);
    }
    let key = parse_secret_key(text.trim()).map_err(|error| {
        Failure::usage(format!(
            "secret_key: the new one is {error}; make one with `openssl rand -base64 32`"
        ))
    })?;
    Ok(Some(key))
}

fn failed(file: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(format!("cannot read or write {}: {error}", file.display()))
}
