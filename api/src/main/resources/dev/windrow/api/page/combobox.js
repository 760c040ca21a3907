// A text field with values to choose from, as the combobox pattern of the WAI-ARIA Authoring Practices has it: focus
// stays in the field, and any other value may be typed still.
import { make } from "./dom.js";
import { t } from "./texts.js";

/** One types on for as long, in milliseconds, before the server is asked. */
const PAUSE = 150;

/** So many are asked for: who does not find a value among them types more letters. */
const MOST_VALUES = 20;

/**
 * Makes a combobox of an input.
 *
 * @param search gives [{ value, title }] that fit a text
 * @param choose is given the value that was chosen, as text, and how people know it
 * @returns what belongs behind the input
 */
export function combobox(input, id, search, choose) {
  const list = make("ul", {
    id: `${id}-values`,
    class: "values",
    role: "listbox",
    "aria-label": t("combobox.values"),
    hidden: true,
  });
  const status = make("p", { class: "unseen", role: "status" });
  for (const [name, value] of [
    ["role", "combobox"],
    ["autocomplete", "off"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    input.setAttribute(name, value);
  let items = [];
  let active = -1;
  let asked = null;
  let timer = null;

  const mark = (at) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = list.children[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const open = (isOpen) => {
    list.hidden = !isOpen || items.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) mark(-1);
    // At the end of a form that scrolls by itself it would open out of sight.
    else list.scrollIntoView({ block: "nearest" });
  };
  const take = (item) => {
    clearTimeout(timer);
    open(false);
    choose(String(item.value), item.title);
    asked = null;
    input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  };
  const option = (item, i) => {
    const value = String(item.value);
    const element = make(
      "li",
      { id: `${id}-value-${i}`, role: "option", "aria-selected": "false", dir: "auto", click: () => take(item) },
      item.title,
      item.title === value ? null : make("span", { class: "optional" }, ` ${value}`),
    );
    element.dataset.value = value;
    return element;
  };
  const tell = () => {
    const more = items.length >= MOST_VALUES;
    status.textContent = items.length
      ? t(more ? "combobox.more" : "combobox.found", { count: items.length })
      : t("combobox.none");
  };
  const ask = async () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text === asked) return open(true);
    asked = text;
    try {
      const found = await search(text);
      // An answer may come after that to a later text, or to one who has gone on.
      if (asked !== text || document.activeElement !== input) return;
      items = found;
      list.replaceChildren(...items.map(option));
      active = -1;
      mark(-1);
      open(true);
      tell();
    } catch {
      // Values can be typed without a list. The next letter asks again.
      asked = null;
      items = [];
      open(false);
      status.textContent = t("combobox.away");
    }
  };
  /** @param step 1 for the next one, -1 for the one before; beyond the ends it is the text itself */
  const move = (step) => {
    const places = items.length + 1;
    mark(((active + 1 + step + places) % places) - 1);
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (isOpen) move(step);
      else ask();
    } else if (event.key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      take(items[active]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      open(false);
    }
  });
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.detail !== "chosen") timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("click", ask);
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    open(false);
  });
  // Focus stays in the field while one chooses with a mouse.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  return make("div", { class: "suggestions" }, list, status);
}

/**
 * Several values, each with a button that takes it away.
 *
 * @param search gives what may be chosen
 * @param kind how a value is shown and written: { shown, written }
 */
export function severalValues(id, search, kind) {
  let values = [];
  const control = make("input", { id, type: "text", spellcheck: "false", placeholder: t("fields.search") });
  const list = make("ul", { class: "tokens", role: "list", hidden: true });
  const titles = new Map();
  const show = () => {
    list.replaceChildren(
      ...values.map((value, i) =>
        make(
          "li",
          { dir: "auto" },
          titles.get(value) ?? value,
          make(
            "button",
            {
              type: "button",
              class: "plain",
              "aria-label": t("combobox.removeIt", { value: titles.get(value) ?? value }),
              click: () => remove(i),
            },
            "×",
          ),
        ),
      ),
    );
    list.hidden = values.length === 0;
  };
  const tellChange = () => control.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  const add = (texts) => {
    for (const text of texts.map((each) => each.trim())) if (text && !values.includes(text)) values.push(text);
    control.value = "";
    show();
  };
  const remove = (at) => {
    values.splice(at, 1);
    show();
    (list.querySelectorAll("button")[Math.min(at, values.length - 1)] ?? control).focus();
    tellChange();
  };
  const beside = combobox(control, id, search, (value, title) => {
    titles.set(value, title);
    add([value]);
  });
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !control.value.trim()) return;
    event.preventDefault();
    add([control.value]);
    tellChange();
  });
  control.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text").split(/[\r\n\t]+/);
    if (lines.length < 2) return;
    event.preventDefault();
    add(lines);
    tellChange();
  });
  // What was typed and not yet added counts too: nobody means it to be left out.
  const all = () => [...new Set([...values, control.value.trim()])].filter(Boolean);
  return {
    control,
    beside: make("div", {}, beside, list),
    text: () => all().join("\n"),
    json: () => `[${all().map(kind.written).join(",")}]`,
    set(given) {
      if (given !== null && !Array.isArray(given)) return false;
      values = [];
      add((given ?? []).map(kind.shown));
      return true;
    },
  };
}
