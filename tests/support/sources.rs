//! The crate's own sources, for tests that look at how they are written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Source files by path below `src/`, with `/` between folders.
pub(crate) type Sources = BTreeMap<String, String>;

/// Every Rust file below `src/`.
pub(crate) fn read() -> Sources {
    let mut sources = Sources::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_folder(&folder, "", &mut sources);
    sources
}

fn read_folder(folder: &Path, below: &str, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.insert(name, fs::read_to_string(path).unwrap());
        }
    }
}

/// The crates that `Cargo.toml` names, as Rust spells them.
pub(crate) fn dependencies() -> Vec<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut is_inside = false;
    let mut crates = Vec::new();
    for line in fs::read_to_string(manifest).unwrap().lines() {
        if line.starts_with('[') {
            is_inside = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| is_inside) {
            crates.push(name.trim().replace('-', "_"));
        }
    }
    crates
}
