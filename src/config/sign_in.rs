//! Settings of signing in: limits, and who must have a second factor.

use std::time::Duration;

use serde::Deserialize;

use super::MINUTE;

/// `[sign_in]`: how many wrong passwords within `window`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInSettings {
    /// For one account from one address.
    pub attempts_per_account: u32,
    /// For one account from anywhere.
    pub attempts_per_account_everywhere: u32,
    /// From one address, for any account.
    pub attempts_per_address: u32,
    /// From the network around it, an IPv4 /24 or an IPv6 /48.
    pub attempts_per_network: u32,
    #[serde(with = "humantime_serde")]
    pub window: Duration,
}

impl Default for SignInSettings {
    fn default() -> Self {
        Self {
            attempts_per_account: 10,
            attempts_per_account_everywhere: 100,
            attempts_per_address: 100,
            attempts_per_network: 1000,
            window: 15 * MINUTE,
        }
    }
}

/// `[second_factor]`: who must have one; whoever has one is always asked for it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecondFactorSettings {
    /// Everybody must.
    pub required: bool,
    pub required_for_roles: Vec<String>,
}
