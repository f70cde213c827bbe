//! Permissions that routes declare and scopes that tokens carry. Everything not named is refused.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::{Role, Roles};

/// What a route demands. A route without one does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Anybody may call; the route guards itself (reports, alerts, health).
    Public,
    /// The holder of a case.
    CaseHolder,
    ReadQueue,
    ReadIncident,
    ClaimIncident,
    /// Notes, messages, steps, priority upwards.
    WorkIncident,
    /// Verdict, closing, reopening.
    JudgeIncident,
    /// What a holder asked for, granted or refused: a new link, another contact, an end of protection (CA-10).
    DecideRequest,
    /// Letting more people see a closed case.
    WidenCircle,
    /// Personal data of a case shown whole, a field at a time, with a reason.
    RevealPersonal,
    /// Asks a wallet backend for something; what one person may do alone leaves at once.
    PlaceOrder,
    /// Stands behind another person's order.
    ApproveOrder,
    ReadSources,
    /// Maintenance windows, snooze rules, lists of what is known to be bad, whose names are whose.
    ManageSources,
    /// Tell whose names are whose: what the wallet backend's token carries.
    WriteDirectory,
    ReadAudit,
    ReadPlaybooks,
    /// Counts and averages, and what people without a case say of us.
    ReadStats,
    /// The same by member of staff; one's own figures need no more than [`Self::ReadStats`].
    ReadPeopleStats,
    /// Looking after what people say of us.
    WorkFeedback,
    /// Looking into a case of a circle one is not in, for a reason and in front of its people.
    BreakGlass,
    /// Tiers, skills, hours and caps of who is at work.
    ManageDesk,
    /// What one's own account is: sessions and factors. Everybody who is signed in.
    OwnAccount,
    /// Changing what proves who one is. Everybody who has just shown their second factor (ID-21).
    ChangeAccount,
    /// Who is on the staff.
    ReadPeople,
    /// Inviting, roles, disabling, resets. No token carries it (ID-20).
    ManagePeople,
    /// Export and erasure of one person's data, legal holds, the breach report. Each takes two people or leaves a name.
    HandlePersons,
}

impl Permission {
    /// Permissions that a token can carry: nothing that orders, releases, shows personal data whole or looks after people
    /// (ID-20).
    pub const SCOPES: [Self; 15] = [
        Self::ReadQueue,
        Self::ReadIncident,
        Self::ClaimIncident,
        Self::WorkIncident,
        Self::JudgeIncident,
        Self::ReadSources,
        Self::ManageSources,
        Self::WriteDirectory,
        Self::ReadAudit,
        Self::ReadPlaybooks,
        Self::ReadStats,
        Self::ReadPeopleStats,
        Self::WorkFeedback,
        Self::ManageDesk,
        Self::HandlePersons,
    ];

    /// The scope's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::CaseHolder => "case-holder",
            Self::ReadQueue => "queue:read",
            Self::ReadIncident => "incident:read",
            Self::ClaimIncident => "incident:claim",
            Self::WorkIncident => "incident:work",
            Self::JudgeIncident => "incident:judge",
            Self::DecideRequest => "requests:decide",
            Self::WidenCircle => "circle:widen",
            Self::RevealPersonal => "personal:reveal",
            Self::PlaceOrder => "orders:place",
            Self::ApproveOrder => "orders:approve",
            Self::ReadSources => "sources:read",
            Self::ManageSources => "sources:manage",
            Self::WriteDirectory => "directory:write",
            Self::ReadAudit => "audit:read",
            Self::ReadPlaybooks => "playbooks:read",
            Self::ReadStats => "stats:read",
            Self::ReadPeopleStats => "stats:people",
            Self::WorkFeedback => "feedback:work",
            Self::BreakGlass => "circle:glass",
            Self::ManageDesk => "desk:manage",
            Self::OwnAccount => "account:own",
            Self::ChangeAccount => "account:change",
            Self::ReadPeople => "people:read",
            Self::ManagePeople => "people:manage",
            Self::HandlePersons => "persons:handle",
        }
    }

    /// The roles that have it (RB-01). Each is named; nothing follows from another.
    pub fn roles(self) -> &'static [Role] {
        use Role as R;
        match self {
            // Such routes ask for no person on the staff; whose names are whose is told by the backend's token alone.
            Self::Public | Self::CaseHolder | Self::WriteDirectory => &[],
            Self::ReadQueue | Self::ReadIncident => &[R::Viewer, R::Responder, R::Approver],
            Self::ClaimIncident
            | Self::WorkIncident
            | Self::JudgeIncident
            | Self::DecideRequest
            | Self::WidenCircle
            | Self::RevealPersonal
            | Self::PlaceOrder
            | Self::BreakGlass
            | Self::WorkFeedback => &[R::Responder, R::Approver],
            Self::ApproveOrder | Self::ManageDesk => &[R::Approver],
            Self::ReadPeopleStats => &[R::Approver, R::Admin],
            Self::ReadSources | Self::ReadPeople => &[R::Auditor, R::Admin],
            Self::ReadAudit => &[R::Auditor],
            Self::ReadPlaybooks | Self::ReadStats | Self::OwnAccount | Self::ChangeAccount => &Role::ALL,
            Self::ManageSources | Self::ManagePeople | Self::HandlePersons => &[R::Admin],
        }
    }

    /// Whether whoever uses it must have shown a second factor within five minutes (SES-07). No token can.
    pub fn needs_fresh_factor(self) -> bool {
        match self {
            Self::PlaceOrder
            | Self::ApproveOrder
            | Self::DecideRequest
            | Self::WidenCircle
            | Self::BreakGlass
            | Self::ManagePeople
            | Self::ChangeAccount => true,
            Self::Public
            | Self::CaseHolder
            | Self::ReadQueue
            | Self::ReadIncident
            | Self::ClaimIncident
            | Self::WorkIncident
            | Self::JudgeIncident
            | Self::RevealPersonal
            | Self::ReadSources
            | Self::ManageSources
            | Self::WriteDirectory
            | Self::ReadAudit
            | Self::ReadPlaybooks
            | Self::ReadStats
            | Self::ReadPeopleStats
            | Self::WorkFeedback
            | Self::ManageDesk
            | Self::OwnAccount
            | Self::ReadPeople
            // No route asks for it: it is used on the machine itself, with a token, by two.
            | Self::HandlePersons => false,
        }
    }

    /// Every permission that a person on the staff can have.
    pub const OF_STAFF: [Self; 24] = [
        Self::ReadQueue,
        Self::ReadIncident,
        Self::ClaimIncident,
        Self::WorkIncident,
        Self::JudgeIncident,
        Self::DecideRequest,
        Self::WidenCircle,
        Self::RevealPersonal,
        Self::PlaceOrder,
        Self::ApproveOrder,
        Self::ReadSources,
        Self::ManageSources,
        Self::ReadAudit,
        Self::ReadPlaybooks,
        Self::ReadStats,
        Self::ReadPeopleStats,
        Self::WorkFeedback,
        Self::BreakGlass,
        Self::ManageDesk,
        Self::OwnAccount,
        Self::ChangeAccount,
        Self::ReadPeople,
        Self::ManagePeople,
        Self::HandlePersons,
    ];
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The scopes of a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Permission>);

/// The text names a scope that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown scope `{0}`")]
pub struct UnknownScope(String);

impl Scopes {
    /// All that a responder needs.
    pub fn responder() -> Self {
        use Permission as P;
        Self(
            [P::ReadQueue, P::ReadIncident, P::ClaimIncident, P::WorkIncident, P::JudgeIncident, P::ReadPlaybooks]
                .into(),
        )
    }

    /// What people of these roles may do.
    pub fn of_roles(roles: &Roles) -> Self {
        Self(Permission::OF_STAFF.into_iter().filter(|permission| roles.allow(*permission)).collect())
    }

    /// Everything a token can carry.
    pub fn all() -> Self {
        Self(Permission::SCOPES.into())
    }

    pub fn allow(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|scope| scope.as_str()).collect();
        f.write_str(&names.join(" "))
    }
}

impl FromStr for Scopes {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let scope = |name: &str| {
            Permission::SCOPES
                .into_iter()
                .find(|scope| scope.as_str() == name)
                .ok_or_else(|| UnknownScope(name.to_owned()))
        };
        text.split_whitespace().map(scope).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_print_and_read_back_and_unknown_ones_are_refused() {
        assert_eq!(Scopes::all().to_string().parse(), Ok(Scopes::all()));
        assert!("queue:read incident:release".parse::<Scopes>().is_err());
        assert!("public".parse::<Scopes>().is_err(), "no token carries what anybody has");
        assert!(!Scopes::default().allow(Permission::Public));
    }
}
