//! People: passwords, logging in, sessions, invitations, staff, API clients.

pub mod passwords;

pub mod throttle;

pub mod login;

pub mod sessions;

pub mod invite;

pub mod accept;

pub mod reset;

pub mod account;

pub mod staff;

pub mod clients;

pub mod client_keys;

mod letters;

pub use letters::Purpose;
pub use sessions::{Browser, Started};

use crate::portal::Portal;
use domain::permission::{Admin, ContractManager, CustomerUser, Signatory};

/// Who may give access: an admin, a contract manager (to customers' people), whoever has the machine's
/// shell, or the portal itself, again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// In a browser, anybody.
    Admin(Admin),
    /// In a browser, people of customers.
    ContractManager(ContractManager),
    /// In a browser, whom they name for signing in their own place.
    Signatory(Signatory),
    /// In a browser, whom they name for signing at their own customer.
    CustomerUser(CustomerUser),
    /// At the command line.
    Operator,
    /// The portal itself, on time.
    Portal,
}

impl Authority {
    /// As the audit chain names them.
    pub(crate) fn actor(&self) -> String {
        match self {
            Self::Admin(a) => format!("user:{}", a.user),
            Self::ContractManager(m) => format!("user:{}", m.user),
            Self::Signatory(s) => format!("user:{}", s.user),
            Self::CustomerUser(u) => format!("user:{}", u.user),
            Self::Operator => "command".into(),
            Self::Portal => "job".into(),
        }
    }

    /// As mails name them.
    pub(super) fn name(&self, portal: &Portal) -> String {
        match self {
            Self::Admin(a) => a.name.clone(),
            Self::ContractManager(m) => m.name.clone(),
            Self::Signatory(s) => s.name.clone(),
            Self::CustomerUser(u) => u.name.clone(),
            Self::Operator | Self::Portal => portal.content.provider.legal_name.clone(),
        }
    }
}

impl From<Admin> for Authority {
    fn from(admin: Admin) -> Self {
        Self::Admin(admin)
    }
}

impl From<ContractManager> for Authority {
    fn from(manager: ContractManager) -> Self {
        Self::ContractManager(manager)
    }
}

impl From<Signatory> for Authority {
    fn from(signatory: Signatory) -> Self {
        Self::Signatory(signatory)
    }
}

impl From<CustomerUser> for Authority {
    fn from(user: CustomerUser) -> Self {
        Self::CustomerUser(user)
    }
}
