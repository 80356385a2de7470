//! The sheet `survey`, row by row: groups become pages, runs of rows on one list become matrices.

use super::super::draft::Builder;
use super::super::expression::Dialect;
use super::super::found::{Found, FoundItem, FoundKind, Relevance};
use super::super::notes::excerpt;
use super::choices::Lists;
use super::question::{Appearance, Bounds, Type, bounds, of_whole_matrix, parameter, required};
use super::sheet::{Row, Sheet};
use crate::definition::model::{Language, Text};

/// Questions outside of groups stand on pages of so many.
const ON_A_PAGE: usize = 5;

/// Groups in groups, at most.
const MAX_DEPTH: usize = 16;

/// Columns that are read; whatever else stands in a row is noted.
const KNOWN: [&str; 9] =
    ["type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "parameters"];

/// Asks everything that the sheet asks.
pub(super) fn ask(survey: &Sheet, lists: &Lists, languages: &[Language], builder: &mut Builder) {
    let mut walk = Walk { lists, languages, builder, groups: Vec::new(), too_deep: 0, serial: 0, open: None };
    let mut rows = survey.rows.as_slice();
    while let Some((row, rest)) = rows.split_first() {
        rows = walk.row(row, rest);
    }
}

/// A group that is open.
struct Group {
    serial: usize,
    origin: String,
    name: String,
    label: Text,
    /// Its own condition, and those of the groups around it.
    relevance: Vec<Relevance>,
    /// Its questions lie in a table.
    table: bool,
    /// A page was made of it.
    shown: bool,
}

struct Walk<'w> {
    lists: &'w Lists,
    languages: &'w [Language],
    builder: &'w mut Builder,
    groups: Vec<Group>,
    /// Groups that are open beyond the deepest that is kept.
    too_deep: usize,
    serial: usize,
    /// The group whose page is open; 0 is outside of all groups.
    open: Option<usize>,
}

impl Walk<'_> {
    /// Takes one row, and more where they belong together; gives those that are left.
    fn row<'r>(&mut self, row: &Row, rest: &'r [Row]) -> &'r [Row] {
        let kind = Type::of(row.get("type").unwrap_or_default());
        match kind {
            Type::BeginGroup => self.begin(row),
            Type::EndGroup => self.end(),
            Type::BeginRepeat => return self.repeat(row, rest),
            Type::EndRepeat => {}
            Type::Without(why) => self.leave_out(row, why),
            Type::Unknown if row.get("type").is_none() => self.note(row, "the row has no type and is left out"),
            Type::Unknown => self.leave_out(row, "this type is not known"),
            Type::One { ref list, or_other: false } if self.begins_matrix(row) => return self.matrix(row, list, rest),
            kind => self.question(row, kind),
        }
        rest
    }

    fn note(&mut self, row: &Row, message: impl Into<String>) {
        self.builder.notes.say(&row.origin, message);
    }

    fn leave_out(&mut self, row: &Row, why: &str) {
        let (kind, name) = (row.get("type").unwrap_or_default(), row.get("name").unwrap_or_default());
        let name = if name.is_empty() { String::new() } else { format!(" `{}`", excerpt(name)) };
        self.note(row, format!("`{}`{name} is left out: {why}", excerpt(kind)));
    }

    fn begin(&mut self, row: &Row) {
        if self.groups.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return self
                .note(row, "nested too deeply: its questions stand with those around it, its condition is left out");
        }
        self.serial += 1;
        let outer = self.groups.last();
        let nested = outer.is_some();
        let mut relevance = outer.map(|group| group.relevance.clone()).unwrap_or_default();
        relevance.extend(Relevance::of(row.get("relevant").unwrap_or_default(), Dialect::XlsForm));
        if !row.text("hint", self.languages, self.builder).0.is_empty() {
            self.note(row, "the hint is left out: a page has a heading and no help");
        }
        if nested {
            self.note(row, "pages do not stand inside each other, so this group became a page of its own");
        }
        self.others(row);
        self.groups.push(Group {
            serial: self.serial,
            origin: row.origin.clone(),
            name: row.get("name").unwrap_or_default().to_owned(),
            label: row.text("label", self.languages, self.builder),
            relevance,
            table: Appearance::of(row).has("table-list"),
            shown: false,
        });
    }

    fn end(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let Some(group) = self.groups.pop().filter(|group| !group.shown && !group.label.0.is_empty()) {
            self.builder
                .notes
                .say(&group.origin, "the heading of this group is left out: no question stands directly in it");
        }
    }

    /// Leaves out everything up to the end of the repeat.
    fn repeat<'r>(&mut self, row: &Row, mut rest: &'r [Row]) -> &'r [Row] {
        self.leave_out(row, "nothing is asked several times, so what stands in it is left out as well");
        let mut depth = 1;
        while let Some((inner, after)) = rest.split_first() {
            rest = after;
            match Type::of(inner.get("type").unwrap_or_default()) {
                Type::BeginRepeat => depth += 1,
                Type::EndRepeat => depth -= 1,
                _ => self.leave_out(inner, "it stands in a repeat"),
            }
            if depth == 0 {
                break;
            }
        }
        rest
    }

    /// Opens the page that the next question belongs on, unless it is open.
    fn page(&mut self) {
        let Some(group) = self.groups.last_mut() else {
            if self.open != Some(0) || self.builder.on_page() >= ON_A_PAGE {
                self.open = Some(0);
                self.builder.page("survey", "page", Text::default(), &[]);
            }
            return;
        };
        if self.open == Some(group.serial) {
            return;
        }
        // A table's heading is the text of its matrix; after an inner group the heading has been shown already.
        let title = if group.shown || group.table { Text::default() } else { group.label.clone() };
        group.shown = true;
        self.open = Some(group.serial);
        self.builder.page(&group.origin, &group.name, title, &group.relevance);
    }

    fn begins_matrix(&self, row: &Row) -> bool {
        let appearance = Appearance::of(row);
        let table = self.groups.last().is_some_and(|group| group.table);
        table || appearance.has("label") || appearance.has("list-nolabel")
    }

    /// Questions on one list below each other: `table-list`, or `label` and then `list-nolabel`.
    fn matrix<'r>(&mut self, first: &Row, list: &str, rest: &'r [Row]) -> &'r [Row] {
        self.page();
        let heading = Appearance::of(first).has("label");
        let table = self.groups.last().is_some_and(|group| group.table);
        let belongs = |row: &Row| {
            let same =
                Type::of(row.get("type").unwrap_or_default()) == Type::One { list: list.to_owned(), or_other: false };
            same && (table || Appearance::of(row).has("list-nolabel")) && !Appearance::of(row).has("label")
        };
        let run = rest.iter().take_while(|row| belongs(row)).count();
        let (more, rest) = rest.split_at(run);
        let rows: Vec<&Row> = (!heading).then_some(first).into_iter().chain(more).collect();
        let group = self.groups.last();
        let (name, text) = match group {
            Some(group) if !heading => (group.name.clone(), group.label.clone()),
            _ => (first.get("name").unwrap_or_default().to_owned(), first.text("label", self.languages, self.builder)),
        };
        let needed: Vec<bool> = rows.iter().map(|row| required(row, self.builder)).collect();
        if needed.contains(&true) && needed.contains(&false) {
            self.note(first, "the items of a matrix are all required or none; all are now");
        }
        if heading {
            self.others(first);
        }
        let relevance = of_whole_matrix(heading.then_some(first), &rows);
        let items = rows.iter().map(|row| self.item(row)).collect();
        let scale = self.lists.scale(list, self.builder);
        let help = if heading { first.text("hint", self.languages, self.builder) } else { Text::default() };
        self.builder.ask(Found {
            origin: first.origin.clone(),
            names: vec![name],
            text,
            help,
            required: needed.contains(&true),
            random_order: false,
            relevance,
            kind: FoundKind::Matrix(scale, items),
        });
        rest
    }

    fn item(&mut self, row: &Row) -> FoundItem {
        bounds(row, &Type::Note, self.builder);
        if !row.text("hint", self.languages, self.builder).0.is_empty() {
            self.note(row, "the hint is left out: an item has no help of its own");
        }
        self.others(row);
        let name = row.get("name").unwrap_or_default();
        FoundItem {
            code: name.to_owned(),
            names: vec![name.to_owned()],
            label: row.text("label", self.languages, self.builder),
        }
    }

    fn question(&mut self, row: &Row, kind: Type) {
        self.page();
        let bounds = bounds(row, &kind, self.builder);
        let long = Appearance::of(row).has("multiline");
        let random_order = parameter(row, "randomize") == Some("true");
        if let Some(kind) = self.kind(row, kind, bounds, long) {
            self.others(row);
            let choice = matches!(kind, FoundKind::Choice { .. } | FoundKind::Choices { .. } | FoundKind::Rank { .. });
            let found = Found {
                origin: row.origin.clone(),
                names: vec![row.get("name").unwrap_or_default().to_owned()],
                text: row.text("label", self.languages, self.builder),
                help: row.text("hint", self.languages, self.builder),
                required: required(row, self.builder),
                random_order: random_order && choice,
                relevance: Relevance::of(row.get("relevant").unwrap_or_default(), Dialect::XlsForm)
                    .into_iter()
                    .collect(),
                kind,
            };
            self.builder.ask(found);
        }
    }

    fn kind(&mut self, row: &Row, kind: Type, bounds: Bounds, long: bool) -> Option<FoundKind> {
        let other = |or_other: bool| or_other.then(|| "other".to_owned());
        Some(match kind {
            Type::One { list, or_other: false } if self.lists.is_scale(&list) => {
                FoundKind::Scale(self.lists.scale(&list, self.builder))
            }
            Type::One { list, or_other } => {
                FoundKind::Choice { options: self.lists.options(&list), other: other(or_other) }
            }
            Type::Several { list, or_other } => {
                FoundKind::Choices { options: self.lists.options(&list), other: other(or_other), max: bounds.chosen }
            }
            Type::Rank { list } => FoundKind::Rank { options: self.lists.options(&list), top: None },
            Type::Decimal => {
                self.note(row, "numbers are whole here, without decimals");
                FoundKind::Number { min: bounds.min, max: bounds.max }
            }
            Type::Range => {
                if !matches!(parameter(row, "step"), None | Some("1")) {
                    self.note(row, "its steps are left out: every whole number can be answered");
                }
                FoundKind::Number { min: bounds.min, max: bounds.max }
            }
            Type::Whole => FoundKind::Number { min: bounds.min, max: bounds.max },
            Type::Text if long => FoundKind::LongText,
            Type::Text => FoundKind::Text,
            Type::Note => FoundKind::Notice,
            _ => return None,
        })
    }

    /// Notes what else the row says.
    fn others(&mut self, row: &Row) {
        for column in row.columns().filter(|column| !KNOWN.contains(column)) {
            let message = match column {
                "choice_filter" => {
                    "the options are not filtered (`choice_filter`): everybody sees all of them".to_owned()
                }
                "calculation" => "nothing is computed here: `calculation` is left out".to_owned(),
                other => format!("`{other}` has no counterpart and is left out"),
            };
            self.note(row, message);
        }
        for word in Appearance::of(row).without_effect().map(str::to_owned).collect::<Vec<_>>() {
            self.note(row, format!("the appearance `{}` changes nothing here", excerpt(&word)));
        }
        if let Some(parameters) =
            row.get("parameters").filter(|written| !written.contains("randomize") && !written.contains("start="))
        {
            self.note(row, format!("the parameters `{}` are left out", excerpt(parameters)));
        }
    }
}
