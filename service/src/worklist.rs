//! What is due, soonest first.
