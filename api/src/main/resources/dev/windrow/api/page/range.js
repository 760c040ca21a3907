// Two dates that are the ends of one range, with quick choices.
import { make } from "./dom.js";
import { t, words } from "./texts.js";

const BEGIN_WORDS = ["since", "from", "start", "begin", "after"];
const END_WORDS = ["until", "to", "end", "before"];
const MILLIS_OF_DAY = 86_400_000;

/** Which end of which range a parameter is, by its name: { isEnd, of }; null where it is none. */
function endOf(name, schema) {
  if (schema.format !== "date" && schema.format !== "date-time") return null;
  const parts = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_-]+/);
  for (let i = parts.length - 1; i >= 0; i--) {
    const isEnd = END_WORDS.includes(parts[i]);
    if (isEnd || BEGIN_WORDS.includes(parts[i]))
      return { isEnd, of: `${parts.toSpliced(i, 1).join("_")}:${schema.format}` };
  }
  return null;
}

/** Midnight, in the zone in which the server counts days. */
function midnight(year, month, day) {
  return new Date(Date.UTC(year, month, day));
}

/** The quick choices: each gives its beginning, and its end where that is not now; both as the server's days are. */
function quickChoices() {
  const now = new Date();
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return [
    [t("range.today"), midnight(year, month, day)],
    [t("range.days", { count: 7 }), midnight(year, month, day - 6)],
    [t("range.days", { count: 30 }), midnight(year, month, day - 29)],
    [t("range.month"), midnight(year, month, 1)],
    [t("range.lastMonth"), midnight(year, month - 1, 1), midnight(year, month, 1)],
    [t("range.year"), midnight(year, 0, 1)],
  ];
}

const asValue = (date, schema) => (schema.format === "date" ? date.toISOString().slice(0, 10) : date.toISOString());

/**
 * What a default means that moves with the clock, such as today-30d, now: { at, text }.
 *
 * @param schema whose x-default it is
 */
export function momentOf(schema) {
  const parts = /^(today|now)(?:([+-]\d{1,4})([dh]))?$/.exec(schema["x-default"] ?? "");
  if (!parts) return null;
  const [, word, amount = "0", unit = "d"] = parts;
  const now = Date.now();
  const base = word === "today" ? Math.floor(now / MILLIS_OF_DAY) * MILLIS_OF_DAY : now;
  const at = new Date(base + Number(amount) * (unit === "d" ? MILLIS_OF_DAY : MILLIS_OF_DAY / 24));
  const relative = new Intl.RelativeTimeFormat(words.lang, { numeric: "auto" });
  const isNow = word === "now" && Number(amount) === 0;
  const said = isNow ? relative.format(0, "second") : relative.format(Number(amount), unit === "d" ? "day" : "hour");
  const exact = new Intl.DateTimeFormat(words.lang, {
    dateStyle: "medium",
    timeStyle: schema.format === "date" ? undefined : "short",
    timeZone: "UTC",
  }).format(at);
  return { at: asValue(at, schema), text: isNow ? said : t("range.moment", { said, exact }) };
}

/** The elements of the fields in their order, those of a range in one. */
export function grouped(fields, properties) {
  const open = new Map();
  for (const name of fields.keys()) {
    const end = endOf(name, properties[name]);
    if (end) open.set(end.of, { ...open.get(end.of), [end.isEnd ? "end" : "begin"]: name });
  }
  const pairs = [...open.values()].filter(({ begin, end }) => begin && end);
  const elements = [];
  const names = [...fields.keys()];
  for (const name of names) {
    const pair = pairs.find(({ begin, end }) => begin === name || end === name);
    if (!pair) elements.push(fields.get(name).element);
    // Both where the first of them stands.
    else if (names.indexOf(name) === Math.min(names.indexOf(pair.begin), names.indexOf(pair.end)))
      elements.push(rangeOf(pair, fields, properties, pairs.length === 1));
  }
  return elements;
}

/** @param isOnly whether there is no other, from which it had to be told */
function rangeOf({ begin, end }, fields, properties, isOnly) {
  const [first, last] = [fields.get(begin), fields.get(end)];
  const said = [begin, end].map((name) => properties[name].title ?? name);
  const title = isOnly ? t("range.title") : t("range.titleOf", { begin: said[0], end: said[1] });
  const set = make("fieldset", { class: "range" }, make("legend", {}, title));
  const choose = (from, until) => {
    first.set(from && asValue(from, properties[begin]));
    // Up to now needs no end, unless there has to be one: then it is tomorrow's beginning.
    const needed = last.required ? new Date((Math.floor(Date.now() / MILLIS_OF_DAY) + 1) * MILLIS_OF_DAY) : null;
    const to = until ?? (from ? needed : null);
    last.set(to && asValue(to, properties[end]));
    set.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const quick = quickChoices().map(([text, from, until]) =>
    make("button", { type: "button", class: "secondary small", click: () => choose(from, until) }, text),
  );
  if (!first.required && !last.required)
    quick.push(make("button", { type: "button", class: "plain", click: () => choose(null, null) }, t("range.any")));
  set.append(
    make("div", { class: "quick", role: "group", "aria-label": t("range.quick") }, ...quick),
    make("div", { class: "pairs" }, first.element, last.element),
    make("p", { class: "hint" }, t("range.zone")),
  );
  return set;
}
