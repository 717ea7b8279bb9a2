//! Services (the scope of a contract, and of the gate) and the actions that each of them permits.

use serde::{Deserialize, Serialize};

/// What the provider does for a customer (R94). The same list is the contract's scope and the gate's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Websites and mail on the provider's servers.
    Hosting,
    /// Administration of SaaS contracts.
    SaasAdministration,
    /// Servers, terminal clients, network, databases, sites.
    SystemAdministration,
    /// Watching systems.
    Monitoring,
    /// Work on the customer's own ITC systems.
    ItcService,
    /// Remote support.
    RemoteSupport,
    /// Log analysis, including tickets with log files.
    LogAnalysis,
}

impl Service {
    /// All, in the order of the contract's annex 1.
    pub const ALL: [Self; 7] = [
        Self::Hosting,
        Self::SaasAdministration,
        Self::SystemAdministration,
        Self::Monitoring,
        Self::ItcService,
        Self::RemoteSupport,
        Self::LogAnalysis,
    ];

    /// Stable name in URLs, CSV, API and database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hosting => "hosting",
            Self::SaasAdministration => "saas_administration",
            Self::SystemAdministration => "system_administration",
            Self::Monitoring => "monitoring",
            Self::ItcService => "itc_service",
            Self::RemoteSupport => "remote_support",
            Self::LogAnalysis => "log_analysis",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == s)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of services that fits into a register: the gate asks it on every question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ServiceSet(u8);

impl ServiceSet {
    /// Whether `service` is in it.
    pub const fn has(self, service: Service) -> bool {
        self.0 & service.bit() != 0
    }

    /// The services in it, in the order of [`Service::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Service> {
        Service::ALL.into_iter().filter(move |s| self.has(*s))
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Service> for ServiceSet {
    fn from_iter<I: IntoIterator<Item = Service>>(iter: I) -> Self {
        Self(iter.into_iter().fold(0, |bits, s| bits | s.bit()))
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal needs $service:expr;)*) => {
        /// What a technician or a program may want to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $variant,)* }

        impl Action {
            /// All of them, in the order of the product's table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Stable dotted name, as in the API.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The service that must be in scope; `None` for advice, which touches no data.
            pub const fn service(self) -> Option<Service> {
                match self { $(Self::$variant => $service,)* }
            }

            /// Reads [`Self::name`].
            pub fn parse(s: &str) -> Option<Self> {
                match s { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

actions! {
    /// Tips, explanations, self-help (R108).
    Advise = "advise" needs None;
    /// Run websites and mail.
    HostingOperate = "hosting.operate" needs Some(Service::Hosting);
    /// Manage SaaS contracts.
    SaasManage = "saas.manage" needs Some(Service::SaasAdministration);
    /// Administer systems.
    SystemAdminister = "system.administer" needs Some(Service::SystemAdministration);
    /// Watch systems (R107).
    SystemMonitor = "system.monitor" needs Some(Service::Monitoring);
    /// Install software on the customer's systems (R106).
    SoftwareInstall = "software.install" needs Some(Service::ItcService);
    /// Install updates on the customer's systems (R106).
    UpdateInstall = "update.install" needs Some(Service::ItcService);
    /// Look for the cause of an error on the customer's systems.
    ErrorAnalyse = "error.analyse" needs Some(Service::ItcService);
    /// Train on the customer's systems.
    TrainingHold = "training.hold" needs Some(Service::ItcService);
    /// See the customer's screen (R105).
    RemoteSupportView = "remote_support.view" needs Some(Service::RemoteSupport);
    /// Take over mouse and keyboard (R105).
    RemoteSupportControl = "remote_support.control" needs Some(Service::RemoteSupport);
    /// Read log files (R104).
    LogAnalyse = "log.analyse" needs Some(Service::LogAnalysis);
    /// Open an attachment of a ticket (R110).
    AttachmentOpen = "attachment.open" needs Some(Service::LogAnalysis);
}

impl Serialize for Action {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        Self::parse(&name).ok_or_else(|| serde::de::Error::custom("unknown action"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_permits_something_and_names_round_trip() {
        for s in Service::ALL {
            assert_eq!(Service::parse(s.name()), Some(s));
            assert!(Action::ALL.iter().any(|a| a.service() == Some(s)), "{}", s.name());
        }
        for a in Action::ALL {
            assert_eq!(Action::parse(a.name()), Some(*a));
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: ServiceSet = [Service::Hosting, Service::LogAnalysis].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Service::Hosting, Service::LogAnalysis]);
        assert!(!set.has(Service::Monitoring));
    }
}
