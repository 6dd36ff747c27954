//! Parts of a list: a page and the list come in; the ways to its other parts, and the bar that leads to
//! each group, go out.

use crate::layout::Page;
use crate::layout::parts::{List, ListGroup, Piece};
use crate::view::context::ViewContext;
use crate::view::types::{BarEntry, BarPart, Crumb, Group, Paginator};

/// Returns the place of a page among the parts of its list, or `None` if there is only this one.
pub fn paginator(cx: &ViewContext<'_>, page: &Page) -> Option<Paginator> {
    let count = cx.layout.part_count(page);
    if count < 2 {
        return None;
    }
    let crumb = |number: usize| {
        Some(Crumb {
            title: number.to_string(),
            url: href(cx, page, number)?,
        })
    };
    Some(Paginator {
        current: page.number,
        count,
        previous: href(cx, page, page.number - 1),
        next: href(cx, page, page.number + 1),
        pages: (1..=count).filter_map(crumb).collect(),
    })
}

/// Returns the address of a part of the list of a page, if there is one.
pub fn href(cx: &ViewContext<'_>, page: &Page, number: usize) -> Option<String> {
    let url = cx.layout.url_of_part(cx.site, page, number)?;
    Some(cx.site.config.href(&url))
}

/// Returns the bar of a list: its groups, with links to where they stand. `anchor` makes the id of
/// the place where a piece of a group begins.
pub fn bar<T>(
    cx: &ViewContext<'_>,
    page: &Page,
    list: &List<T>,
    anchor: impl Fn(&ListGroup, &[T]) -> String,
) -> Vec<BarEntry> {
    let link = |group: &ListGroup, piece: &Piece| {
        let anchor = anchor(group, &list.entries[piece.entries.clone()]);
        let page_of_piece = if piece.part == page.number {
            String::new()
        } else {
            href(cx, page, piece.part).unwrap_or_default()
        };
        format!("{page_of_piece}#group-{anchor}")
    };
    let entry = |group: &ListGroup| {
        let part = |piece: &Piece| BarPart {
            title: piece.label.clone(),
            url: link(group, piece),
            current: piece.part == page.number,
        };
        let pieces = group.pieces.as_slice();
        BarEntry {
            title: group.title.clone(),
            url: pieces
                .first()
                .map(|piece| link(group, piece))
                .unwrap_or_default(),
            current: pieces.iter().any(|piece| piece.part == page.number),
            parts: match pieces {
                [_] => vec![],
                several => several.iter().map(part).collect(),
            },
        }
    };
    list.groups.iter().map(entry).collect()
}

/// Returns the anchor of a group: its id.
pub fn own_id<T>(group: &ListGroup, _: &[T]) -> String {
    group.id.clone()
}

/// Returns a group of a list with what stands in it.
pub fn group_of<T>(group: &ListGroup, items: Vec<T>) -> Group<T> {
    Group {
        id: group.id.clone(),
        title: group.title.clone(),
        url: None,
        summary: String::new(),
        items,
    }
}
