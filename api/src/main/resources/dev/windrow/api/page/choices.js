// What may be chosen of every dataset: the format, the columns, the file's name and how CSV is written.
import { make } from "./dom.js";
import { labelled } from "./fields.js";

const FORMATS = { csv: "CSV", json: "JSON", ndjson: "NDJSON", xlsx: "Excel" };

export class Choices {
  /** @param changed told of what no event of an input tells */
  constructor(dataset, changed) {
    this.changed = changed;
    this.elements = [this.#formats(dataset), this.#columns(dataset), this.#options(dataset)];
    this.#adapt();
  }

  #formats(dataset) {
    const set = (this.formatSet = make(
      "fieldset",
      { class: "formats", change: () => this.#adapt() },
      make("legend", {}, "Format"),
    ));
    dataset.formats.forEach((format, i) => {
      const radio = make("input", { type: "radio", name: "format", value: format, checked: i === 0 });
      set.append(make("label", {}, radio, make("span", {}, FORMATS[format] ?? format)));
    });
    return set;
  }

  #columns(dataset) {
    const count = make("span", { class: "optional" });
    const set = make("fieldset", { class: "ticks" }, make("legend", { class: "unseen" }, "Columns"));
    for (const column of dataset.columns) {
      const tick = make("input", { type: "checkbox", name: "column", value: column.name, checked: true });
      const title =
        column.title && column.title !== column.name ? make("span", { class: "optional" }, column.title) : null;
      set.append(make("label", {}, tick, make("span", {}, column.name, " ", title)));
    }
    const tell = () => {
      const chosen = set.querySelectorAll("input:checked").length;
      count.textContent = chosen === dataset.columns.length ? "all" : `${chosen} of ${dataset.columns.length}`;
    };
    const all = (checked) => () => {
      set.querySelectorAll("input").forEach((tick) => (tick.checked = checked));
      this.changed();
      tell();
    };
    set.addEventListener("change", tell);
    tell();
    this.columnFault = make("p", { class: "fault", hidden: true });
    this.columnDetails = make(
      "details",
      { hidden: dataset.columns.length < 2 },
      make("summary", {}, "Columns", " ", count),
      make(
        "div",
        { class: "small-buttons" },
        make("button", { type: "button", class: "plain", click: all(true) }, "All"),
        make("button", { type: "button", class: "plain", click: all(false) }, "None"),
      ),
      set,
      this.columnFault,
    );
    return this.columnDetails;
  }

  #options(dataset) {
    const select = (id, options) => {
      const control = make("select", { id });
      control.append(...options.map(([value, text]) => make("option", { value }, text)));
      return control;
    };
    const plain = (id, control, title, hint) => labelled(id, { control }, { title, hint });
    const fileName = make("input", { id: "fileName", autocomplete: "off", placeholder: dataset.name });
    const delimiter = select("delimiter", [
      [",", "comma ,"],
      [";", "semicolon ;"],
      ["\t", "tab"],
      ["|", "bar |"],
    ]);
    const lineEnding = select("lineEnding", [
      ["crlf", "CR LF (Windows)"],
      ["lf", "LF (Unix)"],
    ]);
    const formulas = select("formulas", [
      ["raw", "as they are"],
      ["escape", "defused, for spreadsheets"],
    ]);
    const bom = select("bom", [
      ["false", "without"],
      ["true", "with, for Excel"],
    ]);
    this.optional = {
      fileName: plain("fileName", fileName, "File name"),
      "options/csv/delimiter": plain("delimiter", delimiter, "Delimiter"),
      "options/csv/lineEnding": plain("lineEnding", lineEnding, "Line ends"),
      "options/csv/formulas": plain("formulas", formulas, "Texts that look like formulas"),
      "options/csv/bom": plain("bom", bom, "Byte order mark"),
    };
    this.csv = { delimiter, lineEnding, formulas, bom };
    this.fileName = fileName;
    const [name, ...csv] = Object.values(this.optional).map((field) => field.element);
    this.csvOptions = make("div", { class: "pairs" }, ...csv);
    this.optionDetails = make("details", {}, make("summary", {}, "Options"), name, this.csvOptions);
    return this.optionDetails;
  }

  get #format() {
    return this.formatSet.querySelector("input:checked").value;
  }

  #adapt() {
    if (this.csvOptions) this.csvOptions.hidden = this.#format !== "csv";
  }

  /** Adds what was chosen to the body of a start, as JSON texts by field. */
  addTo(body) {
    body.format = JSON.stringify(this.#format);
    const ticks = Array.from(this.columnDetails.querySelectorAll("input"));
    const chosen = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
    if (chosen.length !== ticks.length) body.columns = JSON.stringify(chosen);
    if (this.fileName.value.trim()) body.fileName = JSON.stringify(this.fileName.value.trim());
    const csv = this.#csvOptions();
    if (csv) body.options = `{"csv":${csv}}`;
  }

  /** Only what differs from the defaults. */
  #csvOptions() {
    if (this.#format !== "csv") return null;
    const changed = Object.entries(this.csv).filter(([, control]) => control.selectedIndex > 0);
    if (changed.length === 0) return null;
    const json = (control) => (control.id === "bom" ? control.value : JSON.stringify(control.value));
    return `{${changed.map(([name, control]) => `"${name}":${json(control)}`).join(",")}}`;
  }

  /** Shows a fault of one of these; false if it is none of theirs. */
  fault(path, detail) {
    const inOptions = path === "fileName" || path.startsWith("options");
    if (inOptions) this.optionDetails.open = true;
    if (!path.startsWith("columns")) return false;
    this.columnDetails.open = true;
    this.columnFault.textContent = detail;
    this.columnFault.hidden = false;
    return true;
  }
}
