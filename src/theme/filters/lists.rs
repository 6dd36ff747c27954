//! Filters that choose from lists and order them: `where`, `sort_by`, `group_by`, `common`. An
//! attribute is a path such as `category.title`; it may be null in an item, and must not be absent.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use tera::{Error, TeraResult, Value};

use super::{Input, Tools, kind};
use crate::locale::folded;
use crate::suggest;

/// `{{ cards | where(attribute="kind", value="role") }}`: the items whose attribute is equal;
/// without `value`, those whose attribute is not null, empty, zero or false.
pub fn keep_where(_: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["attribute", "value"])?;
    let path = input.kwargs.must_get::<&str>("attribute")?;
    let wanted = input.kwargs.get::<&Value>("value")?;
    if wanted.is_some_and(Value::is_undefined) {
        return Err(input.fault("`value` is not defined"));
    }
    let mut kept = vec![];
    for item in input.list()? {
        let found = attribute(item, path).map_err(|error| input.fault(error))?;
        if wanted.map_or_else(|| found.is_truthy(), |wanted| found == *wanted) {
            kept.push(item.clone());
        }
    }
    Ok(kept.into())
}

/// `{{ cards | sort_by(attribute="title", reverse=true) }}`: texts without regard to case and
/// accents, null last in both directions, equal items in the order that they had.
pub fn sort_by(_: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["attribute", "reverse"])?;
    let path = input.kwargs.must_get::<&str>("attribute")?;
    let reverse = input.flag("reverse")?;
    let mut ranked = vec![];
    for item in input.list()? {
        let found = attribute(item, path).map_err(|error| input.fault(error))?;
        ranked.push((
            Rank::of(&found).map_err(|error| input.fault(error))?,
            item.clone(),
        ));
    }
    let mut kinds: Vec<_> = ranked
        .iter()
        .filter_map(|(rank, _)| rank.as_ref())
        .map(std::mem::discriminant)
        .collect();
    kinds.dedup();
    if kinds.len() > 1 {
        return Err(input.fault(format!(
            "`{path}` is a text in some items and a number in others"
        )));
    }
    ranked.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) if reverse => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    Ok(ranked
        .into_iter()
        .map(|(_, item)| item)
        .collect::<Vec<_>>()
        .into())
}

/// `{% for group in skills | group_by(attribute="group") %}{{ group.key }}{{ group.items }}`:
/// groups in the order in which their first item stands; null is a key of its own. (Tera's drops
/// null, and gives a map in another order each time.)
pub fn group_by(_: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&["attribute"])?;
    let path = input.kwargs.must_get::<&str>("attribute")?;
    let mut groups: Vec<(Value, Vec<Value>)> = vec![];
    for item in input.list()? {
        let key = attribute(item, path).map_err(|error| input.fault(error))?;
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, items)) => items.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    let group = |(key, items): (Value, Vec<Value>)| {
        Value::from(BTreeMap::from([("key", key), ("items", items.into())]))
    };
    Ok(groups.into_iter().map(group).collect::<Vec<_>>().into())
}

/// `{{ [card.pay.notes for card in cards if card.pay] | common }}`: of several lists, the items that
/// are in all of them, in the order of the first.
pub fn common(_: &Tools, input: Input<'_>) -> TeraResult<Value> {
    input.only(&[])?;
    let mut lists = vec![];
    for list in input.list()? {
        let Some(items) = list.as_array() else {
            let found = kind(list);
            return Err(input.fault(format!("needs a list of lists, and {found} is in it")));
        };
        lists.push(items);
    }
    let Some((first, others)) = lists.split_first() else {
        return Ok(Vec::<Value>::new().into());
    };
    let shared = first
        .iter()
        .filter(|item| others.iter().all(|list| list.contains(item)));
    Ok(shared.cloned().collect::<Vec<_>>().into())
}

/// What stands at a path of an item; null behind null.
fn attribute(item: &Value, path: &str) -> TeraResult<Value> {
    let mut current = item;
    for key in path.split('.') {
        if current.is_none() {
            return Ok(Value::none());
        }
        let Some(map) = current.as_map() else {
            return Err(Error::message(format!(
                "`{key}` of `{path}` is asked of {}",
                kind(current)
            )));
        };
        current = map
            .iter()
            .find_map(|(known, value)| (known.as_str() == Some(key)).then_some(value))
            .ok_or_else(|| {
                let help = suggest::help(
                    key,
                    map.keys()
                        .filter_map(|known| known.as_str())
                        .collect::<Vec<_>>(),
                );
                Error::message(format!(
                    "an item has no `{key}`: {}",
                    help.unwrap_or_else(|| "it is empty".to_owned())
                ))
            })?;
    }
    Ok(current.clone())
}

/// A value that has a place in an order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Flag(bool),
    Number(Number),
    Text(String),
}

/// A number by the order of Tera, which is exact for whole numbers and floats alike.
#[derive(PartialEq, Eq)]
struct Number(Value);

impl Rank {
    /// None for null.
    fn of(value: &Value) -> TeraResult<Option<Self>> {
        match (value.as_bool(), value.as_str()) {
            _ if value.is_none() => Ok(None),
            (Some(flag), _) => Ok(Some(Self::Flag(flag))),
            (_, Some(text)) => Ok(Some(Self::Text(folded(text)))),
            _ if value.is_number() => Ok(Some(Self::Number(Number(value.clone())))),
            _ => Err(Error::message(format!(
                "{} has no place in an order",
                kind(value)
            ))),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::render;
    use serde_json::json;

    const NAMES: &str = "{% for x in v %}{{ x.n }} {% endfor %}";

    fn names(filter: &str, value: serde_json::Value) -> Result<String, String> {
        render(
            "en",
            &NAMES.replace("in v", &format!("in v | {filter}")),
            value,
        )
    }

    #[test]
    fn where_keeps_what_is_equal() {
        let items = json!([{"n": "a", "k": {"id": 1}}, {"n": "b", "k": null}, {"n": "c", "k": {"id": 2}}, {"n": "d", "k": {"id": 1.0}}]);
        assert_eq!(
            names("where(attribute=\"k.id\", value=1)", items.clone()).unwrap(),
            "a d "
        );
        assert_eq!(
            names("where(attribute=\"k.id\", value=null)", items.clone()).unwrap(),
            "b "
        );
        assert_eq!(
            names("where(attribute=\"k\")", items.clone()).unwrap(),
            "a c d "
        );
        assert_eq!(
            names("where(attribute=\"knd\")", items.clone()).unwrap_err(),
            "`where`: an item has no `knd`: there is `k`, `n`"
        );
        assert!(
            names("where(attribute=\"n.x\")", items.clone())
                .unwrap_err()
                .contains("is asked of a text")
        );
        assert!(
            names("where(attribute=\"n\", value=v.x)", items)
                .unwrap_err()
                .contains("`value` is not defined")
        );
        assert_eq!(
            names("where(attribute=\"n\")", json!("a")).unwrap_err(),
            "`where` needs a list, and is given a text"
        );
    }

    #[test]
    fn sorting_is_stable_and_null_is_last() {
        let items = json!([{"n": "b", "x": 2}, {"n": "A", "x": null}, {"n": "ä", "x": 10}, {"n": "a", "x": 2.0}, {"n": "Z", "x": 1.5}]);
        assert_eq!(
            names("sort_by(attribute=\"n\")", items.clone()).unwrap(),
            "A ä a b Z "
        );
        assert_eq!(
            names("sort_by(attribute=\"x\")", items.clone()).unwrap(),
            "Z b a ä A "
        );
        assert_eq!(
            names("sort_by(attribute=\"x\", reverse=true)", items).unwrap(),
            "ä b a Z A "
        );
        assert!(
            names("sort_by(attribute=\"n\")", json!([{"n": 1}, {"n": "a"}]))
                .unwrap_err()
                .contains("a text in some items")
        );
        assert!(
            names("sort_by(attribute=\"n\")", json!([{"n": []}]))
                .unwrap_err()
                .contains("a list has no place in an order")
        );
    }

    #[test]
    fn what_lists_have_in_common_keeps_the_order_of_the_first() {
        let common = |value| render("en", "{{ v | common | join(sep=\" \") }}", value);
        let lists = json!([["b", "x", "a"], ["a", "b"], ["c", "a", "b"]]);
        assert_eq!(common(lists).unwrap(), "b a");
        assert_eq!(common(json!([["b", "a"]])).unwrap(), "b a");
        assert_eq!(common(json!([])).unwrap(), "");
        assert_eq!(
            common(json!([["a"], "a"])).unwrap_err(),
            "`common`: needs a list of lists, and a text is in it"
        );
    }

    #[test]
    fn groups_keep_the_order_and_null() {
        let text = "{% for g in v | group_by(attribute=\"g\") %}{{ g.key }}:{% for x in g.items %}{{ x.n }}{% endfor %} {% endfor %}";
        let items = json!([{"n": 1, "g": "z"}, {"n": 2, "g": null}, {"n": 3, "g": "a"}, {"n": 4, "g": "z"}, {"n": 5, "g": null}]);
        assert_eq!(render("en", text, items).unwrap(), "z:14 :25 a:3 ");
    }
}
