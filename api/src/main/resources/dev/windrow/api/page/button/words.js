// What the button says, in the language of the page.
import { AR } from "./texts/ar.js";
import { DE } from "./texts/de.js";
import { EN } from "./texts/en.js";
import { ES } from "./texts/es.js";
import { FR } from "./texts/fr.js";
import { JA } from "./texts/ja.js";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

const LANGUAGE_TEXTS = { ar: AR, de: DE, en: EN, es: ES, fr: FR, ja: JA };

/** Texts and figures in the language of the page. */
export class Words {
  /**
   * @param lang a language tag (BCP 47); of a language that there are no texts in, and where it is empty, texts are
   *   English
   * @param texts those that take the place of the button's own
   */
  constructor(lang, texts) {
    const own = LANGUAGE_TEXTS[(lang ?? "").split("-")[0].toLowerCase()];
    this.texts = { ...(own ?? EN), ...texts };
    this.isRightToLeft = own === AR;
    // The dot is the zero of Arabic digits.
    this.between = this.isRightToLeft ? " | " : " · ";
    this.number = format(lang, {});
    this.lang = this.number.resolvedOptions().locale;
    this.plural = made(`plural ${this.lang}`, () => new Intl.PluralRules(this.lang));
  }

  say(name, values = {}, count) {
    let text = this.texts[name] ?? name;
    if (typeof text === "object") text = text[this.plural.select(count)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  }

  /** Names in scripts of both directions would mix up what stands around them: they are kept to themselves (UAX #9). */
  name(text) {
    return this.isRightToLeft || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
  }

  /** Things that stand in a row. */
  line(things) {
    return things.filter(Boolean).join(this.between);
  }

  count(number) {
    return this.number.format(number);
  }

  rows(number) {
    return this.say("rows", { rows: this.count(number) }, number);
  }

  /** Rounded down: what has begun is never shown as finished. */
  percent(percent) {
    return format(this.lang, { style: "percent" }).format(Math.floor(percent) / 100);
  }

  bytes(bytes) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
    let unit = 0;
    while (bytes >= 999.5 && unit < units.length - 1) {
      bytes /= 1000;
      unit++;
    }
    const digits = unit === 0 || bytes >= 100 ? 0 : 1;
    // In English the short name of bytes has no plural.
    const unitDisplay = unit === 0 ? "long" : "short";
    return format(this.lang, { style: "unit", unit: units[unit], unitDisplay, maximumFractionDigits: digits }).format(
      bytes,
    );
  }

  time(seconds) {
    const [unit, size] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
    // Two minutes and a second are two minutes; less than a second is one.
    const rounded = size === 1 ? Math.ceil(seconds) : Math.round(seconds / size);
    return format(this.lang, { style: "unit", unit, maximumFractionDigits: 0 }).format(rounded);
  }

  /** What an active export is doing, in parts. */
  parts(one) {
    const at = one.progress;
    if (one.state === "queued") return this.queued(one);
    if (at.phase === "attachments" || at.phase === "sealing") return [this.say(at.phase)];
    if (at.rowsWritten === 0 && !at.stalled) return [this.say("begun")];
    const known = at.rowsTotal !== null;
    const parts = [
      known
        ? this.say("rowsOf", { written: this.count(at.rowsWritten), total: this.count(at.rowsTotal) })
        : this.rows(at.rowsWritten),
    ];
    if (at.percent !== null) parts.unshift(this.percent(at.percent));
    if (at.stalled) parts.push(this.say("stalled"));
    else if (at.remainingSeconds) parts.push(this.say("left", { time: this.time(at.remainingSeconds) }));
    if (at.resumedFromRow) parts.push(this.say("resumed", { row: this.count(at.resumedFromRow) }));
    return parts;
  }

  /** What a queued export waits for, in parts. */
  queued(one) {
    const { queuePosition: place, waiting } = one.progress;
    const parts = [this.#cause(one, waiting?.for)];
    if (!one.error && place !== null) {
      parts[0] = place === 1 ? this.say("next") : this.say("place", { place: this.count(place) });
      if (waiting?.for === "worker" || waiting?.for === "turn") parts.push(this.say(waiting.for));
    }
    if (waiting?.until) parts.push(this.say("again", { time: this.clock(waiting.until) }));
    return parts;
  }

  #cause(one, cause) {
    if (cause === "space" || cause === "source") return this.say(cause);
    if (one.error) return this.say("retrying", { detail: this.name(one.error.detail) });
    return this.say(cause === "active-limit" ? "limit" : "waiting");
  }

  /** The time of the day. */
  clock(instant) {
    return new Intl.DateTimeFormat(this.lang, { timeStyle: "medium" }).format(new Date(instant));
  }

  /** How many things the archive has not as it was asked for; nothing where there are none. */
  warnings(one) {
    const { length } = warningsOf(one);
    return length === 0 ? "" : this.say("warnings", { count: this.count(length) }, length);
  }

  file(one) {
    return [this.name(one.file.name), this.bytes(one.file.bytes), this.rows(one.progress.rowsWritten)];
  }
}

/** Of a file that is there. Servers of before have none to tell. */
export function warningsOf(one) {
  return one?.state === "completed" ? (one.warnings ?? []) : [];
}

/** Whoever presses knows the names of what was wanted, but nothing of bodies and pointers (RFC 6901). */
export function faultInWords({ pointer, detail }) {
  const steps = pointer.split("/").slice(1);
  const name = steps.filter((step) => !/^\d+$/.test(step)).pop();
  return name ? `${name.replaceAll("~1", "/").replaceAll("~0", "~")} ${detail}` : detail;
}

/** A lang that is no language tag is the page author's slip, not a reason to fail. */
function format(lang, options) {
  return made(`number ${lang} ${JSON.stringify(options)}`, () => {
    try {
      return new Intl.NumberFormat(lang || undefined, options);
    } catch {
      return new Intl.NumberFormat(undefined, options);
    }
  });
}

/** Browsers take long to make them, and a page of buttons needs the same few again and again. */
const makings = new Map();
function made(key, make) {
  if (!makings.has(key)) makings.set(key, make());
  return makings.get(key);
}
