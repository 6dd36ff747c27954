//! Feeds of jobs in XML, as Indeed and those like it take them: `<source><job>…</job></source>`.

use roxmltree::{Document, Node, ParsingOptions};

use super::feed::Feed;
use super::job::{Job, Place, employment, workplace};
use super::pay_text;
use crate::import::content::day::day;
use crate::import::{Fault, LossReport, Where};
use crate::source::Source;

/// Elements that are read.
const KNOWN: [&str; 28] = [
    "title",
    "date",
    "referencenumber",
    "requisitionid",
    "id",
    "url",
    "link",
    "company",
    "sourcename",
    "city",
    "state",
    "country",
    "postalcode",
    "location",
    "description",
    "salary",
    "jobtype",
    "type",
    "expirationdate",
    "expires",
    "remotetype",
    "remote",
    "email",
    "streetaddress",
    "lastactivitydate",
    "pubdate",
    "guid",
    "name",
];

/// Reads a feed.
pub fn read(source: &Source, report: &mut LossReport) -> Result<Feed, Fault> {
    let file = source.path.as_str();
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&source.text, options).map_err(|error| {
        let place = Where::file(file).row(error.pos().row.into());
        Fault::new(
            format!("this XML cannot be read: {error}"),
            "download the feed again, or correct it",
        )
        .at(place)
    })?;
    let is_job = |node: &Node<'_, '_>| {
        matches!(
            node.tag_name().name().to_ascii_lowercase().as_str(),
            "job" | "item" | "position" | "vacancy"
        )
    };
    let mut jobs = vec![];
    for node in document.descendants().filter(is_job) {
        report.read(file);
        let at = Where::file(file).row(document.text_pos_at(node.range().start).row.into());
        for child in node.children().filter(Node::is_element) {
            let name = child.tag_name().name();
            let is_said = child.text().is_some_and(|text| !text.trim().is_empty());
            if is_said && !KNOWN.contains(&name.to_ascii_lowercase().as_str()) {
                report.no_home(file, format!("`<{name}>` of a job"), at.clone());
            }
        }
        jobs.push(Job { at, ..job(node) });
    }
    if jobs.is_empty() {
        let help = "a feed has an element <job> for each job";
        return Err(Fault::new("there is no job in this XML", help).at(Where::file(file)));
    }
    Ok(Feed {
        kind: "a feed in XML",
        jobs,
    })
}

fn job(node: Node<'_, '_>) -> Job {
    let first = |names: &[&str]| names.iter().find_map(|name| text(node, name));
    let parts: Vec<String> = [text(node, "city"), text(node, "state")]
        .into_iter()
        .flatten()
        .collect();
    let place = if parts.is_empty() {
        text(node, "location").unwrap_or_default()
    } else {
        parts.join(", ")
    };
    let country = text(node, "country");
    let places = (!place.is_empty() || country.is_some()).then_some(Place {
        text: place,
        country,
    });
    Job {
        title: first(&["title", "name"]).unwrap_or_default(),
        number: first(&["referencenumber", "requisitionid", "id", "guid"]),
        employer: first(&["company", "sourcename"]),
        places: places.into_iter().collect(),
        workplace: first(&["remotetype", "remote"]).and_then(|text| workplace(&text)),
        employment: first(&["jobtype", "type"]).and_then(|text| employment(&text)),
        pay: text(node, "salary").and_then(|text| pay_text::read(&text)),
        posted: first(&["date", "pubDate"]).and_then(|text| day(&text)),
        expires: first(&["expirationdate", "expires"]).and_then(|text| day(&text)),
        url: first(&["url", "link"]),
        description: text(node, "description"),
        ..Job::default()
    }
}

/// Returns the text of an element, whatever its capitals.
fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    let found = node
        .children()
        .find(|child| child.tag_name().name().eq_ignore_ascii_case(name))?;
    let text: String = found
        .descendants()
        .filter_map(|node| if node.is_text() { node.text() } else { None })
        .collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
