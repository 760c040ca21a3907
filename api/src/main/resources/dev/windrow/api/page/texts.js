// What the page says, in the language of whoever reads it: one file for each language, of which one is loaded.
import { keep, kept } from "./kept.js";

/** Each by its own name. The first is that of whoever reads none of them. */
export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  ja: "日本語",
  ar: "العربية",
};

const CHOSEN = "windrow-language";

/** Keeps a choice, and shows the page in it. */
export function choose(language) {
  keep(CHOSEN, language);
  location.reload();
}

const languageOf = (tag) => tag.split("-")[0].toLowerCase();
const isKnown = (tag) => Object.hasOwn(LANGUAGES, languageOf(tag));

/** Of the reader's tags that of the language, for its region has its own way to write dates and numbers. */
function pickTag() {
  const before = kept(CHOSEN);
  const given = navigator.languages ?? [];
  if (before && isKnown(before)) return given.find((tag) => languageOf(tag) === before) ?? before;
  return given.find(isKnown) ?? Object.keys(LANGUAGES)[0];
}

const tag = pickTag();
export const language = languageOf(tag);
const { default: texts } = await import(`./${language}.js`).catch((error) => {
  // Said in English, for the rest of the words is what is missing.
  document.body.append("This page did not come whole. Please load it again.");
  throw error;
});

/** Loads a script that is not there from the beginning, and with the first of them the texts that they have. */
export async function later(load) {
  const [script, { default: others }] = await Promise.all([load(), import(`./${language}-later.js`)]);
  Object.assign(words.texts, others);
  Object.assign(texts, others);
  return script;
}

/** The custom element's class, which windrow.js has defined by now: what it writes figures with serves the page too. */
export const WindrowExport = customElements.get("windrow-export");

export const words = new WindrowExport.Words(tag, texts);

document.documentElement.lang = tag;
document.documentElement.dir = words.isRightToLeft ? "rtl" : "ltr";

function asPart(value) {
  if (typeof value === "number") return words.count(value);
  return typeof value === "string" ? words.name(value) : value;
}

/**
 * A text with elements among its values, as parts for make or append.
 *
 * @param key of the files in texts/; a text that a file has not is shown as its key
 * @param values by the names in braces: numbers are written as the language does, and `count` picks the plural
 */
export function phrase(key, values = {}) {
  return words
    .say(key, {}, values.count)
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 0 ? part : asPart(values[part])))
    .filter((part) => part !== "" && part !== null && part !== undefined);
}

/** A text. Its values are strings and numbers; for the rest see phrase. */
export function t(key, values) {
  return phrase(key, values).join("");
}

/**
 * A word of the server's, such as a state, in the reader's language.
 *
 * @param unknown what to say of a word that has no text
 */
export function named(kind, word, unknown = word) {
  return texts[`${kind}.${word}`] ?? unknown;
}

/** Several things, one after another. Intl.ListFormat would put an "and" between a name and its figures. */
export function listed(things) {
  return things.map(asPart).join(t("list.comma"));
}

/** Puts in what stands in the page itself: data-t is the key of a text, data-t-label of a name, and so on. */
for (const element of document.querySelectorAll("[data-t], [data-t-label], [data-t-placeholder]")) {
  const { t: text, tLabel, tPlaceholder } = element.dataset;
  if (text) element.textContent = t(text);
  if (tLabel) element.setAttribute("aria-label", t(tLabel));
  if (tPlaceholder) element.setAttribute("placeholder", t(tPlaceholder));
}
