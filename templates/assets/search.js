/* The search page: a form that works by GET. This reads ?q=&topic=... from the address and draws
   what search-client.js finds. Everything that is shown is text and is set as such. */
const FACETS = ["kind", "topic", "source", "publisher", "year", "language"];
/* Which page belongs to which of many is much to load: these are counted once they are open. */
const ON_DEMAND = ["topic", "source", "publisher"];
const OPEN_AT_FIRST = ["kind", "topic"];
const VALUES_AT_FIRST = 6;
const STEP = 10;
const TYPING_PAUSE = 120;

const find = (selector) => document.querySelector(selector);
const form = find("#sf");
const results = find("#res");
const summary = find("#sum");
const facetLists = find("#facets");
const choices = find("#act");
const more = find("#more");
const meant = find("#dym");
const filters = find("#mf");
const words = JSON.parse(form.dataset.words);
const ownTitle = document.title;

let loading;
let controller = new AbortController();
let open = new Set(OPEN_AT_FIRST);
let shown = 0;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const label = (facet) => words[facet];

const own = document.documentElement.lang || "en";
const languages = new Intl.DisplayNames(own, { type: "language" });
const kinds = JSON.parse(form.dataset.kinds);
const named = (facet, value) =>
  facet === "kind" ? kinds[value] : facet === "language" ? languages.of(value) : value;

const load = () => {
  loading ??= (async () => {
    const { open: openIndex } = await import(new URL("search-client.js", import.meta.url));
    return openIndex(new URL("../", import.meta.url));
  })();
  // A failed load is tried again at the next search.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
};
/* A date at the precision it is known to */
const dateText = (date) => {
  const [year, month, day] = date.slice(0, 10).split("-");
  if (!month) return year;
  const options = { year: "numeric", month: own === "en" ? "short" : "long", timeZone: "UTC" };
  if (day) options.day = "numeric";
  const locale = own === "en" ? "en-GB" : own;
  return new Intl.DateTimeFormat(locale, options).format(new Date(Date.UTC(year, month - 1, day ?? 1)));
};

/* The state of a search is its address */
const readAddress = () => {
  const parameters = new URLSearchParams(location.search);
  const chosen = {};
  FACETS.forEach((facet) => {
    const values = parameters.getAll(facet);
    if (values.length) chosen[facet] = values;
  });
  return {
    query: (parameters.get("q") ?? "").trim(),
    chosen,
    sort: parameters.get("sort") ?? "",
  };
};
const readForm = () => {
  const chosen = {};
  FACETS.forEach((facet) => {
    const boxes = [...form.querySelectorAll(`[name="${facet}"]:checked`)];
    if (boxes.length) chosen[facet] = boxes.map((box) => box.value);
  });
  return { query: form.q.value.trim(), chosen, sort: form.sort.value };
};
const writeAddress = ({ query, chosen, sort }, { push }) => {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  Object.entries(chosen).forEach(([facet, values]) => {
    values.forEach((value) => parameters.append(facet, value));
  });
  if (sort) parameters.set("sort", sort);
  history[push ? "pushState" : "replaceState"](null, "", `?${parameters}`);
};

/* One result */
const excerpt = (pieces) =>
  element(
    "p",
    {},
    ...pieces.map(([text, match]) => (match ? element("mark", { textContent: text }) : text)),
  );
const resultItem = ({ url, title, kind, lang, date, publisher, excerpt: pieces, sections }) => {
  const facts = [kinds[kind], publisher, date && dateText(date)].filter(Boolean);
  const link = element("a", { href: url, textContent: title });
  const item = element(
    "li",
    {},
    element("p", { className: "meta", textContent: facts.join(" \u00b7 ") }),
    element("h3", {}, link),
    excerpt(pieces),
  );
  if (lang !== own) [link.lang, item.lastChild.lang] = [lang, lang];
  if (sections.length) {
    const list = element("ul", { className: "sub", lang });
    list.setAttribute("aria-label", words.sections);
    sections.forEach((section) => {
      const to = element("a", { href: section.url, textContent: section.title });
      list.append(element("li", {}, to, excerpt(section.excerpt)));
    });
    item.append(list);
  }
  return item;
};

/* The filters */
const facetValue = (facet, value, count, checked) =>
  element(
    "li",
    {},
    element(
      "label",
      {},
      element("input", { type: "checkbox", name: facet, value, checked }),
      element("span", { textContent: named(facet, value) }),
      element("span", { className: "c", textContent: count }),
    ),
  );
const facetList = (facet, counts, chosen) => {
  const waits = !counts && ON_DEMAND.includes(facet);
  const entries = Object.entries({ ...Object.fromEntries(chosen.map((v) => [v, 0])), ...counts });
  if (!waits && (!entries.length || (facet === "language" && entries.length < 2 && !chosen.length))) {
    return undefined;
  }
  const values = entries
    .sort((a, b) => (facet === "year" ? b[0] - a[0] : b[1] - a[1] || a[0].localeCompare(b[0])))
    .map(([value, count]) => facetValue(facet, value, count, chosen.includes(value)));
  const group = element("div", {}, element("ul", {}, ...values.slice(0, VALUES_AT_FIRST)));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label(facet));
  const rest = values.slice(VALUES_AT_FIRST);
  if (rest.length) {
    const title = fill(words.show_more, { n: rest.length });
    const details = element("details", {
      className: "more",
      open: rest.some((item) => item.querySelector(":checked")),
    });
    details.append(element("summary", { textContent: title }), element("ul", {}, ...rest));
    group.append(details);
  }
  const details = element(
    "details",
    { className: "fac", open: open.has(facet) || chosen.length > 0 },
    element("summary", { textContent: label(facet) }),
    group,
  );
  details.addEventListener("toggle", () => {
    if (details.open === open.has(facet)) return;
    open[details.open ? "add" : "delete"](facet);
    if (waits && details.open) draw();
  });
  return details;
};
const drawFacets = (counts, chosen) => {
  const lists = FACETS.map((facet) => facetList(facet, counts[facet], chosen[facet] ?? []));
  facetLists.replaceChildren(...lists.filter(Boolean));
};
const drawChoices = (chosen) => {
  choices.replaceChildren();
  Object.entries(chosen).forEach(([facet, values]) => {
    values.forEach((value) => {
      const text = named(facet, value);
      const button = element("button", { type: "button", className: "chip rm" }, text, " ");
      const cross = element("span", { textContent: "\u00d7" });
      cross.setAttribute("aria-hidden", "true");
      button.append(cross);
      button.setAttribute("aria-label", fill(words.remove, { kind: label(facet), value: text }));
      button.addEventListener("click", () => {
        const state = readAddress();
        state.chosen[facet] = state.chosen[facet].filter((each) => each !== value);
        writeAddress(state, { push: true });
        draw().then(() => form.q.focus());
      });
      choices.append(button);
    });
  });
};
/* What the reader may have meant, as links that search for it */
const drawMeant = (suggestions, state) => {
  const links = suggestions.map((query) => {
    const parameters = new URLSearchParams(location.search);
    parameters.set("q", query);
    const link = element("a", { href: `?${parameters}`, textContent: query });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      writeAddress({ ...state, query }, { push: true });
      form.q.value = query;
      draw();
    });
    return link;
  });
  meant.hidden = !links.length;
  meant.replaceChildren(...(links.length ? [words.meant, " ", ...links] : []));
};

const sentence = (count, query) => {
  const kind = count === 0 ? "none" : count === 1 ? "one" : "many";
  return fill(query ? words[kind] : words[`${kind}_filters`], { n: count, query });
};
const ask = async ({ query, chosen, sort }, options) => {
  const index = await load();
  const facets = filters.open ? ON_DEMAND.filter((facet) => open.has(facet)) : [];
  return index.search(query, { filters: chosen, sort, facets, limit: STEP, ...options });
};

/* The room that waits for results, where there are none */
const giveUpRoom = () => document.documentElement.classList.remove("asked");

/* Draws everything from the address; a newer run stops an older one */
const draw = async ({ typing = false } = {}) => {
  const state = readAddress();
  const { query, chosen, sort } = state;
  controller.abort();
  controller = new AbortController();
  const { signal } = controller;
  const idle = !query && !Object.keys(chosen).length;
  if (document.activeElement !== form.q) form.q.value = query;
  form.sort.value = sort;
  document.title = query ? fill(words.title, { query, title: ownTitle }) : ownTitle;
  let found;
  try {
    found = await ask(state, { typing, signal });
    signal.throwIfAborted();
  } catch {
    if (signal.aborted) return;
    summary.textContent = summary.dataset.failed;
    giveUpRoom();
    return;
  }
  drawFacets(found.facets, chosen);
  drawChoices(chosen);
  drawMeant(idle ? [] : found.suggestions, state);
  results.replaceChildren(...(idle ? [] : found.results.map(resultItem)));
  shown = results.children.length;
  if (!shown) giveUpRoom();
  more.hidden = idle || shown >= found.total;
  summary.textContent = idle ? summary.dataset.idle : sentence(found.total, query);
};
/* Draws the next results and returns the first new one */
const drawMore = async () => {
  const { signal } = controller;
  const { total, results: next } = await ask(readAddress(), { offset: shown, signal });
  const first = shown;
  results.append(...next.map(resultItem));
  shown = results.children.length;
  more.hidden = shown >= total;
  return results.children[first];
};

let typing;
form.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    writeAddress(readForm(), { push: false });
    draw({ typing: true });
  }, TYPING_PAUSE);
});
form.q.addEventListener("focus", () => load().catch(() => {}), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  writeAddress(readForm(), { push: true });
  draw();
});
form.addEventListener("change", async (event) => {
  const field = event.target;
  if (field === form.q) return;
  writeAddress(readForm(), { push: true });
  await draw();
  if (field.type !== "checkbox") return;
  // The list was drawn anew: the focus returns to the same box in it.
  const boxes = [...form.querySelectorAll(`[name="${field.name}"]`)];
  boxes.find((box) => box.value === field.value)?.focus();
});
more.addEventListener("click", async () => {
  const first = await drawMore();
  first?.querySelector("a").focus();
});
addEventListener("popstate", () => {
  form.q.value = readAddress().query;
  draw();
});
filters.open = matchMedia("(min-width: 56rem)").matches;
filters.addEventListener("toggle", () => draw());
form.q.value = readAddress().query;
draw();
