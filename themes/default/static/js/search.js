// Search: words come in, the files of the index that they need are fetched, results are shown as one types. The index's
// files and how words are folded are described in docs/machines.md and in src/search of Rungs; the two must not differ.
(() => {
  /**
   * The list of the index.
   * @typedef {object} List
   * @property {string[]} kinds
   * @property {string[]} categories
   * @property {string} kind For each page the number of its kind, a digit each.
   * @property {string} category For each page the number of its category, two digits each.
   * @property {number} size How many pages a file has.
   * @property {string[]} names The first word of each file of names, and of texts.
   * @property {string[]} text
   *
   * A word of the index, with the pages that it is on as a text (see `decode`).
   * @typedef {{ isExact: boolean, pages: string }} Entry
   *
   * What was found: a page, how well it fits, and how many of the words it has.
   * @typedef {{ page: number, score: number, words: number }} Found
   *
   * A page as the index has it: its address, its title, its description, what it is about.
   * @typedef {[string, string, string, string]} Row
   */

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const DENSE = "\\u0E00-\\u0EFF\\u3040-\\u30FF\\u3400-\\u9FFF\\uF900-\\uFAFF";
  /** @type {Record<string, string>} */
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ" };
  // A word as it is written: accents may follow its letters.
  const WRITTEN = new RegExp(
    `[${DENSE}]\\p{M}*|(?:(?![${DENSE}])[\\p{L}\\p{N}]|[\\p{M}\\u00AD])+(?:\\+\\+|#)?`,
    "gu",
  );
  // How many files of a sort one beginning of a word may need, and how many results are shown at once.
  const MOST_FILES = 4;
  const SHOWN = 10;
  // What a word counts on a page, by its weight there: in the names of a page, and in its text.
  const NAMES = [0, 8, 22, 30];
  const TEXT = [0, 2, 3, 6];

  /** @type {NodeListOf<HTMLElement>} */
  const roots = document.querySelectorAll("[data-search]");
  for (const root of roots) {
    if (root.dataset.started) continue;
    root.dataset.started = "yes";
    start(root);
  }

  /** @param {HTMLElement} root */
  function start(root) {
    const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    const kinds = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
    const category = /** @type {HTMLSelectElement} */ (form.querySelector("select"));
    const categoryLabel = /** @type {HTMLElement} */ (category.parentElement);
    const count = /** @type {HTMLElement} */ (root.querySelector(".search-count"));
    const results = /** @type {HTMLElement} */ (root.querySelector("ol"));
    const more = /** @type {HTMLElement} */ (root.querySelector(".search-more"));
    // The page of search, and no dialog: what is looked for is in its address.
    const isOwnPage = !root.dataset.index;
    const address = root.dataset.index || linkedIndex();
    const index = indexAt(address);
    /** Texts to look for in pages as soon as their results are in sight. @type {WeakMap<Element, () => void>} */
    const looks = new WeakMap();
    const near = new IntersectionObserver(entries => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        looks.get(target)?.();
      }
    });
    // How often something was asked: an answer may come too late.
    let turns = 0;
    /** @type {Found[]} */
    let shown = [];
    /** @type {string[]} */
    let words = [];
    /** @type {List} */
    let list;
    // What the address chooses, until there are choices.
    let wanted = { kind: "", category: "" };
    let waiting = 0;

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 60);
    });
    form.addEventListener("change", event => {
      if (event.target === input || !list) return;
      turns++;
      showChoices(shown);
      show();
    });
    form.addEventListener("submit", event => {
      if (isOwnPage) event.preventDefault();
    });
    root.addEventListener("keydown", moveFocus);
    root.hidden = false;
    if (isOwnPage) {
      const query = new URL(location.href).searchParams;
      input.value = query.get("q") ?? "";
      wanted = { kind: query.get("kind") ?? "", category: query.get("category") ?? "" };
      if (input.value) search();
      else input.focus();
    }

    async function search() {
      const turn = ++turns;
      words = wordsOf(input.value);
      if (!words.length) return showNothing();
      try {
        list = await index.list();
        const found = await find(index, list, words, wholeOf(input.value));
        if (turn !== turns) return;
        shown = found;
        showChoices(found);
        show();
      } catch {
        if (turn === turns) failed();
      }
    }

    function failed() {
      count.textContent = count.dataset.failed ?? "";
    }

    function showNothing() {
      shown = [];
      kinds.hidden = categoryLabel.hidden = more.hidden = true;
      results.replaceChildren();
      count.textContent = "";
      remember();
    }

    function show() {
      results.replaceChildren();
      near.disconnect();
      const kind = chosenKind();
      const field = category.value;
      const fits = (/** @type {Found} */ one) =>
        (!kind || nameOfKind(one) === kind) && (!field || nameOfCategory(one) === field);
      const some = shown.filter(fits);
      const told = some.length ? count.dataset.found?.replace("{count}", `${some.length}`) : count.dataset.none;
      count.textContent = words.length ? told ?? "" : "";
      showMore(some, turns);
      remember();
    }

    /** Shows further results; gives the first of them. @param {Found[]} some @param {number} turn */
    async function showMore(some, turn) {
      const before = results.children.length;
      const part = some.slice(before, before + SHOWN);
      try {
        const rows = await Promise.all(part.map(({ page }) => index.page(page, list.size)));
        if (turn !== turns) return null;
        const items = rows.map((row, at) => showResult(row, part[at]));
        more.hidden = results.children.length >= some.length;
        more.onclick = async () => (await showMore(some, turn))?.querySelector("a")?.focus();
        return items[0];
      } catch {
        failed();
        return null;
      }
    }

    /** @param {Row} row @param {Found} found */
    function showResult([url, title, description, about], found) {
      const item = make("li", "", results);
      const link = mark(title, words, make("a", "", item));
      link.href = new URL(url, address).href;
      const field = nameOfCategory(found);
      const notes = [nameOfKind(found), title.startsWith(about) ? "" : about, field === title ? "" : field];
      make("p", notes.filter(Boolean).join(" · "), item).className = "note";
      const excerpt = mark(description, words, make("p", "", item));
      if (hits(`${title} ${description}`, words) < words.length) {
        looks.set(item, () => look(link.href, excerpt));
        near.observe(item);
      }
      return item;
    }

    /**
     * What was found is in the text of a page: the page itself is asked for the passage. Who opens it then has it
     * already.
     * @param {string} href @param {HTMLElement} excerpt
     */
    function look(href, excerpt) {
      const turn = turns;
      setTimeout(async () => {
        if (turn !== turns || !excerpt.isConnected) return;
        try {
          const answer = await fetch(href);
          const html = answer.ok ? await answer.text() : "";
          if (turn === turns && html) quote(new DOMParser().parseFromString(html, "text/html"), href, excerpt);
        } catch { /* The description stays. */ }
      }, 200);
    }

    /**
     * Shows the passage of a page that fits best.
     * @param {Document} page @param {string} href @param {HTMLElement} excerpt
     */
    function quote(page, href, excerpt) {
      const best = passage(page, words);
      if (!best) return;
      excerpt.replaceChildren();
      if (best.heading) {
        make("a", best.heading.text, excerpt).href = `${href}#${encodeURIComponent(best.heading.id)}`;
        if (best.text === best.heading.text) return;
        excerpt.append(": ");
      }
      mark(around(best.text, words), words, excerpt);
    }

    /** The choices that lead to results, with how many; what was chosen stays. @param {Found[]} found */
    function showChoices(found) {
      const kind = chosenKind();
      const field = category.value || wanted.category;
      const hadFocus = kinds.contains(document.activeElement);
      wanted = { kind: "", category: "" };
      const inField = found.filter(one => !field || nameOfCategory(one) === field);
      for (const label of kinds.querySelectorAll("label")) label.remove();
      addKind("", inField.length);
      for (const [kind, name] of list.kinds.entries()) {
        addKind(name, inField.filter(one => kindOf(one) === kind).length);
      }
      while (category.options.length > 1) category.remove(1);
      for (const [number, name] of list.categories.entries()) {
        if (!name || (name !== field && !found.some(one => categoryOf(one) === number))) continue;
        category.add(new Option(name, name, false, name === field));
      }
      kinds.hidden = !found.length;
      categoryLabel.hidden = category.options.length < 3 && !field;

      /** @param {string} name @param {number} number */
      function addKind(name, number) {
        if (!number && name && name !== kind) return;
        const label = make("label", "", kinds);
        const radio = make("input", "", label);
        radio.type = "radio";
        radio.name = "kind";
        radio.value = name;
        radio.checked = name === kind;
        label.append(name || category.options[0].textContent, " ");
        make("span", String(number), label);
        if (radio.checked && hadFocus) radio.focus();
      }
    }

    function chosenKind() {
      const radio = /** @type {HTMLInputElement | null} */ (kinds.querySelector("input:checked"));
      return radio ? radio.value : wanted.kind;
    }

    /** @param {Found} found */
    function kindOf({ page }) {
      return DIGITS.indexOf(list.kind[page]);
    }

    /** @param {Found} found */
    function nameOfKind(found) {
      return list.kinds[kindOf(found)];
    }

    /** @param {Found} found */
    function categoryOf({ page }) {
      return DIGITS.indexOf(list.category[page * 2]) + 64 * DIGITS.indexOf(list.category[page * 2 + 1]);
    }

    /** @param {Found} found */
    function nameOfCategory(found) {
      return list.categories[categoryOf(found)];
    }

    /** On the page of search, what is looked for is in the address. */
    function remember() {
      if (!isOwnPage) return;
      const url = new URL(location.href);
      const values = { q: input.value.trim(), kind: chosenKind(), category: category.value };
      for (const [name, value] of Object.entries(values)) {
        if (value) url.searchParams.set(name, value);
        else url.searchParams.delete(name);
      }
      if (url.href !== location.href) history.replaceState(null, "", url);
    }

    /** Up and down lead from result to result. @param {KeyboardEvent} event */
    function moveFocus(event) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (/^(SELECT|BUTTON)$/.test(target.tagName) || target.type === "radio") return;
      /** @type {(HTMLElement | null | undefined)[]} */
      const stops = [input, .../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("li > a"))];
      const item = target.closest("li");
      const at = item ? stops.indexOf(item.querySelector("a")) : 0;
      const next = stops[event.key === "ArrowDown" ? at + 1 : at - 1];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  }

  /** Where the index of this page is. */
  function linkedIndex() {
    const link = document.querySelector('link[rel="alternate"][type="application/json"]');
    return /** @type {HTMLLinkElement} */ (link).href;
  }

  /** The index: files are fetched when they are needed, each once. @typedef {ReturnType<typeof indexAt>} Index */

  /** @param {string} address */
  function indexAt(address) {
    /** @type {Map<string, Promise<any>>} */
    const files = new Map();
    return { list, page, words };

    /** @returns {Promise<List>} */
    function list() {
      return get("index");
    }

    /** @param {number} number @param {number} size @returns {Promise<Row>} */
    async function page(number, size) {
      const rows = await get(`pages-${Math.floor(number / size)}`);
      return rows[number % size];
    }

    /**
     * The words that begin so, or, if it must be exact, the one that is so.
     * @param {"names" | "text"} sort @param {string[]} firsts @param {string} start @param {boolean} exact
     * @returns {Promise<Entry[]>}
     */
    async function words(sort, firsts, start, exact) {
      const first = Math.max(0, firsts.findLastIndex(first => first <= start));
      const names = [`${sort}-${first}`];
      for (let at = first + 1; at < firsts.length && firsts[at].startsWith(start); at++) names.push(`${sort}-${at}`);
      const wanted = firsts.length ? names.slice(0, exact ? 1 : MOST_FILES) : [];
      const found = await Promise.all(wanted.map(get));
      return found.flatMap(file => Object.keys(file)
        .filter(word => exact ? word === start : word.startsWith(start))
        .map(word => ({ isExact: word === start, pages: file[word] })));
    }

    /** @param {string} name */
    function get(name) {
      const file = files.get(name) ?? load(name);
      files.set(name, file);
      return file;
    }

    /** @param {string} name */
    async function load(name) {
      try {
        // A host may tell browsers to keep files for a while, but files of two builds do not go together: it is asked
        // again.
        const answer = await fetch(new URL(`${name}.json`, address), { cache: "no-cache" });
        if (!answer.ok) throw new Error(name);
        return await answer.json();
      } catch (error) {
        files.delete(name);
        throw error;
      }
    }
  }

  /**
   * Pages with all words, or, if there are none, those with any; first those whose name is what is looked for, then the
   * best.
   * @param {Index} index @param {List} list @param {string[]} words @param {string} whole
   */
  async function find(index, list, words, whole) {
    const [names, ...all] = await Promise.all([
      pagesNamed(index, list, whole),
      ...words.map(word => pagesOf(index, list, word)),
    ]);
    /** @type {Map<number, Found>} */
    const sums = new Map();
    for (const page of names.keys()) sums.set(page, { page, score: 0, words: 0 });
    for (const [page, score] of all.flatMap(pages => [...pages])) {
      const sum = sums.get(page) ?? { page, score: 0, words: 0 };
      sum.score += score;
      sum.words++;
      sums.set(page, sum);
    }
    const found = [...sums.values()];
    const withAll = found.filter(sum => sum.words === words.length);
    const name = (/** @type {Found} */ { page }) => names.get(page) ?? 0;
    // Of a guide, an article and a list of one name, the guide comes first.
    const kind = (/** @type {Found} */ sum) => name(sum) ? DIGITS.indexOf(list.kind[sum.page]) : 0;
    return (withAll.length ? withAll : found).sort((a, b) =>
      b.words - a.words || name(b) - name(a) || kind(a) - kind(b) || b.score - a.score || a.page - b.page);
  }

  /**
   * The pages that are called so, with how well it is their name: 3 their title, 2 another name of what they are about.
   * @param {Index} index @param {List} list @param {string} whole
   */
  async function pagesNamed(index, list, whole) {
    /** @type {Map<number, number>} */
    const pages = new Map();
    for (const entry of await index.words("names", list.names, whole, true)) {
      for (const [page, weight] of decode(entry.pages)) pages.set(page, weight);
    }
    return pages;
  }

  /**
   * The pages that one word is on, with how well it fits.
   * @param {Index} index @param {List} list @param {string} word
   */
  async function pagesOf(index, list, word) {
    const [inNames, inText] = await Promise.all([
      index.words("names", list.names, word, false),
      index.words("text", list.text, word, word.length < 2),
    ]);
    const pages = scores(inNames, NAMES, list.kind.length);
    // A page that names a thing and writes of it fits better than one that does either.
    for (const [page, score] of scores(inText, TEXT, list.kind.length)) {
      pages.set(page, score + (pages.get(page) ?? 0));
    }
    return pages;
  }

  /**
   * For each page the best that one of the words counts there: the rarer, the more.
   * @param {Entry[]} entries @param {number[]} weights @param {number} most How many pages there are.
   */
  function scores(entries, weights, most) {
    /** @type {Map<number, number>} */
    const pages = new Map();
    for (const entry of entries) {
      const rare = Math.log(2 + most / (entry.pages.length + 1));
      const whole = entry.isExact ? 1.6 : 1;
      for (const [page, weight] of decode(entry.pages)) {
        pages.set(page, Math.max(pages.get(page) ?? 0, weights[weight] * rare * whole));
      }
    }
    return pages;
  }

  /**
   * Each page of a list, with the weight of the word there.
   * @param {string} text @returns {Generator<[number, number]>}
   */
  function* decode(text) {
    let page = 0;
    let number = 0;
    let shift = 0;
    for (const digit of text) {
      const value = DIGITS.indexOf(digit);
      number |= (value & 31) << shift;
      shift += 5;
      if (value & 32) continue;
      page += number >> 2;
      yield [page, number & 3];
      number = shift = 0;
    }
  }

  /**
   * The passage with most of the words, and of two with as many a sentence rather than a name; and its heading.
   * @param {Document} page @param {string[]} words
   */
  function passage(page, words) {
    /** @type {{ text: string, heading?: { id: string, text: string } } | undefined} */
    let best;
    /** @type {{ id: string, text: string } | undefined} */
    let heading;
    let most = 0;
    const main = page.querySelector("main") ?? page.body;
    for (const block of main.querySelectorAll("h2, h3, h4, p, li, td, dd, dt, figcaption")) {
      const text = block.textContent.replace(/\s+/g, " ").trim();
      const place = block.id ? block : block.closest("section[id]");
      if (/^H/.test(block.tagName)) heading = place ? { id: place.id, text } : undefined;
      if (block.closest("nav, form, .up-next") || block.querySelector("p, li, td, dd")) continue;
      const number = hits(text, words);
      const fits = number && number + Math.min(text.length, 160) / 200;
      if (fits <= most) continue;
      most = fits;
      best = { text, heading };
    }
    return best;
  }

  /** A text of some length around the first word that was found. @param {string} text @param {string[]} words */
  function around(text, words) {
    if (text.length < 200) return text;
    const first = [...text.matchAll(WRITTEN)].find(([word]) => hits(word, words));
    const at = first?.index ?? 0;
    const from = at < 80 ? 0 : text.indexOf(" ", at - 80) + 1;
    const space = text.lastIndexOf(" ", from + 200);
    const to = text.length <= from + 200 || space <= at ? text.length : space;
    return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  }

  /**
   * Marks the words of a text that begin with what is looked for.
   * @template {HTMLElement} Parent
   * @param {string} text @param {string[]} words @param {Parent} parent
   */
  function mark(text, words, parent) {
    let done = 0;
    for (const found of text.matchAll(WRITTEN)) {
      const folded = fold(found[0]);
      if (!words.some(word => folded.startsWith(word))) continue;
      parent.append(text.slice(done, found.index));
      make("mark", found[0], parent);
      done = found.index + found[0].length;
    }
    parent.append(text.slice(done));
    return parent;
  }

  /** How many of the words begin a word of a text. @param {string} text @param {string[]} words */
  function hits(text, words) {
    const all = fold(text).match(WRITTEN) ?? [];
    return words.filter(word => all.some(other => other.startsWith(word))).length;
  }

  /** A name as the index has it as a whole. @param {string} text */
  function wholeOf(text) {
    return (fold(text).match(WRITTEN) ?? []).map(word => ` ${word}`).join("");
  }

  /** @param {string} text */
  function wordsOf(text) {
    return [...new Set(fold(text).match(WRITTEN))].slice(0, 12);
  }

  /** @param {string} text */
  function fold(text) {
    const bare = text.normalize("NFKD").replace(/[\p{M}\u00AD]+/gu, "").toLowerCase();
    return bare.replace(/[ßæœøłđıς]/g, letter => LETTERS[letter]);
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag @param {string} text @param {Element} parent
   */
  function make(tag, text, parent) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  }
})();
