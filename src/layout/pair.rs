//! Pairs of roles: the name of a comparison comes in, the two roles go out; and where readers of
//! comparisons that are not made are sent.

use crate::config::Host;
use crate::data::Id;
use crate::kind::Kind;
use crate::layout::address::{Placeholders, address, folder_of};
use crate::layout::{Layout, Page};
use crate::path::SourcePath;
use crate::role::{RelatedTo, Role};
use crate::site::{Site, pair_of};

/// A rule of `_redirects` for all addresses in a folder.
pub struct FolderRule {
    /// The folder, with `/` at both ends.
    pub folder: String,
    /// An absolute URL.
    pub to: String,
}

/// Splits the name of a comparison into two known ids. An id may contain `-vs-` itself.
pub fn split_pair(pair: &str, is_known: impl Fn(&Id) -> bool) -> Option<[Id; 2]> {
    let split = |(at, separator): (usize, &str)| {
        let first = Id::new(&pair[..at])?;
        let second = Id::new(&pair[at + separator.len()..])?;
        Some([first, second])
    };
    pair.match_indices("-vs-")
        .filter_map(split)
        .find(|ids| ids.iter().all(&is_known))
}

impl Layout {
    /// Returns the index of the page that compares the two roles that a file name names, in either
    /// order.
    pub(super) fn pair_named(&self, site: &Site, name: &SourcePath) -> Option<usize> {
        let ids = split_pair(pair_of(name)?, |id| site.roles.contains_key(id))?;
        self.index_of_pair(&ids[0], &ids[1])
    }

    fn index_of_pair(&self, a: &Id, b: &Id) -> Option<usize> {
        let (first, second) = if a < b { (a, b) } else { (b, a) };
        let pairs = self.about.get(&Kind::Compare)?;
        pairs.get(format!("{first}/{second}").as_str()).copied()
    }

    /// Returns the rule that sends readers of comparisons that are not made to the list of those
    /// that are, or `None` where the host cannot be told so or no comparison is left out.
    ///
    /// It names a folder, so it is only for hosts on which a file comes before a rule.
    pub fn rule_for_pairs(&self, site: &Site) -> Option<FolderRule> {
        let host = site.config.site.publish.host.as_ref()?.value;
        let list = self.page_about(Kind::Comparisons, "")?;
        if !files_come_first(host) || !self.leaves_out_pairs(site) {
            return None;
        }
        let folder = self.folder_of_pairs(site)?;
        self.is_for_pairs(site, &folder).then(|| FolderRule {
            folder,
            to: site.config.permalink(&list.url),
        })
    }

    /// Returns true if an address is that of a comparison of two roles, whether or not it is made.
    pub fn is_address_of_pair(&self, site: &Site, address: &str) -> bool {
        let folder = self.folder_of_pairs(site);
        folder.is_some_and(|folder| {
            let name = address.strip_prefix(&folder);
            name.is_some_and(|name| name.contains("-vs-"))
        })
    }

    /// Returns true if two roles are not compared, one of which names the other as related, though
    /// neither says that it is not to be compared.
    pub fn leaves_out_pairs(&self, site: &Site) -> bool {
        let is_compared = |role: &Role| {
            let own = role.pages.get(Kind::Compare.as_str());
            let decided = own.or_else(|| site.config.site.pages.get(Kind::Compare.as_str()));
            decided != Some(&false)
        };
        let is_left_out = |role: &Role, id: &Id| {
            self.index_of_pair(&role.id, id).is_none() && site.role(id).is_some_and(is_compared)
        };
        let mut roles = site.all_roles().filter(|role| is_compared(role));
        roles.any(|role| {
            role.related.iter().any(|row| match &row.target {
                RelatedTo::Role(id) => is_left_out(role, id),
                RelatedTo::Name(_) => false,
            })
        })
    }

    /// Returns the folder that comparisons of roles are in, unless that is the root of the site.
    fn folder_of_pairs(&self, site: &Site) -> Option<String> {
        let words = Placeholders {
            slug: "x",
            category: "",
            parent: "/",
        };
        let permalink = self.kinds.get(Kind::Compare)?.permalink;
        let one = address(&site.config.site, Kind::Compare, permalink, &words).ok()?;
        let folder = folder_of(&one).strip_suffix("/x/")?.to_owned() + "/";
        Some(folder).filter(|folder| folder != "/")
    }

    /// Returns true if no page and no file of the site is in a folder but comparisons and their list.
    fn is_for_pairs(&self, site: &Site, folder: &str) -> bool {
        let is_other = |page: &Page| {
            !matches!(page.kind, Kind::Compare | Kind::Comparisons)
                && page.url.as_str().starts_with(folder)
        };
        let mut assets = site.theme.assets.files.iter();
        !self.pages.iter().any(is_other)
            && !assets.any(|asset| asset.out.as_str().starts_with(&folder[1..]))
    }
}

/// Returns true for hosts that serve a file before they look for a rule in `_redirects`.
///
/// Cloudflare follows rules first, so that a rule for a folder would hide its pages.
fn files_come_first(host: Host) -> bool {
    match host {
        Host::Netlify | Host::Gitlab => true,
        Host::Cloudflare | Host::Github | Host::S3 | Host::Docker => false,
    }
}
