//! Who may do what. A use case takes an actor already narrowed to what it needs, so that a permission
//! is seen in its signature; the only way to such an actor is [`Actor`]'s narrowing here.

use crate::text::Lang;
use crate::{CustomerId, UserId};
use serde::{Deserialize, Serialize};

macro_rules! role {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads [`Self::name`].
            pub fn parse(s: &str) -> Option<Self> {
                match s { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

role! {
    /// Roles at the provider. They add up.
    StaffRole {
        /// Asks the gate, starts and ends work.
        Technician = "technician",
        /// Examines, offers, countersigns, keeps customers.
        ContractManager = "contract_manager",
        /// Annexes, doubts, requests of persons concerned, records.
        PrivacyOfficer = "privacy_officer",
        /// Users, clients, settings.
        Admin = "admin",
    }
}

role! {
    /// Roles at a customer.
    CustomerRole {
        /// May bind the company.
        Signatory = "signatory",
        /// Objections, instructions, requests.
        PrivacyContact = "privacy_contact",
        /// Reads.
        Member = "member",
    }
}

/// A person who is logged in, with everything their permissions follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub user: UserId,
    /// Address (for the sign code and for the person's own eyes; never for logs).
    pub email: String,
    /// Full name.
    pub name: String,
    /// Language.
    pub language: Lang,
    /// Roles at the provider.
    pub staff: Vec<StaffRole>,
    /// Roles at customers.
    pub customers: Vec<(CustomerId, CustomerRole)>,
}

macro_rules! staff_actor {
    ($($(#[$doc:meta])* $name:ident from $($role:ident)|+ by $method:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            /// Who.
            pub user: UserId,
            /// Full name.
            pub name: String,
        })*

        impl Actor {
            $(#[doc = concat!("Narrows to [`", stringify!($name), "`]; `None` without the role.")]
            pub fn $method(&self) -> Option<$name> {
                let has = $(self.has(StaffRole::$role))||+;
                has.then(|| $name { user: self.user, name: self.name.clone() })
            })*
        }
    };
}

staff_actor! {
    /// May ask the gate.
    Technician from Technician by technician;
    /// May examine, offer, countersign, keep customers.
    ContractManager from ContractManager by contract_manager;
    /// May confirm annexes.
    PrivacyOfficer from PrivacyOfficer by privacy_officer;
    /// May manage users, clients, the outbox.
    Admin from Admin by admin;
    /// May record, acknowledge and carry out instructions.
    Keeper from ContractManager | PrivacyOfficer by keeper;
}

/// Anyone of the provider's staff, with at least one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Who.
    pub user: UserId,
    /// Full name.
    pub name: String,
    /// Roles.
    pub roles: Vec<StaffRole>,
}

/// Anyone of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerUser {
    /// Who.
    pub user: UserId,
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// For which customer they act now.
    pub customer: CustomerId,
    /// In which roles at that customer.
    pub roles: Vec<CustomerRole>,
}

/// A person who may bind one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatory {
    /// Who.
    pub user: UserId,
    /// Full name as in the account.
    pub name: String,
    /// Address to which the sign code goes.
    pub email: String,
    /// For which customer they act now.
    pub customer: CustomerId,
}

/// A person who speaks for one customer in matters of the contract: gives instructions, asks for audits. Signatories
/// and privacy contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Who.
    pub user: UserId,
    /// Full name as in the account.
    pub name: String,
    /// For which customer they speak now.
    pub customer: CustomerId,
}

impl Actor {
    /// Whether the actor has a role at the provider.
    pub fn has(&self, role: StaffRole) -> bool {
        self.staff.contains(&role)
    }

    /// Narrows to staff of any role.
    pub fn staff(&self) -> Option<Staff> {
        (!self.staff.is_empty()).then(|| Staff {
            user: self.user,
            name: self.name.clone(),
            roles: self.staff.clone(),
        })
    }

    /// Narrows to a user of this customer; `None` for any other customer.
    pub fn of_customer(&self, customer: CustomerId) -> Option<CustomerUser> {
        let roles: Vec<_> = self.customers.iter().filter(|(c, _)| *c == customer).map(|(_, r)| *r).collect();
        (!roles.is_empty()).then(|| CustomerUser {
            user: self.user,
            name: self.name.clone(),
            email: self.email.clone(),
            customer,
            roles,
        })
    }

    /// Narrows to a signatory of this customer.
    pub fn signatory_of(&self, customer: CustomerId) -> Option<Signatory> {
        self.of_customer(customer)?.signatory()
    }
}

impl CustomerUser {
    /// Narrows further to a signatory.
    pub fn signatory(&self) -> Option<Signatory> {
        self.roles.contains(&CustomerRole::Signatory).then(|| Signatory {
            user: self.user,
            name: self.name.clone(),
            email: self.email.clone(),
            customer: self.customer,
        })
    }

    /// Narrows further to somebody who speaks for the customer.
    pub fn voice(&self) -> Option<Voice> {
        self.may_request().then(|| Voice {
            user: self.user,
            name: self.name.clone(),
            customer: self.customer,
        })
    }

    /// Whether they may fill in and send a contract request: signatories and privacy contacts.
    pub fn may_request(&self) -> bool {
        self.roles.iter().any(|r| matches!(r, CustomerRole::Signatory | CustomerRole::PrivacyContact))
    }
}

/// What a route asks for. Every route names one; the role × route matrix in the tests is made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// Anyone who is logged in.
    SignedIn,
    /// Staff with at least one of these roles.
    Staff(&'static [StaffRole]),
    /// People of the customer named in the path; foreign and missing look the same.
    Customer,
    /// People of the customer who may send a request.
    CustomerRequest,
    /// Signatories of the customer.
    CustomerSign,
    /// An API client with this scope.
    Client(&'static str),
}

impl Access {
    /// Staff of any role.
    pub const ANY_STAFF: Self = Self::Staff(StaffRole::ALL);

    /// Whether `actor` gets in; `customer` is the one named in the path.
    pub fn allows(self, actor: Option<&Actor>, customer: Option<CustomerId>) -> bool {
        let of_customer = || actor.zip(customer).and_then(|(a, c)| a.of_customer(c));
        match self {
            Self::Public => true,
            Self::SignedIn => actor.is_some(),
            Self::Staff(roles) => actor.is_some_and(|a| roles.iter().any(|r| a.has(*r))),
            Self::Customer => of_customer().is_some(),
            Self::CustomerRequest => of_customer().is_some_and(|u| u.may_request()),
            Self::CustomerSign => of_customer().is_some_and(|u| u.signatory().is_some()),
            Self::Client(_) => false,
        }
    }

    /// Whether a refusal must look like a missing page: a customer's pages never tell who else exists.
    pub fn hides(self) -> bool {
        matches!(self, Self::Customer | Self::CustomerRequest | Self::CustomerSign)
    }
}
