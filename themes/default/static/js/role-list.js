// Filters and sorts a list of roles that falls into parts. All roles stand in files, one sequence for each order; an
// action loads one of them at most. What was chosen stands in the address.
(() => {
  /**
   * What the pay of several roles has in common. Pay of one `kind` compares.
   * @typedef {{ kind: number | null, period: string, notes: string[] }} SharedPay
   *
   * A role: title, address (0 where it follows from the title), categories, education as bits, growth, growth in words,
   * and if it has pay, the amount in words, the place of what it shares, and the amount by which it is sorted.
   * @typedef {[
   *   string, string | 0, number[], number, number | null, string | null,
   *   string | undefined, number | undefined, number | null | undefined,
   * ]} Role
   *
   * @typedef {object} File
   * @property {string} folder
   * @property {string} ending
   * @property {string[]} categories
   * @property {string[]} education
     * @property {SharedPay[]} pays
   * @property {Role[]} roles
   * @property {string} url
   *
   * @typedef {{ file: File, role: Role }} Found
   */

  const form = /** @type {HTMLDetailsElement} */ (document.querySelector(".role-filter"));
  const table = /** @type {HTMLTableElement} */ (document.querySelector(".role-table"));
  const words = /** @type {HTMLTemplateElement} */ (form?.querySelector(".role-files"));
  if (!form || !table || !words) return;

  /** How many roles are shown at once. */
  const step = 100;
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const letters = Array.from(table.tBodies);
  const own = Array.from(document.querySelectorAll(".jump, .pagination"));
  const heads = Array.from(table.tHead?.rows[0].cells ?? []);
  const payHead = heads.find(head => head.dataset.sort === "pay");
  const payWords = payHead?.textContent ?? "";
  const result = document.createElement("tbody");
  const more = document.createElement("button");
  const fields = /** @type {(HTMLSelectElement | HTMLInputElement)[]} */ (
    ["category", "education", "pay", "growth", "sort"].map(name => form.querySelector(`[name=${name}]`)).filter(Boolean)
  );
  const urls = Array.from(words.content.querySelectorAll("a"), link => (
    { order: link.dataset.order, href: new URL(link.getAttribute("href") ?? "", location.href).href }
  ));
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  /** @type {Map<string, Promise<File>>} */
  const loaded = new Map();
  /** Counts the choices, so that an answer to an older one is not shown. */
  let choice = 0;
  /** @type {File[]} */
  let read = [];
  /** @type {Found[]} */
  let found = [];
  /** What the head of the column of pay says of all of it. */
  let told = /** @type {string[]} */ ([]);

  more.type = "button";
  more.className = "button role-more";
  more.hidden = true;
  table.parentElement?.after(more);
  more.addEventListener("click", () => advance(choice));
  const asked = new URL(location.href).searchParams;
  for (const field of fields) {
    const value = asked.get(field.name);
    if (value) field.value = value;
    if (field instanceof HTMLSelectElement && field.selectedIndex === -1) field.selectedIndex = 0;
  }
  form.addEventListener("input", choose);
  /** @type {HTMLElement} */ (form.querySelector("button")).addEventListener("click", () => {
    for (const field of fields) field.value = "";
    choose();
  });
  form.hidden = false;
  if (fields.some(({ value }) => value)) {
    form.open = true;
    choose();
  }

  /** @param {string} name */
  function chosen(name) {
    return fields.find(field => field.name === name)?.value ?? "";
  }

  function choose() {
    const isChosen = fields.some(({ value }) => value);
    remember();
    read = [];
    found = [];
    result.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    choice++;
    for (const element of [...letters, ...own]) /** @type {HTMLElement} */ (element).hidden = isChosen;
    markHeads(isChosen);
    table.hidden = false;
    if (!isChosen) return result.remove();
    table.append(result);
    advance(choice);
  }

  /** Shows the next roles that fit; loads the next file where all of those before are shown. @param {number} now */
  async function advance(now) {
    const shown = result.rows.length;
    if (found.length === shown && !(await readNext(now))) return;
    show(now, shown);
  }

  /** @param {number} now @returns {Promise<boolean>} Whether nothing went wrong. */
  async function readNext(now) {
    const url = filesInOrder()[read.length];
    if (!url) return true;
    table.setAttribute("aria-busy", "true");
    try {
      const file = await load(url);
      if (now !== choice) return false;
      read.push(file);
      for (const role of file.roles) if (fits(file, role)) found.push({ file, role });
    } catch {
      loaded.delete(url);
      if (now === choice) {
        status.textContent = status.dataset.failed ?? "";
        more.textContent = words.dataset.more ?? "";
        more.hidden = false;
      }
      return false;
    } finally {
      table.removeAttribute("aria-busy");
    }
    return true;
  }

  function filesInOrder() {
    const order = chosen("sort") || "title";
    return urls.filter(url => url.order === order).map(({ href }) => href);
  }

  /** @param {string} url @returns {Promise<File>} */
  function load(url) {
    let file = loaded.get(url);
    if (!file) {
      file = fetch(url).then(async answer => {
        if (!answer.ok) throw new Error(answer.statusText);
        return { ...await answer.json(), url };
      });
      loaded.set(url, file);
    }
    return file;
  }

  /** @param {number} now @param {number} from */
  function show(now, from) {
    if (now !== choice || !read.length) return;
    if (!from) told = sharedNotes(found.slice(0, step));
    if (payHead) payHead.textContent = told.join(words.dataset.list) || words.dataset.pay || "";
    result.append(...found.slice(from, from + step).map(({ file, role }) => rowOf(file, role)));
    const files = filesInOrder();
    const count = Number(status.dataset.count);
    const inFiles = read.reduce((sum, { roles }) => sum + roles.length, 0);
    const isWhole = read.length === files.length;
    table.hidden = !found.length;
    more.hidden = isWhole && result.rows.length === found.length;
    const isShort = result.rows.length < found.length;
    const next = Math.min(read[0].roles.length, count - inFiles);
    more.textContent = isShort ? words.dataset.more ?? "" : fill(words.dataset.next, { next, count });
    status.textContent = isWhole
      ? (found.length ? fill(status.dataset.shown, { shown: found.length }) : status.dataset.none ?? "")
      : fill(status.dataset.part, { shown: found.length, read: inFiles, count });
  }

  /** @param {string | undefined} text @param {Record<string, number>} values */
  function fill(text, values) {
    return (text ?? "").replace(/\{(\w+)\}/g, (whole, key) => key in values ? numbers.format(values[key]) : whole);
  }

  /** @param {File} file @param {Role} role */
  function fits(file, [, , categories, education, growth, , , kind, amount]) {
    const [category, level, least, change] = ["category", "education", "pay", "growth"].map(chosen);
    if (category && !categories.some(at => file.categories[at] === category)) return false;
    if (level && !(education >> file.education.indexOf(level) & 1)) return false;
    if (least && !(file.pays[kind ?? -1]?.kind === 0 && (amount ?? NaN) >= Number(least))) return false;
    return !change || (change === "up" ? (growth ?? 0) > 0 : (growth ?? 0) < 0);
  }

  /** The notes that the pay of all these roles has, for the head of the column. @param {Found[]} some */
  function sharedNotes(some) {
    const notes = some.flatMap(({ file, role: [, , , , , , , kind] }) => file.pays[kind ?? -1] ?? []);
    return notes[0]?.notes.filter(note => notes.every(other => other.notes.includes(note))) ?? [];
  }

  /** @param {File} file @param {Role} role */
  function rowOf(file, [title, address, categories, education, , growth, pay, kind]) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    const line = element("span", "role-line", "");
    const link = document.createElement("a");
    const taught = file.education.filter((_, at) => education >> at & 1).map(nameOfLevel);
    const about = [...categories.map(at => file.categories[at]), taught.join(", ")];
    head.scope = "row";
    link.textContent = title;
    link.href = new URL(address || file.folder + slug(title) + file.ending, file.url).href;
    line.append(link, " ", element("span", "note", about.filter(Boolean).join(" · ")));
    head.append(line);
    row.append(head);
    for (const { dataset: { sort } } of heads) {
      if (sort === "pay") row.append(payOf(pay, file.pays[kind ?? -1]));
      if (sort === "growth") row.append(element("td", "num", growth ?? ""));
    }
    return row;
  }

  /** @param {string | undefined} amount @param {SharedPay | undefined} shared */
  function payOf(amount, shared) {
    const cell = element("td", "num", "");
    if (amount === undefined || !shared) return cell;
    const withPeriod = (words.dataset.withPeriod ?? "").replace("{pay}", amount).replace("{period}", shared.period);
    cell.append(element("span", "pay-amount", told.includes(shared.period) ? amount : withPeriod));
    const notes = shared.notes.filter(note => note !== shared.period && !told.includes(note));
    if (notes.length) cell.append(" ", element("span", "note", notes.join(words.dataset.list)));
    return cell;
  }

  /** The word of the form for a level of education. @param {string} level */
  function nameOfLevel(level) {
    const options = /** @type {HTMLOptionElement[]} */ ([...form.querySelectorAll("[name=education] option")]);
    return options.find(option => option.value === level)?.textContent ?? level;
  }

  /** The last part of an address, as titles of plain letters make it. @param {string} title */
  function slug(title) {
    return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  /** @param {string} name @param {string} className @param {string} text */
  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  /** @param {boolean} isChosen */
  function markHeads(isChosen) {
    const by = chosen("sort");
    for (const head of heads) {
      if (isChosen && head.dataset.sort === by) head.setAttribute("aria-sort", by ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    if (!isChosen && payHead) payHead.textContent = payWords;
  }

  function remember() {
    const url = new URL(location.href);
    for (const { name, value } of fields) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    if (url.href !== location.href) history.replaceState(null, "", url);
  }
})();
