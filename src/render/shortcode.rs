//! Shortcodes: a call in Markdown comes in, the HTML of its template goes out.

use std::collections::BTreeMap;

use tera::{Context, Value};

use super::body::Body;
use crate::content::Call;
use crate::data::Id;
use crate::diag::{Code, Diagnostic};
use crate::escape::escape;
use crate::layout::links;
use crate::source::Span;
use crate::suggest;
use crate::theme::{Shortcode, TEXTS};
use crate::view::image;
use crate::view::role_parts::RoleParts;
use crate::view::shared::SharedRole;
use crate::view::{faq, role};

impl Body<'_> {
    pub(super) fn expand(&self, call: &Call, body: Option<String>) -> Result<String, Diagnostic> {
        let theme = &self.renderer.cx.site.theme;
        let Some(declared) = theme.shortcodes.get(&call.name) else {
            let fault = Diagnostic::error(
                Code::UnknownShortcode,
                format!("there is no shortcode `{}`", call.name),
            )
            .at(self.path, call.name_span.clone());
            return Err(fault.help(suggest::help(
                &call.name,
                theme.shortcodes.keys().map(String::as_str),
            )));
        };
        self.check_arguments(call, declared)?;
        let role = self.role(call, declared)?;
        let shared = role
            .as_ref()
            .and_then(|id| role::shared(&self.renderer.cx, id));
        let is_broken = role
            .as_ref()
            .is_some_and(|id| self.renderer.cx.site.failed.records.contains(id));
        if let Some(shared) = shared.as_deref().filter(|_| !is_broken) {
            self.check_references(call, &shared.parts)?;
            self.check_question(call, shared)?;
        }
        let context = self.context(call, declared, body, shared.as_deref())?;
        let page = &self.renderer.cx.layout.pages[self.page];
        let html = theme
            .render(
                &declared.template,
                &context,
                &self.renderer.cx.site.config.href(&page.url),
            )
            .map(|html| html.trim().to_owned());
        // What a broken record lacks was said where it is broken.
        if is_broken {
            Ok(html.unwrap_or_default())
        } else {
            html
        }
    }

    /// The text of a picture that is not published, in its place.
    pub(super) fn unpublished_picture(&self, call: &Call) -> Result<Option<String>, Diagnostic> {
        let Some(src) = call.arg("src") else {
            return Ok(None);
        };
        let target = links::resolve(
            self.renderer.cx.site,
            self.renderer.cx.layout,
            self.path,
            &src.value,
            Some(self.page),
        )
        .map_err(|fault| fault.at(self.path, src.span.clone()))?;
        if !target.href.is_empty() || src.value.is_empty() {
            return Ok(None);
        }
        self.note(target.note, &src.span);
        Ok(Some(escape(
            call.arg("alt")
                .map(|alt| alt.value.as_str())
                .unwrap_or_default(),
        )))
    }

    fn fault(&self, span: &Span, message: String) -> Diagnostic {
        Diagnostic::error(Code::Shortcode, message).at(self.path, span.clone())
    }

    fn check_arguments(&self, call: &Call, declared: &Shortcode) -> Result<(), Diagnostic> {
        let Some(parameters) = &declared.parameters else {
            return Ok(());
        };
        let names = parameters.iter().map(|parameter| parameter.name.as_str());
        if let Some(argument) = call
            .args
            .iter()
            .find(|argument| !names.clone().any(|name| name == argument.name))
        {
            let fault = self.fault(
                &argument.span,
                format!("the shortcode `{}` takes no `{}`", call.name, argument.name),
            );
            return Err(fault.help(suggest::help(&argument.name, names)));
        }
        let missing = parameters
            .iter()
            .find(|parameter| parameter.required && call.arg(&parameter.name).is_none());
        match missing.map(|parameter| &parameter.name) {
            Some(name) => Err(self
                .fault(
                    &call.span,
                    format!("the shortcode `{}` needs `{name}`", call.name),
                )
                .help(format!("write {{{{< {} {name}=\"…\" >}}}}", call.name))),
            None => Ok(()),
        }
    }

    /// The role that the shortcode is about: the one it names, or the one that the article belongs
    /// to.
    fn role(&self, call: &Call, declared: &Shortcode) -> Result<Option<Id>, Diagnostic> {
        let cx = &self.renderer.cx;
        if let Some(argument) = call.arg("role") {
            let known = Id::new(&argument.value).filter(|id| cx.site.any_role(id).is_some());
            self.note(
                known
                    .as_ref()
                    .and_then(|id| links::note_on_role(cx.site, id)),
                &argument.span,
            );
            return known.map(Some).ok_or_else(|| {
                let fault = Diagnostic::error(
                    Code::UnknownId,
                    format!("there is no role `{}`", argument.value),
                )
                .at(self.path, argument.span.clone());
                fault.help(suggest::help(
                    &argument.value,
                    cx.site.roles.whole().keys().map(Id::as_str),
                ))
            });
        }
        let own = cx.layout.pages[self.page].subject.role().cloned();
        let wants_role = declared
            .parameters
            .iter()
            .flatten()
            .any(|parameter| parameter.name == "role");
        match (own, wants_role) {
            (None, true) => Err(self
                .fault(
                    &call.span,
                    format!(
                        "the shortcode `{}` needs `role` outside a role's folder",
                        call.name
                    ),
                )
                .help("add role=\"…\" with the name of a folder of content/roles/")),
            (own, _) => Ok(own),
        }
    }

    /// Ids that the built-in shortcodes take must exist: a figure that is not there must not vanish
    /// from a sentence.
    fn check_references(&self, call: &Call, parts: &RoleParts) -> Result<(), Diagnostic> {
        let levels: Vec<&str> = parts
            .ladder
            .tracks
            .iter()
            .flat_map(|track| &track.levels)
            .map(|level| level.id.as_str())
            .collect();
        let statistics = || parts.statistics.iter().map(|row| row.id.as_str()).collect();
        let (name, known): (&str, Vec<&str>) = match call.name.as_str() {
            "stat" => ("id", statistics()),
            _ => ("level", levels),
        };
        if let Some(argument) = call
            .arg(name)
            .filter(|argument| !known.contains(&argument.value.as_str()))
        {
            let fault = Diagnostic::error(
                Code::UnknownId,
                format!(
                    "{} has no {} `{}`",
                    parts.role.title,
                    if name == "id" { "statistic" } else { "level" },
                    argument.value
                ),
            );
            return Err(fault
                .at(self.path, argument.span.clone())
                .help(suggest::help(&argument.value, known.iter().copied())));
        }
        let level = |id: &str| {
            parts
                .ladder
                .tracks
                .iter()
                .flat_map(|track| &track.levels)
                .find(|level| level.id == id)
        };
        let has_pay = call
            .arg("level")
            .map_or(parts.role.headline_salary.is_some(), |argument| {
                level(&argument.value).is_some_and(|level| level.salary.is_some())
            });
        if call.name == "salary" && !has_pay {
            return Err(self.no_pay(call, parts));
        }
        Ok(())
    }

    fn no_pay(&self, call: &Call, parts: &RoleParts) -> Diagnostic {
        let title = &parts.role.title;
        let elsewhere = parts
            .salary
            .areas
            .iter()
            .find_map(|pay| pay.area.as_ref())
            .filter(|_| call.arg("level").is_none());
        let Some(area) = elsewhere else {
            let fault = self.fault(&call.span, format!("{title} has no such pay in its record"));
            return fault.help("add `salary` to the level, or a [[salary]] row to the role");
        };
        let fault = self.fault(&call.span, format!("{title} has no headline pay: none of its figures is about its own area or the site's"));
        fault.help(format!("set `area = \"{}\"` in [figures] of its record, or another area that has pay; or name a level", area.id))
    }

    fn check_question(&self, call: &Call, shared: &SharedRole) -> Result<(), Diagnostic> {
        let Some(argument) = call.arg("id").filter(|_| call.name == "faq") else {
            return Ok(());
        };
        let faqs = faq::all_faqs(&self.renderer.cx, shared);
        if faqs.iter().any(|faq| faq.id == argument.value) {
            return Ok(());
        }
        let fault = Diagnostic::error(
            Code::UnknownId,
            format!(
                "{} has no question `{}`",
                shared.parts.role.title, argument.value
            ),
        );
        let known: Vec<&str> = faqs.iter().map(|faq| faq.id.as_str()).collect();
        Err(fault
            .at(self.path, argument.span.clone())
            .help(suggest::help(&argument.value, known)))
    }

    fn context(
        &self,
        call: &Call,
        declared: &Shortcode,
        body: Option<String>,
        shared: Option<&SharedRole>,
    ) -> Result<Context, Diagnostic> {
        let cx = &self.renderer.cx;
        let page = &cx.layout.pages[self.page];
        let mut args: BTreeMap<&str, Value> = declared
            .parameters
            .iter()
            .flatten()
            .map(|parameter| (parameter.name.as_str(), Value::none()))
            .collect();
        args.extend(call.args.iter().map(|argument| {
            (
                argument.name.as_str(),
                Value::normal_string(&argument.value),
            )
        }));
        if let Some(src) = call.arg("src") {
            let alt = call
                .arg("alt")
                .map(|alt| alt.value.as_str())
                .unwrap_or_default();
            links::resolve(cx.site, cx.layout, self.path, &src.value, Some(self.page))
                .map_err(|fault| fault.at(self.path, src.span.clone()))?;
            args.insert(
                "image",
                Value::from_serializable(&image::image(
                    cx.site, cx.layout, self.path, &src.value, alt,
                )),
            );
        }
        let mut context = Context::new();
        context.insert_value("args", Value::from_serializable(&args));
        context.insert_value(
            "body",
            Value::safe_string(body.as_deref().unwrap_or_default()),
        );
        context.insert_value("page_kind", Value::normal_string(page.kind.as_str()));
        context.insert_value("site", self.renderer.site_on(page).value);
        context.insert_value("t", self.renderer.common.strings.clone());
        context.insert_value(TEXTS, self.renderer.texts(page));
        context.insert_value("role", Value::none());
        for (name, value) in shared.map_or(&[][..], SharedRole::variables) {
            context.insert_value(*name, value.clone());
        }
        // Most shortcodes show no questions; making them a value for each call would be the dearest
        // part of a page.
        let faqs = shared
            .filter(|_| call.arg("id").is_some())
            .map(|shared| faq::all_faqs(cx, shared))
            .unwrap_or_default();
        context.insert_value("faqs", Value::from_serializable(faqs));
        Ok(context)
    }
}
