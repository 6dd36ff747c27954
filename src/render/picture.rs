//! What pictures are drawn from: a picture of the plan comes in, its SVG goes out. Drawing is
//! `raster`'s.

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Context, Value};

use super::Renderer;
use crate::data::Id;
use crate::diag::{Code, Diagnostic};
use crate::layout::output::ICON_SOURCE;
use crate::layout::output::Picture;
use crate::path::SourcePath;
use crate::raster::{self, DrawError, Drawing};
use crate::source::Source;
use crate::view::role;
use crate::view::share;

/// The template of pictures for shared links, and what it sees.
pub const SHARE: &str = "share.svg";
pub const SHARE_VARIABLES: [&str; 3] = ["share", "site", "t"];

impl Renderer<'_> {
    /// Returns a picture as it will be drawn.
    pub fn drawing(&self, picture: &Picture) -> Result<Drawing, Diagnostic> {
        Ok(Drawing {
            svg: self.svg(picture)?,
            canvas: picture.canvas(),
        })
    }

    /// Returns the SVG of a picture.
    fn svg(&self, picture: &Picture) -> Result<String, Diagnostic> {
        let theme = &self.cx.site.theme;
        match picture {
            Picture::Share(role) => theme.render(
                SHARE,
                &self.share_context(role.as_ref()),
                &self.about(role.as_ref()),
            ),
            Picture::Icon(_) => {
                let Some(asset) = theme.assets.get(ICON_SOURCE) else {
                    return Ok(String::new());
                };
                let source = Source::decode(&asset.path, &asset.bytes(self.inputs)?)?;
                Ok(source.text.to_string())
            }
        }
    }

    /// Draws a picture.
    pub fn picture(&self, picture: &Picture) -> Result<Arc<[u8]>, Diagnostic> {
        raster::draw(&self.drawing(picture)?)
            .map(Arc::from)
            .map_err(|why| self.cannot_draw(picture, &why))
    }

    /// Returns what the template of pictures for shared links sees.
    pub fn share_context(&self, role: Option<&Id>) -> Context {
        let mut context = Context::new();
        context.insert_value(
            "share",
            Value::from_serializable(&share::view(&self.cx, role)),
        );
        context.insert_value("site", self.common.site.clone());
        context.insert_value("t", self.common.strings.clone());
        context
    }

    /// Says that an SVG cannot be drawn.
    pub fn cannot_draw(&self, picture: &Picture, why: &DrawError) -> Diagnostic {
        let theme = &self.cx.site.theme;
        let (path, name): (Option<&SourcePath>, Cow<'_, str>) = match picture {
            Picture::Share(role) => (
                theme.path_of(SHARE),
                format!("the picture of {}", self.about(role.as_ref())).into(),
            ),
            Picture::Icon(_) => (
                theme.assets.get(ICON_SOURCE).map(|asset| &asset.path),
                "the icons of the site".into(),
            ),
        };
        let fault = Diagnostic::error(Code::BadPicture, format!("{name} cannot be drawn: {why}"));
        path.into_iter()
            .fold(fault, Diagnostic::at_file)
            .help("open it in a browser, which says where it is not well-formed")
    }

    /// Returns the address of what a picture for shared links is about.
    fn about(&self, role: Option<&Id>) -> String {
        let site = &self.cx.site.config;
        role.and_then(|id| role::shared(&self.cx, id)).map_or_else(
            || site.base_path.clone(),
            |shared| shared.parts.role.url.clone(),
        )
    }
}
