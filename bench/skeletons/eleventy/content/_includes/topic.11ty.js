import { base, entry } from "./base.js";
import { escape } from "./escape.js";

export function render(data) {
  const listed = data.collections.by_topics[data.page.fileSlug] ?? [];
  return base(
    data,
    `<h1>${escape(data.title)}</h1>
<p>${escape(data.description)}</p>
${data.content}
<ul>
${listed.map(entry).join("")}</ul>`,
  );
}
