/* Cuts text into the words that search knows, as sitegen/search/words.py does at build, and stems
   English by Snowball's rules (snowballstem.org, "english"). */
const CJK =
  "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa" +
  "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff" +
  "\u{20000}-\u{323af}";
const JOINERS = "\\-\u2010'\u2019+";
const LONGEST = 64;
const DROPPED =
  /(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+|[\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\u{e0100}-\u{e01ef}]/gu;
const SAME = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", ё: "е", "\u2011": "\u2010",
};
const letter = `(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])`;
const WORD = new RegExp(`[${CJK}]+|${letter}+(?:[${JOINERS}.,]${letter}+)*`, "gu");
const UNIT = new RegExp(
  `([^0-9${JOINERS}.,](?:\\.[^0-9${JOINERS}.,])+(?![^${JOINERS}.,]))` +
    "|([0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?(?![0-9])|[0-9]+\\.[0-9]+)" +
    `|[^${JOINERS}.,]+`,
  "gu",
);
const PART = /[0-9]+(?:\.[0-9]+)?|[^0-9]+/g;
const startsCjk = new RegExp(`^[${CJK}]`, "u");

export const isCjk = (text) => startsCjk.test(text);
export const fold = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(DROPPED, "")
    .normalize("NFC")
    .replace(/[ßæœøłđıςё\u2011]/g, (sign) => SAME[sign]);
const short = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

/* The compounds of a run of joined letters: the parts of each, and all as one word */
const compounds = (raw) => {
  const found = [];
  let parts = [];
  let plus = "";
  let end = 0;
  const close = () => {
    parts = parts.map(short);
    const joined = parts.length > 1 && parts.length < 5 ? short(parts.join(plus)) : "";
    if (parts.length) found.push({ parts, joined });
    parts = [];
  };
  for (const match of raw.matchAll(UNIT)) {
    const joiner = raw.slice(end, match.index);
    end = match.index + match[0].length;
    if (joiner === "." || joiner === ",") {
      close();
      plus = "";
    }
    if ((joiner === "'" || joiner === "\u2019") && match[0] === "s" && end === raw.length) break;
    if (joiner === "+") plus = "+";
    if (match[1]) parts.push(match[0].replaceAll(".", ""));
    else if (match[2]) parts.push(match[0].replaceAll(",", ""));
    else parts.push(...match[0].match(PART));
  }
  close();
  return found;
};

/* The runs of folded text: where each stands, and its compounds or, for CJK, its characters */
export const runs = (folded) =>
  [...folded.matchAll(WORD)].map(({ 0: raw, index }) =>
    isCjk(raw) ? { raw, index, signs: [...raw] } : { raw, index, compounds: compounds(raw) },
  );

/* All words of a text with their places, as a document's are counted */
export const wordsOf = (text) => {
  const found = [];
  let place = 0;
  for (const run of runs(fold(text))) {
    if (run.signs) {
      run.signs.forEach((sign, at) => found.push([sign + (run.signs[at + 1] ?? ""), place + at]));
      place += run.signs.length;
    } else {
      for (const { parts, joined } of run.compounds) {
        parts.forEach((part, at) => found.push([part, place + at]));
        if (joined) found.push([joined, place]);
        place += parts.length;
      }
    }
  }
  return found;
};

const table = (text) => text.split(" ").map((pair) => pair.split(":"));
const WHOLE = Object.fromEntries(
  table(
    "skis:ski skies:sky idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl " +
      "andes:andes atlas:atlas bias:bias cosmos:cosmos howe:howe news:news sky:sky",
  ),
);
const STEP2 = table(
  "ization:ize ational:ate fulness:ful ousness:ous iveness:ive tional:tion biliti:ble lessli:less " +
    "entli:ent ation:ate alism:al aliti:al ousli:ous iviti:ive fulli:ful ogist:og enci:ence " +
    "anci:ance abli:able izer:ize ator:ate alli:al bli:ble ogi:og li:",
);
const STEP3 = table(
  "ational:ate tional:tion alize:al icate:ic iciti:ic ative: ical:ic ness: ful:",
);
const STEP4 =
  /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;
const START = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
const REGION = /[aeiouy][^aeiouy]/g;
const shortVowel = (word) =>
  /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(word);
const hasVowel = (word) => /[aeiouy]/.test(word);
const suffix = (word, endings) => endings.find(([ending]) => word.endsWith(ending));
const region = (word, from) => {
  REGION.lastIndex = from;
  return REGION.test(word) ? REGION.lastIndex : word.length;
};

const step1b = (word, r1) => {
  const [ending] = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(word) ?? [""];
  if (!ending) return word;
  const stem = word.slice(0, -ending.length);
  if (ending.startsWith("eed")) {
    return stem.length < r1 || /^(?:succ|proc|exc)$/.test(stem) ? word : `${stem}ee`;
  }
  if (ending === "ing") {
    if (/^[^aeiouy]y$/.test(stem)) return `${stem[0]}ie`;
    if (/^(?:even|cann|inn|earr|herr|out)$/.test(stem)) return word;
  }
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) {
    return /^[aeo]..$/.test(stem) ? stem : stem.slice(0, -1);
  }
  return stem.length === r1 && shortVowel(stem) ? `${stem}e` : stem;
};

export const stem = (whole) => {
  if (!/^[a-z]{3,}$/.test(whole)) return whole;
  if (Object.hasOwn(WHOLE, whole)) return WHOLE[whole];
  let word = whole.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const r1 = START.exec(word)?.[0].length ?? region(word, 0);
  const r2 = region(word, r1);
  if (word.endsWith("sses")) word = word.slice(0, -2);
  else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
  else if (/[^us]s$/.test(word) && hasVowel(word.slice(0, -2))) word = word.slice(0, -1);
  word = step1b(word, r1);
  if (/.[^aeiouy][yY]$/.test(word)) word = `${word.slice(0, -1)}i`;
  let found = suffix(word, STEP2);
  if (found) {
    const left = word.slice(0, -found[0].length);
    const fits =
      found[0] === "li" ? /[cdeghkmnrt]$/.test(left) : found[0] !== "ogi" || left.endsWith("l");
    if (left.length >= r1 && fits) word = left + found[1];
  }
  found = suffix(word, STEP3);
  if (found) {
    const left = word.slice(0, -found[0].length);
    if (left.length >= (found[0] === "ative" ? Math.max(r1, r2) : r1)) word = left + found[1];
  }
  const [ending] = STEP4.exec(word) ?? [""];
  if (ending) {
    const left = word.slice(0, -ending.length);
    if (left.length >= r2 && (ending !== "ion" || /[st]$/.test(left))) word = left;
  }
  const left = word.slice(0, -1);
  if (word.endsWith("e")) {
    if (left.length >= r2 || (left.length >= r1 && !shortVowel(left))) word = left;
  } else if (word.endsWith("ll") && left.length >= r2) word = left;
  return word.replaceAll("Y", "y");
};
