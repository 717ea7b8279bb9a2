//! The annexes at work: snapshots of the measures and of the sub-processors, and who confirmed them.

pub mod sync;

pub mod confirm;

pub mod current;
