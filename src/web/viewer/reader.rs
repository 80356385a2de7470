//! One reader before one campaign's results: what may be seen, and in which words.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::actions::publish::Published;
use crate::anonymity::publication::{Category, Group, OptionText, Publication, Question, Words};
use crate::definition::model::{Definition, Kind, Language, Wording};
use crate::people::role::Role;
use crate::report::number::Notation;
use crate::results::audience::describe;
use crate::results::view::{Place, Position, Scope, View};
use crate::store::campaigns::{self, Campaign};
use crate::web::App;
use crate::web::hr::Desk;

/// The product's words for what a survey does not word itself.
const OWN: [&str; 6] = ["yes", "no", "other", "open", "hr-whole", "hr-interim-title"];

/// Everything that pages of one campaign are made from.
pub struct Material {
    /// The campaign.
    pub campaign: Campaign,
    /// What was asked.
    pub survey: Arc<Definition>,
    /// What was published; nothing before.
    pub published: Option<Arc<Published>>,
    /// In which the survey is read.
    pub language: Language,
    /// Published campaigns of the surveys that this one goes back to, the earliest first.
    pub waves: Vec<Wave>,
    /// As the reader's language writes numbers.
    pub notation: Notation,
    own: HashMap<&'static str, String>,
}

/// A campaign before this one.
pub struct Wave {
    /// As HR called it.
    pub name: String,
    /// What was published of it.
    pub published: Arc<Published>,
}

impl Material {
    /// Of a campaign; nothing where there is none of that id for this reader. Only HR knows of those of which nothing is published.
    ///
    /// # Errors
    /// The database is out of reach, or holds what this version cannot read.
    pub async fn load(desk: &Desk, campaign: &str) -> anyhow::Result<Option<Self>> {
        let (app, language) = (&desk.app, desk.language());
        let Some(campaign) = campaigns::find(app.db.read(), campaign).await? else { return Ok(None) };
        let survey = app.surveys.of(&app.db, &campaign.id).await?;
        let published = app.publications.last(&app.db, &campaign.id).await?;
        if published.is_none() && desk.visitor.role != Role::Hr {
            return Ok(None);
        }
        let waves = match &published {
            Some(published) => waves(app, &campaign, published).await?,
            None => Vec::new(),
        };
        let notation = app.pages.notation(language)?;
        let own = OWN.map(|word| Ok((word, app.pages.word(word, language)?)));
        let own = own.into_iter().collect::<anyhow::Result<_>>()?;
        let language = if survey.languages.contains(&language) { language } else { survey.default_language() };
        Ok(Some(Self { campaign, survey, published, language, waves, notation, own }))
    }

    /// What a reader of that scope sees; nothing before anything was published.
    #[must_use]
    pub fn reader(&self, scope: &Scope) -> Option<Reader<'_>> {
        let view = self.published.as_ref()?.view(scope);
        let own = match scope {
            Scope::Whole => Vec::new(),
            Scope::Places(places) => places.iter().filter(|id| view.place(id).is_some()).cloned().collect(),
        };
        let earlier = self.waves.iter().map(|wave| wave.published.view(scope)).collect();
        Some(Reader { material: self, view, earlier, own })
    }

    /// A text of a publication, in the reader's language or another.
    #[must_use]
    pub fn words<'w>(&self, words: &'w Words) -> Option<&'w str> {
        words.get(self.language.as_str()).or_else(|| words.values().next()).map(String::as_str)
    }

    /// A word of the product's own.
    #[must_use]
    pub fn own(&self, word: &str) -> &str {
        self.own.get(word).map_or("", String::as_str)
    }
}

async fn waves(app: &App, campaign: &Campaign, published: &Publication) -> anyhow::Result<Vec<Wave>> {
    let named = published.questions.iter().flat_map(|question| &question.same_as);
    let named: HashSet<&str> = named.filter_map(|name| Some(name.split_once('.')?.0)).collect();
    let (Some(launched), false) = (campaign.launched_at, named.is_empty()) else { return Ok(Vec::new()) };
    let mut waves = Vec::new();
    for (id, name) in campaigns::published_before(&app.db, launched).await? {
        let published = app.publications.last(&app.db, &id).await?;
        let named = published.filter(|published| named.contains(published.survey.as_str()));
        waves.extend(named.map(|published| Wave { name, published }));
    }
    Ok(waves)
}

/// A reader's view of a publication, and its words.
pub struct Reader<'r> {
    /// The campaign.
    pub material: &'r Material,
    /// The rows that may be seen.
    pub view: View<'r>,
    /// The same of the waves before, in their order.
    pub earlier: Vec<View<'r>>,
    /// The places that are the reader's own; none where that is the whole.
    own: Vec<String>,
}

impl Reader<'_> {
    /// Where a reader is who has asked for `place`: there, if anything of it may be seen; without a wish, the first place of
    /// one's own. The empty id is the whole.
    #[must_use]
    pub fn place(&self, wanted: Option<&str>) -> Option<&Place> {
        let wanted = wanted.or_else(|| self.own.first().map(String::as_str)).unwrap_or_default();
        self.view.place(wanted)
    }

    /// The places that are the reader's own, where these are not the whole.
    pub fn own_places(&self) -> impl Iterator<Item = &Place> {
        self.own.iter().filter_map(|id| self.view.place(id))
    }

    /// The places above one, the whole first.
    #[must_use]
    pub fn above(&self, place: &Place) -> Vec<&Place> {
        let at = |depth: usize| {
            let path = place.unit.get(..depth)?;
            self.view.places().find(|other| other.unit == path)
        };
        (0..place.unit.len()).filter_map(at).collect()
    }

    /// What a place is called.
    #[must_use]
    pub fn name<'n>(&'n self, unit: &'n [String]) -> &'n str {
        unit.last().map_or_else(|| self.material.own("hr-whole"), String::as_str)
    }

    /// What a group is called: its value in a breakdown, else its place.
    #[must_use]
    pub fn group(&self, group: &Group) -> String {
        match Position::of(group).by {
            None => self.name(&group.unit).to_owned(),
            Some((breakdown, value)) => {
                let all = &self.view.publication().breakdowns;
                let declared = all.iter().find(|declared| declared.id == breakdown);
                let found = declared.and_then(|declared| declared.values.iter().find(|known| known.id == value));
                found.map_or_else(|| value.to_owned(), |value| self.value(value))
            }
        }
    }

    /// A value of a breakdown in words: an audience by its label, an age band as it is.
    #[must_use]
    pub fn value(&self, value: &OptionText) -> String {
        let id = value.id.as_str();
        let band = || match (id.strip_prefix('-'), id.strip_suffix('-')) {
            (Some(most), _) => format!("≤\u{a0}{most}"),
            (_, Some(least)) => format!("≥\u{a0}{least}"),
            _ => id.replace('-', "–"),
        };
        self.material.words(&value.label).map_or_else(band, str::to_owned)
    }

    /// An option in words.
    #[must_use]
    pub fn option(&self, option: &Category) -> String {
        let own = || match option.id.as_str() {
            id if OWN.contains(&id) => self.material.own(id).to_owned(),
            id => id.replace('-', "–"),
        };
        self.material.words(&option.label).map_or_else(own, str::to_owned)
    }

    /// What was asked. One measure worded by audience is called by its last wording, the one for all others.
    #[must_use]
    pub fn text(&self, question: &Question) -> String {
        let asked =
            self.material.survey.questions().map(|(_, asked)| asked).find(|asked| asked.id == question.question);
        let last = asked.and_then(|asked| match &asked.wording {
            Wording::ByAudience(all) => all.last().map(|(audience, _)| audience.as_str()),
            Wording::Everybody(_) => None,
        });
        let words = question.wordings.get(last.unwrap_or_default());
        words.and_then(|words| self.material.words(words)).unwrap_or_default().to_owned()
    }

    /// What was asked, in a few words: of an item its own words alone.
    #[must_use]
    pub fn short(&self, question: &Question) -> String {
        let item = question.id.split_once('.').and_then(|(matrix, item)| {
            let (_, declared) = self.material.survey.questions().find(|(_, declared)| declared.id == matrix)?;
            let Kind::Matrix { items, .. } = &declared.kind else { return None };
            items.iter().find(|declared| declared.id == item)
        });
        item.map_or_else(|| self.text(question), |item| item.label.get(self.material.language).to_owned())
    }

    /// Who was asked a question of the survey; nothing where everybody was. Its own audience says more than its page's.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<String> {
        let survey = &self.material.survey;
        let (page, question) = survey.questions().find(|(_, question)| question.id == id)?;
        let condition = question.audience.as_ref().or(page.audience.as_ref())?;
        Some(describe(survey, self.material.language, condition))
    }

    /// Where the figures come from, in one line.
    #[must_use]
    pub fn source(&self) -> String {
        let title = self.material.words(&self.view.publication().title).unwrap_or_default();
        let name = &self.material.campaign.name;
        if name == title { title.to_owned() } else { format!("{title} · {name}") }
    }
}
