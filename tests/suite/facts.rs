//! Nothing that a record says is lost in silence: each key of each data file, alone, is on a page
//! or in a message. The keys come from the JSON Schema, so that a new one fails here until it has a
//! row.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::Value;

use crate::harness::{Built, Site};

/// A word that nothing else says.
const WORD: &str = "Quixotry";

/// For each key of a file: what holds it, `;` for the end of a line, and after `=>` what a page or
/// a message must say (else it is `WORD`). `-` and a reason: what the key says is no fact that a
/// page could show.
const KEYS: &str = r##"
role title | -the role itself
role category | -its category
role categories[] | -its categories
role summary | summary = 'Quixotry'
role definition | definition = 'Quixotry'
role texts.source | definition = 'x';[texts];source = 'survey' => Texts: <a
role codes.onet_soc | [codes];onet_soc = '15-1252.00' => 15-1252.00
role codes.isco_08 | [codes];isco_08 = '2512' => 2512
role codes.soc | [codes];soc = '15-1252' => SOC 15-1252
role codes.uk_soc | [codes];uk_soc = '2134' => UK SOC 2134
role codes.other.* | [codes.other];'KldB 2010' = 'Quixotry' => KldB 2010 Quixotry
role codes.esco | [codes];esco = 'https://esco.example/quixotry' => https://esco.example/quixotry
role slug | -an address
role date | -decides about publication
role updated | updated = 2026-03-04 => March 4, 2026
role expires | -decides about publication
role draft | -decides about publication
role aliases[] | -an address
role weight | -an order
role image | image = 'quixotry.png' => quixotry.png
role image_alt | image = 'quixotry.png';image_alt = 'Quixotry'
role image_alt | image_alt = 'Quixotry' => image_alt
role noindex | -decides about publication
role industries[] | industries = ['Quixotry']
role locations[] | locations = ['Quixotry']
role workplace[] | workplace = ['hybrid'] => Hybrid
role responsibilities[] | responsibilities = ['Quixotry']
role framework | framework = 'house' => House
role figures.currency | -figures inherit it
role figures.period | -figures inherit it
role figures.area | -figures inherit it
role figures.source | -figures inherit it
role figures.as_of | -figures inherit it
role figures.hours_per_year | -lists are sorted by it
role pages.* | -decides about pages
role sections.*.heading | industries = ['x'];[sections.industries];heading = 'Quixotry'
role sections.*.heading | [sections.industries];heading = 'Quixotry' => industries
role sections.*.intro | industries = ['x'];[sections.industries];intro = 'Quixotry'
role sections.*.intro | [sections.industries];intro = 'Quixotry' => industries
role sections.*.hidden | -decides about sections
role tracks[].id | -an id
role tracks[].name | [[tracks]];id = 'x';name = 'Quixotry';[[levels]];title = 'A';track = 'x'
role tracks[].name | [[tracks]];id = 'x';name = 'Quixotry';[[levels]];title = 'A';track = 'x';[[levels]];title = 'B';track = 'x'
role levels[].id | -an id
role levels[].track | [[levels]];title = 'A';[[levels]];title = 'B';track = 'manager' => Manager
role levels[].stage | [[levels]];title = 'A';stage = 'senior' => Senior
role levels[].title | [[levels]];title = 'Quixotry'
role levels[].name | [[levels]];title = 'A';name = 'Quixotry'
role levels[].experience.min_years | [[levels]];title = 'A';experience = { min_years = 17 } => 17
role levels[].experience.max_years | [[levels]];title = 'A';experience = { min_years = 1, max_years = 17 } => 17
role levels[].summary | [[levels]];title = 'A';summary = 'Quixotry'
role levels[].responsibilities[] | [[levels]];title = 'A';responsibilities = ['Quixotry']
role levels[].tasks[] | [[levels]];title = 'A';tasks = ['Quixotry']
role levels[].skills[] | [[skills]];id = 'q';name = 'Quixotry';[[levels]];title = 'A';skills = ['q']
role levels[].skills[].skill | [[skills]];id = 'q';name = 'Quixotry';[[levels]];title = 'A';skills = [{ skill = 'q' }]
role levels[].skills[].any_of[] | [[skills]];id = 'q';name = 'Quixotry';[[skills]];name = 'R';[[levels]];title = 'A';skills = [{ any_of = ['q', 'r'] }]
role levels[].skills[].importance | [[skills]];name = 'R';[[levels]];title = 'A';skills = [{ skill = 'r', importance = 'optional' }] => ptional
role levels[].skills[].proficiency | [[skills]];name = 'R';[[levels]];title = 'A';skills = [{ skill = 'r', proficiency = 'deep' }] => Deepest
role levels[].drops[] | [[skills]];name = 'Quixotry';[[levels]];title = 'A';skills = ['quixotry'];[[levels]];title = 'B';drops = ['quixotry']
role levels[].focus | [[levels]];title = 'A';focus = 'Quixotry'
role levels[].advance | [[levels]];title = 'A';advance = 'Quixotry';[[levels]];title = 'B'
role levels[].advance | [[levels]];title = 'A';advance = 'Quixotry' => advance
role levels[].advance.* | [[levels]];title = 'A';advance = { b = 'Quixotry' };[[levels]];title = 'B'
role levels[].next[] | [[levels]];title = 'A';next = ['q'];[[levels]];id = 'q';title = 'Quixotry';track = 'manager'
role levels[].points | [[levels]];title = 'A';points = 17 => 17 points
role levels[].scope | [[levels]];title = 'A';scope = 'Quixotry'
role levels[].reach | [[levels]];title = 'A';reach = 'Quixotry'
role competencies[].id | -an id
role competencies[].group | [[levels]];title = 'A';[[competencies]];name = 'C';group = 'Quixotry';criteria = { a = ['x'] }
role competencies[].name | [[levels]];title = 'A';[[competencies]];name = 'Quixotry';criteria = { a = ['x'] }
role competencies[].name | [[levels]];title = 'A';[[competencies]];name = 'Quixotry'
role competencies[].description | [[levels]];title = 'A';[[competencies]];name = 'C';description = 'Quixotry';criteria = { a = ['x'] }
role competencies[].description | [[levels]];title = 'A';[[levels]];title = 'B';[[competencies]];name = 'C';description = 'Quixotry';criteria = { a = ['x'] }
role competencies[].positions.* | [[levels]];title = 'A';[[competencies]];name = 'C';positions = { a = 4.12 };max = 5 => 4.12 of 5
role competencies[].max | [[levels]];title = 'A';[[competencies]];name = 'C';positions = { a = 4 };max = 17 => of 17
role competencies[].min | -a scale begins there
role competencies[].milestones[].name | [[levels]];title = 'A';[[competencies]];name = 'C';milestones = [{ name = 'Quixotry' }]
role competencies[].milestones[].points | [[levels]];title = 'A';[[competencies]];name = 'C';milestones = [{ points = 17 }] => 17 points
role competencies[].milestones[].description | [[levels]];title = 'A';[[competencies]];name = 'C';milestones = [{ description = 'Quixotry' }]
role competencies[].milestones[].signals[] | [[levels]];title = 'A';[[competencies]];name = 'C';milestones = [{ signals = ['Quixotry'] }]
role competencies[].milestones[].examples[] | [[levels]];title = 'A';[[competencies]];name = 'C';milestones = [{ examples = ['Quixotry'] }]
role competencies[].criteria.*[] | [[levels]];title = 'A';[[competencies]];name = 'C';criteria = { a = ['Quixotry'] }
role competencies[].criteria.*[].text | [[levels]];title = 'A';[[competencies]];name = 'C';criteria = { a = [{ text = 'Quixotry' }] }
role competencies[].criteria.*[].source | [[levels]];title = 'A';[[competencies]];name = 'C';criteria = { a = [{ text = 'x', source = 'survey' }] } => The survey
role competencies[].criteria.*[].examples[] | [[levels]];title = 'A';[[competencies]];name = 'C';criteria = { a = [{ text = 'x', examples = ['Quixotry'] }] }
role statistics[].id | -an id
role statistics[].label | [[statistics]];label = 'Quixotry';value = 3
role statistics[].value | [[statistics]];label = 'S';value = 81233 => 81,233
role statistics[].min | [[statistics]];label = 'S';min = 81233;max = 81244 => 81,233
role statistics[].max | [[statistics]];label = 'S';min = 81233;max = 81244 => 81,244
role statistics[].unit | [[statistics]];label = 'S';value = 3;unit = 'Quixotry'
role statistics[].approximate | [[statistics]];label = 'S';value = 81233;approximate = true => bout 81,233
role statistics[].note | [[statistics]];label = 'S';value = 3;note = 'Quixotry'
role statistics[].area | [[statistics]];label = 'S';value = 3;area = 'qx' => Quixland
role statistics[].source | [[sources]];title = 'Quixotry';[[statistics]];label = 'S';value = 3;source = 'quixotry'
role statistics[].as_of | [[sources]];title = 'Q';[[statistics]];label = 'S';value = 3;source = 'q';as_of = '2026-03' => March 2026
role outlook.base_year | [outlook];base_year = 1996;target_year = 2031;change_percent = 3 => 1996
role outlook.target_year | [outlook];base_year = 1996;target_year = 2031;change_percent = 3 => 2031
role outlook.change_percent | [outlook];base_year = 1996;target_year = 2031;change_percent = 3.25 => +3.25
role outlook.jobs_base | [outlook];base_year = 1996;target_year = 2031;change_percent = 3;jobs_base = 81233 => 81,233
role outlook.jobs_target | [outlook];base_year = 1996;target_year = 2031;change_percent = 3;jobs_target = 81233 => 81,233
role outlook.openings_per_year | [outlook];base_year = 1996;target_year = 2031;change_percent = 3;openings_per_year = 81233 => 81,233
role outlook.area | [outlook];base_year = 1996;target_year = 2031;change_percent = 3;area = 'qx' => Quixland
role outlook.source | [[sources]];title = 'Quixotry';[outlook];base_year = 1996;target_year = 2031;change_percent = 3;source = 'quixotry'
role outlook.as_of | [[sources]];title = 'Q';[outlook];base_year = 1996;target_year = 2031;change_percent = 3;source = 'q';as_of = '2026-03' => March 2026
role titles[].id | -an id
role titles[].name | [[titles]];name = 'Quixotry'
role titles[].level | [[levels]];title = 'Quixotry';[[titles]];name = 'T';level = 'quixotry'
role titles[].stage | [[titles]];name = 'T';stage = 'senior' => Senior
role titles[].parent | [[titles]];name = 'T';[[titles]];name = 'U';parent = 't' => chart-tree
role titles[].kind | [[titles]];name = 'T';kind = 'emerging' => Emerging
role titles[].description | [[titles]];name = 'T';description = 'Quixotry'
role titles[].description | [[titles]];name = 'T';stage = 'lead';description = 'Quixotry';[[titles]];name = 'U';[[titles]];name = 'V'
role titles[].featured | [[titles]];name = 'Quixotry';featured = true
role specializations[].id | -an id
role specializations[].name | [[specializations]];name = 'Quixotry'
role specializations[].role | [[specializations]];name = 'S';role = 'other' => other
role specializations[].description | [[specializations]];name = 'S';description = 'Quixotry'
role related[].role | [[related]];role = 'other' => Other job
role related[].name | [[related]];name = 'Quixotry'
role related[].kind | [[related]];name = 'R';kind = 'previous' => Step before
role related[].from | [[levels]];title = 'Quixotry';[[levels]];title = 'B';[[related]];name = 'R';from = 'quixotry'
role related[].from | [[levels]];title = 'Quixotry';[[related]];name = 'R';from = 'quixotry' => From
role related[].rank | -an order
role related[].tier | [[related]];name = 'R';tier = 'Quixotry'
role related[].reason | [[related]];name = 'R';reason = 'Quixotry'
role education[].name | [[education]];name = 'Quixotry'
role education[].level | [[education]];name = 'E';level = 'master' => Master
role education[].share | [[education]];name = 'E';share = 12.5 => 12.5%
role education[].description | [[education]];name = 'E';description = 'Quixotry'
role certifications[].name | [[certifications]];name = 'Quixotry'
role certifications[].issuer | [[certifications]];name = 'C';issuer = 'Quixotry'
role certifications[].url | [[certifications]];name = 'C';url = 'https://quixotry.example/' => https://quixotry.example/
role certifications[].summary | [[certifications]];name = 'C';summary = 'Quixotry'
role requirements[].name | [[requirements]];name = 'Quixotry'
role requirements[].kind | [[requirements]];name = 'R';kind = 'registration' => Registration
role requirements[].compulsory | [[requirements]];name = 'R';compulsory = true => compulsory
role requirements[].description | [[requirements]];name = 'R';description = 'Quixotry'
role requirements[].url | [[requirements]];name = 'R';url = 'https://quixotry.example/' => https://quixotry.example/
role routes[].name | [[routes]];name = 'Quixotry'
role routes[].kind | [[routes]];kind = 'apprenticeship' => Apprenticeship
role routes[].duration | [[routes]];duration = 'Quixotry'
role routes[].description | [[routes]];description = 'Quixotry'
role routes[].requirements[] | [[routes]];requirements = ['Quixotry']
role routes[].links[].title | [[routes]];links = [{ title = 'Quixotry', url = 'https://a.example/' }]
role routes[].links[].url | [[routes]];links = [{ title = 'L', url = 'https://quixotry.example/' }] => https://quixotry.example/
role conditions.hours | [conditions];hours = 'Quixotry'
role conditions.pattern | [conditions];pattern = 'Quixotry'
role conditions.place | [conditions];place = 'Quixotry'
role conditions.clothing | [conditions];clothing = 'Quixotry'
role conditions.environment | [conditions];environment = 'Quixotry'
role requires[].skill | [[skills]];name = 'Quixotry';[[requires]];skill = 'quixotry'
role requires[].importance | [[skills]];name = 'R';[[requires]];skill = 'r';importance = 'optional' => ptional
role requires[].importance.value | [[skills]];name = 'R';[[requires]];skill = 'r';importance = { value = 4.12, max = 5 } => 4.12 of 5
role requires[].importance.max | [[skills]];name = 'R';[[requires]];skill = 'r';importance = { value = 4.12, max = 17 } => of 17
role requires[].importance.min | -a scale begins there
role technologies[].name | [[technologies]];name = 'Quixotry'
role technologies[].category | [[technologies]];name = 'T';category = 'Quixotry'
role technologies[].hot | [[technologies]];name = 'T';hot = true => hot
role technologies[].in_demand | [[technologies]];name = 'T';in_demand = true => in demand
role preparation.zone | [preparation];zone = 17 => Job zone 17
role preparation.name | [preparation];name = 'Quixotry'
role preparation.education | [preparation];education = 'Quixotry'
role preparation.experience | [preparation];experience = 'Quixotry'
role preparation.training | [preparation];training = 'Quixotry'
role interests[].name | [[interests]];name = 'Quixotry'
role interests[].value | [[interests]];name = 'I';value = 4.12;max = 7 => 4.12 of 7
role interests[].max | [[interests]];name = 'I';value = 4.12;max = 17 => of 17
role interests[].min | -a scale begins there
role tips[].id | -an id
role tips[].name | [[tips]];name = 'Quixotry';text = 'x'
role tips[].text | [[tips]];name = 'T';text = 'Quixotry'
role faqs[].id | -an id
role faqs[].question | [[faqs]];question = 'Quixotry';answer = 'x'
role faqs[].answer | [[faqs]];question = 'x';answer = 'Quixotry'
role faqs[].answer | [[levels]];title = 'A';experience = { min_years = 2 };[[faqs]];id = 'years-a';answer = 'Quixotry'
role faqs[].pages[] | [[faqs]];question = 'x';answer = 'Quixotry';pages = ['ladder']
role faqs[].pages[] | [[faqs]];question = 'x';answer = 'Quixotry';pages = ['positions']
role faqs[].pages[] | [[faqs]];question = 'x';answer = 'Quixotry';pages = ['hub']
role faqs[].hidden | -decides about a question
role interview_questions[].id | -an id
role interview_questions[].question | [[interview_questions]];question = 'Quixotry'
role interview_questions[].looks_for | [[interview_questions]];question = 'x';looks_for = 'Quixotry'
role interview_questions[].kind | [[interview_questions]];question = 'x';kind = 'knowledge' => Knowledge
role interview_questions[].level | [[levels]];id = 'q';title = 'Quixotry';[[interview_questions]];question = 'x';level = 'q';[[levels]];id = 'p';title = 'P' => <p class="note"><a href="ladder/#q">
role testimonials[].quote | [[testimonials]];quote = 'Quixotry';name = 'N';consent = true
role testimonials[].name | [[testimonials]];quote = 'Q';name = 'Quixotry';consent = true
role testimonials[].name | [[testimonials]];quote = 'Q';name = 'Quixotry';consent = false
role testimonials[].job_title | [[testimonials]];quote = 'Q';name = 'N';job_title = 'Quixotry';consent = true
role testimonials[].consent | -decides about a quote
role skills[].id | -an id
role skills[].name | [[levels]];title = 'A';skills = ['s'];[[skills]];id = 's';name = 'Quixotry'
role skills[].group | [[levels]];title = 'A';skills = ['s'];[[skills]];name = 'S';group = 'Quixotry'
role skills[].kind | [[levels]];title = 'A';skills = ['s'];[[skills]];name = 'S';kind = 'attitude' => Attitude
role skills[].description | [[levels]];title = 'A';skills = ['s'];[[skills]];name = 'S';description = 'Quixotry'
role skills[].description | [[skills]];name = 'Quixotry';description = 'x'
role skills[].url | [[levels]];title = 'A';skills = ['s'];[[skills]];name = 'S';url = 'https://quixotry.example/' => https://quixotry.example/
role skills[].concept | [[levels]];title = 'A';skills = ['s'];[[skills]];name = 'S';concept = 'https://quixotry.example/' => https://quixotry.example/
role sources[].id | -an id
role sources[].title | [[sources]];title = 'Quixotry'
role sources[].kind | [[sources]];title = 'S';kind = 'vacancies' => Job adverts
role sources[].publisher | [[sources]];title = 'S';publisher = 'Quixotry'
role sources[].url | [[sources]];title = 'S';url = 'https://quixotry.example/' => https://quixotry.example/
role sources[].licence | [[sources]];title = 'S';licence = 'Quixotry'
role sources[].licence_url | [[sources]];title = 'S';licence = 'L';licence_url = 'https://quixotry.example/' => https://quixotry.example/
role sources[].licence_url | [[sources]];title = 'S';licence_url = 'https://quixotry.example/' => https://quixotry.example/
role sources[].as_of | [[sources]];title = 'S';as_of = '2026-03' => March 2026
role sources[].attribution | [[sources]];title = 'S';attribution = 'Quixotry'
role sources[].note | [[sources]];title = 'S';note = 'Quixotry'
role extra | -the theme's
positions positions[].id | -an id
positions positions[].title | title = 'Quixotry'
positions positions[].employer | employer = 'Quixotry'
positions positions[].employer_url | employer_url = 'https://quixotry.example/' => https://quixotry.example/
positions positions[].locations[] | locations = ['Quixotry']
positions positions[].locations[].name | locations = [{ name = 'Quixotry', country = 'IS' }]
positions positions[].locations[].country | locations = [{ name = 'Akureyri', country = 'IS' }] => Iceland
positions positions[].country | country = 'IS' => Iceland
positions positions[].workplace | workplace = 'hybrid' => Hybrid
positions positions[].employment_type | employment_type = 'intern' => Intern
positions positions[].level | level = 'quixotry' => Quixotry
positions positions[].posted | posted = 2026-11-04 => November 4, 2026
positions positions[].expires | expires = 2026-12-24 => December 24, 2026
positions positions[].url | url = 'https://quixotry.example/' => https://quixotry.example/
positions positions[].summary | summary = 'Quixotry'
positions positions[].description | description = 'Quixotry'
framework texts.source | description = 'x';[texts];source = 'survey' => Texts: <a
framework name | -the framework itself
framework summary | summary = 'Quixotry'
framework description | description = 'Quixotry'
framework employer | employer = 'Quixotry'
framework updated | updated = 2026-03-04 => March 4, 2026
framework draft | -decides about publication
framework tracks[].id | -an id
framework tracks[].name | [[tracks]];id = 'x';name = 'Quixotry';[[levels]];id = 'a';title = 'A';track = 'x'
framework levels[].id | -an id
framework levels[].track | [[levels]];id = 'a';title = 'A';track = 'manager' => Manager
framework levels[].stage | [[levels]];id = 'a';title = 'A';stage = 'senior' => Senior
framework levels[].title | [[levels]];id = 'a';title = 'Quixotry'
framework levels[].name | [[levels]];id = 'a';title = 'A';name = 'Quixotry'
framework levels[].experience.min_years | [[levels]];id = 'a';title = 'A';experience = { min_years = 17 } => 17
framework levels[].experience.max_years | [[levels]];id = 'a';title = 'A';experience = { min_years = 1, max_years = 17 } => 17
framework levels[].summary | [[levels]];id = 'a';title = 'A';summary = 'Quixotry'
framework levels[].responsibilities[] | [[levels]];id = 'a';title = 'A';responsibilities = ['Quixotry']
framework levels[].tasks[] | [[levels]];id = 'a';title = 'A';tasks = ['Quixotry']
framework levels[].skills[] | [[levels]];id = 'a';title = 'A';skills = ['listed'] => Listed
framework levels[].skills[].skill | [[levels]];id = 'a';title = 'A';skills = [{ skill = 'listed' }] => Listed
framework levels[].skills[].any_of[] | [[levels]];id = 'a';title = 'A';skills = [{ any_of = ['listed', 'rare'] }] => Listed
framework levels[].skills[].importance | [[levels]];id = 'a';title = 'A';skills = [{ skill = 'listed', importance = 'optional' }] => ptional
framework levels[].skills[].proficiency | [[levels]];id = 'a';title = 'A';skills = [{ skill = 'listed', proficiency = 'deep' }] => Deepest
framework levels[].drops[] | [[levels]];id = 'a';title = 'A';skills = ['listed'];[[levels]];id = 'b';title = 'B';drops = ['listed'] => Listed
framework levels[].focus | [[levels]];id = 'a';title = 'A';focus = 'Quixotry'
framework levels[].advance | [[levels]];id = 'a';title = 'A';advance = 'Quixotry';[[levels]];id = 'b';title = 'B'
framework levels[].advance | [[levels]];id = 'a';title = 'A';advance = 'Quixotry' => advance
framework levels[].advance.* | [[levels]];id = 'a';title = 'A';advance = { b = 'Quixotry' };[[levels]];id = 'b';title = 'B'
framework levels[].next[] | [[levels]];id = 'a';title = 'A';next = ['q'];[[levels]];id = 'q';title = 'Quixotry';track = 'manager'
framework levels[].points | [[levels]];id = 'a';title = 'A';points = 17 => 17 points
framework levels[].scope | [[levels]];id = 'a';title = 'A';scope = 'Quixotry'
framework levels[].reach | [[levels]];id = 'a';title = 'A';reach = 'Quixotry'
framework competencies[].id | -an id
framework competencies[].group | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';group = 'Quixotry';criteria = { a = ['x'] }
framework competencies[].name | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'Quixotry';criteria = { a = ['x'] }
framework competencies[].name | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'Quixotry'
framework competencies[].description | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';description = 'Quixotry';criteria = { a = ['x'] }
framework competencies[].positions.* | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';positions = { a = 4.12 };max = 5 => 4.12 of 5
framework competencies[].max | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';positions = { a = 4 };max = 17 => of 17
framework competencies[].min | -a scale begins there
framework competencies[].milestones[].name | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';milestones = [{ name = 'Quixotry' }]
framework competencies[].milestones[].points | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';milestones = [{ points = 17 }] => 17 points
framework competencies[].milestones[].description | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';milestones = [{ description = 'Quixotry' }]
framework competencies[].milestones[].signals[] | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';milestones = [{ signals = ['Quixotry'] }]
framework competencies[].milestones[].examples[] | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';milestones = [{ examples = ['Quixotry'] }]
framework competencies[].criteria.*[] | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';criteria = { a = ['Quixotry'] }
framework competencies[].criteria.*[].text | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';criteria = { a = [{ text = 'Quixotry' }] }
framework competencies[].criteria.*[].source | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';criteria = { a = [{ text = 'x', source = 'survey' }] } => The survey
framework competencies[].criteria.*[].examples[] | [[levels]];id = 'a';title = 'A';[[competencies]];name = 'C';criteria = { a = [{ text = 'x', examples = ['Quixotry'] }] }
framework extra | -the theme's
skills proficiencies[].id | -an id
skills proficiencies[].name | [[proficiencies]];id = 'q';name = 'Quixotry'
skills proficiencies[].description | [[proficiencies]];id = 'q';name = 'Q';description = 'Quixotry'
skills skills[].id | -an id
skills skills[].name | -a word that levels may use
skills skills[].group | -told where a level asks for the skill, as of a role's own
skills skills[].kind | -told where a level asks for the skill, as of a role's own
skills skills[].description | -told where a level asks for the skill, as of a role's own
skills skills[].url | -told where a level asks for the skill, as of a role's own
skills skills[].concept | -told where a level asks for the skill, as of a role's own
sources sources[].id | -an id
sources sources[].title | [[sources]];title = 'Quixotry'
sources sources[].kind | [[sources]];title = 'S';kind = 'vacancies' => Job adverts
sources sources[].publisher | [[sources]];title = 'S';publisher = 'Quixotry'
sources sources[].url | [[sources]];title = 'S';url = 'https://quixotry.example/' => https://quixotry.example/
sources sources[].licence | [[sources]];title = 'S';licence = 'Quixotry'
sources sources[].licence_url | [[sources]];title = 'S';licence_url = 'https://quixotry.example/' => https://quixotry.example/
sources sources[].as_of | [[sources]];title = 'S';as_of = '2026-03' => March 2026
sources sources[].attribution | [[sources]];title = 'S';attribution = 'Quixotry'
sources sources[].note | [[sources]];title = 'S';note = 'Quixotry'
categories categories[].id | -an id
categories categories[].title | -a word that roles may use
categories categories[].summary | [[categories]];title = 'C';summary = 'Quixotry'
categories categories[].description | [[categories]];title = 'C';description = 'Quixotry'
areas areas[].id | -an id
areas areas[].name | -a word that figures may use
areas areas[].kind | -says how areas are told apart
areas areas[].parent | -says how areas lie in each other
areas areas[].code | -says which area it is
authors authors[].id | -an id
authors authors[].name | -a word that articles may use
authors authors[].job_title | [[authors]];name = 'Named';job_title = 'Quixotry'
authors authors[].url | [[authors]];name = 'Named';url = 'https://quixotry.example/' => https://quixotry.example/
authors authors[].to | [[authors]];name = 'Named';to = 'named.md' => href="../named/
authors authors[].bio | [[authors]];name = 'Named';bio = 'Quixotry'
"##;

/// The same for a figure of pay, as a row of the role.
const PAY: &str = r"
id | -an id
label | value = 51233;label = 'Quixotry'
statistic | value = 51233;statistic = 'mean' => verage
value | value = 51233 => 51,233
min | min = 51233;max = 51244 => 51
max | min = 51233;max = 62244 => 62
percentiles.p10 | percentiles = { p10 = 51233, p50 = 61233, p90 = 71233 } => 51
percentiles.p25 | percentiles = { p25 = 51233, p50 = 61233, p75 = 71233 } => 51
percentiles.p50 | percentiles = { p10 = 51233, p50 = 61233, p90 = 71233 } => 61
percentiles.p75 | percentiles = { p25 = 51233, p50 = 61233, p75 = 71233 } => 71
percentiles.p90 | percentiles = { p10 = 51233, p50 = 61233, p90 = 71233 } => 71
open_top | min = 51233;max = 62244;open_top = true => +
currency | value = 51233;currency = 'EUR' => €
period | value = 512.33;period = 'week' => week
basis | value = 51233;basis = 'total' => otal
area | value = 51233;area = 'qx' => Quixland
source | value = 51233;source = 'survey' => The survey
as_of | value = 51233;source = 'survey';as_of = '2026-03' => March 2026
text | text = 'Quixotry'
percent_of | value = 12.5;percent_of = 'Quixotry'
percent_of | min = 12;max = 15;percent_of = 'the scale' => 12 to 15% of the scale
basis | value = 512;basis = 'bonus' => Bonus
basis | value = 512;basis = 'equity' => Equity
period | value = 0.6055;period = 'mile' => $0.6055 a mile
level | value = 51233;area = 'qx';level = 'q';[[levels]];id = 'q';title = 'Quixotry' => Quixotry
level | value = 51233;level = 'q';[[levels]];id = 'q';title = 'A';[[levels]];title = 'B' => 51,233
employment | value = 51233;employment = 81233 => 81,233
employment | value = 51233;area = 'qx';employment = 81233 => 81,233
location_quotient | value = 51233;location_quotient = 1.23 => 1.23
location_quotient | value = 51233;area = 'qx';location_quotient = 1.23 => 1.23
";

struct Row<'r> {
    file: &'r str,
    key: &'r str,
    text: &'r str,
}

fn rows() -> impl Iterator<Item = Row<'static>> {
    KEYS.lines().filter(|line| !line.is_empty()).map(|line| {
        let (name, text) = line.split_once(" | ").unwrap();
        let (file, key) = name.split_once(' ').unwrap();
        Row { file, key, text }
    })
}

/// A site with one row in one of its files.
fn site(file: &str, rows: &str) -> Site {
    let mut site = Site::from(
        r#"
=== content/areas.toml
[[areas]]
id = "qx"
name = "Quixland"
=== content/sources.toml
[[sources]]
id = "survey"
title = "The survey"
as_of = "2026-11"
=== content/roles/other/role.toml
title = "Other job"
category = "work"
=== content/frameworks/house/framework.toml
name = "House"
=== content/skills.toml
[[proficiencies]]
id = "deep"
name = "Deepest"
[[skills]]
name = "Listed"
[[skills]]
name = "Rare"
"#,
    );
    if rows.contains("quixotry.png") {
        site.edit("content/roles/nurse/quixotry.png", "x");
    }
    let rows = rows.replace(';', "\n");
    let of_site = "[figures]\ncurrency = \"USD\"\nperiod = \"year\"\narea = \"US\"\nsource = \"survey\"\nas_of = \"2026-11\"\n";
    let config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    site.edit("site.toml", format!("{config}\n{of_site}"));
    let role = "title = \"Nurse\"\ncategory = \"work\"\n";
    site.edit("content/roles/nurse/role.toml", role);
    match file {
        "role" => site.edit("content/roles/nurse/role.toml", format!("{role}{rows}\n")),
        "positions" => {
            site.edit(
                "content/roles/nurse/role.toml",
                format!("{role}[[levels]]\ntitle = \"Quixotry\"\n"),
            );
            let given = |key: &str| {
                rows.lines()
                    .any(|line| line.starts_with(&format!("{key} =")))
            };
            let rest = [
                ("title", "'T'"),
                ("employer", "'E'"),
                ("posted", "2026-11-01"),
            ];
            let rest: String = rest
                .iter()
                .filter(|(key, _)| !given(key))
                .map(|(key, value)| format!("{key} = {value}\n"))
                .collect();
            site.edit(
                "content/roles/nurse/positions.toml",
                format!("[[positions]]\n{rest}{rows}\n"),
            )
        }
        "framework" => site.edit(
            "content/frameworks/house/framework.toml",
            format!("name = \"House\"\n{rows}\n"),
        ),
        list => {
            if list == "skills" {
                site.edit(
                    "content/roles/nurse/role.toml",
                    format!("{role}[[levels]]\ntitle = \"A\"\nskills = [\"listed\"]\n"),
                );
            }
            if rows.contains("title = 'C'") {
                site.edit(
                    "content/roles/nurse/role.toml",
                    "title = \"Nurse\"\ncategory = \"c\"\n",
                );
            }
            if rows.contains("name = 'Named'") {
                site.edit("content/named.md", "# Elsewhere\n");
                site.edit(
                    "content/a.md",
                    "+++\ntitle = \"A\"\nauthors = [\"named\"]\n+++\nText.\n",
                );
            }
            let path = format!("content/{list}.toml");
            let before = site
                .files
                .get(&path)
                .map(|bytes| String::from_utf8(bytes.clone()).unwrap())
                .unwrap_or_default();
            site.edit(&path, format!("{before}\n{rows}\n"))
        }
    };
    site
}

/// What readers see on all pages, addresses of links and pictures among it, and what was said.
fn shown(built: &Built) -> String {
    let pages = built
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    let bodies = pages.map(|(_, bytes)| {
        let html = String::from_utf8_lossy(bytes);
        let (_, body) = html.split_once("<body").unwrap();
        let mut text = String::new();
        for part in body.split("<script") {
            text.push_str(part.split_once("</script>").map_or(part, |(_, rest)| rest));
        }
        text
    });
    let said = built
        .reports
        .iter()
        .map(|report| format!("{} {}", report.message, report.help.join(" ")));
    bodies
        .chain(said)
        .collect::<Vec<_>>()
        .join("\n")
        .replace("&#x2F;", "/")
}

#[test]
fn every_key_has_a_row() {
    let folder = Site::from("").on_disk();
    for file in [
        "role",
        "positions",
        "framework",
        "skills",
        "sources",
        "categories",
        "areas",
        "authors",
    ] {
        let schema: Value =
            serde_json::from_str(&folder.run(&["schema", file]).exits(0).stdout).unwrap();
        let mut keys = BTreeSet::new();
        leaves(&schema, &schema, String::new(), &mut keys);
        // It is a word to layers, not a fact: `layers.rs` tests it.
        keys.retain(|key| !key.ends_with(".remove"));
        let is_pay = |key: &&String| !key.contains("salary.") && !key.contains("salary[].");
        for key in keys.iter().filter(is_pay) {
            assert!(
                rows().any(|row| row.file == file && row.key == key),
                "{file}.toml: `{key}` has no row here: on which page is it?"
            );
        }
        for row in rows().filter(|row| row.file == file) {
            assert!(
                keys.contains(row.key),
                "{file}.toml has no key `{}`",
                row.key
            );
        }
        let of_pay: BTreeSet<&str> = keys
            .iter()
            .filter_map(|key| {
                key.split_once("salary.")
                    .or_else(|| key.split_once("salary[]."))
            })
            .map(|(_, key)| key)
            .collect();
        let known: BTreeSet<&str> = PAY
            .lines()
            .filter_map(|line| line.split_once(" | "))
            .map(|(key, _)| key)
            .collect();
        assert!(of_pay.is_subset(&known), "{of_pay:?}");
    }
}

/// The keys below a schema that hold no further ones.
fn leaves(root: &Value, schema: &Value, path: String, found: &mut BTreeSet<String>) {
    // That a text may name its source is tested on its own.
    if schema["$ref"] == "#/definitions/SourcedText" {
        return;
    }
    let reference = schema["$ref"]
        .as_str()
        .and_then(|name| root.pointer(name.trim_start_matches('#')));
    if let Some(schema) = reference {
        return leaves(root, schema, path, found);
    }
    for choices in ["anyOf", "allOf", "oneOf"] {
        // Beside keys, choices only say which of them there must be.
        if let Some(choices) = schema[choices].as_array()
            && schema.get("properties").is_none()
        {
            return choices
                .iter()
                .for_each(|choice| leaves(root, choice, path.clone(), found));
        }
    }
    let joined = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match (
        &schema["items"],
        schema["properties"].as_object(),
        &schema["additionalProperties"],
    ) {
        (items @ Value::Object(_), ..) => leaves(root, items, format!("{path}[]"), found),
        (_, Some(properties), _) => properties
            .iter()
            .for_each(|(key, schema)| leaves(root, schema, joined(key), found)),
        (.., more @ Value::Object(_)) => leaves(root, more, joined("*"), found),
        _ => _ = found.insert(path),
    }
}

#[test]
fn every_fact_is_on_a_page_or_in_a_message() {
    let pay = PAY
        .lines()
        .filter_map(|line| line.split_once(" | "))
        .map(|(key, text)| Row {
            file: "role",
            key,
            text,
        });
    let rows: Vec<Row<'_>> = rows()
        .chain(pay)
        .filter(|row| !row.text.starts_with('-'))
        .collect();
    let lost: Vec<String> = rows.par_iter().filter_map(lost).collect();
    assert!(
        lost.is_empty(),
        "on no page, and in no message:\n{}",
        lost.join("\n")
    );
}

/// What is on no page and in no message, if the fact of a row is.
fn lost(row: &Row<'_>) -> Option<String> {
    let (rows, wanted) = row.text.split_once(" => ").unwrap_or((row.text, WORD));
    let mut of_pay = PAY.lines().filter_map(|line| line.split_once(" | "));
    let rows = if of_pay.any(|(_, text)| text == row.text) {
        format!("[[salary]];{rows}")
    } else {
        rows.to_owned()
    };
    let built = site(row.file, &rows).build_once();
    assert!(
        !built.failed,
        "{} {}: {rows}\n{}",
        row.file,
        row.key,
        built.said()
    );
    (!shown(&built).contains(wanted))
        .then(|| format!("{} {}: {wanted} ({rows})", row.file, row.key))
}

#[test]
fn the_hub_stands_in_for_pages_that_there_is_too_little_for() {
    let rows = "responsibilities = [\"Wash\"];industries = [\"Care\"];[[certifications]];name = \"RN\";[[tips]];name = \"Ask\";text = \"Now.\";[[titles]];name = \"Sister\";description = \"Old.\";[[faqs]];question = \"Why?\";answer = \"So.\"";
    let built = site("role", rows).build().clean();
    let hub = built.dom("roles/nurse/index.html");
    for (id, words) in [
        ("responsibilities", "Wash"),
        ("industries", "Care"),
        ("certifications", "RN"),
        ("tips", "Now."),
        ("titles", "Old."),
        ("faq", "So."),
    ] {
        assert!(hub.id(id).text.contains(words), "{id}: {}", hub.id(id).text);
    }
    assert!(
        !built.has("roles/nurse/job-description/index.html")
            && !built.has("roles/nurse/faq/index.html")
    );
    // What has a page of its own stands there, and what somebody does not want nowhere.
    let built = site(
        "role",
        &format!("{rows};[pages];job-description = true;faq = true"),
    )
    .build()
    .clean();
    let ids: Vec<String> = built
        .dom("roles/nurse/index.html")
        .all("section")
        .map(|section| section.attr("id").to_owned())
        .collect();
    assert!(
        !ids.iter().any(
            |id| ["industries", "certifications", "responsibilities", "faq"].contains(&id.as_str())
        ),
        "{ids:?}"
    );
    let built = site(
        "role",
        &format!("{rows};[pages];job-description = false;[sections.tips];hidden = true"),
    )
    .build()
    .clean();
    let page = built.dom("roles/nurse/index.html").text("main").to_owned();
    assert!(
        !page.contains("RN") && !page.contains("Now.") && !page.contains("Wash"),
        "{page}"
    );
}

#[test]
fn a_single_level_is_told_in_full_and_linked_to() {
    let built = site(
        "role",
        "[[levels]];id = \"only\";title = \"Sole\";summary = \"All of it.\";skills = [\"listed\"]",
    )
    .build()
    .clean();
    let hub = built.dom("roles/nurse/index.html");
    assert!(hub.id("only").text.contains("All of it."));
    assert!(
        hub.id("levels").text.trim_start().starts_with("Level"),
        "one level is no ladder"
    );
    assert!(
        built
            .page("skills/listed/index.html")
            .contains("href=\"../../roles/nurse/\">Sole</a>")
    );
}

#[test]
fn what_is_unshown_may_be_allowed_or_refused() {
    for (strictness, said) in [("allow", ""), ("warn", "warning"), ("deny", "error")] {
        let mut site = site("role", "image_alt = \"A nurse\"");
        let config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
        site.edit(
            "site.toml",
            format!("{config}\n[check]\nunshown_facts = \"{strictness}\"\n"),
        );
        let expected = if said.is_empty() {
            String::new()
        } else {
            format!(
                "{said}[unshown-fact] content/roles/nurse/role.toml:3:13 `image_alt` describes a picture, and there is none\n"
            )
        };
        assert_eq!(site.build().said(), expected);
    }
}
