import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

const slug = (text) => text.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");

export default function (eleventy) {
  eleventy.amendLibrary("md", (markdown) =>
    markdown.set({ typographer: true }).use(footnote).use(anchor, { slugify: slug, tabIndex: false }),
  );
  eleventy.addCollection("explainers", (api) =>
    api.getFilteredByGlob("content/explainers/*.md").sort((a, b) => b.date - a.date),
  );
  for (const kind of ["sources", "topics"]) {
    eleventy.addCollection(kind, (api) =>
      Object.fromEntries(api.getFilteredByGlob(`content/${kind}/*.md`).map((page) => [page.fileSlug, page])),
    );
    eleventy.addCollection(`by_${kind}`, (api) => {
      const listed = {};
      for (const page of api.getFilteredByGlob("content/explainers/*.md").sort((a, b) => b.date - a.date))
        for (const each of page.data[kind]) (listed[each] ??= []).push(page);
      return listed;
    });
  }
  return { dir: { input: "content", output: "_site" }, markdownTemplateEngine: false };
}
