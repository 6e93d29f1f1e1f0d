// The preview's bar: what a writer wants to know of the page in view. Never part of a build.
// It reads the page as the shipped templates mark it up, and leaves out what it does not find.
(() => {
  "use strict";
  const main = document.querySelector("main");
  if (!main || document.getElementById("sitegen-bar")) return;

  const HIDDEN = "[hidden], .cite, .anch, script, style, noscript";
  const CJK = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;

  const textOf = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.nodeType === Node.ELEMENT_NODE && node.matches(HIDDEN)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    });
    let text = "";
    while (walker.nextNode()) {
      const node = walker.currentNode;
      text += node.nodeType === Node.TEXT_NODE ? node.data : "";
    }
    return text;
  };

  // What the writer wrote, without the words of the interface.
  const runningText = () => {
    const written = [...main.querySelectorAll(".key li, .kn li, .prose")];
    return (written.length ? written : [main]).map(textOf).join("\n");
  };

  const number = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  // As the loader counts: characters in Japanese, Chinese and Korean, words elsewhere.
  const length = () => {
    const text = runningText();
    return /^(ja|zh|ko)\b/.test(document.documentElement.lang)
      ? number((text.match(CJK) || []).length, "character", "characters")
      : number((text.match(/[\p{L}\p{N}]+(?:['\u2019.-][\p{L}\p{N}]+)*/gu) || []).length, "word", "words");
  };

  const claims = () => {
    const notes = [...main.querySelectorAll("ol.claims > li[id^='n']")];
    if (!main.querySelector("[data-stale-after]")) return [];
    const bare = notes.filter((note) => !note.querySelector("q")).length;
    const unchecked = notes.filter((note) => note.querySelector("[data-standing='unchecked']")).length;
    return [
      number(notes.length, "claim", "claims"),
      ...(bare ? [`${bare} without a passage`] : []),
      ...(unchecked ? [`${unchecked} with an unchecked quotation`] : []),
    ];
  };

  const review = () => {
    const banner = main.querySelector("[data-stale-after]");
    if (!banner) return [];
    const day = banner.dataset.staleAfter;
    return [banner.hidden ? `review due on ${day}` : `review was due on ${day}`];
  };

  const state = main.querySelector(".ban.state b");
  const figures = [...(state ? [state.textContent.replace(/\.$/, "")] : []), length(), ...claims(), ...review()];

  const bar = document.createElement("aside");
  bar.id = "sitegen-bar";
  bar.lang = "en";
  bar.setAttribute("aria-label", "Preview");
  const list = document.createElement("ul");
  for (const figure of figures) {
    const item = document.createElement("li");
    item.textContent = figure;
    list.append(item);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "\u00d7";
  close.setAttribute("aria-label", "Close this bar");
  close.addEventListener("click", () => bar.remove());
  bar.append(list, close);
  document.body.append(bar);
})();
