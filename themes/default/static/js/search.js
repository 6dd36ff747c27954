// Search: words come in, the files of the index that they need are fetched, results are shown as one types. The index's files
// and how words are folded are described in docs/machines.md and in src/search of Rungs; the two must not differ.
(function () {
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var DENSE = "\\u0E00-\\u0EFF\\u3040-\\u30FF\\u3400-\\u9FFF\\uF900-\\uFAFF";
  var LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ" };
  // A word as it is written: accents may follow its letters.
  var WRITTEN = new RegExp("[" + DENSE + "]\\p{M}*|(?:(?![" + DENSE + "])[\\p{L}\\p{N}]|[\\p{M}\\u00AD])+(?:\\+\\+|#)?", "gu");
  // How many files of a sort one beginning of a word may need, and how many results are shown at once.
  var MOST_FILES = 4, SHOWN = 10;

  function fold(text) {
    return text.normalize("NFKD").replace(/[\p{M}\u00AD]+/gu, "").toLowerCase().replace(/[ßæœøłđıς]/g, function (letter) { return LETTERS[letter]; });
  }
  // A name as the index has it as a whole.
  function wholeOf(text) {
    return (fold(text).match(WRITTEN) || []).map(function (word) { return " " + word; }).join("");
  }
  function wordsOf(text) {
    var found = fold(text).match(WRITTEN) || [];
    return found.filter(function (word, at) { return found.indexOf(word) === at; }).slice(0, 12);
  }
  function make(name, text, parent) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  }
  // Marks the words of a text that begin with what is looked for.
  function mark(text, words, parent) {
    var done = 0;
    for (var found of text.matchAll(WRITTEN)) {
      var folded = fold(found[0]);
      if (!words.some(function (word) { return folded.startsWith(word); })) continue;
      parent.append(text.slice(done, found.index));
      make("mark", found[0], parent);
      done = found.index + found[0].length;
    }
    parent.append(text.slice(done));
    return parent;
  }
  function hits(text, words) {
    var all = (fold(text).match(WRITTEN) || []);
    return words.filter(function (word) { return all.some(function (other) { return other.startsWith(word); }); }).length;
  }

  // The index: files are fetched when they are needed, each once.
  function Index(address) {
    var files = {};
    function get(name) {
      // A host may tell browsers to keep files for a while, but files of two builds do not go together: it is asked again.
      return files[name] = files[name] || fetch(new URL(name + ".json", address), { cache: "no-cache" }).then(function (answer) {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      }).catch(function (error) { delete files[name]; throw error; });
    }
    this.list = function () { return get("index"); };
    this.page = function (number, size) {
      return get("pages-" + Math.floor(number / size)).then(function (rows) { return rows[number % size]; });
    };
    // The words that begin so, with their pages. `firsts` has the first word of each file.
    this.words = function (sort, firsts, start, exact) {
      var at = Math.max(0, firsts.findLastIndex(function (first) { return first <= start; })), names = [];
      for (; at < firsts.length && names.length < (exact ? 1 : MOST_FILES) && (!names.length || firsts[at].startsWith(start)); at++) names.push(sort + "-" + at);
      return Promise.all(names.map(get)).then(function (found) {
        return found.flatMap(function (file) {
          return Object.keys(file).filter(function (word) { return exact ? word === start : word.startsWith(start); })
            .map(function (word) { return { exact: word === start, pages: file[word] }; });
        });
      });
    };
  }
  // Calls back for each page of a list with the weight of the word there.
  function decode(text, each) {
    var page = 0, number = 0, shift = 0;
    for (var digit of text) {
      var value = DIGITS.indexOf(digit);
      number |= (value & 31) << shift;
      shift += 5;
      if (value & 32) continue;
      page += number >> 2;
      each(page, number & 3);
      number = shift = 0;
    }
  }
  var NAMES = [0, 8, 22, 30], TEXT = [0, 2, 3, 6];
  // The pages that one word is on, with how well it fits.
  function pagesOf(index, list, word) {
    var pages = new Map();
    function add(found, weights) {
      found.forEach(function (entry) {
        var rare = Math.log(2 + list.kind.length / (entry.pages.length + 1)), whole = entry.exact ? 1.6 : 1;
        decode(entry.pages, function (page, weight) {
          pages.set(page, Math.max(pages.get(page) || 0, weights[weight] * rare * whole));
        });
      });
    }
    return Promise.all([index.words("names", list.names, word, false), index.words("text", list.text, word, word.length < 2)]).then(function (found) {
      add(found[1], TEXT);
      var text = new Map(pages);
      pages.clear();
      add(found[0], NAMES);
      // A page that names a thing and writes of it fits better than one that does either.
      text.forEach(function (score, page) { pages.set(page, score + (pages.get(page) || 0)); });
      return pages;
    });
  }
  // The pages that are called so, with how well it is their name: 3 their title, 2 another name of what they are about.
  function named(index, list, whole) {
    return index.words("names", list.names, whole, true).then(function (found) {
      var pages = new Map();
      found.forEach(function (entry) { decode(entry.pages, function (page, weight) { pages.set(page, weight); }); });
      return pages;
    });
  }
  // Pages with all words, or, if there are none, those with any; first those whose name is what is looked for, then the best.
  function find(index, list, words, whole) {
    return Promise.all([named(index, list, whole)].concat(words.map(function (word) { return pagesOf(index, list, word); }))).then(function (all) {
      var sums = new Map(), names = all.shift();
      function name(sum) { return names.get(sum.page) || 0; }
      // Of a guide, an article and a list of one name, the guide comes first.
      function kind(sum) { return name(sum) ? DIGITS.indexOf(list.kind[sum.page]) : 0; }
      names.forEach(function (_, page) { sums.set(page, { page: page, score: 0, words: 0 }); });
      all.forEach(function (pages) {
        pages.forEach(function (score, page) {
          var sum = sums.get(page) || { page: page, score: 0, words: 0 };
          sum.score += score;
          sum.words++;
          sums.set(page, sum);
        });
      });
      var found = Array.from(sums.values()), most = Math.max.apply(null, found.map(function (sum) { return sum.words; }).concat(0));
      if (most === words.length) found = found.filter(function (sum) { return sum.words === most; });
      return found.sort(function (a, b) { return b.words - a.words || name(b) - name(a) || kind(a) - kind(b) || b.score - a.score || a.page - b.page; });
    });
  }

  function start(root) {
    var form = root.querySelector("form"), input = form.querySelector("input"), kinds = form.querySelector("fieldset");
    var category = form.querySelector("select"), count = root.querySelector(".search-count"), results = root.querySelector("ol");
    var more = root.querySelector(".search-more"), own = !root.dataset.index, asked = 0, shown = [], words = [], list, wanted = {};
    var address = root.dataset.index || document.querySelector('link[rel="alternate"][type="application/json"]').href;
    var index = new Index(address);
    var near = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        near.unobserve(entry.target);
        entry.target.look();
      });
    });

    function kindOf(found) { return DIGITS.indexOf(list.kind[found.page]); }
    function categoryOf(found) { return DIGITS.indexOf(list.category[found.page * 2]) + 64 * DIGITS.indexOf(list.category[found.page * 2 + 1]); }
    function chosen() { var radio = kinds.querySelector("input:checked"); return radio ? radio.value : wanted.kind || ""; }

    // The choices that lead to results, with how many; what was chosen stays.
    function showChoices(found) {
      var kind = chosen(), field = category.value || wanted.category || "", focus = kinds.contains(document.activeElement);
      wanted = {};
      var of = function (name, number) { return found.filter(function (one) { return number(one) === name; }).length; };
      var inField = found.filter(function (one) { return !field || list.categories[categoryOf(one)] === field; });
      kinds.querySelectorAll("label").forEach(function (label) { label.remove(); });
      [["", inField.length]].concat(list.kinds.map(function (name, at) { return [name, inField.filter(function (one) { return kindOf(one) === at; }).length]; }))
        .forEach(function (choice) {
          if (!choice[1] && choice[0] && choice[0] !== kind) return;
          var label = make("label", "", kinds), radio = make("input", "", label);
          radio.type = "radio";
          radio.name = "kind";
          radio.value = choice[0];
          radio.checked = choice[0] === kind;
          label.append(choice[0] || category.options[0].textContent, " ");
          make("span", String(choice[1]), label);
          if (radio.checked && focus) radio.focus();
        });
      while (category.options.length > 1) category.remove(1);
      list.categories.forEach(function (name, at) {
        if (name && (of(at, categoryOf) || name === field)) category.add(new Option(name, name, false, name === field));
      });
      kinds.hidden = !found.length;
      category.parentElement.hidden = category.options.length < 3 && !field;
    }

    function show() {
      results.replaceChildren();
      near.disconnect();
      var kind = chosen(), field = category.value;
      var some = shown.filter(function (one) {
        return (!kind || list.kinds[kindOf(one)] === kind) && (!field || list.categories[categoryOf(one)] === field);
      });
      count.textContent = words.length ? (some.length ? count.dataset.found.replace("{count}", some.length) : count.dataset.none) : "";
      showMore(some, asked);
      remember();
    }
    function showMore(some, turn) {
      var part = some.slice(results.children.length, results.children.length + SHOWN);
      return Promise.all(part.map(function (one) { return index.page(one.page, list.size); })).then(function (rows) {
        if (turn !== asked) return;
        var first;
        rows.forEach(function (row, at) { var item = result(row, part[at]); first = first || item; });
        more.hidden = results.children.length >= some.length;
        more.onclick = function () { showMore(some, turn).then(function (item) { if (item) item.querySelector("a").focus(); }); };
        return first;
      }).catch(failed);
    }
    function result(row, found) {
      var item = make("li", "", results), link = mark(row[1], words, make("a", "", item)), field = list.categories[categoryOf(found)];
      link.href = new URL(row[0], address).href;
      make("p", [list.kinds[kindOf(found)], row[1].startsWith(row[3]) ? "" : row[3], field === row[1] ? "" : field].filter(Boolean).join(" · "), item).className = "note";
      var excerpt = mark(row[2], words, make("p", "", item));
      if (hits(row[1] + " " + row[2], words) < words.length) {
        item.look = function () { look(link.href, excerpt); };
        near.observe(item);
      }
      return item;
    }
    // What was found is in the text of a page: the page itself is asked for the passage. Who opens it then has it already.
    function look(href, excerpt) {
      var turn = asked;
      setTimeout(function () {
        if (turn !== asked || !excerpt.isConnected) return;
        fetch(href).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (html) {
          if (turn === asked && html) quote(new DOMParser().parseFromString(html, "text/html"), href, excerpt);
        }).catch(function () { /* The description stays. */ });
      }, 200);
    }
    function quote(page, href, excerpt) {
      var best, heading, most = 0;
      (page.querySelector("main") || page.body).querySelectorAll("h2, h3, h4, p, li, td, dd, dt, figcaption").forEach(function (block) {
        var text = block.textContent.replace(/\s+/g, " ").trim(), place = block.id ? block : block.closest("section[id]");
        if (/^H/.test(block.tagName)) heading = place && { id: place.id, text: text };
        if (block.closest("nav, form, .up-next") || block.querySelector("p, li, td, dd")) return;
        // Most words, then a sentence rather than a name.
        var number = hits(text, words), fits = number && number + Math.min(text.length, 160) / 200;
        if (fits > most) { most = fits; best = { text: text, heading: heading }; }
      });
      if (!best) return;
      excerpt.replaceChildren();
      if (best.heading) {
        var place = make("a", best.heading.text, excerpt);
        place.href = href + "#" + encodeURIComponent(best.heading.id);
        if (best.text !== best.heading.text) excerpt.append(": ");
      }
      if (!best.heading || best.text !== best.heading.text) mark(around(best.text), words, excerpt);
    }
    // A text of some length around the first word that was found.
    function around(text) {
      if (text.length < 200) return text;
      var at = 0;
      for (var found of text.matchAll(WRITTEN)) if (hits(found[0], words)) { at = found.index; break; }
      var from = at < 80 ? 0 : text.indexOf(" ", at - 80) + 1, to = text.lastIndexOf(" ", from + 200);
      if (text.length <= from + 200 || to <= at) to = text.length;
      return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
    }

    function failed() { count.textContent = count.dataset.failed; }
    function search() {
      var turn = ++asked;
      words = wordsOf(input.value);
      if (!words.length) {
        shown = [];
        kinds.hidden = category.parentElement.hidden = more.hidden = true;
        results.replaceChildren();
        count.textContent = "";
        return remember();
      }
      index.list().then(function (known) {
        list = known;
        return find(index, list, words, wholeOf(input.value));
      }).then(function (found) {
        if (turn !== asked) return;
        shown = found;
        showChoices(found);
        show();
      }).catch(function () { if (turn === asked) failed(); });
    }
    // On the page of search, what is looked for is in the address.
    function remember() {
      if (!own) return;
      var url = new URL(location.href), values = { q: input.value.trim(), kind: chosen(), category: category.value };
      Object.keys(values).forEach(function (name) { if (values[name]) url.searchParams.set(name, values[name]); else url.searchParams.delete(name); });
      if (url.href !== location.href) history.replaceState(null, "", url);
    }

    var waiting;
    input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(search, 60); });
    form.addEventListener("change", function (event) { if (event.target !== input && list) { asked++; showChoices(shown); show(); } });
    form.addEventListener("submit", function (event) { if (own) event.preventDefault(); });
    root.addEventListener("keydown", function (event) {
      var down = event.key === "ArrowDown";
      if (!down && event.key !== "ArrowUp" || /^(SELECT|BUTTON)$/.test(event.target.tagName) || event.target.type === "radio") return;
      var links = [input].concat(Array.from(results.querySelectorAll("li > a")));
      var item = event.target.closest("li"), at = item ? links.indexOf(item.querySelector("a")) : 0, next = links[at + (down ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    root.hidden = false;
    if (own) {
      var asked_for = new URL(location.href).searchParams;
      input.value = asked_for.get("q") || "";
      wanted = { kind: asked_for.get("kind") || "", category: asked_for.get("category") || "" };
      if (input.value) search(); else input.focus();
    }
  }
  document.querySelectorAll("[data-search]").forEach(function (root) {
    if (!root.dataset.started) { root.dataset.started = "yes"; start(root); }
  });
})();
