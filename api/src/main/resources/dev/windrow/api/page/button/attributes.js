// Properties and attributes: each is the other.
/**
 * Properties that are attributes, by their names. Frameworks set what they find as a property, in any order, and set
 * null.
 */
export const TEXT = {
  format: "format",
  fileName: "file-name",
  file: "file",
  server: "server",
  export: "export",
  label: "label",
};
const JSON_TEXT = ["parameters", "options", "columns"];
export const SWITCHES = ["disabled", "autodownload"];
export const SET_EARLY = [...Object.keys(TEXT), ...JSON_TEXT, ...SWITCHES, "headers", "texts", "current"];

/** A string is the attribute; true is an empty one; what says nothing takes it away. */
export function reflect(element, attribute, value, text = String) {
  if (value === null || value === undefined || value === false || typeof value === "function")
    element.removeAttribute(attribute);
  else element.setAttribute(attribute, value === true ? "" : typeof value === "string" ? value : text(value));
}

/** Never throws: a framework that is thrown at when it sets a property takes the whole page away. */
export function asJson(value) {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return String(value);
  }
}
