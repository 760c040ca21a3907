// The request that a press sends, out of the attributes.
import { Problem } from "./server.js";

/** The JSON of an attribute; null where there is none. */
export function jsonOf(element, name) {
  try {
    return JSON.parse(element.getAttribute(name));
  } catch {
    return null;
  }
}

/** The columns, where they are names with commas between; null where they are a JSON list or none. */
export function columnNames(element) {
  const text = element.getAttribute("columns") ?? "";
  return /^\s*[^\s[]/.test(text) ? text.split(",").map((name) => name.trim()) : null;
}

/** The body of the start. JSON attributes go in as they stand, so that no digit of a long number is lost. */
export function startBody(element, words) {
  const dataset = element.getAttribute("dataset") ?? element.getAttribute("data-set") ?? "";
  const fields = [`"dataset":${JSON.stringify(dataset)}`];
  const text = (attribute, field) => {
    const value = element.getAttribute(attribute);
    if (value) fields.push(`"${field}":${JSON.stringify(value)}`);
  };
  const json = (name, kind, fits) => {
    const raw = element.getAttribute(name)?.trim();
    if (!raw) return;
    if (!fits(jsonOf(element, name))) throw badAttribute(words, name, kind);
    fields.push(`"${name}":${raw}`);
  };
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  text("format", "format");
  json("parameters", "jsonObject", isObject);
  const columns = columnNames(element);
  if (columns) fields.push(`"columns":${JSON.stringify(columns)}`);
  else json("columns", "jsonList", Array.isArray);
  json("options", "jsonObject", isObject);
  text("file-name", "fileName");
  return `{${fields.join(",")}}`;
}

/** @param kind the text that says what it should be */
export function badAttribute(words, name, kind) {
  return new Problem(400, { detail: words.say("badAttribute", { name, kind: words.say(kind) }) });
}
