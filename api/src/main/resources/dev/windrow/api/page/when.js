// When something was: for a glance, and to the second.
import { make } from "./dom.js";
import { words } from "./texts.js";

const TOLD_AGAIN_EVERY = 30_000;
const STEPS = [
  ["second", 1, 60],
  ["minute", 60, 3600],
  ["hour", 3600, 86_400],
  ["day", 86_400, 604_800],
];
const EXACT = new Intl.DateTimeFormat(words.lang, { dateStyle: "medium", timeStyle: "long" });
const DAY = new Intl.DateTimeFormat(words.lang, { dateStyle: "medium" });
const AGO = new Intl.RelativeTimeFormat(words.lang, { numeric: "auto" });

function ago(instant) {
  const at = new Date(instant);
  // Clocks differ: what has been can't be to come.
  const seconds = Math.max(0, (Date.now() - at) / 1000);
  const step = STEPS.find(([, , end]) => seconds < end);
  if (!step) return DAY.format(at);
  // Of a second each is over before it is read.
  const [unit, size] = step;
  return AGO.format(unit === "second" ? 0 : -Math.floor(seconds / size), unit);
}

/** How long ago it was, which goes on; of more than a week the day. Where it stands, exact must be within reach. */
export function relative(instant) {
  return make("time", { datetime: instant, title: EXACT.format(new Date(instant)), "data-ago": true }, ago(instant));
}

/** With its seconds and the reader's time zone. */
export function exact(instant) {
  return make("time", { datetime: instant }, EXACT.format(new Date(instant)));
}

setInterval(() => {
  if (document.hidden) return;
  for (const one of document.querySelectorAll("time[data-ago]")) {
    const text = ago(one.dateTime);
    if (one.textContent !== text) one.textContent = text;
  }
}, TOLD_AGAIN_EVERY);
