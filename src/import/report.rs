//! What became of everything that an import read: counts come in while it works, a text for people and
//! JSON for programs go out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::fault::Where;
use crate::ordered::Map;

/// How many places of one reason are kept.
const PLACES: usize = 3;

/// How many lines of one part the text has at most.
const LINES: usize = 20;

/// What was read, and what was lost on the way.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LossReport {
    /// The upstream files that were read, where they are not all that were named.
    #[serde(skip)]
    pub files: BTreeSet<String>,
    /// Each file or table with its rows.
    #[serde(serialize_with = "rows_of")]
    pub tables: Map<String, Rows>,
    /// What was left out, by table and reason.
    #[serde(serialize_with = "losses_of")]
    pub dropped: Map<Reason, Loss>,
    /// Facts that no record has a home for: columns, keys, parts.
    #[serde(serialize_with = "losses_of")]
    pub homeless: Map<Reason, Loss>,
    /// Rows that said what another had said.
    #[serde(serialize_with = "losses_of")]
    pub duplicates: Map<Reason, Loss>,
    /// Parts of texts that another program understood, and that stand in them as code: with all places.
    #[serde(serialize_with = "left_of")]
    pub left: Map<String, Vec<Where>>,
    /// Figures that could not be right, and what became of them.
    #[serde(serialize_with = "losses_of")]
    pub mended: Map<Reason, Loss>,
    /// Ids that were made, because upstream has none.
    pub ids: Vec<MadeId>,
    /// What this import made earlier, and upstream no longer has: kept until `--prune`.
    pub gone: Vec<String>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
}

/// The rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// How many were read.
    pub read: u64,
    /// How many became part of a record.
    pub joined: u64,
}

/// Where something was lost, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Reason {
    /// The table or file.
    pub table: String,
    /// Why, in words that follow a number of rows or facts.
    pub why: String,
}

/// How often something was lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loss {
    pub count: u64,
    /// The first places.
    pub first: Vec<Where>,
}

/// An id that was made of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadeId {
    pub id: String,
    /// What it was made of.
    pub name: String,
}

impl LossReport {
    /// Counts a row that was read.
    pub fn read(&mut self, table: &str) {
        self.rows(table).read += 1;
    }

    /// Counts a row that became part of a record.
    pub fn joined(&mut self, table: &str) {
        self.rows(table).joined += 1;
    }

    /// Notes that a row, or a fact of it, was left out.
    pub fn drop(&mut self, table: &str, why: impl Into<String>, place: Where) {
        count(&mut self.dropped, table, why.into(), place);
    }

    /// Notes a fact that no record has a home for.
    pub fn no_home(&mut self, table: &str, what: impl Into<String>, place: Where) {
        count(&mut self.homeless, table, what.into(), place);
    }

    /// Notes a row that says what another one says.
    pub fn duplicate(&mut self, table: &str, what: impl Into<String>, place: Where) {
        count(&mut self.duplicates, table, what.into(), place);
    }

    /// Notes a part of a text that is shown as code, because nothing here does what it did.
    pub fn left(&mut self, what: impl Into<String>, place: Where) {
        self.left.entry(what.into()).or_default().push(place);
    }

    /// Notes a figure that could not be right.
    pub fn mended(&mut self, table: &str, what: impl Into<String>, place: Where) {
        count(&mut self.mended, table, what.into(), place);
    }

    /// Returns a reason for [`LossReport::drop`]: itself, or what it has in common with many others of
    /// the table that differ in what they quote at their end.
    pub fn grouped(&self, table: &str, why: String, most: usize) -> String {
        let Some((start, _)) = why.rsplit_once(" `").filter(|_| why.ends_with('`')) else {
            return why;
        };
        let of_table = || self.dropped.keys().filter(|reason| reason.table == table);
        let is_known = of_table().any(|reason| reason.why == why);
        if is_known
            || of_table()
                .filter(|reason| reason.why.starts_with(start))
                .count()
                < most
        {
            return why;
        }
        format!("{start} something else")
    }

    /// Notes an id that was made of a name.
    pub fn made_id(&mut self, id: &str, name: &str) {
        self.ids.push(MadeId {
            id: id.to_owned(),
            name: name.to_owned(),
        });
    }

    /// Notes what else is worth knowing.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Notes something that many rows may be a reason for.
    pub fn note_once(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Takes over what another report has.
    pub fn absorb(&mut self, other: Self) {
        let Self {
            files,
            tables,
            dropped,
            homeless,
            duplicates,
            left,
            mended,
            ids,
            gone,
            notes,
        } = other;
        self.files.extend(files);
        for (table, rows) in tables {
            let own = self.rows(&table);
            own.read += rows.read;
            own.joined += rows.joined;
        }
        add(&mut self.dropped, dropped);
        add(&mut self.homeless, homeless);
        add(&mut self.duplicates, duplicates);
        add(&mut self.mended, mended);
        for (what, places) in left {
            self.left.entry(what).or_default().extend(places);
        }
        self.ids.extend(ids);
        self.gone.extend(gone);
        notes.into_iter().for_each(|note| self.note_once(note));
    }

    /// Returns how many rows were read and joined in all.
    pub fn total(&self) -> Rows {
        self.tables
            .values()
            .fold(Rows::default(), |sum, rows| Rows {
                read: sum.read + rows.read,
                joined: sum.joined + rows.joined,
            })
    }

    fn rows(&mut self, table: &str) -> &mut Rows {
        // Asked for every row: a name is made once.
        if !self.tables.contains_key(table) {
            self.tables.insert(table.to_owned(), Rows::default());
        }
        &mut self.tables[table]
    }

    /// Returns the report for people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (table, Rows { read, joined }) in &self.tables {
            let _ = writeln!(text, "{table}: {} read, {joined} used", many(*read, "row"));
        }
        part(&mut text, "Left out", &self.dropped);
        part(&mut text, "Mended", &self.mended);
        self.without_a_home(&mut text);
        part(
            &mut text,
            "Said more than once, and kept once",
            &self.duplicates,
        );
        left(&mut text, &self.left);
        if !self.ids.is_empty() {
            let some: Vec<&str> = self.ids.iter().take(3).map(|made| &*made.id).collect();
            let more = if self.ids.len() > some.len() {
                ", …"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "Ids made of names: {} ({}{more})",
                self.ids.len(),
                some.join(", ")
            );
        }
        list(&mut text, "Gone upstream", &self.gone);
        for note in &self.notes {
            let _ = writeln!(text, "Note: {note}");
        }
        text
    }

    /// Lists what has no home, a line for each table.
    fn without_a_home(&self, text: &mut String) {
        let mut tables: Map<&str, Vec<String>> = Map::default();
        for (Reason { table, why }, Loss { count, .. }) in &self.homeless {
            let times = if *count > 1 {
                format!("{count} × ")
            } else {
                String::new()
            };
            tables.entry(table).or_default().push(times + why);
        }
        let lines: Vec<String> = tables
            .into_iter()
            .map(|(table, facts)| format!("{table}: {}", facts.join(", ")))
            .collect();
        list(text, "Without a home in a record", &lines);
    }
}

fn count(losses: &mut Map<Reason, Loss>, table: &str, why: String, place: Where) {
    let table = table.to_owned();
    let loss = losses.entry(Reason { table, why }).or_default();
    loss.count += 1;
    if loss.first.len() < PLACES {
        loss.first.push(place);
    }
}

fn add(losses: &mut Map<Reason, Loss>, others: Map<Reason, Loss>) {
    for (reason, Loss { count, first }) in others {
        let loss = losses.entry(reason).or_default();
        loss.count += count;
        let free = PLACES.saturating_sub(loss.first.len());
        loss.first.extend(first.into_iter().take(free));
    }
}

fn part(text: &mut String, heading: &str, losses: &Map<Reason, Loss>) {
    if losses.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}:");
    for (Reason { table, why }, Loss { count, first }) in losses.iter().take(LINES) {
        let place = first.first().filter(|place| place.row.is_some());
        let place = place.map(|place| format!(" (first: {place})"));
        let _ = writeln!(
            text,
            "  {count} × {why}{}",
            place.unwrap_or_else(|| format!(" ({table})"))
        );
    }
    rest(text, losses.len());
}

fn left(text: &mut String, all: &Map<String, Vec<Where>>) {
    if all.is_empty() {
        return;
    }
    let _ = writeln!(text, "Left in texts, shown as code:");
    for (what, places) in all.iter().take(LINES) {
        let first = places.iter().take(PLACES).map(ToString::to_string);
        let first = first.collect::<Vec<_>>().join("; ");
        let more = if places.len() > PLACES { "; …" } else { "" };
        let _ = writeln!(text, "  {} × {what} ({first}{more})", places.len());
    }
    rest(text, all.len());
}

fn list(text: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}:");
    for line in lines.iter().take(LINES) {
        let _ = writeln!(text, "  {line}");
    }
    rest(text, lines.len());
}

fn rest(text: &mut String, lines: usize) {
    if lines > LINES {
        let _ = writeln!(text, "  and {} more (--json lists all)", lines - LINES);
    }
}

/// Returns `1 row`, `2 rows`.
pub fn many(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn rows_of<S: Serializer>(tables: &Map<String, Rows>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        table: &'a str,
        #[serde(flatten)]
        rows: &'a Rows,
    }
    to.collect_seq(tables.iter().map(|(table, rows)| Row { table, rows }))
}

fn left_of<S: Serializer>(left: &Map<String, Vec<Where>>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        what: &'a str,
        places: &'a [Where],
    }
    to.collect_seq(left.iter().map(|(what, places)| Row { what, places }))
}

fn losses_of<S: Serializer>(losses: &Map<Reason, Loss>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        #[serde(flatten)]
        reason: &'a Reason,
        #[serde(flatten)]
        loss: &'a Loss,
    }
    to.collect_seq(losses.iter().map(|(reason, loss)| Row { reason, loss }))
}
