/* Reads the search index and ranks what it finds; runs in a worker that search-client.js starts.
   docs/search.md tells the format and the reasons for each number. */
import { fold, isCjk, runs, stem } from "./search-words.js";

export const WEIGHTS = {
  fields: [8, 6, 3, 2, 3], // title, other names, summary, key points, headings; the body is 1
  saturation: 3.5, // k1
  length: 0.75, // b
  other: 0.85, // another form of the word
  prefix: 0.5, // a word that only begins so
  near: 0.6,
  all: 0.5, // the power of the share of the query that a page holds, and what few words add to it
  few: 2,
  kinds: { explainer: 1, topic: 0.92, page: 0.9, source: 0.85, term: 0.85 },
  newest: 0.02,
};
const TIMES = [0, 1, 2, 3, 4.5, 7, 11, 20];
const SEGMENT = 256;
const SPACES = 8;
const PLACES_BYTES = 24000;
const GROUPS = { explainer: 2, topic: 4, page: 2, source: 8, term: 8 };
const MOST_SIGNS = 2000;
const MOST_UNITS = 64;
const MOST_NEAR = 60;
const MOST_CHUNKS = 4;
const EXCERPT = 200;
const SECTIONS = 3;
const text = new TextDecoder();

const bucketOf = (word) => {
  const first = word.codePointAt(0);
  return first < 128 ? word[0] : `u${(first >> 12).toString(16)}`;
};
const nameOf = (key) => {
  const word = key.slice(key.indexOf("\t") + 1);
  const hash = [0x811c9dc5, 0x01000193].map((start) => {
    let sum = start;
    for (let at = 0; at < key.length; at++) sum = Math.imul(sum ^ key.charCodeAt(at), 0x01000193);
    return (sum >>> 0).toString(16).padStart(8, "0");
  });
  return `${bucketOf(word)}-${hash.join("")}`;
};
const reader = (data) => {
  let at = 0;
  const varint = () => {
    let number = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = data[at++];
      number += (byte & 127) * unit;
      if (byte < 128) return number;
    }
  };
  const bytes = (length) => data.subarray(at, (at += length));
  return { varint, bytes, more: () => at < data.length, byte: () => data[at++] };
};
const check = (signal) => signal?.throwIfAborted();

/* A chunk's words: [{ stem, word, alias, size, blocks }] in their order */
const readChunk = (data, name) => {
  const read = reader(data);
  const entries = [];
  let key = new Uint8Array();
  let part = 0;
  let taken = 0;
  while (read.more()) {
    const same = read.varint();
    const rest = read.bytes(read.varint());
    const next = new Uint8Array(same + rest.length);
    next.set(key.subarray(0, same));
    next.set(rest, same);
    key = next;
    const [stemmed, word = stemmed] = text.decode(key).split("\t");
    const head = read.varint();
    const alias = head & 1 ? text.decode(read.bytes(read.varint())).split("\n") : [];
    const blocks = [];
    let segment = 0;
    for (let left = Math.floor(head / 2); left; left--) {
      segment += read.varint();
      const size = read.byte() + 1;
      const length = read.varint();
      if (taken && taken + length > PLACES_BYTES) {
        part++;
        taken = 0;
      }
      blocks.push({ segment, size, places: `places/${name}-${part}.bin`, at: taken, length });
      taken += length;
    }
    for (const block of blocks) block.steps = read.bytes(block.size);
    for (const block of blocks) block.heads = read.bytes(block.size);
    const size = blocks.reduce((sum, block) => sum + block.size, 0);
    entries.push({ stem: stemmed, word, alias, size, blocks });
  }
  return entries;
};

/* The query: words, each a unit; phrases in quotation marks; and what is to be left out */
export const parse = (query) => {
  const units = [];
  const phrases = [];
  const excluded = [];
  const whole = query.slice(0, MOST_SIGNS).replace(/[\u201c\u201d\u201e\uff02]/g, '"');
  for (const [piece, not, quoted] of whole.matchAll(/(?<!\S)(-?)"([^"]*)"?|[^\s"]+/g)) {
    const minus = not === undefined && /^-[\p{L}\p{N}]/u.test(piece);
    const found = [];
    const phrase = [];
    let place = 0;
    for (const run of runs(fold(quoted ?? (minus ? piece.slice(1) : piece)))) {
      if (run.signs) {
        const { signs } = run;
        const pairs = signs.length > 1 ? signs.slice(1).map((sign, at) => signs[at] + sign) : signs;
        pairs.forEach((word, at) => {
          found.push({ word, prefix: signs.length === 1 });
          phrase.push({ word, prefix: signs.length === 1, at: place + at });
        });
        place += signs.length;
      } else {
        for (const { parts, joined } of run.compounds) {
          found.push(parts.length > 1 ? { word: joined || parts[0], parts } : { word: parts[0] });
          parts.forEach((word) => phrase.push({ word, at: place++ }));
        }
      }
    }
    if (!phrase.length) continue;
    if (not === "-" || minus) excluded.push(phrase);
    else {
      if (quoted !== undefined && phrase.length) phrases.push(phrase);
      units.push(...found.map((unit) => ({ ...unit, quoted: quoted !== undefined })));
    }
  }
  const seen = new Set();
  const once = units.filter(({ word }) => !seen.has(word) && seen.add(word));
  return { units: once.slice(0, MOST_UNITS), phrases: phrases.slice(0, 8), excluded };
};

export const openIndex = async (base) => {
  const files = new Map();
  let version = "";
  const load = (path, cache = "default") => {
    if (!files.has(path)) {
      const loading = (async () => {
        const response = await fetch(new URL(`search-index/${path}${version}`, base), { cache });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        const unpacked = response.body.pipeThrough(new DecompressionStream("deflate-raw"));
        return new Uint8Array(await new Response(unpacked).arrayBuffer());
      })();
      files.set(path, loading);
      loading.catch(() => files.delete(path)); // tried again when it is next wanted
    }
    return files.get(path);
  };
  const json = async (path, cache) => JSON.parse(text.decode(await load(path, cache)));

  const start = await json("start.bin", "no-cache");
  version = `?v=${start.id}`;
  const { kinds, chunks: firsts } = start;
  const columns = await json("documents.bin");
  const { counts } = columns;
  const bases = counts.map((_, kind) => counts.slice(0, kind).reduce((a, b) => a + b, 0));
  const total = counts.reduce((a, b) => a + b, 0);
  const kindOf = new Uint8Array(total);
  const days = new Int32Array(total);
  const norms = new Float32Array(total);
  counts.forEach((count, kind) => {
    for (let at = 0, day = 0; at < count; at++) {
      const page = bases[kind] + at;
      kindOf[page] = kind;
      days[page] = day += columns.days[page];
      norms[page] = 2 ** (columns.lengths[page] / 2);
    }
  });
  const dated = days.filter((day) => day > -1e6);
  const newest = dated.reduce((a, b) => Math.max(a, b), 0);
  const oldest = dated.reduce((a, b) => Math.min(a, b), newest);
  const longest = norms.reduce((a, b) => a + b, 0) / (total || 1) || 1;
  for (let page = 0; page < total; page++) {
    norms[page] = 1 - WEIGHTS.length + (WEIGHTS.length * norms[page]) / longest;
  }
  const yearOf = (page) =>
    days[page] > -1e6 ? String(new Date(days[page] * 864e5).getUTCFullYear()) : undefined;

  /* Chunks */
  const chunks = new Map();
  const chunk = (first) => {
    const name = nameOf(first);
    if (!chunks.has(name)) {
      chunks.set(name, load(`words/${name}.bin`).then((data) => readChunk(data, name)));
      chunks.get(name).catch(() => chunks.delete(name));
    }
    return chunks.get(name);
  };
  /* The place of the chunk that holds a key, or would */
  const placeOf = (list, key) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  };
  const withStem = async (word, stemmed) => {
    const list = firsts[bucketOf(word)];
    if (!list) return [];
    const entries = await chunk(list[placeOf(list, `${stemmed}\t\uffff`)]);
    return entries.filter((entry) => entry.stem === stemmed);
  };
  /* Every form of a word; `exact` ones are the word itself */
  const forms = async (word) => {
    const found = await withStem(word, stem(word));
    const own = found.find((entry) => entry.word === word);
    const others = await Promise.all((own?.alias ?? []).map((alias) => withStem(word, alias)));
    return [...found, ...others.flat()].filter((entry) => entry.size);
  };
  const beginning = async (prefix) => {
    const list = firsts[bucketOf(prefix)];
    if (!list) return [];
    const shorter = isCjk(prefix) ? prefix : prefix.slice(0, Math.max(3, prefix.length - 4));
    const last = placeOf(list, `${prefix}\uffff`);
    const first = Math.max(placeOf(list, shorter), last - MOST_CHUNKS + 1);
    const all = await Promise.all(list.slice(first, last + 1).map(chunk));
    return all.flat().filter((entry) => entry.size && entry.word.startsWith(prefix));
  };
  const documents = (entry) => {
    if (!entry.pages) {
      entry.pages = new Int32Array(entry.size);
      entry.heads = new Uint8Array(entry.size);
      let at = 0;
      for (const { segment, steps, heads } of entry.blocks) {
        let page = bases[segment % SPACES] + Math.floor(segment / SPACES) * SEGMENT;
        entry.heads.set(heads, at);
        for (const step of steps) entry.pages[at++] = page += step;
      }
    }
    return entry.pages;
  };
  /* The places of a word in those of `wanted` that hold it: page to numbers */
  const placesIn = async (entry, wanted) => {
    documents(entry);
    const found = new Map();
    let at = 0;
    await Promise.all(
      entry.blocks.map(async (block) => {
        const from = at;
        at += block.size;
        const pages = entry.pages.subarray(from, from + block.size);
        if (!pages.some((page) => wanted.has(page))) return;
        const data = await load(block.places);
        const read = reader(data.subarray(block.at, block.at + block.length));
        for (const page of pages) {
          const places = [];
          let place = 0;
          for (let left = read.varint(); left; left--) places.push((place += read.varint()));
          if (wanted.has(page)) found.set(page, places);
        }
      }),
    );
    return found;
  };
  const allPlaces = async (entries, wanted) => {
    const maps = await Promise.all(entries.map((entry) => placesIn(entry, wanted)));
    if (maps.length === 1) return maps[0];
    const found = new Map();
    for (const map of maps) {
      for (const [page, places] of map) found.set(page, [...(found.get(page) ?? []), ...places]);
    }
    return found;
  };
  /* Pages that hold a phrase, and how often */
  const holding = async (phrase) => {
    const words = await Promise.all(
      phrase.map(async ({ word, prefix, at }) => {
        const entries = prefix
          ? await beginning(word)
          : (await forms(word)).filter((entry) => entry.word === word);
        const pages = new Set(entries.flatMap((entry) => [...documents(entry)]));
        return { entries, pages, at };
      }),
    );
    words.sort((a, b) => a.pages.size - b.pages.size);
    let wanted = words[0].pages;
    for (const { pages } of words.slice(1)) {
      wanted = new Set([...wanted].filter((page) => pages.has(page)));
    }
    if (words.length === 1 || !wanted.size) return new Map([...wanted].map((page) => [page, 1]));
    let starts;
    for (const { entries, at } of words) {
      const places = await allPlaces(entries, wanted);
      const next = new Map();
      for (const [page, found] of places) {
        const here = new Set(found.map((place) => place - at));
        const both = starts ? (starts.get(page) ?? []).filter((place) => here.has(place)) : [...here];
        if (both.length) next.set(page, both);
      }
      starts = next;
      wanted = new Set(starts.keys());
    }
    return new Map([...starts].map(([page, found]) => [page, found.length]));
  };

  /* One unit of the query: which pages hold it, how well; `lit` is what of it is highlighted */
  const fields = new Uint8Array(total);
  const uses = new Float32Array(total);
  const match = async ({ word, parts, prefix }, typing) => {
    const entries = prefix ? [] : await forms(word);
    const rest =
      prefix || (typing && word.length > 1) ? await beginning(word) : [];
    const whole = parts ? await holding(parts.map((part, at) => ({ word: part, at }))) : new Map();
    return { entries, rest: rest.filter((entry) => !entries.includes(entry)), whole };
  };
  const weigh = ({ entries, rest, whole }, unit) => {
    const touched = [];
    const add = (page, head, weight) => {
      if (!fields[page] && !uses[page]) touched.push(page);
      if (weight >= WEIGHTS.other) fields[page] |= head & 31;
      uses[page] += weight * (TIMES[head >> 5] + (weight < WEIGHTS.other && head & 31 ? 1 : 0));
      if (!uses[page] && !fields[page]) uses[page] = 1e-6; // held, if only by another form
    };
    const addAll = (list, weightOf) => {
      for (const entry of list) {
        const pages = documents(entry);
        const weight = weightOf(entry);
        for (let at = 0; at < pages.length; at++) add(pages[at], entry.heads[at], weight);
      }
    };
    addAll(entries, (entry) => (entry.word === unit.word ? 1 : WEIGHTS.other));
    addAll(rest, () => (unit.prefix ? 1 : WEIGHTS.prefix));
    for (const [page, times] of whole) add(page, Math.min(times, 3) << 5, 1);
    const count = touched.length + 0.5;
    const rarity = Math.log(1 + (total - touched.length + 0.5) / count);
    const scores = touched.map((page) => {
      let sum = uses[page] / norms[page];
      for (let bit = 0; bit < 5; bit++) if (fields[page] & (1 << bit)) sum += WEIGHTS.fields[bit];
      fields[page] = uses[page] = 0;
      return (rarity * (WEIGHTS.saturation + 1) * sum) / (WEIGHTS.saturation + sum);
    });
    return { pages: touched, scores, rarity };
  };

  /* What is near in the text and in the query's order is worth more */
  const nearness = async (scores, units, found, signal) => {
    const best = [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a));
    const wanted = new Set(best.slice(0, MOST_NEAR));
    const places = await Promise.all(
      found.map(({ entries, pages }) =>
        pages.length > total / 3 && total > 500 ? new Map() : allPlaces(entries, wanted),
      ),
    );
    check(signal);
    for (const page of wanted) {
      let bonus = 0;
      for (let at = 1; at < units.length; at++) {
        const before = places[at - 1].get(page);
        const after = places[at].get(page);
        if (!before || !after) continue;
        let nearest = 0;
        let index = 0;
        const sorted = after.toSorted((a, b) => a - b);
        for (const place of before.toSorted((a, b) => a - b)) {
          while (index + 1 < sorted.length && sorted[index] < place) index++;
          for (const other of [sorted[index - 1], sorted[index]]) {
            const step = other - place;
            if (step > 0) nearest = Math.max(nearest, 1 / step);
            else if (step < 0) nearest = Math.max(nearest, 0.5 / -step);
          }
        }
        if (nearest > 0.1) bonus += nearest * Math.min(found[at - 1].rarity, found[at].rarity);
      }
      scores.set(page, scores.get(page) + WEIGHTS.near * bonus);
    }
  };

  /* Facets */
  const facetOf = {
    kind: (page) => [kinds[kindOf[page]]],
    year: (page) => [yearOf(page)].filter(Boolean),
    language: (page) => [columns.languages[columns.language[page]]],
  };
  const named = (steps, names) => {
    let at = 0;
    return steps.map((step) => names[(at += step)]);
  };
  /* Which page belongs to which of many is much to load: these facets are counted when asked for */
  const onDemand = async (asked) => {
    if (asked.includes("topic") && !facetOf.topic) {
      const { topic, topics } = await json("topics.bin");
      facetOf.topic = (page) => named(topic[page], topics);
    }
    if (asked.some((facet) => facet === "source" || facet === "publisher") && !facetOf.source) {
      const { source, sources, publisher, publishers } = await json("sources.bin");
      facetOf.publisher = (page) => named(publisher[page], publishers);
      facetOf.source = (page) => named(source[page], sources);
    }
  };

  /* Excerpts */
  const folded = (original) => {
    if (/^[\x00-\x7f]*$/.test(original)) return { folded: original.toLowerCase(), at: (n) => n };
    let made = "";
    const at = [];
    for (const { 0: sign, index } of original.matchAll(/.[\p{M}\uff9e\uff9f]*/gsu)) {
      const same = fold(sign);
      for (let n = 0; n < same.length; n++) at.push(index);
      made += same;
    }
    at.push(original.length);
    return { folded: made, at: (n) => at[n] };
  };
  const marksIn = (original, lit) => {
    const { folded: plain, at } = folded(original);
    const marks = [];
    const add = (from, to, unit) => marks.push({ from: at(from), to: at(to), unit });
    for (const { raw, index, signs, compounds } of runs(plain)) {
      if (signs) {
        let from = index;
        signs.forEach((sign, n) => {
          const next = signs[n + 1] ?? "";
          const both = lit.get(sign + next);
          const one = both ?? lit.get(sign);
          if (one !== undefined) {
            add(from, from + sign.length + (both === undefined ? 0 : next.length), one);
          }
          from += sign.length;
        });
      } else {
        const words = compounds.flatMap(({ parts, joined }) => [joined, ...parts]);
        const hit = words.find((word) => lit.has(word));
        if (hit !== undefined) add(index, index + raw.length, lit.get(hit));
      }
    }
    return marks;
  };
  const excerptOf = (original, marks, rarities) => {
    const size = isCjk(original.trim()[0] ?? "") ? EXCERPT / 2 : EXCERPT;
    let best = { worth: 0, first: 0, last: -1 };
    for (let first = 0, last = 0; first < marks.length; first++) {
      while (last + 1 < marks.length && marks[last + 1].to - marks[first].from < size) last++;
      const inside = marks.slice(first, Math.min(last, first + 40) + 1);
      const units = new Set(inside.map(({ unit }) => unit));
      let worth = Math.min(inside.length, 8) / 20;
      for (const unit of units) worth += rarities[unit];
      if (worth > best.worth) best = { worth, first, last: Math.max(first, last) };
    }
    const shown = marks.slice(best.first, best.last + 1);
    const middle = shown.length ? (shown[0].from + shown.at(-1).to) / 2 : size / 2;
    let from = Math.max(0, Math.min(shown[0]?.from ?? 0, Math.round(middle - size / 2)));
    let to = Math.min(original.length, Math.max(from + size, shown.at(-1)?.to ?? 0));
    if (from) {
      const space = original.slice(0, from + 1).lastIndexOf(" ");
      if (from - space < 20 && space >= 0) from = space + 1;
    }
    if (to < original.length) {
      const space = original.indexOf(" ", to);
      if (space >= 0 && space - to < 20) to = space;
    }
    const pieces = from ? [["\u2026", false]] : [];
    let at = from;
    for (const mark of marks) {
      if (mark.to <= at || mark.from >= to || mark.to > to) continue;
      const begin = Math.max(mark.from, at);
      if (begin > at) pieces.push([original.slice(at, begin), false]);
      if (pieces.at(-1)?.[1] && begin === at) pieces.at(-1)[0] += original.slice(begin, mark.to);
      else pieces.push([original.slice(begin, mark.to), true]);
      at = mark.to;
    }
    if (at < to) pieces.push([original.slice(at, to), false]);
    if (to < original.length) pieces.push(["\u2026", false]);
    return { worth: best.worth, pieces };
  };
  const fragment = async (page) => {
    const kind = kinds[kindOf[page]];
    const index = page - bases[kindOf[page]];
    const size = GROUPS[kind];
    return (await json(`pages/${kind}-${Math.floor(index / size)}.bin`))[index % size];
  };
  const shown = async (page, score, lit, rarities) => {
    const [url, title, lang, date, publisher, sections] = await fragment(page);
    const href = new URL(url.split("/").map(encodeURIComponent).join("/"), base).href;
    const found = sections.map(([anchor, heading, body]) => {
      const inHeading = marksIn(heading, lit).length ? 0.5 : 0;
      const { worth, pieces } = excerptOf(body, marksIn(body, lit), rarities);
      const its = { url: `${href}#${encodeURIComponent(anchor)}`, title: heading, excerpt: pieces };
      return { worth: worth + inHeading, anchor, its };
    });
    const best = found.reduce((a, b) => (b.worth > a.worth ? b : a), found[0]);
    return {
      url: href,
      title,
      kind: kinds[kindOf[page]],
      lang,
      date,
      publisher,
      score,
      excerpt: best?.its.excerpt ?? [],
      sections: found
        .filter(({ worth, anchor }) => worth > 0 && anchor)
        .sort((a, b) => b.worth - a.worth)
        .slice(0, SECTIONS)
        .map(({ its }) => its),
    };
  };

  /* Did you mean: the nearest words of the publication's own */
  const distance = (a, b, most) => {
    let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const cost = a[i - 1] === b[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[b.length];
  };
  const nearest = async (word) => {
    if (word.length < 3 || word.length > 40 || isCjk(word)) return undefined;
    const most = word.length < 5 ? 1 : 2;
    const look = async (buckets) => {
      let best = { score: Infinity };
      for (const bucket of buckets.filter((each) => firsts[each])) {
        const [words, common] = await json(`spelling/${bucket}.bin`);
        words.split(" ").forEach((each, at) => {
          if (Math.abs(each.length - word.length) > most || !each) return;
          const far = distance(word, each, most);
          const score = far - parseInt(common[at], 36) / 64;
          if (far <= most && score < best.score) best = { score, word: each };
        });
      }
      return best.word;
    };
    const own = bucketOf(word);
    const likely = [...new Set([own, bucketOf(word.slice(1))])];
    return (await look(likely)) ?? look(Object.keys(firsts).filter((each) => !likely.includes(each)));
  };
  const suggest = async (query, units, found) => {
    let suggestion = query.slice(0, MOST_SIGNS);
    for (const [at, unit] of units.entries()) {
      if (found[at].pages.length) continue;
      const other = await nearest(unit.word);
      if (other) {
        const spelled = [...suggestion.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].find(
          (each) => fold(each[0]) === unit.word,
        );
        if (spelled) {
          const end = spelled.index + spelled[0].length;
          suggestion = suggestion.slice(0, spelled.index) + other + suggestion.slice(end);
        }
      }
    }
    return suggestion === query.slice(0, MOST_SIGNS) ? [] : [suggestion];
  };

  return async (query, options = {}) => {
    const { filters = {}, sort = "", limit = 10, offset = 0, typing = false, signal } = options;
    const { units, phrases, excluded } = parse(query);
    const chosen = Object.entries(filters).filter(([, values]) => values?.length);
    const asked = [...(options.facets ?? []), ...chosen.map(([facet]) => facet)];
    const counting = onDemand(asked);
    counting.catch(() => {}); // it is awaited below
    const open = typing && /[\p{L}\p{N}\p{M}]$/u.test(query) ? units.at(-1) : undefined;
    const matched = await Promise.all(
      units.map((unit) => match(unit, unit === open && !unit.quoted)),
    );
    check(signal);
    const found = matched.map((each, at) => ({ ...each, ...weigh(each, units[at]) }));
    const whole = found.reduce((sum, { rarity, pages }) => sum + (pages.length ? rarity : 0), 0);
    const scores = new Map();
    const held = new Map();
    for (const { pages, scores: its, rarity } of found) {
      pages.forEach((page, at) => {
        scores.set(page, (scores.get(page) ?? 0) + its[at]);
        held.set(page, (held.get(page) ?? 0) + rarity);
      });
    }
    const plain = !units.length && (excluded.length > 0 || !query.trim());
    if (plain) for (let page = 0; page < total; page++) scores.set(page, 1);
    for (const phrase of phrases) {
      const pages = await holding(phrase);
      for (const page of scores.keys()) if (!pages.has(page)) scores.delete(page);
    }
    for (const phrase of excluded) for (const page of (await holding(phrase)).keys()) scores.delete(page);
    check(signal);
    if (units.length > 1 && scores.size) await nearness(scores, units, found, signal);
    const span = newest - oldest || 1;
    const power = WEIGHTS.all + WEIGHTS.few / (units.length || 1);
    for (const [page, score] of scores) {
      const share = plain ? 1 : held.get(page) / whole;
      const age = days[page] > -1e6 ? (days[page] - oldest) / span : 0;
      const worth = WEIGHTS.kinds[kinds[kindOf[page]]] * (1 + WEIGHTS.newest * age);
      scores.set(page, score * share ** power * worth);
    }
    await counting;
    check(signal);
    /* A value's count is of the pages that choosing it would show beside the other facets. */
    const tests = chosen.map(([facet, values]) => {
      const wanted = new Set(values);
      return [facet, (page) => facetOf[facet]?.(page).some((value) => wanted.has(value))];
    });
    const facets = Object.fromEntries(Object.keys(facetOf).map((facet) => [facet, Object.create(null)]));
    const pages = [];
    for (const page of scores.keys()) {
      const failed = tests.filter(([, test]) => !test(page));
      if (!failed.length) pages.push(page);
      if (failed.length > 1) continue;
      for (const facet of failed.length ? [failed[0][0]] : Object.keys(facets)) {
        for (const value of new Set(facetOf[facet](page))) {
          facets[facet][value] = (facets[facet][value] ?? 0) + 1;
        }
      }
    }
    pages.sort(
      (a, b) =>
        (sort === "new" ? days[b] - days[a] : 0) || scores.get(b) - scores.get(a) || a - b,
    );
    const lit = new Map();
    found.forEach(({ entries, rest }, at) => {
      for (const { word } of [...entries, ...rest]) lit.has(word) || lit.set(word, at);
      for (const word of units[at].parts ?? []) lit.has(word) || lit.set(word, at);
      if (units[at].prefix) lit.set(units[at].word, at);
    });
    const rarities = found.map(({ rarity }) => rarity);
    const results = await Promise.all(
      pages
        .slice(offset, offset + limit)
        .map((page) => shown(page, scores.get(page), lit, rarities)),
    );
    check(signal);
    const missing = units.length > 0 && found.some((each) => !each.pages.length);
    const suggestions = missing ? await suggest(query, units, found) : [];
    check(signal);
    return { total: pages.length, results, facets, suggestions };
  };
};

/* In a worker: searches for the page that started it */
if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  let opening;
  const running = new Map();
  addEventListener("message", async ({ data: { id, base, query, options, stop } }) => {
    if (stop) {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      opening ??= openIndex(base);
      opening.catch(() => (opening = undefined));
      const search = await opening;
      const answer =
        query === undefined ? true : await search(query, { ...options, signal: controller.signal });
      postMessage({ id, answer });
    } catch (error) {
      postMessage({ id, error: String(error) });
    }
    running.delete(id);
  });
}
