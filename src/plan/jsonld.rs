//! JSON-LD: what search engines are told of a page, in the words of schema.org. Pages come in, JSON values go out.

use serde_json::{Value, json};

use super::view::FaqView;
use super::{Page, Plan, Subject};
use crate::config::{AreaKind, Basis, Period, country};
use crate::data::{Decimal, Link};
use crate::escape::in_script;
use crate::kind::Kind;
use crate::role::record::{EducationLevel, Importance, Statistic, Workplace};
use crate::role::{Amounts, PERCENTS, Pay, Position, Role};

impl Plan {
    /// Every object that describes a page.
    pub(super) fn json_ld(&self, page: &Page, breadcrumbs: &[super::view::Crumb], faqs: &[FaqView]) -> Vec<Value> {
        let mut objects = vec![];
        if breadcrumbs.len() > 1 {
            objects.push(self.breadcrumb_list(breadcrumbs));
        }
        let role = page.subject.role().and_then(|id| self.site.role(id));
        match (page.kind, &page.subject, role) {
            (Kind::Home, ..) => objects.push(self.web_site()),
            (Kind::Article, ..) => objects.push(self.article(page)),
            (Kind::Faq, ..) if !faqs.is_empty() => objects.push(self.faq_page(faqs)),
            (Kind::Hub, _, Some(role)) => objects.push(self.occupation(page, role)),
            (Kind::Position, Subject::Position(_, id), Some(role)) => {
                // What lacks something is said where the job stands, and nothing half is told of it.
                let whole = role.position(id).filter(|position| position.missing().is_empty());
                objects.extend(whole.map(|position| self.job_posting(page, position)));
            }
            _ => {}
        }
        objects
    }

    fn breadcrumb_list(&self, breadcrumbs: &[super::view::Crumb]) -> Value {
        let item = |(index, crumb): (usize, &super::view::Crumb)| json!({ "@type": "ListItem", "position": index + 1, "name": crumb.title, "item": self.whole(&crumb.url) });
        let items: Vec<Value> = breadcrumbs.iter().enumerate().map(item).collect();
        json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
    }

    fn web_site(&self) -> Value {
        let site = &self.site.config.site;
        let url = format!("{}{}", self.site.config.origin, self.site.config.base_path);
        let search = self.page_about(Kind::Search, "").map(|page| {
            let target = format!("{}?q={{search_term_string}}", self.permalink(&page.url));
            json!({ "@type": "SearchAction", "target": { "@type": "EntryPoint", "urlTemplate": target }, "query-input": "required name=search_term_string" })
        });
        let object = json!({ "@context": "https://schema.org", "@type": "WebSite", "name": site.title, "url": url, "inLanguage": site.language.value });
        let object = with(with(object, "alternateName", site.alternate_name.clone()), "description", site.description.clone());
        with(object, "potentialAction", search)
    }

    fn article(&self, page: &Page) -> Value {
        let prose = self.prose(page);
        let published = prose.and_then(|article| article.front.date.as_ref()).map(|date| date.value.to_string());
        let authors: Vec<Value> = self
            .authors(page)
            .into_iter()
            .map(|author| with(json!({ "@type": "Person", "name": author.name }), "url", author.url.map(|url| self.whole(&url)).filter(|url| is_of_web(url))))
            .collect();
        let authors = if authors.is_empty() { vec![self.publisher()] } else { authors };
        let mut object = json!({
            "@context": "https://schema.org", "@type": "Article", "headline": page.title, "url": self.permalink(&page.url), "mainEntityOfPage": self.permalink(&page.url),
            "inLanguage": self.site.config.site.language.value, "author": authors, "publisher": self.publisher(),
        });
        object = with(object, "datePublished", published);
        object = with(object, "dateModified", self.updated(page).map(|date| date.to_string()));
        object = with(object, "image", self.shared_image(page, self.image_of(page).as_ref()).map(|image| image.src));
        with(object, "description", Some(page.description.clone()).filter(|text| !text.is_empty()))
    }

    fn publisher(&self) -> Value {
        let site = &self.site.config.site;
        json!({ "@type": "Organization", "name": site.publisher.as_ref().unwrap_or(&site.title), "url": format!("{}{}", self.site.config.origin, self.site.config.base_path) })
    }

    fn occupation(&self, page: &Page, role: &Role) -> Value {
        let codes = [("O*NET-SOC", role.codes.onet_soc.as_deref()), ("ISCO-08", role.codes.isco_08.as_deref())];
        let code = |(scheme, code): (&str, Option<&str>)| {
            Some(json!({ "@type": "CategoryCode", "inCodeSet": { "@type": "CategoryCodeSet", "name": scheme }, "codeValue": code? }))
        };
        let categories: Vec<Value> = codes.into_iter().filter_map(code).chain(role.codes.esco.as_ref().map(|uri| json!(uri))).collect();
        let texts = |texts: &[crate::data::Md]| texts.iter().map(|text| crate::content::plain_text(&text.text, &self.site.theme.markdown)).collect::<Vec<_>>();
        let needs = self.needs_of_role(role).into_iter().map(|need| need.need);
        let skills: Vec<String> = needs.filter(|need| need.importance == Importance::Essential.as_str()).map(|need| need.name).collect();
        let mut object = json!({ "@context": "https://schema.org", "@type": "Occupation", "name": role.title, "url": self.permalink(&page.url), "mainEntityOfPage": self.permalink(&page.url) });
        object = with(object, "description", Some(page.description.clone()).filter(|text| !text.is_empty()));
        object = with(object, "occupationalCategory", list(categories));
        object = with(object, "responsibilities", list(texts(&role.responsibilities)));
        object = with(object, "skills", list(skills));
        object = with(object, "estimatedSalary", list(self.estimated_salaries(role)));
        object = with(object, "occupationLocation", self.occupation_location(role));
        object = with(object, "experienceRequirements", experience(role));
        with(object, "educationRequirements", list(role.education.iter().filter_map(|row| credential(&row.name, row.level)).collect()))
    }

    /// Answers are shown elsewhere: with whole addresses, and notes at their ends without links to them.
    fn faq_page(&self, faqs: &[FaqView]) -> Value {
        let answer = |faq: &FaqView| json!({ "@type": "Answer", "text": faq.answer.to_data(&self.site.config.origin) });
        let question = |faq: &FaqView| json!({ "@type": "Question", "name": faq.question, "acceptedAnswer": answer(faq) });
        let (language, questions) = (&self.site.config.site.language.value, faqs.iter().map(question).collect::<Vec<_>>());
        json!({ "@context": "https://schema.org", "@type": "FAQPage", "inLanguage": language, "mainEntity": questions })
    }

    fn occupation_location(&self, role: &Role) -> Option<Value> {
        let area = role.headline()?.area.as_ref()?;
        let declared = self.site.config.areas.get(area).and_then(|declared| declared.row.kind);
        let is_country = declared.map_or_else(|| country(area.as_str()).is_some(), |kind| kind == AreaKind::Country);
        let kind = if is_country { "Country" } else { "AdministrativeArea" };
        Some(json!({ "@type": kind, "name": self.area_name(area) }))
    }

    /// Pay of the role's own area: the figures that say where its middle or its percentiles are, or else all.
    fn estimated_salaries(&self, role: &Role) -> Vec<Value> {
        let has_middle = |pay: &&Pay| matches!((&pay.amounts, pay.statistic), (Amounts::Percentiles(_), _) | (Amounts::Value(_), Statistic::Median));
        let (best, any): (Vec<&Pay>, Vec<&Pay>) = (role.pay_at_home().filter(has_middle).collect(), role.pay_at_home().collect());
        let chosen = if best.is_empty() { any } else { best };
        chosen.into_iter().map(|pay| self.estimated_salary(pay)).collect()
    }

    /// A figure of pay. A distribution of schema.org knows percentiles and the median; a range and a mean are plain amounts.
    fn estimated_salary(&self, pay: &Pay) -> Value {
        let values = match &pay.amounts {
            Amounts::Percentiles(values) => *values,
            Amounts::Value(value) if pay.statistic == Statistic::Median => [None, None, Some(*value), None, None],
            Amounts::Value(_) | Amounts::Range { .. } => {
                let object = with(amount_of(pay), "name", Some(self.pay_label(pay)));
                return if single(pay).is_some() { object } else { bounded(pay, object) };
            }
        };
        let object = json!({ "@type": "MonetaryAmountDistribution", "name": self.pay_label(pay), "currency": pay.currency, "duration": duration(pay.period) });
        PERCENTS.iter().zip(values).fold(object, |object, (percent, value)| {
            let name = if *percent == 50 { "median".to_owned() } else { format!("percentile{percent}") };
            with(object, &name, value)
        })
    }

    fn job_posting(&self, page: &Page, position: &Position) -> Value {
        let description = position.description.as_ref().map(|text| self.block(text).to_data(&self.site.config.origin).into_owned()).unwrap_or_default();
        let mut object = json!({
            "@context": "https://schema.org", "@type": "JobPosting", "title": position.title, "description": description, "datePosted": position.posted.to_string(), "url": self.permalink(&page.url),
            "identifier": { "@type": "PropertyValue", "name": position.employer, "value": position.id },
            "hiringOrganization": with(json!({ "@type": "Organization", "name": position.employer }), "sameAs", position.employer_url.as_ref().map(Link::as_str).filter(|url| is_of_web(url))),
        });
        // Readers apply at the employer's; a page of a career guide has no form.
        object = with(object, "directApply", Some(false));
        // The day of `expires` is the last one on which the job is offered: it ends with that day.
        object = with(object, "validThrough", position.expires.map(|date| format!("{date}T23:59:59Z")));
        object = with(
            object,
            "employmentType",
            position.employment_type.map(|kind| kind.as_str().replace('-', "_").to_uppercase().replace("CONTRACT", "CONTRACTOR")),
        );
        let country = position.country.as_ref();
        let place = |name: &String| json!({ "@type": "Place", "address": with(json!({ "@type": "PostalAddress", "addressLocality": name }), "addressCountry", country) });
        if position.workplace == Some(Workplace::Remote) {
            object = with(object, "jobLocationType", Some("TELECOMMUTE"));
            object = with(object, "applicantLocationRequirements", country.map(|country| json!({ "@type": "Country", "name": country })));
        } else {
            object = with(object, "jobLocation", list(position.locations.iter().map(place).collect()));
        }
        with(object, "baseSalary", position.salary.as_ref().filter(|pay| is_base_salary(pay)).map(amount_of))
    }
}

/// Years that the lowest level above the first asks for: what an applicant needs, in months.
fn experience(role: &Role) -> Option<Value> {
    let years = role.ladder.levels().filter_map(|level| level.experience).map(|(min, _)| min).min()?;
    Some(json!({ "@type": "OccupationalExperienceRequirements", "monthsOfExperience": years * 12 }))
}

fn credential(name: &str, level: Option<EducationLevel>) -> Option<Value> {
    let category = match level? {
        EducationLevel::None => return None,
        EducationLevel::Secondary => "high school",
        EducationLevel::Certificate => "professional certificate",
        EducationLevel::Associate => "associate degree",
        EducationLevel::Bachelor => "bachelor degree",
        EducationLevel::Master | EducationLevel::Doctorate => "postgraduate degree",
    };
    Some(json!({ "@type": "EducationalOccupationalCredential", "name": name, "credentialCategory": category }))
}

/// Whether pay is what an employer offers for a job: an amount or its bounds. A mean, a percentile and total pay are something else.
fn is_base_salary(pay: &Pay) -> bool {
    !matches!(pay.amounts, Amounts::Percentiles(_)) && pay.statistic == Statistic::Range && pay.basis != Some(Basis::Total)
}

/// An amount or a range of pay for a period. What is open at the top has no `maxValue`.
fn amount_of(pay: &Pay) -> Value {
    let quantity = with(json!({ "@type": "QuantitativeValue" }), "unitText", Some(pay.period.as_str().to_uppercase()));
    let value = match single(pay) {
        Some(value) => with(quantity, "value", Some(value)),
        None => bounded(pay, quantity),
    };
    json!({ "@type": "MonetaryAmount", "currency": pay.currency, "value": value })
}

/// The amount of pay that has no bounds.
fn single(pay: &Pay) -> Option<Decimal> {
    let (min, max) = pay.amounts.bounds();
    (min == max && !pay.open_top).then_some(min)
}

fn bounded(pay: &Pay, object: Value) -> Value {
    let (min, max) = pay.amounts.bounds();
    with(with(object, "minValue", Some(min)), "maxValue", (!pay.open_top).then_some(max))
}

/// Whether a link is an address on the web: who somebody is cannot be told by mail or phone.
fn is_of_web(url: &str) -> bool {
    url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}

/// ISO 8601.
fn duration(period: Period) -> &'static str {
    match period {
        Period::Hour => "PT1H",
        Period::Day => "P1D",
        Period::Week => "P1W",
        Period::Month => "P1M",
        Period::Year => "P1Y",
    }
}

fn list<T: serde::Serialize>(items: Vec<T>) -> Option<Value> {
    (!items.is_empty()).then(|| json!(items))
}

/// Adds a property when there is a value.
fn with<T: serde::Serialize>(mut object: Value, name: &str, value: Option<T>) -> Value {
    if let (Some(map), Some(value)) = (object.as_object_mut(), value) {
        map.insert(name.to_owned(), json!(value));
    }
    object
}

/// JSON that is harmless inside a `<script>` element: no character that HTML could read as markup.
pub(super) fn script(value: &Value) -> String {
    // A value always has a text.
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("<script type=\"application/ld+json\">{}</script>", in_script(&json))
}
