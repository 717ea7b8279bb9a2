//! AuthZEN 1.0: the certification's scenario through the protocol layer, then batch and search of the portal.

#[path = "../../../../server/examples/authzen-conformance/scenario.rs"]
mod scenario;

mod conformance;

mod conformance_search;

mod batch;

mod search;

mod tokens;

mod limits;
