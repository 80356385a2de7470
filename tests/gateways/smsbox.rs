//! Inbound through a real Kannel: what a phone writes stops its messages.

use crate::contracts::kannel::CONTRACT;
use crate::installation::Installation;
use crate::support::eventually;
use crate::support::kannel::Kannel;

#[tokio::test]
async fn a_stop_from_a_real_phone_is_honoured() {
    let at = Installation::on_sqlite(&CONTRACT).await;
    at.write("m1", "+4790000017", "queued").await;
    at.write("m2", "+4790000018", "queued").await;
    let kannel = Kannel::start(at.inbound()).await;
    kannel.phone_sends("+4790000018", "1963", "Takk!").await;
    kannel.phone_sends("+4790000017", "1963", "Stopp, takk").await;
    let cancelled = || async { (at.state("m1").await == "cancelled").then_some(()) };
    eventually("the STOP to arrive", cancelled).await;
    assert_eq!(at.state("m2").await, "queued");
}
