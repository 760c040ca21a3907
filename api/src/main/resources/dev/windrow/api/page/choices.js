// What may be chosen of every dataset: the format, the columns, the file's name, its header and how CSV is written.
import { Columns } from "./columns.js";
import { make } from "./dom.js";
import { labelled } from "./fields.js";
import { t, words } from "./texts.js";

const FORMATS = { csv: "CSV", json: "JSON", ndjson: "NDJSON", xlsx: "Excel" };

/** What each is written like; "plain" is what the server does where nothing is said. */
const PROFILES = {
  plain: { delimiter: ",", lineEnding: "crlf", formulas: "raw", bom: "false" },
  spreadsheet: { delimiter: ",", lineEnding: "crlf", formulas: "escape", bom: "true" },
  database: { delimiter: ",", lineEnding: "lf", formulas: "raw", bom: "false" },
};

const DECIMAL_COMMA = new Intl.NumberFormat(words.lang).formatToParts(0.5).some(({ value }) => value === ",");

export class Choices {
  /** @param changed told of what no event of an input tells */
  constructor(dataset, changed) {
    this.changed = changed;
    this.columns = new Columns(dataset.columns, changed);
    this.isTitled = dataset.columns.some(({ name, title }) => title?.trim() && title !== name);
    this.elements = [this.#formats(dataset), this.#profiles(), this.columns.element, this.#options(dataset)];
    this.#adapt();
  }

  #formats(dataset) {
    const set = (this.formatSet = make(
      "fieldset",
      { class: "formats", change: () => this.#adapt() },
      make("legend", {}, t("form.format")),
    ));
    dataset.formats.forEach((format, i) => {
      const radio = make("input", { type: "radio", name: "format", value: format, checked: i === 0 });
      set.append(make("label", {}, radio, make("span", {}, FORMATS[format] ?? format)));
    });
    return set;
  }

  /** What it is for, before what it is made of: each is a choice of the options below. */
  #profiles() {
    const set = (this.profileSet = make(
      "fieldset",
      { class: "formats", change: () => this.#follow() },
      make("legend", {}, t("profiles.title")),
    ));
    for (const [value, text] of [
      ["plain", t("profiles.plain")],
      ["spreadsheet", t("profiles.spreadsheet")],
      ["database", t("profiles.database")],
    ])
      set.append(
        make(
          "label",
          {},
          make("input", { type: "radio", name: "profile", value, checked: value === "plain" }),
          make("span", {}, text),
        ),
      );
    return set;
  }

  get #profile() {
    return this.profileSet.querySelector("input:checked").value;
  }

  /** Sets the options as the profile has them. */
  #follow() {
    const wanted = PROFILES[this.#profile];
    for (const [name, control] of Object.entries(this.csv)) control.value = wanted[name];
    // Where a comma parts a number's digits, a spreadsheet expects another sign between values.
    if (this.#profile === "spreadsheet" && DECIMAL_COMMA) this.csv.delimiter.value = ";";
  }

  #options(dataset) {
    const select = (id, options) => {
      const control = make("select", { id });
      control.append(...options.map(([value, text]) => make("option", { value }, text)));
      return control;
    };
    const plain = (id, control, title, hint) => labelled(id, { control }, { title, hint });
    const fileName = make("input", { id: "fileName", autocomplete: "off", placeholder: dataset.name });
    this.headers = select("headers", [
      ["names", t("choices.names")],
      ["titles", t("choices.titles")],
    ]);
    const delimiter = select("delimiter", [
      [",", t("choices.comma")],
      [";", t("choices.semicolon")],
      ["\t", t("choices.tab")],
      ["|", t("choices.bar")],
    ]);
    const lineEnding = select("lineEnding", [
      ["crlf", t("choices.crlf")],
      ["lf", t("choices.lf")],
    ]);
    const formulas = select("formulas", [
      ["raw", t("choices.raw")],
      ["escape", t("choices.escape")],
    ]);
    const bom = select("bom", [
      ["false", t("choices.without")],
      ["true", t("choices.with")],
    ]);
    this.optional = {
      fileName: plain("fileName", fileName, t("choices.fileName")),
      "options/headers": plain("headers", this.headers, t("choices.headers")),
      "options/csv/delimiter": plain("delimiter", delimiter, t("choices.delimiter")),
      "options/csv/lineEnding": plain("lineEnding", lineEnding, t("choices.lineEnding")),
      "options/csv/formulas": plain("formulas", formulas, t("choices.formulas")),
      "options/csv/bom": plain("bom", bom, t("choices.bom")),
    };
    this.csv = { delimiter, lineEnding, formulas, bom };
    this.fileName = fileName;
    const [name, headers, ...csv] = Object.values(this.optional).map((field) => field.element);
    this.csvOptions = make("div", { class: "pairs" }, ...csv);
    this.headersField = headers;
    this.optionDetails = make("details", {}, make("summary", {}, t("choices.options")), name, headers, this.csvOptions);
    return this.optionDetails;
  }

  get #format() {
    return this.formatSet.querySelector("input:checked").value;
  }

  #adapt() {
    this.profileSet.hidden = this.#format !== "csv";
    this.csvOptions.hidden = this.#format !== "csv";
    this.headersField.hidden = !this.isTitled || !this.#hasHeader;
  }

  get #hasHeader() {
    return this.#format === "csv" || this.#format === "xlsx";
  }

  /** Adds what was chosen to the body of a start, as JSON texts by field. */
  addTo(body) {
    body.format = JSON.stringify(this.#format);
    const chosen = this.columns.read();
    if (chosen) body.columns = JSON.stringify(chosen);
    if (this.fileName.value.trim()) body.fileName = JSON.stringify(this.fileName.value.trim());
    const options = [];
    const csv = this.#csvOptions();
    if (csv) options.push(`"csv":${csv}`);
    // Nothing here changes it, so who was given it by a script or a preset keeps it.
    if (this.#format === "json" && this.indent) options.push(`"json":{"indent":${this.indent}}`);
    if (this.#hasHeader && this.headers.value === "titles") options.push('"headers":"titles"');
    if (options.length) body.options = `{${options.join(",")}}`;
  }

  /** Only what differs from the defaults, or from the spreadsheet's where it is for one. */
  #csvOptions() {
    if (this.#format !== "csv") return null;
    const isSpreadsheet = this.#profile === "spreadsheet";
    const usual = PROFILES[isSpreadsheet ? "spreadsheet" : "plain"];
    const changed = Object.entries(this.csv).filter(([name, control]) => control.value !== usual[name]);
    if (changed.length === 0 && !isSpreadsheet) return null;
    const json = (control) => (control.id === "bom" ? control.value : JSON.stringify(control.value));
    const profile = isSpreadsheet ? ['"profile":"spreadsheet"'] : [];
    return `{${[...profile, ...changed.map(([name, control]) => `"${name}":${json(control)}`)].join(",")}}`;
  }

  /** Chooses what a start says; gives what could not be chosen, in words. */
  choose({ format, columns, fileName, options }) {
    const lost = [];
    const radio = Array.from(this.formatSet.querySelectorAll("input")).find((each) => each.value === format);
    if (radio) radio.checked = true;
    else if (format !== undefined) lost.push(t("again.format", { name: String(format) }));
    for (const name of this.columns.choose(columns)) lost.push(t("again.column", { name }));
    this.fileName.value = typeof fileName === "string" ? fileName : "";
    this.#chooseCsv(options.csv ?? {});
    this.headers.value = options.headers === "titles" ? "titles" : "names";
    const indent = Number(options.json?.indent ?? 0);
    this.indent = Number.isInteger(indent) && indent > 0 && indent < 9 ? indent : 0;
    this.#adapt();
    return lost;
  }

  #chooseCsv(csv) {
    const given = { ...PROFILES[csv.profile === "spreadsheet" ? "spreadsheet" : "plain"] };
    for (const name of Object.keys(this.csv)) if (Object.hasOwn(csv, name)) given[name] = String(csv[name]);
    const isAs = (profile) => Object.keys(given).every((name) => given[name] === PROFILES[profile][name]);
    const profile = csv.profile === "spreadsheet" ? "spreadsheet" : isAs("database") ? "database" : "plain";
    this.profileSet.querySelector(`[value=${profile}]`).checked = true;
    for (const [name, control] of Object.entries(this.csv)) {
      control.value = given[name];
      // A sign that only the API offers is kept, as a choice of its own.
      if (control.selectedIndex < 0) {
        control.append(make("option", { value: given[name] }, given[name]));
        control.value = given[name];
      }
    }
  }

  /** Shows a fault of one of these; false if it is none of theirs. */
  fault(path, detail) {
    const inOptions = path === "fileName" || path.startsWith("options");
    if (inOptions) this.optionDetails.open = true;
    if (!path.startsWith("columns")) return false;
    this.columns.say(detail);
    return true;
  }
}
