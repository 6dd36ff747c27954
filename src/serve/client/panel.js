// What is shown over the page: the mistakes of the site in a list, and in the corner their number, whether pages are
// still checked, whether the page is a draft, whether the server is there. It stands in a shadow root outside of
// <body>, and all text is set as text. The list is no modal dialog: the page stays usable, and the focus stays where
// the author has it.

/**
 * What is said of the site, as src/serve/report.rs writes it.
 * @typedef {object} SiteReport
 * @property {boolean} checking Whether some pages were not looked at yet.
 * @property {number} errors
 * @property {number} warnings
 * @property {Diagnostic[]} diagnostics
 *
 * @typedef {object} Diagnostic
 * @property {"error" | "warning"} severity
 * @property {string} code
 * @property {string} message
 * @property {string[]} [help]
 * @property {Place | null} [place]
 * @property {Related[]} [related]
 *
 * @typedef {{ message: string, place?: Place | null }} Related
 *
 * A place in a file: with a line of it as an excerpt, a part of that which is marked, and an address of an editor.
 * @typedef {object} Place
 * @property {string} file
 * @property {number} [line]
 * @property {number} [column]
 * @property {string} [excerpt]
 * @property {[number, number]} [mark]
 * @property {string | null} [editor]
 *
 * The parts of the panel.
 * @typedef {ReturnType<typeof build>} Parts
 */

/** @type {Record<string, string>} */
const MARKS = { draft: 'Draft', future: 'Future date' };

const panel = {
  /** @type {SiteReport} */
  report: { checking: false, errors: 0, warnings: 0, diagnostics: [] },
  /** The reader has put this report away. */
  dismissed: false,
  /** The reader has asked for the list. */
  opened: false,
  /** The diagnostics that stand in the list, as text. */
  listed: '',
  /**
   * What had the focus before the list took it.
   * @type {HTMLElement | null}
   */
  before: null,
  /** @type {Parts | null} */
  parts: null,
};

/** @param {SiteReport} report */
function showReport(report) {
  const changed = textOf(report) !== textOf(panel.report);
  panel.report = report;
  if (changed) panel.dismissed = false;
  if (report.errors + report.warnings === 0) panel.opened = false;
  draw();
  if (changed) say(report);
}

/** @param {string} mark */
function showMark(mark) {
  if (!panel.parts && !MARKS[mark]) return;
  setText(parts().mark, MARKS[mark] ?? '');
}

/** @param {boolean} isConnected */
function showConnected(isConnected) {
  if (!panel.parts && isConnected) return;
  parts().offline.hidden = isConnected;
}

function draw() {
  const { report } = panel;
  const count = countsOf(report);
  if (!panel.parts && !count && !report.checking) return;
  const { list, heading, note, section, button, checking } = parts();
  const visible = count !== '' && (panel.opened || (report.errors > 0 && !panel.dismissed));
  checking.hidden = !report.checking;
  setText(heading, count);
  setText(button, visible ? '' : count);
  note.textContent = report.errors > 0 ? 'Pages may be older than their sources.' : '';
  for (const element of [section, button]) element.classList.toggle('errors', report.errors > 0);
  fillList(list, report.diagnostics);
  if (!visible) giveFocusBack();
  section.hidden = !visible;
}

/**
 * The list is made anew only when it differs: else it keeps its scroll position and focus.
 * @param {HTMLElement} list @param {Diagnostic[]} diagnostics
 */
function fillList(list, diagnostics) {
  const text = JSON.stringify(diagnostics);
  if (text === panel.listed) return;
  panel.listed = text;
  const hadFocus = list.contains(focusNear(list));
  const sorted = [...diagnostics].sort((a, b) => (a.severity === 'error' ? 0 : 1) - (b.severity === 'error' ? 0 : 1));
  list.replaceChildren(...sorted.map(item));
  if (hadFocus) parts().section.focus();
}

/** @param {Diagnostic} diagnostic */
function item({ severity, code, message, help, place, related }) {
  const word = element('span', { class: 'severity' }, `${severity}: `);
  const title = element('p', {}, word, message, ' ', element('code', {}, code));
  const advice = (help ?? []).map((line) => element('p', {}, element('b', {}, 'Help: '), line));
  return element('li', { class: severity }, title, ...placeOf(place), ...advice, ...(related ?? []).map(relatedOf));
}

/** @param {Related} related */
function relatedOf({ message, place }) {
  return element('div', { class: 'related' }, element('p', {}, message), ...placeOf(place));
}

/** @param {Place | null | undefined} place */
function placeOf(place) {
  if (!place) return [];
  const { file, line, column, excerpt, mark, editor } = place;
  const name = [file, line, column].filter(Boolean).join(':');
  const link = isHarmless(editor)
    ? element('a', { href: editor, title: 'Open in the editor' }, name)
    : element('span', {}, name);
  /** @type {HTMLElement[]} */
  const parts = [element('p', {}, link)];
  if (excerpt) {
    const number = element('span', {}, String(line ?? ''));
    parts.push(element('pre', {}, number, element('span', {}, ...marked(excerpt, mark))));
  }
  return parts;
}

/**
 * A line with its mark, cut where it is very long.
 * @param {string} excerpt @param {[number, number] | undefined} mark
 */
function marked(excerpt, mark) {
  const [start, end] = mark ?? [0, 0];
  const before = excerpt.slice(0, start);
  const within = excerpt.slice(start, Math.max(end, start + 1)) || ' ';
  const after = excerpt.slice(Math.max(end, start + 1));
  return [
    before.length > 300 ? `…${before.slice(-200)}` : before,
    mark ? element('mark', {}, within.length > 600 ? `${within.slice(0, 500)}…` : within) : within,
    after.length > 300 ? `${after.slice(0, 200)}…` : after,
  ];
}

/**
 * The address of an editor is configured; it may not run in this page.
 * @param {string | null | undefined} address @returns {address is string}
 */
function isHarmless(address) {
  if (!address) return false;
  return /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^(javascript|data|vbscript|blob):/i.test(address);
}

/** @param {SiteReport} report */
function countsOf({ errors, warnings }) {
  /** @param {number} number @param {string} word */
  const count = (number, word) => (number ? `${number} ${word}${number === 1 ? '' : 's'}` : '');
  return [count(errors, 'error'), count(warnings, 'warning')].filter(Boolean).join(', ');
}

/** @param {SiteReport} report */
function textOf({ errors, warnings, diagnostics }) {
  return JSON.stringify([errors, warnings, diagnostics]);
}

/** For those who hear the page. Warnings alone do not interrupt. @param {SiteReport} report */
function say(report) {
  if (!panel.parts) return;
  const first = report.diagnostics.find(({ severity }) => severity === 'error');
  panel.parts.said.textContent = report.errors ? `${countsOf(report)}. ${first?.message ?? ''}` : 'No errors.';
}

function openList() {
  panel.opened = true;
  panel.before = /** @type {HTMLElement | null} */ (document.activeElement);
  draw();
  parts().section.focus();
}

function closeList() {
  panel.opened = false;
  panel.dismissed = true;
  draw();
}

/** The focus must not be in what is hidden next. */
function giveFocusBack() {
  const { section, button } = parts();
  if (!section.contains(focusNear(section))) return;
  const before = panel.before?.isConnected && !panel.before.shadowRoot ? panel.before : button;
  before.focus({ preventScroll: true });
  panel.before = null;
}

/** What has the focus in the shadow root that an element stands in. @param {Element} element */
function focusNear(element) {
  return /** @type {ShadowRoot} */ (element.getRootNode()).activeElement;
}

/** The parts of the panel, made when there is first something to show. @returns {Parts} */
function parts() {
  return (panel.parts ??= build());
}

function build() {
  const heading = element('h2', { id: 'title' });
  const note = element('p', {});
  const shut = element('button', { type: 'button', title: 'Escape' }, 'Close');
  const list = element('ol', {});
  const dialog = { role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1', hidden: '' };
  const section = element('section', dialog, element('header', {}, heading, note, shut), list);
  const mark = element('span', { class: 'mark', hidden: '' });
  const checking = element('span', { class: 'checking', hidden: '' }, 'Checking');
  const offline = element('span', { class: 'offline', hidden: '' }, 'Preview not running');
  const button = element('button', { type: 'button', 'aria-haspopup': 'dialog', hidden: '' });
  const said = element('div', { class: 'said', 'aria-live': 'polite' });
  const host = element('rungs-preview', { lang: 'en', popover: 'manual' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PANEL_CSS);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(section, element('div', { class: 'bar' }, mark, checking, offline, button), said);
  shut.addEventListener('click', closeList);
  button.addEventListener('click', openList);
  addEventListener('keydown', ({ key }) => key === 'Escape' && !section.hidden && closeList(), { capture: true });
  document.documentElement.append(host);
  // The top layer: nothing of the page lies over it.
  host.showPopover?.();
  return { heading, note, list, section, mark, checking, offline, button, said };
}

/** An element that is shown when it has a text. @param {HTMLElement} target @param {string} text */
function setText(target, text) {
  target.textContent = text;
  target.hidden = text === '';
}

/** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}
