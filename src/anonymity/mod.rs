//! (anonymity)
