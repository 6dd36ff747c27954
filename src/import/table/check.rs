//! A map comes in, a [`Plan`] goes out: every key is held against what records take.

use super::from::{From, WordList};
use super::map::{ListRow, MapFile, NewRoles, RolesRow, RowsRow, TableRow};
use super::plan::{Inner, Key, Keys, ListPlan, POSITIONS, Plan, RolesPlan, RowsPlan, SALARY, Sort};
use super::shape::{Shape, Shapes, Unknown};
use crate::data::{At, Map, Table, Text, Value, decode_root, parse_toml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::import::layers::SiteList;
use crate::path::SourcePath;
use crate::role::SALARY_COLUMNS;
use crate::source::{Source, Span};
use crate::suggest;

/// Reads and checks a map.
pub fn read(source: &Source) -> Result<Plan, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let tree = parse_toml(&source.path, &source.text, 0, &mut diagnostics);
    let decoded = tree.and_then(|tree| {
        let map = decode_root::<MapFile>(&source.path, tree.clone(), &mut diagnostics)?;
        Some((tree, map))
    });
    let Some((tree, map)) = decoded else {
        return Err(diagnostics);
    };
    let mut check = Check {
        path: &source.path,
        diagnostics: &mut diagnostics,
        tables: map
            .tables
            .0
            .iter()
            .map(|(name, _)| name.value.clone())
            .collect(),
    };
    let plan = check.plan(&tree, map);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    Ok(plan)
}

/// Checks a map.
struct Check<'c> {
    path: &'c SourcePath,
    diagnostics: &'c mut Diagnostics,
    tables: Vec<String>,
}

impl Check<'_> {
    fn plan(&mut self, tree: &Table, map: MapFile) -> Plan {
        let MapFile {
            about: _,
            nothing,
            decimal,
            source,
            figures: _,
            tables,
            roles,
            rows,
            lists,
            skills: _,
            categories: _,
            areas: _,
            words,
        } = map;
        let roles = self.roles(roles, &rows);
        let rows: Vec<RowsPlan> = rows
            .into_iter()
            .filter_map(|rows| self.rows(rows, &roles))
            .collect();
        let lists = lists
            .into_iter()
            .filter_map(|list| self.list(list, &roles))
            .collect();
        let source = source.and_then(|row| {
            let raw = table(tree, "source")?;
            Some((row.id.map(|id| id.value), raw))
        });
        let mut tables: Vec<(String, Option<TableRow>)> = tables
            .0
            .into_iter()
            .map(|(name, row)| (name.value, Some(row)))
            .collect();
        if tables.is_empty() {
            tables.push((String::new(), None));
        }
        tables.sort_by_key(|(name, _)| roles.table.as_ref() != Some(name));
        let plan = Plan {
            nothing,
            decimal,
            words,
            tables,
            roles,
            rows,
            lists,
            source: source.map(|(id, mut raw)| {
                raw.0.retain(|(key, _)| key.name != "id");
                (id, raw)
            }),
            figures: table(tree, "figures").unwrap_or_default(),
            fixed: fixed(tree),
        };
        self.check_words(&plan);
        plan
    }

    /// Checks the names of lists of words, and of tables in which something is looked up.
    fn check_words(&mut self, plan: &Plan) {
        for (_, from) in plan.froms() {
            if let Some(WordList::Named(name)) = &from.words
                && plan.words.get(name).is_none()
            {
                let names = plan.words.0.iter().map(|(name, _)| name.value.as_str());
                let help = suggest::help(name, names);
                let help = help.unwrap_or_else(|| format!("add [words.{}]", name.value));
                let fault = Diagnostic::error(
                    Code::UnknownId,
                    format!("there is no list of words `{}`", name.value),
                );
                self.diagnostics
                    .push(fault.at(self.path, name.span.clone()).help(help));
            }
            if let Some(lookup) = &from.lookup {
                self.table(Some(&lookup.table), None);
            }
        }
    }

    fn roles(&mut self, row: RolesRow, rows: &[At<RowsRow>]) -> RolesPlan {
        let RolesRow {
            table,
            tests,
            key,
            code,
            id,
            new,
            keys,
        } = row;
        let is_read = !keys.0.is_empty() || table.is_some();
        let table = if is_read {
            self.table(table.as_ref(), None)
        } else {
            None
        };
        if is_read && !keys.0.iter().any(|(key, _)| key.value == "title") && new == NewRoles::Make {
            let fault = Diagnostic::error(Code::MissingKey, "no column is the title of a role")
                .at_file(self.path);
            self.diagnostics.push(fault.help("add `title = \"…\"` with the name of a column to [roles.keys], or say `new = \"drop\"` in [roles]"));
        }
        if !is_read && key.is_none() && rows.iter().any(|rows| rows.value.role.is_none()) {
            let fault =
                Diagnostic::error(Code::MissingKey, "nothing says which role a row is about")
                    .at_file(self.path);
            self.diagnostics
                .push(fault.help("add `key = \"…\"` with the name of a column to [roles]"));
        }
        RolesPlan {
            table,
            tests,
            key: key.map(|key| key.value),
            code,
            id: id.map(|id| id.value),
            new,
            keys: self.keys(keys, &Shapes::of_role(), ""),
        }
    }

    fn rows(&mut self, At { value, span }: At<RowsRow>, roles: &RolesPlan) -> Option<RowsPlan> {
        let RowsRow {
            list,
            table,
            role,
            tests,
            each,
            keys,
            text,
            sort,
            limit,
            group,
            guards,
        } = value;
        let table = self.table(table.as_ref(), roles.table.as_deref())?;
        let (keys, text) = match &list {
            None => (self.keys(keys, &Shapes::of_role(), ""), None),
            Some(list) => self.list_keys(list, keys, text)?,
        };
        if keys.keys.is_empty() && text.is_none() {
            let fault =
                Diagnostic::error(Code::MissingKey, "nothing says what these rows are made of")
                    .at(self.path, span);
            self.diagnostics.push(
                fault.help("add [rows.keys] with the keys of a row, or `text` for a list of texts"),
            );
            return None;
        }
        Some(RowsPlan {
            list: list.map(|list| list.value).unwrap_or_default(),
            table,
            role: role.map(|role| role.value),
            tests,
            each: each.map(|each| each.value),
            keys,
            text,
            sort: sort.map(|sort| Sort::of(&sort)),
            limit: limit.map(|limit| limit as usize),
            group: group.map(|group| group.value),
            guards,
        })
    }

    /// Checks the keys of rows of a list, or what its texts are made of.
    fn list_keys(
        &mut self,
        list: &At<Text>,
        keys: Map<At<From>>,
        text: Option<At<From>>,
    ) -> Option<(Keys, Option<Key>)> {
        let shapes = Shapes::of_role();
        match list.as_str() {
            SALARY => return Some((self.salary(keys), None)),
            POSITIONS => return Some((self.keys(keys, &Shapes::of_position(), ""), None)),
            _ => {}
        }
        let shape = self.shape(&shapes, list, &list.span)?;
        let made = if text.is_some() {
            Rows::Texts
        } else {
            Rows::Tables
        };
        self.check_list(list, &shape, made)?;
        let text = text.map(|text| Key {
            path: list.value.clone(),
            shape: inner(shape),
            from: text.value,
        });
        Some((self.keys(keys, &shapes, &format!("{}.", list.value)), text))
    }

    /// Checks that a list has the rows that a map makes for it: texts, or tables.
    fn check_list(&mut self, list: &At<Text>, shape: &Shape, made: Rows) -> Option<()> {
        let (message, help) = match (shape, made) {
            (Shape::List(inner), Rows::Texts) if **inner != Shape::Table => return Some(()),
            (Shape::List(inner), Rows::Tables) if matches!(**inner, Shape::Table) => {
                return Some(());
            }
            (Shape::List(_), Rows::Texts) => (
                "rows of this list are tables",
                "write [rows.keys] in place of `text`",
            ),
            (Shape::List(_), Rows::Tables) => (
                "this list has texts",
                "write `text = \"…\"` in place of [rows.keys]",
            ),
            _ => ("this key is no list", "put it into [roles.keys]"),
        };
        let fault = Diagnostic::error(Code::BadValue, message).at(self.path, list.span.clone());
        self.diagnostics.push(fault.help(help));
        None
    }

    fn list(&mut self, At { value, .. }: At<ListRow>, roles: &RolesPlan) -> Option<ListPlan> {
        let ListRow {
            list,
            table,
            tests,
            each,
            keys,
        } = value;
        let table = self.table(table.as_ref(), roles.table.as_deref())?;
        let Some(known) = SiteList::of_name(&list) else {
            let names = SiteList::ALL.iter().map(|list| list.name());
            let fault = Diagnostic::error(
                Code::BadValue,
                format!("`{}` is no list of a site", list.value),
            );
            self.diagnostics.push(
                fault
                    .at(self.path, list.span.clone())
                    .help(suggest::help(&list, names)),
            );
            return None;
        };
        Some(ListPlan {
            list: known,
            table,
            tests,
            each: each.map(|each| each.value),
            keys: self.keys(keys, &Shapes::of_list(known), ""),
        })
    }

    /// Returns the name of a table: the one that is named, or its default.
    fn table(&mut self, named: Option<&At<Text>>, default: Option<&str>) -> Option<String> {
        if let Some(name) = named {
            if self.tables.contains(&name.value) {
                return Some(name.value.clone());
            }
            let help = suggest::help(name, self.tables.iter().map(String::as_str));
            let fault = Diagnostic::error(
                Code::UnknownId,
                format!("there is no table `{}`", name.value),
            );
            let help =
                help.unwrap_or_else(|| format!("add [tables.{}] with its `file`", name.value));
            self.diagnostics
                .push(fault.at(self.path, name.span.clone()).help(help));
            return None;
        }
        match (default, self.tables.as_slice()) {
            (Some(default), _) => Some(default.to_owned()),
            (None, []) => Some(String::new()),
            (None, [only]) => Some(only.clone()),
            (None, _) => {
                let fault = Diagnostic::error(
                    Code::MissingKey,
                    "it is not plain which table this is about",
                );
                let help = "say `table = \"…\"` in [roles], or in each [[rows]] and [[lists]]";
                self.diagnostics.push(fault.at_file(self.path).help(help));
                None
            }
        }
    }

    fn salary(&mut self, keys: Map<At<From>>) -> Keys {
        let mut made = vec![];
        let shapes = Shapes::of_role();
        for (path, from) in keys.0 {
            let is_known = SALARY_COLUMNS.contains(&path.as_str());
            if !is_known {
                let fault = Diagnostic::error(
                    Code::UnknownKey,
                    format!("salary.csv has no column `{}`", path.value),
                );
                let help = suggest::help(&path, SALARY_COLUMNS.iter().copied());
                self.diagnostics
                    .push(fault.at(self.path, path.span).help(help));
                continue;
            }
            // Percentiles are columns of a table, and a table of their own in a record.
            let shape = match shapes.at(&format!("salary.{}", path.value)) {
                Ok(shape) => shape,
                Err(_) => Shape::Number,
            };
            made.push(Key {
                path: path.value,
                shape,
                from: from.value,
            });
        }
        Keys {
            keys: made,
            ..Keys::default()
        }
    }

    /// Checks the paths of keys. `before` is what stands before each.
    fn keys(&mut self, keys: Map<At<From>>, shapes: &Shapes, before: &str) -> Keys {
        let mut made = vec![];
        for (path, from) in keys.0 {
            let whole = format!("{before}{}", path.value);
            let Some(shape) = self.shape(shapes, &whole, &path.span) else {
                continue;
            };
            if shape == Shape::Table {
                let message = format!("`{}` takes keys of its own", path.value);
                let fault = Diagnostic::error(Code::BadValue, message).at(self.path, path.span);
                self.diagnostics
                    .push(fault.help(format!("write one of them: \"{}.…\" = …", path.value)));
                continue;
            }
            made.push(Key {
                path: path.value,
                shape,
                from: from.value,
            });
        }
        let inner = inner_tables(&made, shapes, before);
        // A layer of a role need not say what another file says.
        let (required, order) = match before.strip_suffix('.') {
            None => (vec![], vec![]),
            Some(list) => (shapes.required(list), shapes.keys(list)),
        };
        Keys {
            keys: made,
            inner,
            required,
            order,
        }
    }

    fn shape(&mut self, shapes: &Shapes, path: &str, span: &Span) -> Option<Shape> {
        match shapes.at(path) {
            Ok(shape) => Some(shape),
            Err(Unknown { key, names }) => {
                let message = format!("a record has no key `{path}`");
                let help = suggest::help(&key, names.iter().map(String::as_str));
                let fault = Diagnostic::error(Code::UnknownKey, message);
                self.diagnostics
                    .push(fault.at(self.path, span.clone()).help(help));
                None
            }
        }
    }
}

/// What the rows of a list are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Texts,
    Tables,
}

fn inner(shape: Shape) -> Shape {
    match shape {
        Shape::List(inner) => *inner,
        other => other,
    }
}

/// Returns a table of the map as it is written.
fn table(tree: &Table, key: &str) -> Option<Table> {
    match &tree.get(key)?.value {
        Value::Table(table) => Some(table.clone()),
        _ => None,
    }
}

/// Returns the rows of lists as they are written.
fn fixed(tree: &Table) -> Vec<(SiteList, Table)> {
    let mut found = vec![];
    for list in SiteList::ALL {
        let Some(Value::Array(rows)) = tree.get(list.name()).map(|node| &node.value) else {
            continue;
        };
        for row in rows {
            if let Value::Table(row) = &row.value {
                found.push((*list, row.clone()));
            }
        }
    }
    found
}

/// Returns the tables inside a record that keys stand in, from the innermost.
fn inner_tables(keys: &[Key], shapes: &Shapes, before: &str) -> Vec<Inner> {
    let mut paths: Vec<&str> = keys
        .iter()
        .flat_map(|key| key.path.match_indices('.').map(|(at, _)| &key.path[..at]))
        .collect();
    paths.sort_unstable_by(|one, other| other.cmp(one));
    paths.dedup();
    let inner = paths.into_iter().map(|path| Inner {
        path: path.to_owned(),
        required: shapes.required(&format!("{before}{path}")),
    });
    inner.collect()
}
