//! The audit log for those who collect it: one JSON object a line, on stdout or in a file, in the chain's order.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::BATCH;
use crate::admin::{Result, invalid};
use crate::app::App;
use crate::config::AuditExport;
use crate::model::event::StoredEvent;

/// An event as one line of JSON.
pub fn to_line(event: &StoredEvent) -> io::Result<String> {
    let mut line = serde_json::to_string(event).map_err(io::Error::other)?;
    line.push('\n');
    Ok(line)
}

/// Writes what was not written yet to where `audit.export` says; how many. Each event at least once: a crash between the writing and its
/// being remembered writes it again.
pub async fn export(app: &App) -> Result<usize> {
    let mut total = 0;
    if app.config.audit.export == AuditExport::Off {
        return Ok(total);
    }
    loop {
        let sink = app.config.audit.export.clone();
        let write = async move |rows: Vec<StoredEvent>| {
            let text: String = rows.iter().map(to_line).collect::<io::Result<_>>()?;
            let writing = tokio::task::spawn_blocking(move || write(&sink, &text));
            writing.await.map_err(io::Error::other)?
        };
        let number = app.store.export_events(BATCH, write).await?;
        let number =
            number.map_err(|error| invalid("audit.export", format!("cannot write it: {error}")))?;
        total += number;
        if number < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(total);
        }
    }
}

fn write(sink: &AuditExport, text: &str) -> io::Result<()> {
    match sink {
        AuditExport::Off => Ok(()),
        AuditExport::Stdout => {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        }
        AuditExport::File(path) => append(path, text),
    }
}

/// Opened each time, so that it may be rotated away at any moment; on the disk before it counts as written.
fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut options = File::options();
    options.append(true).create(true).read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // A full disk may have left half a line.
    let is_regular = file.metadata()?.is_file();
    if is_regular && file.seek(SeekFrom::End(0))? > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
    }
    file.write_all(text.as_bytes())?;
    if is_regular {
        file.sync_data()?;
    }
    Ok(())
}
