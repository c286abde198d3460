//! Clients of the admin API.

use crate::app::Registry;
use crate::model::client::ClientMetadata;

/// Tokens with a scope of the admin API are for the admin API.
pub(super) fn name(registry: &Registry, metadata: &mut ClientMetadata) {
    let mut all = registry.resources.values().map(|known| &known.resource);
    let api = all.find(|resource| resource.is_built_in());
    if let Some(api) = api
        && api.scope.iter().any(|name| metadata.scope.contains(name))
        && !metadata.resources.contains(&api.uri)
    {
        metadata.resources.push(api.uri.clone());
    }
}
