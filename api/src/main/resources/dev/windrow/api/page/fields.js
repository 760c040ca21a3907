// Inputs for the parameters of a dataset, made from their JSON Schema (2020-12).
import { make } from "./dom.js";

/**
 * The field of one parameter: { element, read, fault }. read gives the value as JSON text, undefined where it is left
 * to the server, or throws an Error whose message belongs at the field.
 *
 * @param search gives the values to choose from that fit a text, where the schema says that there are such
 */
export function parameterField(name, schema, required, search) {
  const id = `parameter-${name}`;
  const input = inputOf(schema, required, id);
  if (schema["x-values"]) input.beside = suggested(input.control, id, search);
  // What the catalog has as default is left to the server, which has it to the last digit.
  const initial = input.text();
  return labelled(id, input, {
    title: schema.title ?? name,
    hint: hint(schema),
    required,
    read() {
      const text = input.text();
      if (text === "" && required) throw new Error("is required");
      if (text === initial) return undefined;
      if (text === "") return "null";
      return input.json(text);
    },
  });
}

/** A field with label, hint and a place for what is wrong with it. */
export function labelled(id, input, { title, hint, required, read }) {
  const fault = make("p", { class: "fault", id: `${id}-fault`, hidden: true });
  const hinted = hint ? make("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  input.control.setAttribute("aria-describedby", [hinted?.id, fault.id].filter(Boolean).join(" "));
  const label = make(
    "label",
    { for: id },
    title,
    required === false ? make("span", { class: "optional" }, "optional") : null,
  );
  const element = make(
    "div",
    { class: `field ${input.kind ?? ""}` },
    label,
    input.control,
    input.beside,
    hinted,
    fault,
  );
  return {
    element,
    read,
    focus: () => input.control.focus(),
    fault(text) {
      fault.textContent = text;
      fault.hidden = text === "";
      if (text) input.control.setAttribute("aria-invalid", "true");
      else input.control.removeAttribute("aria-invalid");
    },
  };
}

function inputOf(schema, required, id) {
  if (schema.type === "array") return schema.items.enum ? several(schema, id) : lines(schema, id);
  if (schema.enum)
    return choice(
      schema.enum.map((value) => [JSON.stringify(value), String(value)]),
      schema.default,
      required,
      id,
    );
  if (schema.type === "boolean")
    return choice(
      [
        ["true", "yes"],
        ["false", "no"],
      ],
      schema.default,
      required,
      id,
    );
  return line(schema, id);
}

function choice(options, initial, required, id) {
  const empty = required && initial === undefined ? "choose …" : "not set";
  const control = make(
    "select",
    { id },
    required && initial !== undefined ? null : make("option", { value: "" }, empty),
    ...options.map(([value, text]) => make("option", { value }, text)),
  );
  control.value = initial === undefined ? "" : JSON.stringify(initial);
  return { control, text: () => control.value, json: (text) => text };
}

/** Any of a few values. */
function several(schema, id) {
  const values = schema.items.enum.map((value) => [JSON.stringify(value), String(value)]);
  const chosen = new Set((schema.default ?? []).map((value) => JSON.stringify(value)));
  const control = make("select", { id, multiple: true, size: Math.min(6, values.length) });
  for (const [value, text] of values) {
    const option = make("option", { value }, text);
    option.selected = chosen.has(value);
    control.append(option);
  }
  const text = () => Array.from(control.selectedOptions, (option) => option.value).join(",");
  return { control, text, json: (joined) => `[${joined}]` };
}

/** Any values, one per line. */
function lines(schema, id) {
  const control = make("textarea", { id, rows: 3, spellcheck: "false" });
  control.value = (schema.default ?? []).map((value) => shown(schema.items, value)).join("\n");
  const json = (text) =>
    `[${text
      .split("\n")
      .map((each) => each.trim())
      .filter(Boolean)
      .map((each) => written(schema.items, each))
      .join(",")}]`;
  return { control, text: () => control.value.trim(), json };
}

function line(schema, id) {
  const type = schema.format === "date" ? "date" : schema.format === "date-time" ? "datetime-local" : "text";
  const numeric = schema.type === "integer" || schema.type === "number";
  const control = make("input", {
    id,
    type,
    step: type === "datetime-local" ? "1" : null,
    // Not type=number, which knows no integer beyond 2^53. A numeric keyboard may lack the minus.
    inputmode: numeric && schema.minimum >= 0 ? (schema.type === "integer" ? "numeric" : "decimal") : null,
    autocomplete: "off",
    spellcheck: "false",
    class: numeric ? "number" : null,
  });
  if (schema.default !== undefined) control.value = shown(schema, schema.default);
  // A text is taken as it stands, spaces too.
  const text = () => (schema.type === "string" ? control.value : control.value.trim());
  return { control, text, json: (value) => written(schema, value) };
}

/** A value as its input shows it. */
function shown(schema, value) {
  return schema.format === "date-time" ? localTime(new Date(value)) : String(value);
}

/** What an input holds, as JSON text. Numbers keep every digit. */
function written(schema, text) {
  if (schema.type === "integer") {
    if (!/^[+-]?\d+$/.test(text)) throw new Error("must be a whole number");
    return BigInt(text.replace("+", "")).toString();
  }
  if (schema.type === "number") {
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
    const number = Number(text);
    if (!Number.isFinite(number)) throw new Error("must be a number");
    return String(number);
  }
  if (schema.type === "boolean") return text;
  if (schema.format === "date-time") {
    const instant = new Date(text);
    if (Number.isNaN(instant.getTime())) throw new Error("must be a date and a time");
    return JSON.stringify(instant.toISOString());
  }
  return JSON.stringify(text);
}

function localTime(instant) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day}T${two(instant.getHours())}:${two(instant.getMinutes())}:${two(instant.getSeconds())}`;
}

/** The rules that a user may want to know before the server tells them. */
function hint(schema) {
  const rules = schema.type === "array" ? schema.items : schema;
  const parts = [];
  if (schema.description) parts.push(schema.description);
  if (schema.type === "array") parts.push(rules.enum ? "any number of them" : "one value a line");
  if (rules.format === "date-time") parts.push("in your own time zone");
  if (rules.minimum !== undefined && rules.maximum !== undefined) parts.push(`${rules.minimum} to ${rules.maximum}`);
  else if (rules.minimum !== undefined) parts.push(`at least ${rules.minimum}`);
  else if (rules.maximum !== undefined) parts.push(`at most ${rules.maximum}`);
  if (rules.maxLength !== undefined) parts.push(`at most ${rules.maxLength} characters`);
  if (rules.pattern) parts.push(`pattern ${rules.pattern}`);
  return parts.join(" · ");
}

/** One types on for as long before the server is asked. */
const PAUSE = 150;

/**
 * Suggests values for an input, or for the lines of a text area. Any other value may be typed still.
 *
 * @param search gives [{ value, title }] that fit a text
 * @returns what belongs beside the control
 */
function suggested(control, id, search) {
  const list = make("datalist", { id: `${id}-values` });
  const isLines = control.tagName === "TEXTAREA";
  const input = isLines
    ? make("input", {
        type: "text",
        "aria-label": "Search for values to add",
        placeholder: "search …",
        autocomplete: "off",
      })
    : control;
  input.setAttribute("list", list.id);
  let timer = null;
  let asked = null;
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    try {
      const items = await search(text);
      // An answer may come after that to a later text.
      if (asked === text) list.replaceChildren(...items.map(option));
    } catch {
      // Values can be typed without suggestions. The next letter asks again.
      asked = null;
    }
  };
  input.addEventListener("focus", ask);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (isLines && takeLine(control, input, list)) return;
    timer = setTimeout(ask, PAUSE);
  });
  return make("div", { class: "suggestions" }, isLines ? input : null, list);
}

const option = ({ value, title }) => {
  const text = String(value);
  return make("option", { value: text, label: title === text ? null : `${title} (${text})` });
};

/** A value that was chosen becomes a line. */
function takeLine(control, input, list) {
  if (!Array.from(list.options).some((each) => each.value === input.value)) return false;
  const lines = control.value.split("\n").filter((line) => line.trim());
  if (!lines.includes(input.value)) lines.push(input.value);
  control.value = lines.join("\n");
  control.dispatchEvent(new Event("input", { bubbles: true }));
  input.value = "";
  return true;
}
