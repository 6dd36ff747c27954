//! What a layout answers: its tables come in; a digest of each answer goes out.

use super::groups::Groups;
use super::output::{File, Output, OutputKind};
use super::{Layout, Page};
use crate::digest::Digest;
use crate::reads::Answers;
use crate::site::Site;

impl Layout {
    /// Adds the answers to all questions that its tables are asked.
    pub fn answers(&self, site: &Site, answers: &mut Answers) {
        let Self {
            pages,
            outputs,
            contested,
            names,
            urls,
            unmade,
            parts,
            about,
            found,
            groups,
            lists,
            role_files,
            compared,
            tags,
            skills_in_use,
            // A constant of the program.
            kinds: _,
            unpublished,
        } = self;
        // Places in the list of pages differ from build to build; addresses do not.
        let address = |page: &usize| Digest::of(self.address_at(*page));
        pages.answers(digest_of_page, answers);
        outputs.answers(|output| self.digest_of_output(output), answers);
        contested.answers(answers);
        names.answers(address, answers);
        urls.answers(address, answers);
        unmade.answers(|kind| Digest::of(kind.as_str().as_bytes()), answers);
        for counts in parts.values() {
            counts.answers(|count| Digest::of(&count.to_le_bytes()), answers);
        }
        role_files.answers_by(
            |page, files| Digest::of_value(&(&self.pages[*page].url, files)),
            answers,
        );
        compared.answers(Digest::of_value, answers);
        lists.answers(answers);
        for pages in about.values() {
            pages.answers(address, answers);
        }
        found.answers_as_whole(found.whole().iter().map(address), answers);
        tags.answers(|tag| Digest::of(tag.as_bytes()), answers);
        skills_in_use.answers(Digest::of_value, answers);
        let everything = unpublished.whole().iter().map(|_| site.structure_digest);
        unpublished.answers_as_whole(everything, answers);
        self.answers_of_groups(groups, answers);
    }

    fn answers_of_groups(&self, groups: &Groups, answers: &mut Answers) {
        let Groups {
            articles_of_role,
            articles_of_section,
            parts_of_section,
            tagged,
            dated,
            dated_of_section,
            comparisons_of_role,
            roles_of_category,
        } = groups;
        let list = |pages: &Vec<usize>| {
            let addresses = pages.iter().map(|page| self.address_at(*page));
            Digest::of(&addresses.collect::<Vec<_>>().join(&b'\n'))
        };
        articles_of_role.answers(list, answers);
        articles_of_section.answers(list, answers);
        parts_of_section.answers(list, answers);
        tagged.answers(list, answers);
        dated_of_section.answers(list, answers);
        comparisons_of_role.answers(list, answers);
        roles_of_category.answers(Digest::of_value, answers);
        let dated_addresses = dated.whole().iter().map(|page| self.address_at(*page));
        dated.answers_as_whole(dated_addresses.map(Digest::of), answers);
    }

    /// What is read of an output is what it is, not what is in it.
    fn digest_of_output(&self, output: &Output) -> Digest {
        match &output.what {
            OutputKind::Page(_) => Digest::of(b"page"),
            OutputKind::File(File::IndexJson(page)) => Digest::of(self.address_at(*page)),
            OutputKind::File(File::RoleList {
                page,
                order,
                number,
            }) => Digest::of_value(&(&self.pages[*page].url, order, number)),
            OutputKind::File(file) => Digest::of(format!("{file:?}").as_bytes()),
            OutputKind::Asset(_) => Digest::of(b"asset"),
            OutputKind::Colocated(path) => Digest::of(path.as_str().as_bytes()),
            OutputKind::Picture(picture) => Digest::of(format!("{picture:?}").as_bytes()),
            OutputKind::Search(_) => Digest::of(b"search"),
        }
    }

    fn address_at(&self, page: usize) -> &[u8] {
        self.pages[page].url.as_str().as_bytes()
    }
}

fn digest_of_page(page: &Page) -> Digest {
    let Page {
        kind,
        subject,
        url,
        title,
        description,
        prose,
        name,
        number,
        sections,
    } = page;
    let what = (kind.as_str(), subject.id(), url.as_str(), number);
    Digest::of_value(&(what, title, description, prose, name, sections))
}
