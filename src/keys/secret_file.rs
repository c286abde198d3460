//! The file of the secret key beside a SQLite database, and how another key comes into it.
//!
//! A change is safe wherever it is interrupted: the new key is on the disk, in a file of its own, before the database holds
//! anything that only it opens; the old one is there until the database holds nothing that only it opens. In between, whichever
//! of the two fits is the key ([`SecretFile::settle`]).

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::model::secret::Secret;

/// `secret.key`, and what may lie beside it.
#[derive(Debug)]
pub struct SecretFile {
    file: PathBuf,
    next: PathBuf,
    lock: PathBuf,
}

/// The new key is in its own file, and nobody else changes it.
#[derive(Debug)]
pub struct Prepared {
    place: SecretFile,
    _lock: File,
}

impl SecretFile {
    /// The file of that name.
    pub fn at(file: &Path) -> Self {
        Self {
            file: file.to_path_buf(),
            next: file.with_extension("key.new"),
            lock: file.with_extension("key.lock"),
        }
    }

    /// Makes the file; one that is there already is an error.
    pub fn make(&self, key: &Secret<[u8; 32]>) -> io::Result<()> {
        write(&self.file, key)
    }

    /// Writes the new key beside the present one. Waits for another process that does the same.
    pub fn prepare(self, key: &Secret<[u8; 32]>) -> io::Result<Prepared> {
        let lock = self.lock()?;
        // Whoever held the lock ended without leaving one that fits: what lies there was never used.
        match std::fs::remove_file(&self.next) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        write(&self.next, key)?;
        Ok(Prepared {
            place: self,
            _lock: lock,
        })
    }

    /// What `open` makes of the text of the file or else of the one beside it, which then takes its place; `None` if it
    /// makes nothing of either.
    pub fn settle<T>(&self, open: impl Fn(&str) -> Option<T>) -> Option<T> {
        let read = |file: &Path| std::fs::read_to_string(file).map(Zeroizing::new).ok();
        // While another process is between the two, this waits.
        let _lock = self.lock().ok()?;
        if let Some(found) = read(&self.file).and_then(|text| open(&text)) {
            return Some(found);
        }
        let found = read(&self.next).and_then(|text| open(&text))?;
        self.replace().ok()?;
        Some(found)
    }

    fn replace(&self) -> io::Result<()> {
        std::fs::rename(&self.next, &self.file)?;
        sync_folder(&self.file)
    }

    fn lock(&self) -> io::Result<File> {
        let mut options = owners_alone();
        let lock = options.create(true).truncate(false).open(&self.lock)?;
        lock.lock()?;
        Ok(lock)
    }
}

impl Prepared {
    /// The new key takes the old one's place.
    pub fn finish(self) -> io::Result<()> {
        self.place.replace()
    }

    /// The new key was not used, and goes.
    pub fn discard(self) -> io::Result<()> {
        std::fs::remove_file(&self.place.next)
    }
}

fn write(file: &Path, key: &Secret<[u8; 32]>) -> io::Result<()> {
    let mut out = owners_alone().create_new(true).open(file)?;
    let text = Zeroizing::new(STANDARD.encode(key.expose()));
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    out.sync_all()?;
    sync_folder(file)
}

fn owners_alone() -> std::fs::OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A new name is on the disk only when its folder is.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
