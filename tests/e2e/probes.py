"""Scripts that ask a page in the browser what tests hold against the standards."""

AXE = """async (tags) => {
  const results = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html} (${node.failureSummary})`));
}"""
"""What axe-core finds by the rules of some tags."""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how many pixels the page is wider than its window."""

CLIPPED = """() => [...document.querySelectorAll("body *")]
  .filter((element) => {
    if (!element.checkVisibility() || element.closest(".vh, svg")) return false;
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = [overflowX, overflowY].some((each) => each === "hidden" || each === "clip");
    return hides && (element.scrollWidth > element.clientWidth + 1
      || element.scrollHeight > element.clientHeight + 1);
  })
  .map((element) => element.outerHTML.slice(0, 120))"""
"""Elements whose text is cut off: it is larger than a box that hides what overflows."""

SMALL_TARGETS = """() => {
  const inSentence = ".cite, .term, .footnote-ref, p, td, dt, small, .claims span";
  const notSeen = ".vh, .skip";
  const withLabel = "label";
  return [...document.querySelectorAll("a, button, input, select, summary")]
    .filter((element) => {
      const seen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!seen || element.closest([inSentence, notSeen, withLabel].join())) return false;
      const { width, height } = element.getBoundingClientRect();
      return width < 24 || height < 24;
    })
    .map((element) => element.outerHTML.slice(0, 120));
}"""
"""Targets of less than 24 by 24 pixels: WCAG 2.5.8, which excepts those in a sentence."""

UNMARKED = r"""(html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  const wrong = (element, words) =>
    cjk.test(words ?? "") && !/^(ja|zh)\b/.test(element.closest("[lang]")?.lang ?? "");
  const found = [];
  const walker = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    // What search reads stands in a hidden division.
    if (parentElement.closest("script, style, div[hidden]")) continue;
    if (wrong(parentElement, data)) found.push(data.trim());
  }
  for (const element of page.querySelectorAll("[aria-label], [alt], [placeholder], [title]"))
    for (const name of ["aria-label", "alt", "placeholder", "title"])
      if (wrong(element, element.getAttribute(name)))
        found.push(`${name}=${element.getAttribute(name)}`);
  return found;
}"""
"""Chinese and Japanese words whose element says another language; WCAG 3.1.2."""

OUT_OF_SIGHT = """() => {
  const element = document.activeElement;
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = document.elementFromPoint(left + width / 2, top + height / 2);
  const outlined = getComputedStyle(element).outlineStyle !== "none";
  const seen = at && (element.contains(at) || at.contains(element));
  return seen && outlined ? "" : element.outerHTML.slice(0, 120);
}"""
"""The focused element where it has no outline or is covered; WCAG 2.4.7 and 2.4.11."""
