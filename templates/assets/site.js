/* What scripts add to every page. Each page is complete without them. */
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];
  const status = find("#say");
  const words = JSON.parse(status?.dataset.words ?? "{}");

  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage may be forbidden; the choice lasts as long as the page.
    }
  };

  /* Theme */
  find(".theme")?.addEventListener("click", () => {
    const chosen = root.dataset.theme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember("theme", root.dataset.theme);
  });

  /* On phones the contents list and the evidence begin closed; the style sheet hides them until
     this line has run. */
  const narrow = matchMedia("(max-width: 49.99rem)").matches;
  findAll("details.fold").forEach((details) => {
    if (narrow) details.open = false;
    details.dataset.ready = "";
  });

  /* "/" goes to the search field unless the reader is typing. WCAG 2.1.4 asks for a way to turn a
     shortcut of one character off. */
  const slashButton = find("#slash");
  const slashOff = slashButton?.textContent;
  const setSlash = (state) => {
    root.dataset.slash = state;
    const field = find("#find");
    if (field) field.ariaKeyShortcuts = state === "off" ? null : "/";
    if (slashButton) slashButton.textContent = state === "off" ? words.slash_on : slashOff;
  };
  setSlash(recall("slash") === "off" ? "off" : "on");
  slashButton?.addEventListener("click", () => {
    setSlash(root.dataset.slash === "off" ? "on" : "off");
    remember("slash", root.dataset.slash);
  });
  const typing = (element) =>
    /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeSheet();
      dismissCards();
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== "/" || root.dataset.slash === "off" || !plain || typing(event.target)) return;
    const field = [find("#q"), find("#find"), find(".findlink")].find(
      (each) => each && each.offsetParent,
    );
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select?.();
  });

  /* A note number and the way back from its note, named in full; and the number's card, which
     repeats the note and the source it stands under */
  const element = (name, className, ...within) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...within);
    return made;
  };
  const copies = (nodes) => [...nodes].flatMap((node) => [node.cloneNode(true), " "]);
  findAll(".cite > a").forEach((link) => {
    const note = document.getElementById(link.hash.slice(1));
    const source = note?.closest(".src > li");
    if (!source) return;
    const number = link.textContent;
    const named = (name) => words[name].replace("{n}", number);
    link.ariaLabel = named("note");
    find("a", note).ariaLabel = named("back_to_claim");
    const [publisher, kind, date] = findAll(".dots > span", source);
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
    card.id = `cc${number}`;
    link.setAttribute("aria-describedby", card.id);
    link.after(card);
  });

  /* Preview cards: the style sheet shows them on hover and focus; here they get Esc, their place
     beside the number, and a sheet at the bottom where the reader taps. */
  const GAP = 8;
  const holders = findAll(":is(.cite, .term):has(> .card)");
  let sheetHolder = null;

  const closeSheet = () => {
    if (!sheetHolder) return;
    const holder = sheetHolder;
    sheetHolder = null;
    holder.classList.remove("on");
    const card = find(".card", holder);
    card.classList.remove("sheet");
    findAll(".go a", card).forEach((link) => (link.tabIndex = -1));
    find("a", holder).focus({ preventScroll: true });
    holder.classList.add("off");
  };
  const dismissCards = () => {
    holders
      .filter((holder) => holder.matches(":hover, :focus-within"))
      .forEach((holder) => holder.classList.add("off"));
  };
  const resetPlace = (card) => {
    card.classList.remove("above");
    card.style.left = "";
    card.style.marginTop = "";
  };
  const place = (holder) => {
    const card = find(".card", holder);
    if (card.classList.contains("sheet")) return;
    resetPlace(card);
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
  const openSheet = (holder) => {
    closeSheet();
    sheetHolder = holder;
    const card = find(".card", holder);
    resetPlace(card);
    holder.classList.remove("off");
    holder.classList.add("on");
    card.classList.add("sheet");
    findAll(".go a", card).forEach((link) => (link.tabIndex = 0));
    if (!find(".x", card)) {
      const button = element("button", "x", "\u00d7");
      button.type = "button";
      button.ariaLabel = words.close;
      button.addEventListener("click", closeSheet);
      card.append(button);
    }
    find(".go a", card)?.focus({ preventScroll: true });
  };
  holders.forEach((holder) => {
    const link = find("a", holder);
    const undismiss = () => holder.classList.remove("off");
    holder.addEventListener("mouseenter", () => place(holder));
    holder.addEventListener("mouseleave", undismiss);
    link.addEventListener("focus", () => place(holder));
    link.addEventListener("blur", undismiss);
    let touched = false;
    link.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "touch";
    });
    link.addEventListener("click", (event) => {
      if (!touched) return;
      touched = false;
      event.preventDefault();
      openSheet(holder);
    });
  });
  document.addEventListener("pointerdown", (event) => {
    if (!sheetHolder || sheetHolder.contains(event.target)) return;
    closeSheet();
    // A tap on nothing in particular would take the focus away again.
    const keepFocus = (press) => {
      if (!press.target.closest("a, button, input, select, summary")) press.preventDefault();
    };
    document.addEventListener("mousedown", keepFocus, { once: true });
  });

  /* The current section in the contents list */
  const entries = new Map(
    findAll(".toc a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
  );
  if (entries.size) {
    const observer = new IntersectionObserver(
      (changes) => {
        const entered = changes.find((change) => change.isIntersecting);
        if (!entered) return;
        entries.forEach((link) => link.removeAttribute("aria-current"));
        entries.get(entered.target.id).setAttribute("aria-current", "true");
      },
      { rootMargin: "0px 0px -75% 0px" },
    );
    entries.forEach((link, id) => {
      const heading = document.getElementById(id);
      if (heading) observer.observe(heading);
    });
  }

  /* A page goes out of date, and a correction stops being news, after the build too */
  const now = Date.now();
  const newsFor = 30 * 24 * 60 * 60 * 1000;
  findAll("[data-stale-after]").forEach((banner) => {
    if (now >= Date.parse(banner.dataset.staleAfter)) banner.hidden = false;
  });
  findAll("[data-recent]").forEach((banner) => {
    if (now < Date.parse(banner.dataset.recent) + newsFor) banner.hidden = false;
  });

  /* Copy, share, print */
  const announce = (text) => {
    if (status) status.textContent = text;
  };
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      announce(words.copy_failed);
      return;
    }
    const label = find("span", button);
    button.dataset.label ??= label.textContent;
    label.textContent = words.copied;
    announce(words.copied);
    setTimeout(() => {
      label.textContent = button.dataset.label;
    }, 2000);
  };
  const address = () => find("link[rel=canonical]")?.href ?? location.href;
  const actions = {
    print: () => print(),
    cite: (button) => copy(button, find("#cite-text").innerText),
    share: async (button) => {
      if (!navigator.share) {
        copy(button, address());
        return;
      }
      try {
        await navigator.share({ title: document.title, url: address() });
      } catch {
        // The reader closed the sheet.
      }
    },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do]?.(button);
  });

  /* On paper every disclosure is open */
  addEventListener("beforeprint", () => {
    findAll("details").forEach((details) => {
      details.dataset.was ??= details.open;
      details.open = true;
    });
  });
  addEventListener("afterprint", () => {
    findAll("details[data-was]").forEach((details) => {
      details.open = details.dataset.was === "true";
      delete details.dataset.was;
    });
  });
})();
