// Filters and sorts the table of all roles. All of it stands in the page; what was chosen stands in the address.
(() => {
  /**
   * A role, as its row in the table says it.
   * @typedef {object} Role
   * @property {HTMLTableRowElement} row
   * @property {number} at Its place in the alphabet.
   * @property {Element} letter The part of the table that it stands in.
   * @property {string | undefined} kind What its pay must share with that of others to be compared.
   * @property {number} pay NaN when it is not known.
   * @property {number} growth
   *
   * @typedef {"pay" | "growth"} Figure
   */

  const form = /** @type {HTMLDetailsElement} */ (document.querySelector(".role-filter"));
  const table = /** @type {HTMLTableElement} */ (document.querySelector(".role-table"));
  if (!form || !table) return;

  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const jump = /** @type {HTMLElement | null | undefined} */ (form.parentElement?.querySelector(".jump"));
  const heads = Array.from(table.tHead?.rows[0].cells ?? []);
  const letters = Array.from(table.tBodies);
  const sorted = document.createElement("tbody");
  const roles = Array.from(table.querySelectorAll("tr[data-category]"), roleOf);
  const fields = {
    category: select("category"),
    education: select("education"),
    pay: /** @type {HTMLInputElement} */ (form.querySelector("[name=pay]")),
    growth: select("growth"),
    sort: select("sort"),
  };
  const named = Object.entries(fields);
  // Dollars and euros do not compare: with both there is no order of pay. Base pay and total pay do not either, but
  // each has its own order: what most roles have comes first, and is what "at least" is about.
  const kinds = kindsOfPay();
  const currencies = new Set(kinds.map(kind => kind.split("/")[0]));
  /** What the table is sorted by: nothing is the alphabet. */
  let order = "";

  for (const kind of kinds) comparePay(kind);
  removeIdleChoices();
  const asked = new URL(location.href).searchParams;
  for (const [name, field] of named) {
    const value = asked.get(name);
    if (value && !labelOf(field).hidden) field.value = value;
    if (field instanceof HTMLSelectElement && field.selectedIndex === -1) field.selectedIndex = 0;
  }
  form.addEventListener("input", show);
  /** @type {HTMLElement} */ (form.querySelector("button")).addEventListener("click", () => {
    for (const [, field] of named) field.value = "";
    show();
  });
  if (named.some(([, field]) => field.value)) form.open = true;
  form.hidden = false;
  show();

  /** @param {Element} element @param {number} at @returns {Role} */
  function roleOf(element, at) {
    const row = /** @type {HTMLTableRowElement} */ (element);
    const letter = /** @type {Element} */ (row.parentElement);
    const { kind, unit, pay, growth } = row.dataset;
    return { row, at, letter, kind: kind || unit, pay: number(pay), growth: number(growth) };
  }

  /** The kinds of pay, first what most roles have. */
  function kindsOfPay() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { kind } of roles) if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return [...counts].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1)).map(([kind]) => kind);
  }

  /** An hour's pay and a year's compare as pay of a year. @param {string} kind */
  function comparePay(kind) {
    const own = roles.filter(role => role.kind === kind);
    const isMixed = own.some(({ row }) => row.dataset.unit !== own[0].row.dataset.unit);
    if (isMixed) for (const role of own) role.pay = number(role.row.dataset.payYear);
    if (kind === kinds[0]) tellUnit(own[0].row.dataset, isMixed);
  }

  /** @param {DOMStringMap} own @param {boolean} perYear */
  function tellUnit({ unit = "", period = "" }, perYear) {
    const note = /** @type {HTMLElement | null} */ (form.querySelector("[data-words]"));
    if (!note) return;
    const { words = "", year = "" } = note.dataset;
    /** @type {Record<string, string>} */
    const values = { currency: unit.split("/")[0], period: perYear ? year : period };
    note.textContent = words.replace(/\{(\w+)\}/g, (whole, key) => values[key] || whole);
  }

  /** Takes away what nobody can choose: what no role offers, and what pays that do not compare would be sorted by. */
  function removeIdleChoices() {
    for (const option of [...fields.category.options]) {
      if (option.value && !roles.some(({ row }) => categoriesOf(row).includes(option.value))) option.remove();
    }
    for (const option of [...fields.education.options]) {
      if (option.value && !roles.some(({ row }) => hasEducation(row, option.value))) option.remove();
    }
    labelOf(fields.category).hidden = fields.category.options.length < 3;
    labelOf(fields.education).hidden = fields.education.options.length < 2;
    offer("pay", currencies.size === 1);
    offer("growth", roles.some(({ growth }) => !isNaN(growth)));
  }

  /** @param {Figure} figure @param {boolean} isOffered */
  function offer(figure, isOffered) {
    labelOf(fields[figure]).hidden = !isOffered;
    if (!isOffered) fields.sort.querySelector(`[value=${figure}]`)?.remove();
  }

  function show() {
    let shown = 0;
    for (const role of roles) {
      role.row.hidden = !fits(role);
      if (!role.row.hidden) shown++;
    }
    sort(fields.sort.value);
    if (!fields.sort.value) {
      for (const letter of letters) letter.hidden = !letter.querySelector("tr[data-category]:not([hidden])");
    }
    table.hidden = !shown;
    const count = shown.toLocaleString(document.documentElement.lang);
    status.textContent = (shown ? status.dataset.shown?.replace("{shown}", count) : status.dataset.none) ?? "";
    remember();
  }

  /**
   * The categories of a role.
   * @param {HTMLElement} row
   * @returns {string[]}
   */
  function categoriesOf(row) {
    return row.dataset.category?.split(" | ") ?? [];
  }

  /** @param {Role} role */
  function fits({ row, kind, pay, growth }) {
    if (fields.category.value && !categoriesOf(row).includes(fields.category.value)) return false;
    if (fields.education.value && !hasEducation(row, fields.education.value)) return false;
    if (fields.pay.value && !(kind === kinds[0] && pay >= Number(fields.pay.value))) return false;
    if (!fields.growth.value) return true;
    return fields.growth.value === "up" ? growth > 0 : growth < 0;
  }

  /**
   * By a figure, the highest first; what has none comes last, and of equal ones the first in the alphabet is the first.
   * @param {string} by
   */
  function sort(by) {
    if (by === order) return;
    order = by;
    for (const letter of letters) letter.hidden = Boolean(by);
    if (jump) jump.hidden = Boolean(by);
    if (by === "pay" || by === "growth") {
      sorted.append(...sortedBy(by).map(({ row }) => row));
      table.append(sorted);
    } else {
      for (const { letter, row } of roles) letter.append(row);
      sorted.remove();
    }
    for (const head of heads) {
      if (head.dataset.sort === by) head.setAttribute("aria-sort", by ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  /** @param {Figure} by */
  function sortedBy(by) {
    const value = (/** @type {Role} */ role) => isNaN(role[by]) ? -Infinity : role[by];
    const rank = (/** @type {Role} */ { kind }) => {
      if (by !== "pay") return 0;
      return kind ? kinds.indexOf(kind) : kinds.length;
    };
    return [...roles].sort((a, b) => {
      if (rank(a) !== rank(b)) return rank(a) - rank(b);
      return value(a) === value(b) ? a.at - b.at : value(b) - value(a);
    });
  }

  function remember() {
    const url = new URL(location.href);
    for (const [name, { value }] of named) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    if (url.href !== location.href) history.replaceState(null, "", url);
  }

  /** @param {HTMLElement} row @param {string} level */
  function hasEducation(row, level) {
    return (row.dataset.education ?? "").split(" ").includes(level);
  }

  /** @param {string | undefined} text */
  function number(text) {
    return text === undefined ? NaN : Number(text);
  }

  /** @param {string} name */
  function select(name) {
    return /** @type {HTMLSelectElement} */ (form.querySelector(`[name=${name}]`));
  }

  /** @param {HTMLElement} field */
  function labelOf(field) {
    return /** @type {HTMLElement} */ (field.parentElement);
  }
})();
