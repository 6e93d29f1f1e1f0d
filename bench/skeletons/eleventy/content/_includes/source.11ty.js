import { base } from "./base.js";
import { escape } from "./escape.js";

export function render(data) {
  const listed = data.collections.by_sources[data.page.fileSlug] ?? [];
  return base(
    data,
    `<h1>${escape(data.title)}</h1>
<p>${escape(data.publisher)}, ${data.published}: <a href="${data.document}">${data.document}</a></p>
${data.content}
<h2>Cited by</h2>
<ul>
${listed.map((each) => `<li><a href="${each.url}">${escape(each.data.title)}</a></li>\n`).join("")}</ul>`,
  );
}
