import { base } from "./base.js";
import { day, escape } from "./escape.js";

export function render(data) {
  const topics = data.topics.map((each) => data.collections.topics[each]);
  const sources = data.sources.map((each) => data.collections.sources[each]);
  return base(
    data,
    `<article data-edition="1">
<p>${topics.map((each) => `<a href="${each.url}">${escape(each.data.title)}</a>`).join(" ")}</p>
<h1>${escape(data.title)}</h1>
<p>${escape(data.description)}</p>
<p><time datetime="${day(data.page.date)}">${day(data.page.date)}</time></p>
${data.content}
<h2>Sources</h2>
<ul>
${sources.map((each) => `<li><a href="${each.url}">${escape(each.data.title)}</a>, ${escape(each.data.publisher)}, ${each.data.published}</li>`).join("\n")}
</ul>
</article>`,
  );
}
