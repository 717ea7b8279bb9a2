//! Reason codes and the list that holds them without touching the heap.

use super::Outcome;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal => $outcome:ident;)*) => {
        /// Why the gate answers as it does. Sentences for people are in `content/gate/reasons.<lang>.toml`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// All of them, in the order of the rule.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What the answer is when this hit comes first.
            pub const fn outcome(self) -> Outcome {
                match self { $(Self::$variant => Outcome::$outcome,)* }
            }

            /// Reads [`Self::code`].
            pub fn parse(s: &str) -> Option<Self> {
                match s { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

reasons! {
    /// Step 1.
    UnknownAction = "unknown_action" => Refused;
    /// Step 1.
    UnknownResourceType = "unknown_resource_type" => Refused;
    /// Step 2.
    OkAdvice = "ok_advice" => Permitted;
    /// Step 3: nothing permits past a doubt (R114).
    DoubtOpen = "doubt_open" => AdviceOnly;
    /// Step 4.
    CustomerUnidentified = "customer_unidentified" => AdviceOnly;
    /// Step 4.
    CustomerAmbiguous = "customer_ambiguous" => AdviceOnly;
    /// Step 4: known by phone number or domain only.
    SenderUnverified = "sender_unverified" => AdviceOnly;
    /// Step 5.
    TechnicianUnknown = "technician_unknown" => Refused;
    /// Step 5: Art. 28(3)(b).
    ConfidentialityMissing = "confidentiality_missing" => Refused;
    /// Step 5: Art. 32(4).
    TrainingExpired = "training_expired" => Refused;
    /// Step 5.
    RoleMissing = "role_missing" => Refused;
    /// Step 7, in force and covering: nearest to a permit.
    ToolNotInDirectory = "tool_not_in_directory" => AdviceOnly;
    /// Step 7.
    ObjectionOpen = "objection_open" => AdviceOnly;
    /// Step 7.
    ThirdCountryNotAgreed = "third_country_not_agreed" => AdviceOnly;
    /// Step 6, in the order from near to far from a permit: in force on a text that no longer counts.
    TextVersionOutdated = "text_version_outdated" => AdviceOnly;
    /// Step 7: in force, but for other services.
    ServiceNotCovered = "service_not_covered" => AdviceOnly;
    /// Step 6.
    ContractNotYetEffective = "contract_not_yet_effective" => AdviceOnly;
    /// Step 6: the provider's signature (or second confirmation) is missing.
    ContractAwaitingProvider = "contract_awaiting_provider" => AdviceOnly;
    /// Step 6: the customer's signature is missing.
    ContractAwaitingCustomer = "contract_awaiting_customer" => AdviceOnly;
    /// Step 6.
    ContractRequested = "contract_requested" => AdviceOnly;
    /// Step 6.
    ContractDraft = "contract_draft" => AdviceOnly;
    /// Step 6.
    ContractEnded = "contract_ended" => AdviceOnly;
    /// Step 6.
    ContractDeclined = "contract_declined" => AdviceOnly;
    /// Step 6.
    NoContract = "no_contract" => AdviceOnly;
    /// Step 8.
    PersonsUnknown = "persons_unknown" => AdviceOnly;
    /// Step 8.
    PersonsIncomplete = "persons_incomplete" => AdviceOnly;
    /// Step 8.
    ConsentMissing = "consent_missing" => AdviceOnly;
    /// Step 8.
    ConsentWithdrawn = "consent_withdrawn" => AdviceOnly;
    /// Step 8.
    ConsentExpired = "consent_expired" => AdviceOnly;
    /// Step 9.
    OkConsent = "ok_consent" => Permitted;
    /// Step 9.
    OkContract = "ok_contract" => Permitted;
    /// Step 9.
    OkOverride = "ok_override" => Permitted;
    /// Facts too old.
    DataStale = "data_stale" => AdviceOnly;
    /// Something broke; never open.
    InternalError = "internal_error" => AdviceOnly;
}

/// Up to [`Reasons::MOST`] reasons in order, without doubles, on the stack: a permit allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons {
    list: [Reason; Self::MOST],
    len: u8,
}

impl Default for Reasons {
    fn default() -> Self {
        Self { list: [Reason::InternalError; Self::MOST], len: 0 }
    }
}

impl Reasons {
    /// More than can be hit at once: one each of steps 3 and 4, three of 5, all of 6, three of 7, one of 8.
    pub const MOST: usize = 20;

    /// Adds a reason unless it is there.
    pub fn push(&mut self, reason: Reason) {
        if usize::from(self.len) < Self::MOST && !self.as_slice().contains(&reason) {
            self.list[usize::from(self.len)] = reason;
            self.len += 1;
        }
    }

    /// The one that decides.
    pub fn first(&self) -> Option<Reason> {
        self.as_slice().first().copied()
    }

    /// All, in order.
    pub fn as_slice(&self) -> &[Reason] {
        &self.list[..usize::from(self.len)]
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = Reason> + '_ {
        self.as_slice().iter().copied()
    }

    /// Whether nothing was hit.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Sorts by the declared order of [`Reason`], which is from near to far from a permit within step 6.
    pub(super) fn sort_nearest_first(&mut self) {
        self.list[..usize::from(self.len)].sort_unstable();
    }
}
