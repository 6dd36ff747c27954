// Light or dark by choice. Without this script the page follows the system; the choice stays in the browser.
(() => {
  const key = "scheme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  /** @type {NodeListOf<HTMLMetaElement>} */
  const metas = document.querySelectorAll("meta[name=theme-color]");
  // Light and dark, as the page has them.
  const colors = Array.from(metas, meta => meta.content);

  const chosen = stored();
  if (chosen === "light" || chosen === "dark") choose(chosen);

  document.addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".theme-switch"));
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    button.addEventListener("click", () => {
      const scheme = isDark() ? "light" : "dark";
      choose(scheme);
      try {
        localStorage.setItem(key, scheme);
      } catch { /* not kept */ }
      show();
    });
    dark.addEventListener("change", show);
    show();
  });

  function stored() {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function isDark() {
    return (root.dataset.scheme || (dark.matches ? "dark" : "light")) === "dark";
  }

  /** @param {"light" | "dark"} scheme */
  function choose(scheme) {
    root.dataset.scheme = scheme;
    for (const meta of metas) meta.content = colors[scheme === "dark" ? 1 : 0];
  }
})();
