// Small means of building the page. Whatever comes from outside becomes text, never markup.
import { named, t, words } from "./texts.js";

const SPEAKS_AFTER = 2000;

/**
 * An element. Attributes that are null or false are left out, functions are listeners; strings among the children
 * become text.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  // What people type is of any script, whatever the page's is.
  if (tag === "input" || tag === "textarea") element.dir = "auto";
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A short word about what was done, shown for a while and read out. */
export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("shown"), 5000);
}

/**
 * Copies, where the browser lets us (not over plain HTTP); otherwise shows the text, selected, to be copied by hand.
 */
export async function copy(text, done, beside) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    const field = make("input", { class: "to-copy", readonly: true, "aria-label": t("copy.byHand") });
    field.value = text;
    beside.parentElement.querySelector(".to-copy")?.remove();
    beside.after(field);
    field.select();
    toast(t("copy.press"));
  }
}

const TIME = new Intl.DateTimeFormat(words.lang, { dateStyle: "medium", timeStyle: "short" });

export function time(instant) {
  return make("time", { datetime: instant, title: instant }, TIME.format(new Date(instant)));
}

/** What a problem says: in the server's words, which are English, where there is no text for problems of its type. */
export function inWords(problem) {
  if (problem.status === 0) return words.say("unreachable");
  return named("problem", problem.type.split("/").pop(), problem.message);
}

/** Speaks where a server says nothing for as long as anybody waits for a word; what it gives ends that. */
export function whileSilent(speak) {
  const timer = setTimeout(speak, SPEAKS_AFTER);
  return () => clearTimeout(timer);
}

/** Resolves once what is there has been painted; in a tab out of sight nothing is, so it does not wait for long. */
export const painted = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });

/** A body whose fields are JSON texts already, so that no digit of a number is lost. */
export function asJson(body) {
  return `{${Object.entries(body)
    .map(([name, json]) => `"${name}":${json}`)
    .join(",")}}`;
}

/** JSON as values, with every digit of integers that are too large for a number, where the browser tells them. */
export function exactJson(json) {
  return JSON.parse(json, (_name, value, context) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
      ? BigInt(context.source)
      : value,
  );
}
