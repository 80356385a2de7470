//! (campaign)
