//! JSON-LD: what search engines are told of a page, in the words of schema.org. Pages come in, JSON values go out.

use serde_json::{Value, json};

use super::view::FaqView;
use super::{Page, Plan, Subject};
use crate::config::Period;
use crate::data::Id;
use crate::escape::in_script;
use crate::kind::Kind;
use crate::role::record::{EducationLevel, Statistic, Workplace};
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
                objects.extend(role.position(id).map(|position| self.job_posting(page, position)));
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
            .map(|author| with(json!({ "@type": "Person", "name": author.name }), "url", author.url.map(|url| self.whole(&url))))
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
        let skills: Vec<String> = role.skills().map(|id| self.skill_ref(id).name).collect();
        let mut object = json!({ "@context": "https://schema.org", "@type": "Occupation", "name": role.title, "url": self.permalink(&page.url), "mainEntityOfPage": self.permalink(&page.url) });
        object = with(object, "description", Some(page.description.clone()).filter(|text| !text.is_empty()));
        object = with(object, "occupationalCategory", list(categories));
        object = with(object, "responsibilities", list(texts(&role.responsibilities)));
        object = with(object, "skills", list(skills));
        object = with(object, "estimatedSalary", list(self.salary_distributions(role)));
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
        let kind = if area.as_str().len() == 2 { "Country" } else { "AdministrativeArea" };
        Some(json!({ "@type": kind, "name": self.area_name(area) }))
    }

    /// Pay as distributions: the figures that say where its middle or its percentiles are, or else all.
    fn salary_distributions(&self, role: &Role) -> Vec<Value> {
        let has_middle = |pay: &&Pay| matches!((&pay.amounts, pay.statistic), (Amounts::Percentiles(_), _) | (Amounts::Value(_), Statistic::Median));
        let (best, any): (Vec<&Pay>, Vec<&Pay>) = (role.pay_at_home().filter(has_middle).collect(), role.pay_at_home().collect());
        let chosen = if best.is_empty() { any } else { best };
        chosen.into_iter().filter_map(|pay| self.salary_distribution(pay)).collect()
    }

    /// Pay as a distribution.
    fn salary_distribution(&self, pay: &Pay) -> Option<Value> {
        let mut object =
            json!({ "@type": "MonetaryAmountDistribution", "name": self.pay_label(pay), "currency": pay.currency, "duration": duration(pay.period) });
        let map = object.as_object_mut()?;
        match &pay.amounts {
            Amounts::Value(value) if pay.statistic == Statistic::Median => drop(map.insert("median".into(), json!(*value))),
            Amounts::Value(value) => drop(map.insert("value".into(), json!(*value))),
            Amounts::Range { min, max } => {
                map.insert("minValue".into(), json!(*min));
                map.insert("maxValue".into(), json!(*max));
            }
            Amounts::Percentiles(values) => {
                for (percent, value) in PERCENTS.iter().zip(values) {
                    let name = if *percent == 50 { "median".to_owned() } else { format!("percentile{percent}") };
                    value.map(|value| map.insert(name, json!(value)));
                }
            }
        }
        Some(object)
    }

    fn job_posting(&self, page: &Page, position: &Position) -> Value {
        let description = position.description.as_ref().map(|text| self.block(text).to_data(&self.site.config.origin).into_owned()).unwrap_or_default();
        let mut object = json!({
            "@context": "https://schema.org", "@type": "JobPosting", "title": position.title, "description": description, "datePosted": position.posted.to_string(), "url": self.permalink(&page.url),
            "identifier": { "@type": "PropertyValue", "name": position.employer, "value": position.id },
            "hiringOrganization": with(json!({ "@type": "Organization", "name": position.employer }), "sameAs", position.employer_url.as_ref().map(ToString::to_string)),
        });
        // Readers apply at the employer's; a page of a career guide has no form.
        object = with(object, "directApply", Some(false));
        object = with(object, "validThrough", position.expires.map(|date| format!("{date}T00:00:00Z")));
        object = with(
            object,
            "employmentType",
            position.employment_type.map(|kind| kind.as_str().replace('-', "_").to_uppercase().replace("CONTRACT", "CONTRACTOR")),
        );
        let country = position.country.clone().or_else(|| self.country_of(position));
        if position.workplace == Some(Workplace::Remote) {
            object = with(object, "jobLocationType", Some("TELECOMMUTE"));
            object = with(object, "applicantLocationRequirements", country.map(|country| json!({ "@type": "Country", "name": country })));
        } else {
            let place = |name: &String| json!({ "@type": "Place", "address": with(json!({ "@type": "PostalAddress", "addressLocality": name }), "addressCountry", country.clone()) });
            object = with(object, "jobLocation", list(position.locations.iter().map(place).collect()));
        }
        with(object, "baseSalary", position.salary.as_ref().map(base_salary))
    }
}

impl Plan {
    /// The country of a job that names none: that of its pay, or of the site's figures.
    fn country_of(&self, position: &Position) -> Option<String> {
        let of_pay = position.salary.as_ref().and_then(|pay| pay.area.as_ref());
        let of_site = self.site.config.site.figures.area.as_ref().map(|area| &area.value);
        let codes = of_pay.into_iter().chain(of_site).map(Id::as_str);
        codes.filter(|code| crate::config::country(code).is_some()).map(str::to_owned).next()
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

fn base_salary(pay: &Pay) -> Value {
    let (min, max) = pay.amounts.bounds();
    let value = if min == max { json!({ "value": min }) } else { json!({ "minValue": min, "maxValue": max }) };
    let quantity = with(with(value, "@type", Some("QuantitativeValue")), "unitText", Some(pay.period.as_str().to_uppercase()));
    json!({ "@type": "MonetaryAmount", "currency": pay.currency, "value": quantity })
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
