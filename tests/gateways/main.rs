//! One contract for every gateway: the same stories, told against a server on loopback that speaks the provider's
//! documented format, or misbehaves. A new gateway gets them all by its file in `contracts/` and a line below.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

mod contract;
mod contracts;
mod documents;
mod hearing;
mod installation;
mod smsbox;
mod provider;
mod requests;
mod sending;
#[expect(dead_code, reason = "these stories use a part of it")]
#[path = "../support/mod.rs"]
mod support;

/// Tells every story of every gateway. `./test` starts a PostgreSQL; without one only SQLite's are told.
macro_rules! every_gateway {
    ($($gateway:ident),+ $(,)?) => {
        $(mod $gateway {
            use crate::contracts::$gateway::CONTRACT;

            every_gateway!(@sending accepted documented_errors refused_connection no_such_host no_tls tls_that_never_begins
                full_queue silence hang_up break_off truncated garbled server_errors one_byte_at_a_time redirect);

            #[tokio::test]
            async fn requests() {
                crate::requests::are_as_documented(&CONTRACT).await;
            }

            every_gateway!(@hearing reports_in_any_order early_and_in_doubt forged unreadable unknown stop other_texts
                forged_inbound);
        })+

        /// Every gateway.
        pub(crate) const CONTRACTS: &[&crate::contract::Contract] = &[$(&crate::contracts::$gateway::CONTRACT),+];
    };
    (@sending $($story:ident)+) => {
        mod sending {
            $(#[tokio::test] async fn $story() { crate::sending::$story(&super::CONTRACT).await; })+
        }
    };
    (@hearing $($story:ident)+) => {
        mod hearing {
            $(mod $story {
                use crate::hearing::$story as story;
                use crate::installation::Installation;

                #[tokio::test]
                async fn on_sqlite() {
                    story(&Installation::on_sqlite(&super::super::CONTRACT).await).await;
                }

                #[tokio::test]
                async fn on_postgres() {
                    if std::env::var_os("MEDVIRK_TEST_POSTGRES").is_some() {
                        story(&Installation::on_postgres(&super::super::CONTRACT).await).await;
                    }
                }
            })+
        }
    };
}

every_gateway!(simulator, kannel, link, sveve, gatewayapi, twilio, http);
