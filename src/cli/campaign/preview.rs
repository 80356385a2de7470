//! What a launch would send, cost and hide.

use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::json;

use super::{Desk, published};
use crate::actions::{campaign, foresee, surveys};
use crate::definition::model::Definition;
use crate::message::preview::{Preview, TextPreview};
use crate::message::text::{Costly, costly};
use crate::store::campaigns;

impl Desk<'_> {
    pub(super) async fn preview(&self, id: &str) -> anyhow::Result<ExitCode> {
        let preview = campaign::preview(self.db, self.ports, &self.links()?, self.exit(), id).await?;
        let campaign = campaigns::find(self.db.read(), id).await?.context("there is no campaign with that id")?;
        let survey = surveys::read(&campaign.definition)?;
        let foresight = foresee::before_launch(self.db, self.ports, id).await?;
        let words = [self.in_words(&preview, &survey), published::foreseen(&foresight, survey.minimum_group)];
        let mut value = self.in_json(&preview, &survey);
        value["results"] = published::foreseen_json(&foresight);
        self.tell(&words.join("\n"), &value)
    }

    /// When the last message would leave, within the survey's hours.
    fn ends(&self, preview: &Preview, survey: &Definition) -> Option<jiff::Zoned> {
        let now = self.ports.clock.now();
        let opens = survey.window.as_ref().map_or(now, |window| window.opens.max(now));
        let ends = campaign::expected_end(survey, self.settings, opens, preview.parts)?;
        let zone = survey.window.as_ref().map_or(jiff::tz::TimeZone::UTC, |window| window.zone.clone());
        Some(ends.to_zoned(zone))
    }

    fn in_words(&self, preview: &Preview, survey: &Definition) -> String {
        let mut lines = vec![
            format!("recipients         {}", preview.recipients),
            format!("parts              {}", preview.parts),
            format!("foreign numbers    {}", preview.foreign),
            format!("not a mobile       {}", preview.not_mobile),
            format!("sharing a number   {}", preview.sharing()),
            format!("time at throttle   {} s", self.seconds(preview, survey)),
        ];
        if let Some(ends) = self.ends(preview, survey) {
            lines.push(format!("the last one leaves {}", ends.strftime("%d.%m.%Y %H:%M %Z")));
        }
        if let Some(ore) = self.ore(preview) {
            lines.push(format!("cost               {}.{:02} NOK", ore / 100, ore % 100));
        }
        for (language, text) in &preview.texts {
            let longest = text.longest;
            lines.push(format!(
                "{language}: {} recipients, {} parts, the longest {} in {} parts:\n    {}",
                text.recipients,
                text.parts,
                longest.encoding.as_str(),
                longest.parts,
                text.example.replace('\n', "\n    ")
            ));
            lines.extend(costly(&text.example).into_iter().map(|Costly { character, suggestion }| {
                let instead = suggestion.map(|instead| format!("; {instead:?} would not")).unwrap_or_default();
                format!("    {character:?} makes it cost more than twice as much{instead}")
            }));
        }
        lines.join("\n")
    }

    fn in_json(&self, preview: &Preview, survey: &Definition) -> serde_json::Value {
        let text = |text: &TextPreview| {
            json!({
                "recipients": text.recipients, "parts": text.parts, "example": text.example,
                "longest": { "encoding": text.longest.encoding.as_str(), "parts": text.longest.parts },
            })
        };
        let texts: serde_json::Map<_, _> =
            preview.texts.iter().map(|(language, preview)| (language.to_string(), text(preview))).collect();
        json!({
            "recipients": preview.recipients, "parts": preview.parts, "foreign": preview.foreign,
            "not_mobile": preview.not_mobile, "sharing": preview.sharing(), "texts": texts,
            "seconds": self.seconds(preview, survey), "cost_ore": self.ore(preview),
            "ends": self.ends(preview, survey).map(|ends| ends.timestamp().to_string()),
        })
    }

    fn seconds(&self, preview: &Preview, survey: &Definition) -> u64 {
        preview.seconds(campaign::rate(survey, self.settings))
    }

    fn ore(&self, preview: &Preview) -> Option<u64> {
        let price = self.settings.gateway.as_ref()?.price_per_part?;
        Some(price.ore(preview.parts))
    }
}
