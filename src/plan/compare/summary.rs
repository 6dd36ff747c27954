//! The sentence that says what a comparison comes to: two levels or roles come in, a text of their figures goes out. A figure is told
//! only where both have it and it means the same.

use super::skills::Needs;
use crate::locale::Form;
use crate::plan::Plan;
use crate::plan::describe::MOST;
use crate::plan::unit::Unit;
use crate::role::{Level, Need, Outlook, Pay, Role};

impl Plan {
    /// "From A to B: pay of $55K–$80K becomes $110K–$150K and 6 skills are new."
    pub(super) fn summary_of_levels(&self, a: &Level, b: &Level) -> String {
        let Needs { gained, raised, dropped, shared: _ } = self.needs_of(a, b);
        let years = a.experience.zip(b.experience).filter(|(a, b)| a != b);
        let years = years.map(|((a, to_a), (b, to_b))| (self.experience(a, to_a).text, self.experience(b, to_b).text));
        // What is optional is neither learnt nor missed.
        let count = |key: &str, needs: &mut dyn Iterator<Item = &Need>| {
            let count = needs.filter(|need| need.is_essential()).count();
            (count > 0).then(|| self.strings().plural(key, count))
        };
        let helpful = gained.iter().filter(|need| !need.is_essential()).count();
        let parts = [
            self.pays(a.salary.as_ref(), b.salary.as_ref()).map(|(a, b)| self.strings().fill("compare_pay", &[("a", &a), ("b", &b)])),
            years.map(|(a, b)| self.strings().fill("compare_experience", &[("a", &a), ("b", &b)])),
            count("compare_gained_count", &mut gained.iter().copied()),
            count("compare_raised_count", &mut raised.iter().map(|(_, after)| *after)),
            count("compare_dropped_count", &mut dropped.iter().copied()),
            (helpful > 0).then(|| self.strings().plural("compare_helpful_count", helpful)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let names = (a.title.as_str(), b.title.as_str());
        let whole = self.sentence("compare_levels_summary", names, &parts);
        // The names stand in the heading as well; the figures stand nowhere else where search engines show them.
        let shorter = (1..=parts.len()).rev().map(|count| self.sentence("compare_levels_summary_short", names, &parts[..count]));
        std::iter::once(whole.clone()).chain(shorter).find(|text| text.chars().count() <= MOST).unwrap_or(whole)
    }

    /// "A and B: pay of $131K and $98K, and 9 skills in common."
    pub(super) fn summary_of_roles(&self, a: &Role, b: &Role) -> String {
        let outlooks = a.outlook.as_ref().zip(b.outlook.as_ref()).filter(|(a, b)| is_same_span(a, b));
        let outlooks = outlooks.map(|(a, b)| (self.outlook(a).change_text, self.outlook(b).change_text)).filter(|(a, b)| a != b);
        let shared = a.skills().filter(|id| b.skills().any(|other| other == *id)).count();
        let parts = [
            self.pays(a.headline(), b.headline()).map(|(a, b)| self.strings().fill("compare_roles_pay", &[("a", &a), ("b", &b)])),
            outlooks.map(|(a, b)| self.strings().fill("compare_roles_outlook", &[("a", &a), ("b", &b)])),
            (shared > 0).then(|| self.strings().plural("compare_shared_count", shared)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        // What figures are takes many words; where there is no room, the figures stand on the page alone.
        let mut told = (0..=parts.len()).map(|from| self.sentence("compare_roles_summary", (&a.title, &b.title), &parts[from..]));
        told.find(|text| text.chars().count() <= MOST).unwrap_or_else(|| self.sentence("", (&a.title, &b.title), &[]))
    }

    fn sentence(&self, key: &str, (a, b): (&str, &str), parts: &[String]) -> String {
        let key = if parts.is_empty() { "description_compare" } else { key };
        self.strings().fill(key, &[("a", a), ("b", b), ("parts", &self.join_and(parts))])
    }

    /// Two pays in short, where they differ and are figures of one kind: what both are is told with the second.
    fn pays(&self, a: Option<&Pay>, b: Option<&Pay>) -> Option<(String, String)> {
        let (a, b) = a.zip(b).filter(|(a, b)| Unit::across_labels(a) == Unit::across_labels(b))?;
        let (low, high) = (self.pay_amount(a, Form::Short), self.pay_amount(b, Form::Short));
        // There is room for a hundred letters or two: the site's own area stands with the figures on the page.
        let home = self.site.config.site.figures.area.as_ref().map(|area| self.area_name(&area.value));
        let told = self.pay_told(self.with_period(&high, b), b, home.as_slice());
        let own_name = a.label.iter().filter(|_| a.label != b.label).cloned().collect::<Vec<_>>();
        (low != high).then(|| (self.which(low, &own_name), told))
    }
}

fn is_same_span(a: &Outlook, b: &Outlook) -> bool {
    (a.base_year, a.target_year, &a.area) == (b.base_year, b.target_year, &b.area)
}
