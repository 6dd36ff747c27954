//! Facts that stand side by side: a level or a role comes in, what is known of it in a few words goes out. The JSON of a role holds
//! the same facts, so that a script can put any two roles side by side.

use crate::kind::Kind;
use crate::plan::Plan;
use crate::plan::view::{ClaimView, FactView, OutlookView, PayView};
use crate::role::{Ladder, Level, Role};

impl Plan {
    /// What is known of a level. Its track is told only where the other one is on another.
    pub(super) fn facts_of_level(&self, level: &Level, ladder: &Ladder, with_track: bool) -> Vec<FactView> {
        let pay = level.salary.as_ref().map(|pay| self.pay_fact(&self.pay(pay, None)));
        let track = ladder.tracks.iter().find(|track| with_track && track.id == level.track);
        let facts = [
            pay,
            level.experience.map(|(min, max)| self.word("experience", "experience", self.experience(min, max).text)),
            level.stage.map(|stage| self.word("stage", "stage", self.stage(stage).name)),
            track.map(|track| self.word("track", "track", self.track_name(track, ladder))),
            level.scope.clone().map(|scope| self.word("scope", "scope", scope)),
            level.reach.clone().map(|reach| self.word("reach", "reach", reach)),
        ];
        facts.into_iter().flatten().collect()
    }

    /// What is known of a role.
    pub(in crate::plan) fn facts_of_role(&self, role: &Role) -> Vec<FactView> {
        let outlook = role.outlook.as_ref().map(|outlook| self.outlook(outlook));
        let openings = outlook.as_ref().and_then(|outlook| Some((outlook, outlook.openings_text.clone()?)));
        let levels = Some(role.ladder.levels().count()).filter(|count| *count > 0);
        let workplace: Vec<String> = role.workplace.iter().map(|workplace| self.named("workplace", workplace.as_str()).name).collect();
        let category = self.page_about(Kind::Category, role.category.as_str());
        let facts = [
            role.headline().map(|pay| self.pay_fact(&self.pay(pay, None))),
            self.experience_of(&role.ladder).map(|years| self.word("experience", "experience", years.text)),
            levels.map(|count| self.word("levels", "compare_levels", count.to_string())),
            role.education.first().map(|row| self.word("education", "education", row.name.clone())),
            outlook.as_ref().map(|outlook| self.outlook_fact("outlook", "compare_outlook", outlook, outlook.change_text.clone())),
            openings.map(|(outlook, text)| self.outlook_fact("openings", "outlook_openings", outlook, text)),
            category.map(|page| self.word("category", "category", page.title.clone())),
            (!workplace.is_empty()).then(|| self.word("workplace", "workplace", self.join_or(&workplace))),
        ];
        facts.into_iter().flatten().collect()
    }

    /// A fact that is no figure, or a figure of the record itself.
    fn word(&self, id: &'static str, key: &str, text: String) -> FactView {
        FactView { id, label: self.strings().get(key).to_owned(), text, note: String::new(), claim: None }
    }

    fn pay_fact(&self, pay: &PayView) -> FactView {
        let label = Some(pay.label.as_str()).filter(|label| *label != pay.measure);
        let note = [Some(pay.measure.as_str()), label, pay.area.as_ref().map(|area| area.name.as_str())];
        self.figure("pay", "pay", (pay.amount_long.clone(), self.listed(&note)), &pay.claim)
    }

    fn outlook_fact(&self, id: &'static str, key: &str, outlook: &OutlookView, text: String) -> FactView {
        let years = format!("{}–{}", outlook.base_year, outlook.target_year);
        let note = [Some(years.as_str()), outlook.area.as_ref().map(|area| area.name.as_str())];
        self.figure(id, key, (text, self.listed(&note)), &outlook.claim)
    }

    fn figure(&self, id: &'static str, key: &str, (text, note): (String, String), claim: &ClaimView) -> FactView {
        FactView { id, label: self.strings().get(key).to_owned(), text, note, claim: Some(claim.clone()) }
    }

    /// What is known of several things, one after the other.
    fn listed(&self, parts: &[Option<&str>]) -> String {
        parts.iter().flatten().copied().collect::<Vec<_>>().join(self.strings().get("list_separator"))
    }
}
