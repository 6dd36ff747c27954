//! Titles of a role as pages show them: a short list, a hierarchy, and titles by stage.

use super::Plan;
use super::ladder::level_url;
use super::view::{Crumb, Html, StageTitles, TitleNode, TitleView, TitlesView};
use crate::kind::Kind;
use crate::role::record::Stage;
use crate::role::{Role, Title};

impl Plan {
    pub(super) fn titles(&self, role: &Role) -> TitlesView {
        let view = |title: &Title| self.title(role, title);
        let mut featured: Vec<TitleView> = role.titles.iter().filter(|title| title.featured).map(view).collect();
        if featured.is_empty() {
            featured = role.titles.iter().filter(|title| title.of_level).map(view).collect();
        }
        let similar: Vec<TitleView> = role.titles.iter().filter(|title| !title.of_level && title.stage.is_none() && title.level.is_none()).map(view).collect();
        if featured.is_empty() && similar.is_empty() {
            featured = role.titles.iter().map(view).collect();
        }
        let hierarchy = self.hierarchy(role);
        TitlesView {
            featured,
            hierarchy_count: count(&hierarchy),
            hierarchy,
            by_stage: Stage::ALL.iter().filter_map(|stage| self.titles_of_stage(role, *stage)).collect(),
            similar,
            in_full: if self.lacks(role, Kind::JobTitles) { role.titles.iter().filter(|title| !title.of_level).map(view).collect() } else { vec![] },
            count: role.titles.len(),
        }
    }

    fn title(&self, role: &Role, title: &Title) -> TitleView {
        let level = title.level.as_ref().and_then(|id| role.ladder.level(id.as_str()));
        let ladder = self.levels_on(Kind::Ladder, role.id.as_str());
        let summary = || level.filter(|_| title.of_level).and_then(|level| level.summary.as_deref());
        TitleView {
            id: title.id.to_string(),
            name: title.name.clone(),
            kind: title.kind.as_str(),
            level: level.zip(ladder).map(|(level, url)| Crumb { title: level.title.clone(), url: level_url(&url, &level.id) }),
            stage: title.stage.map(|stage| self.stage(stage)),
            description: match &title.description {
                Some(text) => self.block(text),
                None => summary().map_or(Html::Empty, |text| Html::Ready(format!("<p>{}</p>", super::escape(text)))),
            },
            salary: title.salary.as_ref().map(|pay| self.pay(pay, None)),
        }
    }

    fn titles_of_stage(&self, role: &Role, stage: Stage) -> Option<StageTitles> {
        let titles: Vec<TitleView> = role.titles.iter().filter(|title| title.stage == Some(stage)).map(|title| self.title(role, title)).collect();
        let page = self.page_about(Kind::JobTitles, role.id.as_str())?;
        let section = self.section(page, &format!("titles-{stage}"));
        (!titles.is_empty()).then(|| StageTitles { stage: self.stage(stage), section, titles })
    }

    /// Levels with the titles below them, and titles below titles. Titles without a parent stand in no tree.
    fn hierarchy(&self, role: &Role) -> Vec<TitleNode> {
        let has_children = |id: &str| role.titles.iter().any(|title| title.parent.as_ref().is_some_and(|parent| parent.as_str() == id));
        let roots = role.titles.iter().filter(|title| title.parent.is_none() && (title.of_level || has_children(title.id.as_str())));
        roots.map(|title| self.title_node(role, title)).collect()
    }

    fn title_node(&self, role: &Role, title: &Title) -> TitleNode {
        let own = if title.of_level { title.level.as_ref().unwrap_or(&title.id) } else { &title.id };
        let is_child = |child: &&Title| child.parent.as_ref().is_some_and(|parent| parent == own || *parent == title.id);
        TitleNode {
            id: title.id.to_string(),
            name: title.name.clone(),
            url: self.levels_on(Kind::Ladder, role.id.as_str()).filter(|_| title.of_level).map(|url| level_url(&url, own)),
            children: role.titles.iter().filter(is_child).map(|child| self.title_node(role, child)).collect(),
        }
    }
}

/// How many titles a hierarchy has.
fn count(nodes: &[TitleNode]) -> usize {
    nodes.iter().map(|node| 1 + count(&node.children)).sum()
}
