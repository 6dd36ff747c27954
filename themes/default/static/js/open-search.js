// Opens search in a dialog: by its link, or by the key "/". Nothing of search is loaded before; without this script, and where
// it fails, the link leads to the page of search.
(function () {
  var link = document.querySelector("a.search-open");
  if (!link || !window.HTMLDialogElement) return;
  var dialog;

  // What the page of search has beside its form, with whole addresses: they are written from another folder.
  function whole(element, name, base) {
    element[name] = new URL(element.getAttribute(name), base).href;
    return element;
  }
  function made(html, base) {
    var page = new DOMParser().parseFromString(html, "text/html"), search = page.querySelector("[data-search]");
    search.dataset.index = new URL(page.querySelector('link[rel="alternate"][type="application/json"]').getAttribute("href"), base).href;
    whole(search.querySelector("form"), "action", base);
    var close = document.createElement("button"), title = link.textContent.trim();
    dialog = document.createElement("dialog");
    dialog.className = "search-dialog";
    dialog.setAttribute("aria-label", title);
    close.type = "button";
    close.className = "search-close";
    close.setAttribute("aria-label", link.dataset.close);
    close.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    dialog.append(document.adoptNode(search), close);
    var style = document.createElement("link"), script = document.createElement("script");
    style.rel = "stylesheet";
    style.href = new URL(page.querySelector('link[href*="css/search"]').getAttribute("href"), base).href;
    script.src = new URL(page.querySelector('script[src*="js/search"]').getAttribute("src"), base).href;
    return new Promise(function (done, failed) {
      style.onload = function () { document.body.append(dialog, script); };
      script.onload = done;
      style.onerror = script.onerror = failed;
      document.head.append(style);
    });
  }
  var loading;
  function open() {
    loading = loading || fetch(link.href).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text().then(function (html) { return made(html, answer.url); });
    });
    loading.then(function () {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("input").select();
    }, function () { location.href = link.href; });
  }
  function writes(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }
  var own = document.querySelector("main [data-search] input");
  link.addEventListener("click", function (event) {
    if (own || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (own) own.select(); else open();
  });
})();
