import { escape } from "./escape.js";

export const base = (data, main) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(data.title)} – A made-up publication</title>
<meta name="description" content="${escape(data.description ?? "")}">
<link rel="canonical" href="https://example.org${data.page.url}">
<link rel="alternate" type="application/atom+xml" href="/feed.xml">
</head>
<body>
<header><a href="/">A made-up publication</a></header>
<main>
${main}
</main>
<footer><a href="/sitemap.xml">All pages</a></footer>
</body>
</html>
`;

export const entry = (page) =>
  `<li><a href="${page.url}">${escape(page.data.title)}</a> <time>${page.date.toISOString().slice(0, 10)}</time> ${escape(page.data.description)}</li>\n`;
