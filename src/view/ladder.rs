//! Ladders: a [`Ladder`] comes in; levels with pay, skills, competencies and ways up go out.

use crate::data::{Decimal, Id, Md};
use crate::kind::Kind;
use crate::layout::Layout;
use crate::role::record::{Criterion, Stage};
use crate::role::{Change, Ladder, Level, LevelCompetency, Next, Role};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::figures::Axis;
use crate::view::text::paragraph;
use crate::view::types::{
    CriterionView, Crumb, ExperienceView, LadderView, LevelCompetencyView, LevelView, Named,
    NextView, SkillRef, TrackView,
};
use crate::view::{figures, matrix, needs, survey, text};
use crate::wording::needs as need_words;
use crate::wording::years::Years;
use crate::wording::{Wording, pay, words, years};

/// A ladder and where it is shown.
pub(super) struct ShownLadder<'a> {
    pub ladder: &'a Ladder,
    /// The page that shows the ladder, as [`levels_on`] returns it. Empty without such a page.
    pub url: String,
    /// The start of [`Subject::id`](crate::layout::Subject::id) of a comparison of two levels:
    /// `roles/<id>` or `frameworks/<id>`.
    pub owner: String,
}

/// Returns the page of a kind that shows the levels of a role or framework, for [`level_url`].
///
/// It ends in `#` unless the section of the levels is hidden on the page.
pub(super) fn levels_on(cx: &ViewContext<'_>, kind: Kind, id: &str) -> Option<String> {
    let Some(page) = cx.layout.page_about(kind, id) else {
        let role = cx.site.role(&Id::new(id)?)?;
        if kind != Kind::Ladder || !tells_levels(cx.site, cx.layout, role) {
            return None;
        }
        // Without a place on the page: the hub of another theme may have none.
        return cx.layout.url_of(cx.site, Kind::Hub, id);
    };
    let sign = if page.shows("levels") { "#" } else { "" };
    Some(format!("{}{sign}", cx.site.config.href(&page.url)))
}

/// Returns true if the hub of a role shows its levels in full because there are too few for a page
/// of their own.
pub fn tells_levels(site: &Site, layout: &Layout, role: &Role) -> bool {
    role.ladder.levels().next().is_some() && layout.lacks(site, role, Kind::Ladder)
}

/// Returns a ladder with all its levels.
pub(super) fn view(cx: &ViewContext<'_>, shown: &ShownLadder<'_>) -> LadderView {
    let axis = Axis::over(shown.ladder.pays());
    let span = pay::span_of_pay(&cx.wording, shown.ladder);
    let tracks = shown.ladder.tracks.iter().map(|track| TrackView {
        id: track.id.to_string(),
        name: words::track_name(&cx.wording, track, shown.ladder),
        levels: track
            .levels
            .iter()
            .map(|level| level_view(cx, level, shown, axis.as_ref()))
            .collect(),
    });
    LadderView {
        tracks: tracks.collect(),
        matrix: matrix::view(cx, shown.ladder.levels()),
        track_matrices: matrix::of_tracks(cx, shown.ladder),
        salary_axis: axis.as_ref().map(|axis| figures::axis(&cx.wording, axis)),
        count: shown.ladder.levels().count(),
        begin: needs::begins_with(cx, shown.ladder),
        salary_notes: pay::shared_notes(&cx.wording, &shown.ladder.pays().collect::<Vec<_>>()),
        salary_text: span.text,
        salary_text_long: span.text_with_period,
        experience: experience_of(&cx.wording, shown.ladder),
    }
}

/// Returns one level of a ladder.
fn level_view(
    cx: &ViewContext<'_>,
    level: &Level,
    shown: &ShownLadder<'_>,
    axis: Option<&Axis<'_>>,
) -> LevelView {
    let items = |texts: &[Md]| {
        let texts = texts.iter();
        texts
            .map(|text| text::item(cx.site, cx.layout, text))
            .collect()
    };
    LevelView {
        id: level.id.to_string(),
        anchor: level.id.to_string(),
        url: level_url(&shown.url, &level.id),
        title: level.title.clone(),
        name: level.name.clone().unwrap_or_default(),
        track: level.track.to_string(),
        stage: level.stage.map(|stage| stage_view(&cx.wording, stage)),
        experience: level
            .experience
            .map(|(min, max)| experience(&cx.wording, min, max)),
        salary: level.salary.as_ref().map(|pay| figures::pay(cx, pay, axis)),
        more_pay: level
            .more_pay
            .iter()
            .map(|pay| figures::pay(cx, pay, None))
            .collect(),
        worded_pay: level
            .worded_pay
            .iter()
            .map(|pay| figures::worded_pay(cx, pay))
            .collect(),
        summary: level.summary.clone().unwrap_or_default(),
        scope: level.scope.clone().unwrap_or_default(),
        reach: level.reach.clone().unwrap_or_default(),
        points: level.points,
        points_text: level.points.map(|points| points_text(&cx.wording, points)),
        responsibilities: items(&level.responsibilities),
        tasks: items(&level.tasks),
        skills: level
            .skills
            .iter()
            .map(|need| needs::need_view(cx, need))
            .collect(),
        dropped: level.dropped.iter().map(|id| skill_ref(cx, id)).collect(),
        competencies: level
            .competencies
            .iter()
            .filter(|competency| competency.is_of_level())
            .map(|competency| competency_view(cx, competency))
            .collect(),
        focus: text::optional_block(cx, level.focus.as_ref()),
        next: level
            .next
            .iter()
            .filter_map(|next| next_view(cx, level, next, shown))
            .collect(),
    }
}

/// Returns a competency with the criteria of a level.
fn competency_view(cx: &ViewContext<'_>, competency: &LevelCompetency) -> LevelCompetencyView {
    let criteria = |rows: &[Criterion]| {
        rows.iter()
            .map(|row| criterion_view(cx.site, cx.layout, row))
            .collect()
    };
    let position = competency.position.as_ref();
    LevelCompetencyView {
        id: competency.id.to_string(),
        name: competency.name.clone(),
        group: competency.group.clone().unwrap_or_default(),
        added: criteria(&competency.added),
        kept: criteria(&competency.kept),
        position: position.map(|position| survey::rating(&cx.wording, position)),
    }
}

/// Returns points in words: "12 points".
pub(super) fn points_text(words: &Wording<'_>, points: Decimal) -> String {
    words.strings.plural("points", points.0)
}

/// Returns a criterion with its examples.
pub(super) fn criterion_view(site: &Site, layout: &Layout, row: &Criterion) -> CriterionView {
    CriterionView {
        text: text::inline(site, layout, &row.text),
        examples: row
            .examples
            .iter()
            .map(|text| text::inline(site, layout, text))
            .collect(),
    }
}

/// Returns the way from a level to the next, or `None` if the ladder has no such level.
fn next_view(
    cx: &ViewContext<'_>,
    from: &Level,
    next: &Next,
    shown: &ShownLadder<'_>,
) -> Option<NextView> {
    let target = shown.ladder.level(next.level.as_str())?;
    let advance = match &next.advance {
        Some(text) => text::block(cx.site, cx.layout, text),
        None => paragraph(&need_words::advice(&cx.wording, from, target, &next.gained)),
    };
    let (mut gained, mut raised) = (vec![], vec![]);
    let (mut new_helpful, mut raised_helpful) = (vec![], vec![]);
    for need in &next.gained {
        let list = match (need.is_essential(), need.change) {
            (true, Change::New) => &mut gained,
            (true, _) => &mut raised,
            (false, Change::New) => &mut new_helpful,
            (false, _) => &mut raised_helpful,
        };
        list.push(need_words::need_at(&cx.wording, need));
    }
    let dropped = next
        .dropped
        .iter()
        .map(|id| words::skill_name(&cx.wording, id))
        .collect();
    let compare_url = cx.layout.url_of(
        cx.site,
        Kind::Compare,
        &format!("{}/{}/{}", shown.owner, from.id, target.id),
    );
    Some(NextView {
        id: target.id.to_string(),
        title: target.title.clone(),
        url: level_url(&shown.url, &target.id),
        advance,
        gained,
        raised,
        helpful: [new_helpful, raised_helpful].concat(),
        dropped,
        compare_url,
    })
}

/// Returns a stage with its name.
pub(super) fn stage_view(words: &Wording<'_>, stage: Stage) -> Named {
    named(words, "stage", stage.as_str())
}

/// Returns a term of a fixed vocabulary with its name in the language of the site.
pub fn named(words: &Wording<'_>, vocabulary: &str, id: &str) -> Named {
    Named {
        id: id.to_owned(),
        name: words::term(words, vocabulary, id),
    }
}

/// Returns years of experience as numbers and text.
pub(super) fn experience(words: &Wording<'_>, min: u32, max: Option<u32>) -> ExperienceView {
    ExperienceView {
        min,
        max,
        text: years::text(words, Years { min, max }),
    }
}

/// Returns the years from the first level of a ladder to the last: "0–10 years", or "0 to 8+ years"
/// if a level has no upper end.
pub(super) fn experience_of(words: &Wording<'_>, ladder: &Ladder) -> Option<ExperienceView> {
    let years = || ladder.levels().filter_map(|level| level.experience);
    let min = years().map(|(min, _)| min).min()?;
    let top = years().map(|(min, max)| max.unwrap_or(min)).max()?;
    let is_open = years().any(|(_, max)| max.is_none());
    if !is_open {
        return Some(experience(words, min, Some(top)));
    }
    if top == min {
        return Some(experience(words, min, None));
    }
    let from_top = Years {
        min: top,
        max: None,
    };
    let values = [
        ("min", min.to_string()),
        ("max", years::span(words, from_top)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let text = words.strings.plural_with("years_span_open", top, &values);
    Some(ExperienceView {
        min,
        max: None,
        text,
    })
}

/// Returns a level of a role as a link, or `None` without such a level, or if no page shows levels.
pub(super) fn level_link(cx: &ViewContext<'_>, role: &Role, level: Option<&Id>) -> Option<Crumb> {
    let level = role.ladder.level(level?.as_str())?;
    let page = levels_on(cx, Kind::Ladder, role.id.as_str())?;
    Some(Crumb {
        title: level.title.clone(),
        url: level_url(&page, &level.id),
    })
}

/// Returns a level of a role as a link. The URL is empty if no page shows levels.
pub fn level_of_role(cx: &ViewContext<'_>, role: &Role, level: &Level) -> Crumb {
    let ladder = levels_on(cx, Kind::Ladder, role.id.as_str()).unwrap_or_default();
    Crumb {
        title: level.title.clone(),
        url: level_url(&ladder, &level.id),
    }
}

/// Returns a step of the scale of proficiency with its name.
pub(super) fn proficiency(words: &Wording<'_>, id: &Id) -> Named {
    Named {
        id: id.to_string(),
        name: words::proficiency_name(words, id),
    }
}

/// Returns a skill as a link.
pub(super) fn skill_ref(cx: &ViewContext<'_>, id: &Id) -> SkillRef {
    SkillRef {
        id: id.to_string(),
        name: words::skill_name(&cx.wording, id),
        url: cx.layout.url_of(cx.site, Kind::Skill, id.as_str()),
    }
}

/// Returns the URL of a level on a page, as [`levels_on`] returns it.
pub(super) fn level_url(page: &str, id: &Id) -> String {
    if page.ends_with('#') {
        format!("{page}{id}")
    } else {
        page.to_owned()
    }
}
