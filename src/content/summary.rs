//! What a text is about in a sentence or two, when nobody wrote it: events come in, the words
//! before `<!-- more -->` or of the first paragraph go out, without pictures and notes, and without
//! the sentences that a shortcode completes.

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_normalization::char::is_combining_mark;

use super::parse::{Spanned, call_of, end_of};

/// The longest summary, in characters.
const LONGEST: usize = 150;

/// What stands for a shortcode until its sentence is left out: no text has it.
const CALL: char = '\0';

/// Returns the summary of a text; empty when it has no words.
pub(super) fn summary(events: &[Spanned<'_>]) -> String {
    let more = events
        .iter()
        .position(|(event, _)| is_more(event))
        .unwrap_or(0);
    let before = paragraphs(&events[..more], is_top)
        .collect::<Vec<_>>()
        .join(" ");
    let first =
        |is_taken: fn(&[Place]) -> bool| paragraphs(events, is_taken).find(|text| has_words(text));
    let text = if has_words(&before) {
        Some(before)
    } else {
        first(is_top)
            .or_else(|| first(is_anywhere))
            .or_else(|| list(events))
    };
    shorten(&text.unwrap_or_default())
}

/// Returns true for `<!-- more -->`, with or without the spaces.
fn is_more(event: &Event<'_>) -> bool {
    let (Event::Html(html) | Event::InlineHtml(html)) = event else {
        return false;
    };
    html.trim()
        .strip_prefix("<!--")
        .and_then(|html| html.strip_suffix("-->"))
        .is_some_and(|inner| inner.trim() == "more")
}

/// What a paragraph stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Note,
    Other,
}

fn is_top(around: &[Place]) -> bool {
    around.is_empty()
}

fn is_anywhere(around: &[Place]) -> bool {
    !around.contains(&Place::Note)
}

/// Returns the texts of the paragraphs at some places, each made when it is asked for.
fn paragraphs<'e>(
    events: &'e [Spanned<'_>],
    is_taken: fn(&[Place]) -> bool,
) -> impl Iterator<Item = String> + 'e {
    let mut around: Vec<Place> = vec![];
    events
        .iter()
        .enumerate()
        .filter_map(move |(index, (event, _))| {
            match event {
                Event::Start(Tag::Paragraph) if is_taken(&around) => {
                    return Some(without_calls(&words(
                        &events[index..end_of(events, index).min(events.len())],
                    )));
                }
                Event::Start(Tag::FootnoteDefinition(_)) => around.push(Place::Note),
                Event::Start(Tag::BlockQuote(_) | Tag::Item) => around.push(Place::Other),
                Event::End(TagEnd::FootnoteDefinition | TagEnd::BlockQuote(_) | TagEnd::Item) => {
                    around.pop();
                }
                _ => {}
            }
            None
        })
}

/// Returns the first list of which the items are no paragraphs: one after the other.
fn list(events: &[Spanned<'_>]) -> Option<String> {
    let start = events
        .iter()
        .position(|(event, _)| matches!(event, Event::Start(Tag::List(_))))?;
    let items = events[start..end_of(events, start)]
        .split(|(event, _)| matches!(event, Event::Start(Tag::Item)));
    let texts: Vec<String> = items
        .map(|item| without_calls(&words(item)))
        .filter(|text| has_words(text))
        .collect();
    Some(texts.join("; "))
}

/// Returns what some events say: no notes, and no pictures, whose texts say what they show.
fn words(events: &[Spanned<'_>]) -> String {
    let (mut text, mut pictures) = (String::new(), 0_usize);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            _ if pictures > 0 => {}
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            event if call_of(event).is_some() => text.push(CALL),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_words(text: &str) -> bool {
    text.contains(|c: char| !c.is_whitespace() && !c.is_ascii_punctuation())
}

/// Returns a text without the sentences that hold a shortcode: with a hole they would say something
/// else.
fn without_calls(text: &str) -> String {
    if !text.contains(CALL) {
        return text.to_owned();
    }
    let kept: Vec<&str> = sentences(text)
        .into_iter()
        .filter(|sentence| !sentence.contains(CALL))
        .map(str::trim)
        .collect();
    kept.join(" ").trim().to_owned()
}

/// Returns the sentences of a text. What may be an abbreviation ends none.
fn sentences(text: &str) -> Vec<&str> {
    let (mut sentences, mut start) = (vec![], 0);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let rest = text[end..].trim_start_matches(['"', '\'', '”', '’', ')', '»']);
        let is_end = match c {
            '。' | '！' | '？' => true,
            '.' => {
                is_end_of_word(&text[start..at])
                    && rest.starts_with(' ')
                    && !rest.trim_start().starts_with(char::is_lowercase)
            }
            '!' | '?' | '…' | '۔' | '।' => rest.starts_with(' '),
            _ => false,
        };
        if is_end {
            let end = text.len() - rest.len();
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences.push(&text[start.min(text.len())..]);
    sentences
}

/// Returns true if a period after this text may end a sentence: `e.g.`, `No.` and `A.` are
/// abbreviations.
fn is_end_of_word(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.ends_with(CALL) || (!word.contains('.') && word.chars().count() > 2)
}

/// Cuts a text at the end of a word, or of a character where words are longer than that or have no
/// space between them.
fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    let cut = whole_characters(text, end);
    let fewest = text
        .char_indices()
        .nth(LONGEST * 2 / 3)
        .map_or(0, |(at, _)| at);
    let space = if text[end..].starts_with(' ') {
        Some(end)
    } else {
        text[..end].rfind(' ')
    };
    let cut = space.filter(|space| *space >= fewest).unwrap_or(cut);
    let short = text[..cut].trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '.' | '、' | '。' | '،' | '-' | '–' | '—' | '(' | '“'
            )
    });
    (if short.is_empty() {
        &text[..cut]
    } else {
        short
    })
    .to_owned()
        + "…"
}

/// Returns the end of the last whole character, as readers see them, up to a place.
fn whole_characters(text: &str, mut end: usize) -> usize {
    while let (Some(before), Some(after)) =
        (text[..end].chars().next_back(), text[end..].chars().next())
    {
        let joins = |c: char| {
            is_combining_mark(c)
                || matches!(c as u32, 0x200D | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F | 0x0E33 | 0x0EB3)
        };
        let is_flag = |c: char| matches!(c as u32, 0x1F1E6..=0x1F1FF);
        let half_a_flag = is_flag(after)
            && text[..end]
                .chars()
                .rev()
                .take_while(|c| is_flag(*c))
                .count()
                % 2
                == 1;
        if !joins(after) && before != '\u{200D}' && !half_a_flag {
            break;
        }
        end -= before.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::parse::{Base, flags, parse};
    use crate::path::SourcePath;

    fn of(text: &str) -> String {
        let base = Base {
            path: &SourcePath::new("a").unwrap(),
            offset: 0,
        };
        let parsed = parse(base, text, flags(true)).ok().unwrap();
        summary(&parsed.events)
    }

    #[test]
    fn a_text_without_spaces_is_cut_at_a_character() {
        for part in [
            "看護師は患者を世話し、",
            "พยาบาลดูแลผู้ป่วยที่",
            "👩🏽‍🔬",
            "e\u{301}\u{302}",
            "🇩🇪",
            "https://example.org/a/",
        ] {
            let short = of(&part.repeat(90));
            let (length, whole) = (
                short.chars().count(),
                short
                    .strip_suffix('…')
                    .unwrap_or_else(|| panic!("{part}: {short}")),
            );
            assert!((140..=151).contains(&length), "{length}: {short}");
            let rest = part.repeat(90)[whole.len()..].chars().next().unwrap();
            assert!(
                !is_combining_mark(rest) && !matches!(rest, '\u{200D}' | '🏽' | '🇪'),
                "{short}"
            );
        }
        assert_eq!(
            of(&("https://example.org/".to_owned() + &"a".repeat(200) + " tail"))
                .chars()
                .count(),
            151
        );
        let short = of(&("看護師 ".to_owned() + &"看護師は患者を世話し、".repeat(20)));
        assert!(short.chars().count() > 140, "{short}");
    }

    #[test]
    fn a_text_with_spaces_is_cut_at_a_word() {
        let short = of(&"Nurses care, always: ".repeat(20));
        assert!(
            short.ends_with("always…") || short.ends_with("care…") || short.ends_with("Nurses…"),
            "{short}"
        );
        assert_eq!(of("Short. And *more*."), "Short. And more.");
    }

    #[test]
    fn what_is_no_sentence_of_the_text_is_passed_over() {
        for before in [
            "![A ward](w.png)",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "- one\n- two",
            "- one\n\n- two",
            "> quoted",
            "> [!NOTE]\n> noted",
            "# Title",
            "```\ncode\n```",
            "    code",
            "<!-- hidden -->",
            "<!-- more -->",
            "***",
            "[^1]: A note.",
        ] {
            assert_eq!(
                of(&format!(
                    "{before}\n\nThe *text*[^1].\n\nNext.\n\n[^1]: Note.\n"
                )),
                "The text.",
                "{before}"
            );
        }
        assert_eq!(of("![A ward](w.png) The text."), "The text.");
        assert_eq!(of("One.\n\n- two\n\n<!--more-->\n\nThree."), "One.");
        assert_eq!(of("> Only a quote."), "Only a quote.");
        assert_eq!(of("## Head\n\n- one\n- **two**\n"), "one; two");
        assert_eq!(of("```\n<!-- more -->\n```\n\nOne.\n\nTwo."), "One.");
        assert_eq!(of("![A ward](w.png)"), "");
    }

    #[test]
    fn a_sentence_with_a_shortcode_is_left_out() {
        for (text, shown) in [
            ("They earn \0 a year. They care.", "They care."),
            (
                "They care, e.g. for \0 people. All of them do.",
                "All of them do.",
            ),
            ("彼らは\0を得る。世話をする。", "世話をする。"),
            ("“They earn \0.” Who? We.", "Who? We."),
            ("It pays \0.", ""),
            ("It pays well. \0 is usual.", "It pays well."),
        ] {
            assert_eq!(without_calls(text), shown);
        }
    }
}
