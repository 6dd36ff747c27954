// Any two roles side by side, from their JSON. Without this script the page lists the comparisons that are ready.
(() => {
  /**
   * What this script reads of a role: its `compare.json` (docs/machines.md).
   * @typedef {object} RoleJson
   * @property {{ id: string, title: string, url: string, responsibilities: string[] }} role
   * @property {Fact[]} facts
   * @property {Skill[]} skills
   *
   * @typedef {object} Fact
   * @property {string} id
   * @property {string} label
   * @property {string} text
   * @property {string} note
   * @property {{ text: string, source: { url: string | null } | null } | null} claim
   *
   * @typedef {object} Skill
   * @property {string} id
   * @property {string} name
   * @property {string} importance
   * @property {string} one_of
   *
   * A part of the list of roles. An entry is a title, or a title with an id, or these with where the facts are.
   * @typedef {{ folder: string, roles: (string | string[])[] }} RoleList
   *
   * @typedef {{ id: string, title: string }} Role
   * @typedef {"a" | "b"} Side
   */

  /** @type {Side[]} */
  const SIDES = ["a", "b"];
  const form = /** @type {HTMLFormElement} */ (find(document, ".compare-form"));
  const status = find(document, ".compare-status");
  const result = find(document, ".compare-result");
  const empty = /** @type {HTMLTemplateElement} */ (find(document, ".compare-empty"));
  const said = /** @type {Record<string, string>} */ (empty.dataset);
  const choices = { a: choice("a"), b: choice("b") };
  const parts = { a: part("a"), b: part("b") };
  const links = /** @type {HTMLTemplateElement} */ (find(document, ".compare-lists")).content.querySelectorAll("a");
  const lists = [...links].map(link => ({
    address: new URL(link.getAttribute("href") ?? "", document.baseURI).href,
    first: link.dataset.first ?? "",
  }));
  /** Where the facts of each role are. @type {Map<string, string>} */
  const addresses = new Map();
  /** What was asked for. @type {Map<string, Promise<any>>} */
  const known = new Map();
  /** How often the address has changed: an answer may come too late. */
  let turns = 0;

  // A thousand roles are loaded when somebody chooses.
  for (const side of SIDES) {
    const select = choices[side];
    const chosenPart = parts[side];
    if (chosenPart) {
      select.disabled = true;
      chosenPart.addEventListener("change", () => choosePart(side, chosenPart.value));
      continue;
    }
    for (const event of ["focusin", "pointerenter"]) form.addEventListener(event, () => offer(side, 0));
    select.addEventListener("mousedown", event => open(event, side));
    select.addEventListener("keydown", event => type(event, side));
  }
  form.hidden = !lists.length;
  form.addEventListener("submit", event => {
    event.preventDefault();
    const query = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    history.pushState(null, "", `?${query}`);
    follow();
  });
  addEventListener("popstate", follow);
  follow();

  /**
   * Offers the roles of a part of the list, and keeps what is chosen. Returns true if they could be loaded.
   * @param {Side} side @param {number} part
   */
  async function offer(side, part) {
    const select = choices[side];
    const roles = await readList(part).catch(() => null);
    if (!roles) tell("failed");
    if (!roles || select.dataset.part === `${part}`) return Boolean(roles);
    select.dataset.part = `${part}`;
    select.replaceChildren(select.options[0], ...roles.map(({ id, title }) => new Option(title, id)));
    select.disabled = false;
    return true;
  }

  /** @param {Side} side @param {string} part */
  function choosePart(side, part) {
    choices[side].value = "";
    choices[side].disabled = !part;
    if (part) offer(side, Number(part));
  }

  /** Opens a list when there is something in it. @param {MouseEvent} event @param {Side} side */
  async function open(event, side) {
    const select = choices[side];
    if (select.length > 1) return;
    event.preventDefault();
    if (!(await offer(side, 0))) return;
    select.focus();
    try {
      select.showPicker();
    } catch {
      // A browser that opens lists for readers alone opens it the next time.
    }
  }

  /** Chooses by a letter that is typed while the list is loaded. @param {KeyboardEvent} event @param {Side} side */
  async function type({ key }, side) {
    const select = choices[side];
    if (select.length > 1 || key.length !== 1 || !(await offer(side, 0))) return;
    const letter = key.toLowerCase();
    const first = [...select.options].find(({ text }) => text.toLowerCase().startsWith(letter));
    if (first && !select.value) select.value = first.value;
  }

  /** Shows what the address asks for. */
  async function follow() {
    const turn = ++turns;
    const query = new URLSearchParams(location.search);
    result.hidden = true;
    status.textContent = "";
    try {
      const [a, b] = await Promise.all(SIDES.map(side => choose(side, query.get(side) ?? "")));
      if (turn !== turns || !a || !b) return;
      if (a === b) return tell("same");
      const both = await Promise.all([read(a), read(b)]);
      if (turn === turns) show(both[0], both[1]);
    } catch {
      if (turn === turns) tell("failed");
    }
  }

  /** Chooses a role; gives its id, or nothing when there is no such role. @param {Side} side @param {string} id */
  async function choose(side, id) {
    const part = id ? await partOf(id) : -1;
    if (part < 0) return "";
    await offer(side, part);
    const chosenPart = parts[side];
    if (chosenPart) chosenPart.value = `${part}`;
    choices[side].value = id;
    return id;
  }

  /** The part of the list that has a role: most likely the last one that begins before it. @param {string} id */
  async function partOf(id) {
    const guess = lists.findLastIndex(({ first }) => first <= id);
    const others = lists.map((_, part) => part).filter(part => part !== guess);
    for (const part of guess < 0 ? others : [guess, ...others]) {
      if ((await readList(part)).some(role => role.id === id)) return part;
    }
    return -1;
  }

  /** @param {"same" | "failed" | "done"} text @param {Record<string, string>} values */
  function tell(text, values = {}) {
    status.textContent = fill(status.dataset[text] ?? "", values);
  }

  /** @param {string} id @returns {Promise<RoleJson>} */
  function read(id) {
    return load(addresses.get(id) ?? "");
  }

  /** The roles of a part of the list. @param {number} part @returns {Promise<Role[]>} */
  async function readList(part) {
    const { address } = lists[part];
    /** @type {RoleList} */
    const { folder, roles } = await load(address);
    return roles.map(entry => {
      const [title, id = slug(title), facts = `${folder}${id}/compare.json`] = [entry].flat();
      addresses.set(id, new URL(facts, address).href);
      return { id, title };
    });
  }

  /** The id of a role that is called like its title. @param {string} title */
  function slug(title) {
    return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  /** What is at an address, asked for once. @param {string} address @returns {Promise<any>} */
  function load(address) {
    const before = known.get(address);
    if (before) return before;
    const answer = fetch(address).then(answer => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    });
    known.set(address, answer);
    // What failed is asked for again.
    answer.catch(() => known.delete(address));
    return answer;
  }

  /**
   * An address of the JSON of a role, from where that was found: the site may lie elsewhere than the JSON says.
   * @param {string} url @param {RoleJson["role"]} role
   */
  function here(url, role) {
    const from = role.url.replace(/\.html$/, "/").split("/");
    const to = url.split("/");
    if (to[0]) return url;
    while (to.length > 1 && from.length > 1 && from[0] === to[0]) {
      from.shift();
      to.shift();
    }
    return new URL(`./${"../".repeat(from.length - 1)}${to.join("/")}`, addresses.get(role.id)).href;
  }

  /** @param {RoleJson} a @param {RoleJson} b */
  function show(a, b) {
    const part = /** @type {DocumentFragment} */ (empty.content.cloneNode(true));
    const titles = { a: a.role.title, b: b.role.title };
    const heading = find(part, "h2");
    heading.textContent = fill(heading.textContent, titles);
    for (const [at, link] of part.querySelectorAll("thead a").entries()) {
      const { role } = [a, b][at];
      /** @type {HTMLAnchorElement} */ (link).href = here(role.url, role);
      link.textContent = role.title;
    }
    find(part, "tbody").append(...rows(a.facts, b.facts).map(pair => row(pair, [a, b])));
    const shared = a.skills.flatMap(skill => {
      const other = b.skills.find(({ id }) => id === skill.id);
      return other ? [ofBoth(skill, other, titles)] : [];
    });
    list(find(part, "[data-skills=both]"), shared, "");
    showOwn(part, "a", a, b);
    showOwn(part, "b", b, a);
    for (const columns of part.querySelectorAll(".compare-columns")) {
      if (columns.children.length) continue;
      columns.previousElementSibling?.remove();
      columns.remove();
    }
    result.replaceChildren(part);
    result.hidden = false;
    tell("done", titles);
  }

  /**
   * The skills and duties of a role that the other one does not have.
   * @param {DocumentFragment} part @param {Side} side @param {RoleJson} own @param {RoleJson} other
   */
  function showOwn(part, side, own, other) {
    const skills = own.skills.filter(skill => !other.skills.some(({ id }) => id === skill.id));
    list(find(part, `[data-skills=${side}]`), skills, own.role.title);
    const duties = own.role.responsibilities.filter(duty => !other.role.responsibilities.includes(duty));
    list(find(part, `[data-duties=${side}]`), duties.map(plain), own.role.title);
  }

  /**
   * The facts of both in one order, as the pages that are ready have them.
   * @param {Fact[]} a @param {Fact[]} b @returns {(Fact | null)[][]}
   */
  function rows(a, b) {
    const rest = [...b];
    /** @type {(Fact | null)[][]} */
    const all = [];
    for (const fact of a) {
      const at = rest.findIndex(({ id }) => id === fact.id);
      if (at > 0) all.push(...rest.splice(0, at).map(other => [null, other]));
      all.push([fact, at < 0 ? null : rest.shift() ?? null]);
    }
    return [...all, ...rest.map(other => [null, other])];
  }

  /** @param {(Fact | null)[]} pair @param {RoleJson[]} both */
  function row(pair, both) {
    const tr = document.createElement("tr");
    add(tr, "th", (pair[0] ?? pair[1])?.label ?? "").scope = "row";
    for (const [at, fact] of pair.entries()) {
      const cell = add(tr, "td", fact ? "" : "–");
      if (fact) fillCell(cell, fact, both[at].role);
    }
    return tr;
  }

  /** @param {HTMLElement} cell @param {Fact} fact @param {RoleJson["role"]} role */
  function fillCell(cell, { text, note, claim }, role) {
    add(cell, "span", text).className = "compare-fact";
    if (note) {
      cell.append(" ");
      add(cell, "span", note).className = "note";
    }
    if (!claim?.text) return;
    const [before, after = ""] = said.source.split("{source}");
    const block = add(cell, "p", before);
    block.className = "claim";
    if (claim.source?.url) add(block, "a", claim.text).href = here(claim.source.url, role);
    else block.append(claim.text);
    block.append(after);
  }

  /**
   * A skill of both. Where they want it in different ways, it is told what it is to each.
   * @param {Skill} skill @param {Skill} other @param {Record<Side, string>} titles
   */
  function ofBoth(skill, other, titles) {
    const isOptional = skill.importance === "optional" && other.importance === "optional";
    const standings = [skill, other].map(({ importance, one_of }) => {
      const optional = importance === "optional" && !isOptional ? said.optional : "";
      return [one_of, optional].filter(Boolean).join(said.list);
    });
    const told = standings.map((text, at) => text && fill(said.in, { role: titles[SIDES[at]], text }));
    const note = standings[0] === standings[1] ? standings[0] : told.filter(Boolean).join(said.parts);
    return { name: skill.name, importance: isOptional ? "optional" : "essential", one_of: note };
  }

  /**
   * Fills a heading and a list, or takes both away.
   * @param {HTMLElement} block @param {{ name: string, importance?: string, one_of?: string }[]} all
   * @param {string} role
   */
  function list(block, all, role) {
    if (!all.length) return block.remove();
    const heading = find(block, "h4");
    if (role) heading.textContent = fill(heading.textContent, { role });
    for (const { name, importance, one_of } of all) {
      const item = add(find(block, "ul"), "li", name);
      if (one_of) add(item, "span", ` ${one_of}`).className = "need-note";
      if (importance === "optional") add(item, "span", ` ${said.optional}`).className = "need-note";
    }
  }

  /** Texts are HTML in the JSON; what is shown of them is their words. @param {string} html */
  function plain(html) {
    return { name: new DOMParser().parseFromString(html, "text/html").body.textContent };
  }

  /** @param {Side} side */
  function choice(side) {
    return /** @type {HTMLSelectElement} */ (form.elements.namedItem(side));
  }

  /** The choice of a part of a long list. @param {Side} side @returns {HTMLSelectElement | null} */
  function part(side) {
    return form.querySelector(`[data-part-of=${side}]`);
  }

  /** @param {ParentNode} parent @param {string} selector */
  function find(parent, selector) {
    return /** @type {HTMLElement} */ (parent.querySelector(selector));
  }

  /** @param {string} text @param {Record<string, string>} values */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, key) => key in values ? values[key] : whole);
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Element} parent @param {Tag} tag @param {string} text
   */
  function add(parent, tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  }
})();
