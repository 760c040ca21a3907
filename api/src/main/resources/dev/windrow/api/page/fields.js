// Inputs for the parameters of a dataset, made from their JSON Schema (2020-12).
import { combobox, severalValues } from "./combobox.js";
import { make } from "./dom.js";
import { momentOf } from "./range.js";
import { t, words } from "./texts.js";

/**
 * The field of one parameter: { element, read, draft, set, fault }. read gives the value as JSON text, undefined where
 * it is left to the server, or throws an Error whose message belongs at the field; draft gives what is there, right or
 * not. set takes a value, null for none and undefined for what the catalog has; it says whether it could.
 *
 * @param search gives the values to choose from that fit a text, where the schema says that there are such
 */
export function parameterField(name, schema, required, search) {
  const id = `parameter-${name}`;
  const input = inputOf(schema, required, id, search);
  if (schema["x-values"] && schema.type !== "array") input.beside = shownBeside(input.control, id, search);
  const example = schema.examples?.[0];
  if (example !== undefined && input.control.type !== "select-one" && input.control.type !== "select-multiple")
    input.control.placeholder = Array.isArray(example) ? example.map(String).join(", ") : String(example);
  // What the catalog has as default is left to the server, which has it to the last digit.
  const initial = input.text();
  const read = () => {
    const text = input.text();
    if (text === "" && required) throw new Error(t("fields.required"));
    if (text === initial) return undefined;
    if (text === "") return "null";
    return input.json(text);
  };
  const field = labelled(id, input, { title: schema.title ?? name, hint: hint(schema), required, read });
  return Object.assign(field, {
    required,
    draft() {
      try {
        return read();
      } catch {
        return input.text() === "" ? undefined : JSON.stringify(input.text());
      }
    },
    set: (value) => input.set(value === undefined ? (schema.default ?? null) : value),
  });
}

/** A combobox for one value, which says how people know the one that was chosen. */
function shownBeside(control, id, search) {
  const known = make("p", { class: "hint", hidden: true, dir: "auto" });
  const list = combobox(control, id, search, (value, title) => {
    control.value = value;
    known.textContent = title;
    known.hidden = title === value;
  });
  control.addEventListener("input", (event) => {
    if (event.detail !== "chosen") known.hidden = true;
  });
  return make("div", {}, list, known);
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
    // Or both are read as one word.
    " ",
    required === false ? make("span", { class: "optional" }, t("fields.optional")) : null,
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

function inputOf(schema, required, id, search) {
  if (schema.type === "array" && schema["x-values"]) {
    const values = severalValues(id, search, {
      shown: (value) => shown(schema.items, value),
      written: (text) => written(schema.items, text),
    });
    values.set(schema.default ?? null);
    return values;
  }
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
        ["true", t("fields.yes")],
        ["false", t("fields.no")],
      ],
      schema.default,
      required,
      id,
    );
  return line(schema, id);
}

function choice(options, initial, required, id) {
  const empty = required && initial === undefined ? t("fields.choose") : t("fields.notSet");
  const control = make(
    "select",
    { id },
    required && initial !== undefined ? null : make("option", { value: "" }, empty),
    ...options.map(([value, text]) => make("option", { value }, text)),
  );
  const set = (value) => {
    const json = value === null ? "" : jsonOf(value);
    if (!Array.from(control.options).some((option) => option.value === json)) return false;
    control.value = json;
    return true;
  };
  control.value = initial === undefined ? "" : JSON.stringify(initial);
  return { control, text: () => control.value, json: (text) => text, set };
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
  const set = (given) => {
    if (given !== null && !Array.isArray(given)) return false;
    const wanted = new Set((given ?? []).map(jsonOf));
    for (const option of control.options) option.selected = wanted.delete(option.value);
    return wanted.size === 0;
  };
  return { control, text, json: (joined) => `[${joined}]`, set };
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
  const set = (given) => {
    if (given !== null && !Array.isArray(given)) return false;
    control.value = (given ?? []).map((value) => shown(schema.items, value)).join("\n");
    return true;
  };
  return { control, text: () => control.value.trim(), json, set };
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
  const set = (value) => {
    const isPlain = value === null || typeof value !== "object";
    const wanted = value === null || !isPlain ? "" : shown(schema, value);
    if (type === "datetime-local") control.step = wanted.includes(".") ? "0.001" : "1";
    control.value = wanted;
    // Inputs of dates take no text that is none.
    return isPlain && control.value === wanted;
  };
  return { control, text, json: (value) => written(schema, value), set };
}

/** A value as its input shows it; what is no value of the kind stands as it is. */
function shown(schema, value) {
  if (schema.format !== "date-time") return value !== null && typeof value === "object" ? jsonOf(value) : String(value);
  const instant = new Date(typeof value === "bigint" ? NaN : value);
  return Number.isNaN(instant.getTime()) ? String(value) : localTime(instant);
}

/** As JSON.stringify, with every digit of integers that are too large for a number. */
function jsonOf(value) {
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

/** What an input holds, as JSON text. Numbers keep every digit. */
function written(schema, text) {
  if (schema.type === "integer") {
    if (!/^[+-]?\d+$/.test(text)) throw new Error(t("fields.wholeNumber"));
    return BigInt(text.replace("+", "")).toString();
  }
  if (schema.type === "number") {
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
    const number = Number(text);
    if (!Number.isFinite(number)) throw new Error(t("fields.number"));
    return String(number);
  }
  if (schema.type === "boolean") return text;
  if (schema.format === "date-time") {
    const instant = new Date(text);
    if (Number.isNaN(instant.getTime())) throw new Error(t("fields.dateTime"));
    return JSON.stringify(instant.toISOString());
  }
  return JSON.stringify(text);
}

function localTime(instant) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  const part = instant.getMilliseconds() ? `.${String(instant.getMilliseconds()).padStart(3, "0")}` : "";
  return `${day}T${two(instant.getHours())}:${two(instant.getMinutes())}:${two(instant.getSeconds())}${part}`;
}

/** The rules that a user may want to know before the server tells them. */
function hint(schema) {
  const rules = schema.type === "array" ? schema.items : schema;
  const parts = [];
  if (schema.description) parts.push(schema.description);
  const moment = momentOf(schema);
  if (moment) parts.push(t("fields.leftEmpty", { value: moment.text }));
  if (schema.type === "array" && schema["x-values"]) parts.push(t("fields.several"));
  else if (schema.type === "array") parts.push(t(rules.enum ? "fields.anyNumber" : "fields.lines"));
  if (rules.format === "date-time") parts.push(t("fields.ownZone"));
  if (rules.minimum !== undefined && rules.maximum !== undefined)
    parts.push(t("fields.between", { least: `${rules.minimum}`, most: `${rules.maximum}` }));
  else if (rules.minimum !== undefined) parts.push(t("fields.least", { least: `${rules.minimum}` }));
  else if (rules.maximum !== undefined) parts.push(t("fields.most", { most: `${rules.maximum}` }));
  if (rules.maxLength !== undefined) parts.push(t("fields.characters", { count: rules.maxLength }));
  if (rules.pattern) parts.push(t("fields.pattern", { pattern: rules.pattern }));
  return words.line(parts);
}
