//! Annexes.
