// Opens search in a dialog: by its link, or by the key "/". Nothing of search is loaded before; without this script,
// and where it fails, the link leads to the page of search.
(() => {
  const link = /** @type {HTMLAnchorElement} */ (document.querySelector("a.search-open"));
  if (!link || !window.HTMLDialogElement) return;

  // On the page of search, the field that stands there.
  const own = /** @type {HTMLInputElement | null} */ (document.querySelector("main [data-search] input"));
  /** @type {Promise<HTMLDialogElement> | undefined} */
  let loading;

  link.addEventListener("click", event => {
    if (own || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (own) own.select();
    else open();
  });

  async function open() {
    loading ??= load();
    const dialog = await loading.catch(() => null);
    if (!dialog) {
      location.href = link.href;
      return;
    }
    if (!dialog.open) dialog.showModal();
    /** @type {HTMLInputElement} */ (dialog.querySelector("input")).select();
  }

  /** Brings what the page of search has beside its text into a dialog, and waits for its script. */
  async function load() {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (page.querySelector(selector));
    // Addresses are written from another folder.
    const whole = (/** @type {Element} */ element, /** @type {string} */ name) =>
      new URL(element.getAttribute(name) ?? "", answer.url).href;
    const search = find("[data-search]");
    const form = /** @type {HTMLFormElement} */ (search.querySelector("form"));
    search.dataset.index = whole(find('link[rel="alternate"][type="application/json"]'), "href");
    form.action = whole(form, "action");

    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = whole(find('link[href*="css/search"]'), "href");
    const script = document.createElement("script");
    script.src = whole(find('script[src*="js/search"]'), "src");

    const dialog = dialogAround(document.adoptNode(search));
    const styled = arrival(style);
    document.head.append(style);
    await styled;
    const started = arrival(script);
    document.body.append(dialog, script);
    await started;
    return dialog;
  }

  /** @param {HTMLElement} search */
  function dialogAround(search) {
    const dialog = document.createElement("dialog");
    dialog.className = "search-dialog";
    dialog.setAttribute("aria-label", link.textContent.trim());
    dialog.addEventListener("click", event => {
      if (event.target === dialog) dialog.close();
    });
    const close = document.createElement("button");
    close.type = "button";
    close.className = "search-close";
    close.setAttribute("aria-label", link.dataset.close ?? "");
    close.addEventListener("click", () => dialog.close());
    dialog.append(search, close);
    return dialog;
  }

  /** @param {HTMLElement} element A stylesheet or a script. */
  function arrival(element) {
    return new Promise((done, failed) => {
      element.onload = done;
      element.onerror = failed;
    });
  }

  /** @param {EventTarget | null} target */
  function isWriting(target) {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }
})();
