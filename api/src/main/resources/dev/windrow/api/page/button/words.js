// What the button says, in the language of the page.
const TEXTS = {
  export: "Export",
  starting: "Starting",
  progress: "Progress of the export",
  waiting: "Waiting to start",
  next: "Next in the queue",
  place: "Number {place} in the queue",
  worker: "waits for a free worker",
  turn: "others have their turn first",
  limit: "Waiting until another of your exports has ended",
  space: "Waiting for space on the server's disk",
  source: "Waiting for the database",
  again: "tries again at {time}",
  retrying: "Waiting to try again: {detail}",
  begun: "Reading the first rows",
  rows: { one: "{rows} row", other: "{rows} rows" },
  rowsOf: "{written} of {total} rows",
  left: "about {time} left",
  stalled: "no new rows for a while, still waiting for the database",
  resumed: "went on at row {row} after an interruption",
  attachments: "Copying attachments",
  sealing: "Reading the archive back",
  lost: "Connection lost, trying again. The export goes on meanwhile.",
  back: "Connected again",
  completed: "The export is ready",
  warnings: { one: "with {count} warning", other: "with {count} warnings" },
  failed: "The export failed",
  cancelled: "Cancelled",
  expired: "The file is no longer kept",
  gone: "The export was deleted",
  cancel: "Cancel",
  download: "Download",
  retry: "Try again",
  restart: "Export again",
  unreachable: "The server can't be reached. Check the connection and try again.",
  badAttribute: "The attribute {name} of this button is not {kind}.",
  noServer: "This button does not know its server. Give it the attribute server.",
};

/** Figures in the language of the page. */
export class Words {
  constructor(lang, texts) {
    this.texts = texts;
    this.number = format(lang, {});
    this.plural = new Intl.PluralRules(this.number.resolvedOptions().locale);
    this.lang = this.number.resolvedOptions().locale;
  }

  say(name, values = {}, count) {
    let text = this.texts[name] ?? TEXTS[name] ?? name;
    if (typeof text === "object") text = text[this.plural.select(count)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
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
    return format(this.lang, { style: "unit", unit: units[unit], maximumFractionDigits: digits }).format(bytes);
  }

  time(seconds) {
    const [unit, size] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
    return format(this.lang, { style: "unit", unit, maximumFractionDigits: 0 }).format(Math.ceil(seconds / size));
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
    if (one.error) return this.say("retrying", { detail: one.error.detail });
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
    return [one.file.name, this.bytes(one.file.bytes), this.rows(one.progress.rowsWritten)];
  }
}

/** Of a file that is there. Servers of before have none to tell. */
export function warningsOf(one) {
  return one?.state === "completed" ? (one.warnings ?? []) : [];
}

/** A lang that is no language tag is the page author's slip, not a reason to fail. */
function format(lang, options) {
  try {
    return new Intl.NumberFormat(lang || undefined, options);
  } catch {
    return new Intl.NumberFormat(undefined, options);
  }
}
