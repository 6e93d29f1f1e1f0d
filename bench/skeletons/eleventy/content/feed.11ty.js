import { escape } from "./_includes/escape.js";

export const data = { permalink: "/feed.xml", eleventyExcludeFromCollections: true };

export function render({ collections }) {
  const newest = collections.explainers.slice(0, 20);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>A made-up publication</title>
<id>https://example.org/</id>
<updated>${newest[0].date.toISOString()}</updated>
${newest.map((each) => `<entry><title>${escape(each.data.title)}</title><id>https://example.org${each.url}</id><link href="https://example.org${each.url}"/><updated>${each.date.toISOString()}</updated><summary>${escape(each.data.description)}</summary></entry>`).join("\n")}
</feed>
`;
}
