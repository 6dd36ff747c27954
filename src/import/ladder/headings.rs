//! A ladder in the headings of a Markdown text: levels, below them competencies, below those what somebody
//! does.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::import::content::code::events;

/// What a level shows of a competency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub level: String,
    pub competency: String,
    pub texts: Vec<String>,
}

/// Reads the blocks of a text. The two deepest headings count: of a file with one title, it is left out.
pub fn read(text: &str) -> Vec<Block> {
    let events = events(text);
    let has = |wanted: HeadingLevel| {
        events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Heading { level, .. }) if *level == wanted))
    };
    let pairs = [
        (HeadingLevel::H2, HeadingLevel::H3),
        (HeadingLevel::H1, HeadingLevel::H2),
    ];
    let Some((outer, inner)) = pairs
        .into_iter()
        .find(|(outer, inner)| has(*outer) && has(*inner))
    else {
        return vec![];
    };
    let mut blocks: Vec<Block> = vec![];
    let (mut level, mut heading) = (String::new(), None);
    for (event, span) in &events {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((*level, String::new())),
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(part);
                }
            }
            Event::End(TagEnd::Heading(_)) => match heading.take() {
                Some((depth, title)) if depth == outer => level = title,
                Some((depth, title)) if depth == inner && !level.is_empty() => {
                    blocks.push(Block {
                        level: level.clone(),
                        competency: title,
                        texts: vec![],
                    });
                }
                _ => {}
            },
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                let Some(block) = blocks.last_mut().filter(|block| block.level == level) else {
                    continue;
                };
                let own = text[span.clone()].trim_start_matches(['-', '*', '+', ' ']);
                let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
                // The text of an item of a loose list was a paragraph before.
                if !own.is_empty() && block.texts.last() != Some(&own) {
                    block.texts.push(own);
                }
            }
            _ => {}
        }
    }
    blocks.retain(|block| !block.texts.is_empty());
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_levels_and_competencies() {
        let text = "## Level 1\n\n### Knowledge\n\nYou know\nmuch.\n\n- One\n- Two\n\n---\n\n## Level 2\n\n### Knowledge\n\nMore.\n";
        let blocks = read(text);
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].texts, ["You know much.", "One", "Two"]);
        assert_eq!(
            (blocks[1].level.as_str(), blocks[1].competency.as_str()),
            ("Level 2", "Knowledge")
        );
    }
}
