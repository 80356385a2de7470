//! What each provider documents.

pub(crate) mod gatewayapi;
pub(crate) mod http;
pub(crate) mod kannel;
pub(crate) mod link;
pub(crate) mod simulator;
pub(crate) mod sveve;
pub(crate) mod twilio;
