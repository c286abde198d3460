//! `placet migrate`: applies the database's schema. It needs no secret key, so that it can run where that is not known.

use serde_json::json;

use super::output::{Failure, Output};
use crate::app::{StartError, storage_options};
use crate::config::Config;
use crate::storage::Store;

pub(super) async fn run(config: &Config, output: Output) -> Result<(), Failure> {
    let store = Store::open(&storage_options(config))
        .await
        .map_err(StartError::from)?;
    store.migrate().await.map_err(StartError::from)?;
    store.close().await;
    let version = Store::known_schema();
    let database = config.database_url.to_string();
    output.print(
        &json!({ "schema_version": version, "database": database }),
        || format!("schema version {version} on {database}\n"),
    )
}
