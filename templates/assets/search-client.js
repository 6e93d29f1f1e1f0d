/* Searches this publication. docs/search.md documents it for scripts of your own:

     const index = await open("https://example.org/briefings/");
     const { total, results, facets, suggestions } = await index.search("rent control", {
       filters: { kind: ["explainer"] }, sort: "new", limit: 10, offset: 0,
       typing: false, facets: ["topic", "source"], signal,
     });

   The work is done in a worker; the index's files are fetched as they are needed, once. */
const start = (base) => {
  const worker = new Worker(new URL("search-index.js", import.meta.url), { type: "module" });
  const waiting = new Map();
  let count = 0;
  const ask = (message, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = ++count;
      waiting.set(id, { resolve, reject });
      signal?.addEventListener("abort", () => {
        if (!waiting.delete(id)) return;
        worker.postMessage({ id, stop: true });
        reject(signal.reason);
      });
      worker.postMessage({ id, base, ...message });
    });
  worker.addEventListener("message", ({ data: { id, answer, error } }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error === undefined) resolve?.(answer);
    else reject?.(new Error(error));
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    waiting.forEach(({ reject }) => reject(new Error("the search worker could not be started")));
    waiting.clear();
  });
  return { ask, end: () => worker.terminate() };
};

/* Opens the index of the site whose root is `baseUrl`; fails where there is none. */
export const open = async (baseUrl) => {
  const { ask, end } = start(new URL(baseUrl, location.href).href);
  try {
    await ask({});
  } catch (error) {
    end();
    throw error;
  }
  return {
    search: (query, { signal, ...options } = {}) => ask({ query, options }, signal),
    close: end,
  };
};
