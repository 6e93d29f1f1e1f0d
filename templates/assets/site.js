/* What scripts add to every page. Each page is complete without them. */
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];
  // A frame of somebody's own may be without it.
  const status = find("#say") ?? document.createElement("div");
  const words = JSON.parse(status.dataset.words ?? "{}");

  // Storage may be forbidden; a choice lasts as long as the page then.
  const stored = (key, value) => {
    try {
      if (value) localStorage[key] = value;
      return localStorage[key];
    } catch {}
  };

  /* Theme */
  find(".theme")?.addEventListener("click", () => {
    root.dataset.theme = getComputedStyle(root).colorScheme === "dark" ? "light" : "dark";
    stored("theme", root.dataset.theme);
  });

  /* On phones the contents list and the evidence begin closed; the style sheet hides them until
     this line has run. */
  const narrow = matchMedia("(max-width: 49.99rem)").matches;
  findAll("details.fold").forEach((details) => {
    details.open = !narrow;
    details.dataset.ready = "";
  });

  /* "/" goes to the search field unless the reader is typing. WCAG 2.1.4 asks for a way to turn a
     shortcut of one character off. */
  const slashButton = find("#slash");
  const slashOff = slashButton?.textContent;
  const setSlash = (off) => {
    root.dataset.slash = off ? "off" : "on";
    const field = find("#find");
    if (field) field.ariaKeyShortcuts = off ? null : "/";
    if (slashButton) slashButton.textContent = off ? words.slash_on : slashOff;
  };
  setSlash(stored("slash") === "off");
  slashButton?.addEventListener("click", () => {
    setSlash(root.dataset.slash === "on");
    stored("slash", root.dataset.slash);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeSheet();
      findAll(".cite, .term").forEach((holder) => holder.classList.add("off"));
    }
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== "/" || root.dataset.slash === "off" || held || typing) return;
    const field = findAll("#q, #find, .findlink").find((each) => each.offsetParent);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select?.();
  });

  /* A note number and the way back from its note are named in full. */
  const numbers = findAll(".cite > a");
  const noteOf = (link) => document.getElementById(link.hash.slice(1));
  numbers.forEach((link) => {
    const back = noteOf(link)?.querySelector("a");
    if (!back) return;
    const named = (name) => words[name]?.replace("{n}", link.textContent);
    link.ariaLabel = named("note");
    back.ariaLabel = named("back_to_claim");
  });

  /* A number's card repeats its note and the source that the note stands under. */
  const element = (name, className, ...within) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...within);
    return made;
  };
  const copies = (nodes) => [...nodes].flatMap((node) => [node.cloneNode(true), " "]);
  const complete = (link) => {
    if (link.hasAttribute("aria-describedby")) return;
    const note = noteOf(link);
    const source = note?.closest(".src > li");
    const [publisher, kind, date] = source ? findAll(".dots > span", source) : [];
    if (!date || !words.source) return;
    const said = find("span", note).cloneNode(true);
    said.className = "q";
    const toNote = element("a", "", words.all_notes);
    toNote.href = link.hash;
    const go = element("span", "go", ...copies([find(".links a", source)]), toNote);
    findAll("a", go).forEach((each) => (each.tabIndex = -1));
    const card = element(
      "span",
      "card",
      element("span", "k", `${words.source} ${source.id.slice(1)} · ${kind.textContent}`),
      element("span", "t", ...copies(find("h3 a", source).childNodes)),
      element("span", "m dots", ...copies([publisher, date])),
      ...copies(findAll(".warn b", source)),
      said,
      ...findAll("[data-standing]", said),
      go,
    );
    card.id = `cc${link.textContent}`;
    link.setAttribute("aria-describedby", card.id);
    link.after(card);
  };
  // They are made when the reader first does anything or after a while, a task each: all at once,
  // and while the page is first laid out, they would keep a slow phone from answering.
  const start = () => numbers.forEach((link) => setTimeout(complete, 0, link));
  ["pointermove", "keydown", "scroll"].forEach((type) =>
    addEventListener(type, start, { once: true, passive: true }),
  );
  setTimeout(start, 5000); // a screen reader may come to a number without any of them

  /* Preview cards: the style sheet shows them on hover and focus; here they get Esc, their place
     beside the number, and a sheet at the bottom where the reader taps. */
  const GAP = 8;
  let sheetHolder = null;

  const setSheet = (holder, open) => {
    const card = find(".card", holder);
    card.className = open ? "card sheet" : "card";
    card.style = "";
    holder.classList.toggle("on", open);
    holder.classList.toggle("off", !open);
    findAll(".go a", card).forEach((link) => (link.tabIndex = open ? 0 : -1));
    return card;
  };
  const closeSheet = () => {
    const holder = sheetHolder;
    if (!holder) return;
    sheetHolder = null;
    find("a", holder).focus({ preventScroll: true });
    setSheet(holder, false);
  };
  const place = (holder) => {
    complete(find("a", holder));
    const card = find(".card", holder);
    if (!card || holder === sheetHolder) return;
    card.className = "card";
    card.style = "";
    if (!card.offsetParent) return;
    const column = card.offsetParent.getBoundingClientRect();
    const number = find("a", holder).getBoundingClientRect();
    const rightmost = column.width - card.offsetWidth;
    const left = Math.max(0, Math.min(number.left - column.left - 24, rightmost));
    card.style.left = `${left}px`;
    const { top, bottom } = card.getBoundingClientRect();
    const above = number.top - card.offsetHeight - GAP;
    if (bottom + GAP <= innerHeight || above < GAP) return;
    card.classList.add("above");
    card.style.marginTop = `${parseFloat(getComputedStyle(card).marginTop) + above - top}px`;
  };
  const closer = element("button", "x", "\u00d7");
  closer.ariaLabel = words.close;
  closer.addEventListener("click", closeSheet);
  const openSheet = (holder) => {
    closeSheet();
    sheetHolder = holder;
    const card = setSheet(holder, true);
    card.append(closer);
    find(".go a", card)?.focus({ preventScroll: true });
  };
  // The pointer or the focus comes to a number with its card, or leaves both.
  ["mouseover", "focusin", "mouseout", "focusout"].forEach((type) =>
    addEventListener(type, ({ target, relatedTarget }) => {
      const holder = target.closest(".cite, .term");
      if (!holder || holder.contains(relatedTarget)) return;
      holder.classList.remove("off");
      if (!type.endsWith("out")) place(holder);
    }),
  );
  let touched;
  addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!sheetHolder || sheetHolder.contains(event.target)) return;
    closeSheet();
    // A tap on nothing in particular would take the focus away again.
    addEventListener(
      "mousedown",
      (press) => {
        if (!press.target.closest("a, button, input, select, summary")) press.preventDefault();
      },
      { once: true },
    );
  });

  /* The current section in the contents list */
  const entries = new Map(
    findAll(".toc a").map((link) => [
      document.getElementById(decodeURIComponent(link.hash.slice(1))),
      link,
    ]),
  );
  const observer = new IntersectionObserver(
    (changes) => {
      const entered = changes.find((change) => change.isIntersecting);
      if (!entered) return;
      find(".toc [aria-current]")?.removeAttribute("aria-current");
      entries.get(entered.target).ariaCurrent = "true";
    },
    { rootMargin: "0px 0px -75%" },
  );
  entries.forEach((link, heading) => heading && observer.observe(heading));

  /* A page goes out of date, and a correction stops being news, after the build too */
  const newsFor = 2592e6; // 30 days
  findAll("[data-stale-after], [data-recent]").forEach((banner) => {
    const { staleAfter, recent } = banner.dataset;
    const now = Date.now();
    if (now >= Date.parse(staleAfter) || now < Date.parse(recent) + newsFor) banner.hidden = false;
  });

  /* Copy, share, print */
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      status.textContent = words.copy_failed;
      return;
    }
    const label = find("span", button);
    button.dataset.label ??= label.textContent;
    label.textContent = status.textContent = words.copied;
    setTimeout(() => {
      label.textContent = button.dataset.label;
    }, 2000);
  };
  const actions = {
    print: () => print(),
    cite: (button) => copy(button, find("#cite-text").innerText),
    share: (button) => {
      const shared = { title: document.title, url: find("link[rel=canonical]")?.href ?? location.href };
      // It is refused when the reader closes the sheet.
      if (navigator.share) navigator.share(shared).catch(() => {});
      else copy(button, shared.url);
    },
  };
  addEventListener("click", (event) => {
    // A key's click, which follows no press, has no detail.
    const holder = touched && event.detail && event.target.closest(".cite > a, .term > a")?.parentNode;
    if (holder && find(".card", holder)) {
      event.preventDefault();
      openSheet(holder);
    }
    const button = event.target.closest("[data-do]");
    actions[button?.dataset.do]?.(button);
  });

  /* What theme.js lets wait is laid out once the page is there, a few blocks at a time. */
  const idle = window.requestIdleCallback ?? setTimeout;
  const waiting = findAll(".prose > p, .src > li, .tl");
  const layOut = () => {
    waiting.splice(0, 3).forEach((block) => block.classList.add("near"));
    if (waiting[0]) idle(layOut);
  };
  addEventListener("load", layOut);
})();
