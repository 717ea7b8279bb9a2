//! Reading the audit chain.
