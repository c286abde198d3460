//! Roles: what administrators call people by, so that resources can tell them apart.

/// A role as it is stored, or as somebody has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub name: String,
    /// What it is for, in words for administrators; empty where nobody said.
    pub description: String,
    /// How many people have it.
    pub users: i64,
    /// Raised by every change; 0 where it is not registered.
    pub version: i64,
}
