// Light or dark by choice. Without this script the page follows the system; the choice stays in the browser.
(function () {
  var root = document.documentElement, key = "scheme", dark = matchMedia("(prefers-color-scheme: dark)");
  var metas = document.querySelectorAll("meta[name=theme-color]"), colors = Array.from(metas, function (meta) { return meta.content; });
  function stored() { try { return localStorage.getItem(key); } catch (error) { return null; } }
  function isDark() { return (root.dataset.scheme || (dark.matches ? "dark" : "light")) === "dark"; }
  function choose(scheme) {
    root.dataset.scheme = scheme;
    metas.forEach(function (meta) { meta.content = colors[scheme === "dark" ? 1 : 0]; });
  }
  var chosen = stored();
  if (chosen === "light" || chosen === "dark") choose(chosen);
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".theme-switch");
    if (!button) return;
    function show() { button.setAttribute("aria-pressed", String(isDark())); }
    button.hidden = false;
    button.addEventListener("click", function () {
      choose(isDark() ? "light" : "dark");
      try { localStorage.setItem(key, root.dataset.scheme); } catch (error) { /* not kept */ }
      show();
    });
    dark.addEventListener("change", show);
    show();
  });
})();
