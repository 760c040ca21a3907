// Small means of building the page. Whatever comes from outside becomes text, never markup.

/**
 * The custom element's class, which windrow.js has defined by now; its Words, Server and Problem serve the page too.
 */
export const WindrowExport = customElements.get("windrow-export");

export const words = new WindrowExport.Words(document.documentElement.lang, {});

/**
 * An element. Attributes that are null or false are left out, functions are listeners; strings among the children
 * become text.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
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
    const field = make("input", { class: "to-copy", readonly: true, "aria-label": "To copy" });
    field.value = text;
    beside.parentElement.querySelector(".to-copy")?.remove();
    beside.after(field);
    field.select();
    toast("Press Ctrl+C to copy.");
  }
}

const TIME = new Intl.DateTimeFormat(words.lang, { dateStyle: "medium", timeStyle: "short" });

export function time(instant) {
  return make("time", { datetime: instant, title: instant }, TIME.format(new Date(instant)));
}

/** What a problem says, in words. */
export function inWords(problem) {
  return problem.status === 0 ? words.say("unreachable") : problem.message;
}

/** A body whose fields are JSON texts already, so that no digit of a number is lost. */
export function asJson(body) {
  return `{${Object.entries(body)
    .map(([name, json]) => `"${name}":${json}`)
    .join(",")}}`;
}
