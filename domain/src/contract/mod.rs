//! The AV contract: what it is about, the states of its life, and the document made of it.

pub mod lifecycle;

mod frozen;

mod state_name;

mod refusal;

mod moves;

mod ending;

mod disposal;

mod disposing;

pub mod deletion;

pub mod request;

pub mod signing;

pub mod authorisation;

pub mod document;

pub mod delegation;

pub mod amendment;

pub mod renewal;

pub mod reminders;

mod code;

pub mod evidence;

pub use authorisation::Authorisation;
pub use code::VerifyCode;
pub use deletion::DeletionCertificate;
pub use document::ContractDocument;
pub use lifecycle::{Contract, ContractState, InForce, Paper, Refusal, StateName};
pub use request::{Request, RequestInput};
pub use signing::{SignCode, Signature};
