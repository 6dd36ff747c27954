//! The plan: a [`Site`] comes in, the site with its layout goes out. Rendering, search and checks
//! work on it, through a [`ViewContext`] or the site and the layout alone.

use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::layout::Layout;
use crate::pages;
use crate::site::Site;
use crate::view::ViewContext;
use crate::view::shared::Shared;
use crate::wording::Wording;

/// A site with its layout, and the values that many pages share.
pub struct Plan {
    pub site: Site,
    pub layout: Arc<Layout>,
    shared: Shared,
}

impl Plan {
    /// Lays out a site.
    pub fn of(site: Site, diagnostics: &mut Diagnostics) -> Self {
        let layout = Arc::new(pages::lay_out(&site, wording(&site), diagnostics));
        Self {
            shared: Shared::of(&site),
            site,
            layout,
        }
    }

    /// Returns the plan of a site with the same structure, which shares the layout of this one.
    ///
    /// Returns the site itself if its structure differs. Diagnostics of the layout are not reported
    /// again, because their places may differ now.
    pub fn with_layout_of(&self, site: Site) -> Result<Self, Box<Site>> {
        if site.layout_digest != self.site.layout_digest || site.failed != self.site.failed {
            return Err(Box::new(site));
        }
        Ok(Self {
            shared: Shared::of(&site),
            site,
            layout: self.layout.clone(),
        })
    }

    /// Returns the context of Views.
    pub fn context(&self) -> ViewContext<'_> {
        ViewContext {
            site: &self.site,
            layout: &self.layout,
            wording: wording(&self.site),
            shared: &self.shared,
            role_variables: &pages::ROLE_VARIABLES,
        }
    }
}

/// Returns the wording of the language of a site.
pub fn wording(site: &Site) -> Wording<'_> {
    let config = &site.config;
    Wording {
        strings: &site.theme.strings,
        locale: site.theme.locale(),
        config,
        language: &config.site.language.value,
        home_area: config.site.figures.area.as_ref().map(|area| &area.value),
    }
}
