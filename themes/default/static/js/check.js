// "Where am I?": which level fits what is ticked, and what is missing for the next. The ticks stay in this browser.
(() => {
  /**
   * A level of the ladder, as its checklist stands in the page.
   * @typedef {object} Level
   * @property {HTMLFieldSetElement} field
   * @property {string} title
   * @property {HTMLElement} count Tells how much of it is ticked.
   * @property {HTMLInputElement[]} boxes What it asks for on top of the level before it.
   * @property {string[]} drops Ids of skills that it no longer asks for.
   * @property {Level | null} before
   * @property {Level[]} next
   */

  const form = /** @type {HTMLElement} */ (document.querySelector(".check"));
  // A page may do without what is generated.
  if (!form) return;

  const said = /** @type {Record<string, string>} */ (form.dataset);
  const key = `where-am-i:${said.role}`;
  const says = part(".check-says");
  const boxes = boxesIn(form);
  const levels = Array.from(form.querySelectorAll("fieldset"), levelOf);

  for (const level of levels) {
    const ids = words(level.field.dataset.next);
    level.next = levels.filter(other => ids.includes(other.field.id));
    for (const other of level.next) other.before ??= level;
  }
  form.addEventListener("change", () => {
    store();
    show();
  });
  part("button").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    store();
    show();
    // The button goes with the result.
    boxes[0].focus();
  });
  // Also when the browser brings the page back with ticks of its own.
  addEventListener("pageshow", () => {
    restore();
    show();
  });

  /** @param {HTMLFieldSetElement} field @returns {Level} */
  function levelOf(field) {
    const legend = /** @type {HTMLElement} */ (field.querySelector("legend"));
    const title = legend.textContent.trim();
    const count = document.createElement("span");
    count.className = "note num";
    legend.append(" ", count);
    return { field, title, count, boxes: boxesIn(field), drops: words(field.dataset.drops), before: null, next: [] };
  }

  /**
   * All that a level asks for, those below it included: what it raises and drops is not asked for as it was below.
   * @param {Level} level @returns {HTMLInputElement[]}
   */
  function asked(level) {
    if (!level.before) return level.boxes;
    const gone = [...level.drops, ...level.boxes.flatMap(skills)];
    const kept = asked(level.before).filter(box => !skills(box).some(id => gone.includes(id)));
    return [...kept, ...level.boxes];
  }

  /** A skill to a higher standard is also the skill to a lower one. @param {HTMLInputElement} box */
  function has(box) {
    if (box.checked) return true;
    const own = skills(box).join();
    return boxes.slice(boxes.indexOf(box) + 1).some(other => other.checked && own && own === skills(other).join());
  }

  /** @param {Level} level */
  function missing(level) {
    return asked(level).filter(box => !("optional" in box.dataset) && !has(box));
  }

  /** @param {Level} level */
  function fits(level) {
    return level.boxes.length > 0 && missing(level).length === 0;
  }

  /** @param {Level} level @returns {Level[]} */
  function above({ next }) {
    return next.flatMap(level => [level, ...above(level)]);
  }

  /**
   * The levels to reach next; one that asks for nothing of its own is stepped over.
   * @param {Level[]} nexts @returns {Level[]}
   */
  function reach(nexts) {
    return nexts.flatMap(level => level.boxes.length ? [level] : reach(level.next));
  }

  function show() {
    const best = levels.filter(level => fits(level) && !above(level).some(fits));
    const next = reach(best.length ? best.flatMap(level => level.next) : levels.filter(level => !level.before));
    for (const level of levels) {
      const done = level.boxes.filter(has).length;
      level.count.textContent = done ? fill(said.count, { done, all: level.boxes.length }) : "";
      level.field.classList.toggle("fits", best.includes(level));
    }
    // Nothing is said before there is a tick.
    const none = !boxes.some(box => box.checked);
    const text = none ? "" : verdict(best, next);
    // Said anew only when it changes.
    if (says.textContent !== text) says.textContent = text;
    part(".check-result").hidden = none;
    part(".check-missing").replaceChildren(...Array.from(new Set(next), gap));
  }

  /** @param {Level[]} best @param {Level[]} next */
  function verdict(best, next) {
    if (!best.length) return said.none;
    return fill(next.length ? said.fits : said.top, { level: best.map(level => level.title).join(", ") });
  }

  /** What is missing for a level. @param {Level} level */
  function gap(level) {
    const block = document.createElement("div");
    const heading = add(block, "p", "");
    const list = add(block, "ul", "");
    heading.className = "label";
    list.className = "list";
    add(heading, "a", fill(said.missing, { level: level.title })).href = `#${level.field.id}`;
    for (const box of missing(level)) {
      const words = /** @type {Element} */ (box.nextElementSibling);
      add(list, "li", "").append(words.cloneNode(true));
    }
    return block;
  }

  function store() {
    const ticked = boxes.filter(box => box.checked).map(name);
    try {
      if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
      else localStorage.removeItem(key);
    } catch { /* not kept */ }
  }

  function restore() {
    /** @type {unknown} */
    let ticked = [];
    try {
      ticked = JSON.parse(localStorage.getItem(key) ?? "");
    } catch { /* nothing kept */ }
    for (const box of boxes) box.checked = Array.isArray(ticked) && ticked.includes(name(box));
  }

  /** Ticks are kept by the words beside them: another text is another thing to tick. @param {HTMLInputElement} box */
  function name(box) {
    const label = /** @type {HTMLElement} */ (box.parentElement);
    return `${box.closest("fieldset")?.id} ${label.textContent.replace(/\s+/g, " ").trim()}`;
  }

  /** @param {HTMLInputElement} box */
  function skills(box) {
    return words(box.dataset.skills);
  }

  /** @param {string | undefined} text */
  function words(text) {
    return (text ?? "").split(" ").filter(Boolean);
  }

  /** @param {string} selector */
  function part(selector) {
    return /** @type {HTMLElement} */ (form.querySelector(selector));
  }

  /** @param {Element} element @returns {HTMLInputElement[]} */
  function boxesIn(element) {
    return Array.from(element.querySelectorAll("input[type=checkbox]"));
  }

  /** @param {string} text @param {Record<string, string | number>} values */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, key) => key in values ? String(values[key]) : whole);
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
