//! Roles of people on the staff. Which permission is whose stands with the permissions.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::Permission;
use crate::time::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads cases.
    Viewer,
    /// Works on them.
    Responder,
    /// Works on them, and says yes to what needs a second person.
    Approver,
    /// Reads the trail and the figures, no case.
    Auditor,
    /// Looks after people and sources, reads no case (RB-14).
    Admin,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Responder, Self::Approver, Self::Auditor, Self::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Responder => "responder",
            Self::Approver => "approver",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }
}

/// The roles of one person. Read from a text it is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

/// The text names no role, or one that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not roles")]
pub struct NotRoles;

impl Roles {
    /// What somebody has whom an issuer sent, until an admin gives them a role (ID-18).
    pub fn none() -> Self {
        Self(BTreeSet::new())
    }

    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether any of the roles has a permission.
    pub fn allow(&self, permission: Permission) -> bool {
        permission.roles().iter().any(|role| self.has(*role))
    }

    /// How long a session may rest, and how long it may last (SES-02).
    pub fn session_limits(&self) -> (Span, Span) {
        if self.has(Role::Approver) || self.has(Role::Admin) {
            (Span::from_minutes(15), Span::from_minutes(8 * 60))
        } else {
            (Span::from_minutes(30), Span::from_minutes(12 * 60))
        }
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Role::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

impl FromStr for Roles {
    type Err = NotRoles;

    fn from_str(text: &str) -> Result<Self, NotRoles> {
        let role = |name: &str| Role::ALL.into_iter().find(|role| role.as_str() == name).ok_or(NotRoles);
        let roles: BTreeSet<Role> = text.split_whitespace().map(role).collect::<Result<_, _>>()?;
        if roles.is_empty() { Err(NotRoles) } else { Ok(Self(roles)) }
    }
}
