/* The search page: a form that works by GET. This reads ?q=&topic=... from the address and draws
   what Pagefind finds. Titles and filters are text and are set as such; an excerpt is HTML that
   Pagefind has escaped, with its matches in <mark>. */
const FACETS = ["Kind", "Topic", "Source", "Publisher", "Year"];
const OPEN_AT_FIRST = 3;
const VALUES_AT_FIRST = 6;
const SECTIONS = 3;
const STEP = 10;
const TYPING_PAUSE = 180;

const find = (selector) => document.querySelector(selector);
const form = find("#sf");
const results = find("#res");
const summary = find("#sum");
const facetLists = find("#facets");
const choices = find("#act");
const more = find("#more");
const words = JSON.parse(form.dataset.words);
const ownTitle = document.title;

let loading;
let allCounts = {};
let run = 0;
let hits = [];
let shown = 0;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const label = (facet) => words[facet.toLowerCase()];

const load = () => {
  loading ??= (async () => {
    const bundle = new URL("../pagefind/", import.meta.url).href;
    const pagefind = await import(`${bundle}pagefind.js`);
    await pagefind.options({ excerptLength: 28 });
    await pagefind.init();
    /* Pagefind keeps an index for each language and opens the page's own. It refuses to merge
       an index from its own address, so that address is written another way. */
    const { languages } = await (await fetch(`${bundle}pagefind-entry.json`)).json();
    const own = document.documentElement.lang.toLowerCase();
    for (const language of Object.keys(languages)) {
      if (own !== language && own.split("-")[0] !== language) {
        await pagefind.mergeIndex(`${bundle}../pagefind/`, { language });
      }
    }
    allCounts = await pagefind.filters();
    return pagefind;
  })();
  // A failed load is tried again at the next search.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
};

/* The state of a search is its address */
const readAddress = () => {
  const parameters = new URLSearchParams(location.search);
  const chosen = {};
  FACETS.forEach((facet) => {
    const values = parameters.getAll(facet.toLowerCase());
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
    const boxes = [...form.querySelectorAll(`[name="${facet.toLowerCase()}"]:checked`)];
    if (boxes.length) chosen[facet] = boxes.map((box) => box.value);
  });
  return { query: form.q.value.trim(), chosen, sort: form.sort.value };
};
const writeAddress = ({ query, chosen, sort }, { push }) => {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  Object.entries(chosen).forEach(([facet, values]) => {
    values.forEach((value) => parameters.append(facet.toLowerCase(), value));
  });
  if (sort) parameters.set("sort", sort);
  history[push ? "pushState" : "replaceState"](null, "", `?${parameters}`);
};

/* One result */
const excerpt = (html) => {
  const paragraph = element("p");
  paragraph.innerHTML = html;
  return paragraph;
};
/* An address without the detour of a merged index */
const plain = (url) => new URL(url, location.href).href;
const resultItem = ({ url, meta, excerpt: html, sub_results: sections = [] }) => {
  const facts = [meta.kind, meta.publisher, meta.date].filter(Boolean).join(" \u00b7 ");
  const item = element(
    "li",
    {},
    element("p", { className: "meta", textContent: facts }),
    element("h3", {}, element("a", { href: plain(url), textContent: meta.title })),
    excerpt(html),
  );
  const others = sections
    .filter((section) => section.url !== url && section.title !== meta.title)
    .slice(0, SECTIONS);
  if (others.length) {
    const list = element("ul", { className: "sub" });
    list.setAttribute("aria-label", words.sections);
    others.forEach((section) => {
      const link = element("a", { href: plain(section.url), textContent: section.title });
      list.append(element("li", {}, link, excerpt(section.excerpt)));
    });
    item.append(list);
  }
  return item;
};
/* Draws the next results and returns the first new one */
const drawMore = async (current) => {
  const next = await Promise.all(hits.slice(shown, shown + STEP).map((hit) => hit.data()));
  if (current !== run) return undefined;
  const first = shown;
  shown += next.length;
  results.append(...next.map(resultItem));
  more.hidden = shown >= hits.length;
  return results.children[first];
};

/* The filters */
const facetValue = (facet, value, count, checked) =>
  element(
    "li",
    {},
    element(
      "label",
      {},
      element("input", { type: "checkbox", name: facet.toLowerCase(), value, checked }),
      element("span", { textContent: value }),
      element("span", { className: "c", textContent: count }),
    ),
  );
const facetList = (facet, index, counts, chosen) => {
  const values = Object.keys(allCounts[facet] ?? {})
    .map((value) => [value, counts[facet]?.[value] ?? 0])
    .filter(([value, count]) => count || chosen.includes(value))
    .sort((a, b) => (facet === "Year" ? b[0] - a[0] : b[1] - a[1] || a[0].localeCompare(b[0])))
    .map(([value, count]) => facetValue(facet, value, count, chosen.includes(value)));
  if (!values.length) return undefined;
  const group = element("div", {}, element("ul", {}, ...values.slice(0, VALUES_AT_FIRST)));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label(facet));
  const rest = values.slice(VALUES_AT_FIRST);
  if (rest.length) {
    const title = fill(words.show_more, { n: rest.length });
    const open = rest.some((item) => item.querySelector(":checked"));
    const details = element("details", { className: "more", open });
    details.append(element("summary", { textContent: title }), element("ul", {}, ...rest));
    group.append(details);
  }
  return element(
    "details",
    { className: "fac", open: index < OPEN_AT_FIRST || chosen.length > 0 },
    element("summary", { textContent: label(facet) }),
    group,
  );
};
const drawFacets = (counts, chosen) => {
  const lists = FACETS.map((facet, index) =>
    facetList(facet, index, counts, chosen[facet] ?? []),
  );
  facetLists.replaceChildren(...lists.filter(Boolean));
};
const drawChoices = (chosen) => {
  choices.replaceChildren();
  Object.entries(chosen).forEach(([facet, values]) => {
    values.forEach((value) => {
      const button = element("button", { type: "button", className: "chip rm" }, value, " ");
      const cross = element("span", { textContent: "\u00d7" });
      cross.setAttribute("aria-hidden", "true");
      button.append(cross);
      button.setAttribute("aria-label", fill(words.remove, { kind: label(facet), value }));
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

const sentence = (count, query) => {
  const kind = count === 0 ? "none" : count === 1 ? "one" : "many";
  return fill(query ? words[kind] : words[`${kind}_filters`], { n: count, query });
};

/* Draws everything from the address; a newer run stops an older one */
const draw = async () => {
  const { query, chosen, sort } = readAddress();
  const current = ++run;
  const idle = !query && !Object.keys(chosen).length;
  if (document.activeElement !== form.q) form.q.value = query;
  form.sort.value = sort;
  document.title = query ? fill(words.title, { query, title: ownTitle }) : ownTitle;
  let found;
  try {
    const pagefind = await load();
    found = await pagefind.search(query || null, {
      filters: Object.fromEntries(
        Object.entries(chosen).map(([facet, values]) => [facet, { any: values }]),
      ),
      sort: sort === "new" ? { date: "desc" } : undefined,
    });
  } catch {
    if (current === run) summary.textContent = summary.dataset.failed;
    return;
  }
  if (current !== run) return;
  const counts = Object.keys(found.filters ?? {}).length ? found.filters : allCounts;
  drawFacets(counts, chosen);
  drawChoices(chosen);
  results.replaceChildren();
  more.hidden = true;
  hits = idle ? [] : found.results;
  shown = 0;
  summary.textContent = idle ? summary.dataset.idle : sentence(hits.length, query);
  await drawMore(current);
};

let typing;
form.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    writeAddress(readForm(), { push: false });
    draw();
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
  const first = await drawMore(run);
  first?.querySelector("a").focus();
});
addEventListener("popstate", () => {
  form.q.value = readAddress().query;
  draw();
});
if (matchMedia("(min-width: 56rem)").matches) find("#mf").open = true;
form.q.value = readAddress().query;
draw();
