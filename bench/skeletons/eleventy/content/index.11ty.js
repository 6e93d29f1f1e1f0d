import { base, entry } from "./_includes/base.js";

export const data = { title: "A made-up publication" };

export function render(data) {
  const newest = data.collections.explainers.slice(0, 20);
  return base(data, `<h1>${data.title}</h1>\n<ul>\n${newest.map(entry).join("")}</ul>`);
}
