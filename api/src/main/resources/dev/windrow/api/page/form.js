// The form of a new export: made anew for each dataset that is chosen.
import { byId, copy, inWords, make, words, WindrowExport } from "./dom.js";
import { labelled, parameterField } from "./fields.js";

const FORMATS = { csv: "CSV", json: "JSON", ndjson: "NDJSON", xlsx: "Excel" };

export class ExportForm {
  /** @param started told of each export that was started */
  constructor(api, started) {
    this.api = api;
    this.started = started;
    this.form = byId("form");
    this.busy = false;
    this.key = null;
  }

  show(datasets) {
    this.datasets = datasets;
    this.form.hidden = datasets.length === 0;
    byId("no-datasets").hidden = datasets.length > 0;
    byId("no-datasets").textContent = "There is nothing that you may export.";
    if (datasets.length === 0) return;
    const choice = make("select", { id: "dataset" });
    choice.append(...datasets.map((one) => make("option", { value: one.name }, one.title)));
    choice.addEventListener("change", () => this.choose(choice.value));
    this.fields = make("div", { class: "fields" });
    this.problem = make("div", { class: "problem", role: "alert", tabindex: "-1", hidden: true });
    this.preview = make("div", { class: "preview", hidden: true });
    this.submit = make("button", { type: "submit" }, "Export");
    this.form.replaceChildren(
      make("div", { class: "field" }, make("label", { for: "dataset" }, "Dataset"), choice),
      this.fields,
      this.problem,
      make(
        "div",
        { class: "buttons" },
        this.submit,
        make("button", { type: "button", class: "secondary", click: () => this.showPreview() }, "Preview"),
      ),
      this.preview,
    );
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.start();
    };
    // Another body is another press.
    this.form.oninput = () => (this.key = null);
    this.choose(datasets[0].name);
  }

  choose(name) {
    const dataset = (this.dataset = this.datasets.find((one) => one.name === name));
    const required = new Set(dataset.parameters.required);
    this.parameters = new Map(
      Object.entries(dataset.parameters.properties).map(([parameter, schema]) => [
        parameter,
        parameterField(parameter, schema, required.has(parameter)),
      ]),
    );
    this.preview.hidden = true;
    this.key = null;
    this.fields.replaceChildren(
      dataset.description ? make("p", { class: "description" }, dataset.description) : "",
      ...Array.from(this.parameters.values(), (field) => field.element),
      this.formats(dataset),
      this.columns(dataset),
      this.options(dataset),
      this.elsewhere(),
    );
    this.say([], "");
    this.adapt();
  }

  formats(dataset) {
    const set = make("fieldset", { class: "formats", change: () => this.adapt() }, make("legend", {}, "Format"));
    dataset.formats.forEach((format, i) => {
      const radio = make("input", { type: "radio", name: "format", value: format, checked: i === 0 });
      set.append(make("label", {}, radio, make("span", {}, FORMATS[format] ?? format)));
    });
    return set;
  }

  columns(dataset) {
    const count = make("span", { class: "optional" });
    const set = make("fieldset", { class: "ticks" }, make("legend", { class: "unseen" }, "Columns"));
    for (const column of dataset.columns) {
      const tick = make("input", { type: "checkbox", name: "column", value: column.name, checked: true });
      const title = column.title && column.title !== column.name ? make("span", { class: "optional" }, column.title) : null;
      set.append(make("label", {}, tick, make("span", {}, column.name, " ", title)));
    }
    const tell = () => {
      const chosen = set.querySelectorAll("input:checked").length;
      count.textContent = chosen === dataset.columns.length ? "all" : `${chosen} of ${dataset.columns.length}`;
    };
    const all = (checked) => () => {
      set.querySelectorAll("input").forEach((tick) => (tick.checked = checked));
      this.key = null;
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

  options(dataset) {
    const select = (id, options) => {
      const control = make("select", { id });
      control.append(...options.map(([value, text]) => make("option", { value }, text)));
      return control;
    };
    const plain = (id, control, title, hint) => labelled(id, { control }, { title, hint });
    const fileName = make("input", { id: "fileName", autocomplete: "off", placeholder: dataset.name });
    const delimiter = select("delimiter", [[",", "comma ,"], [";", "semicolon ;"], ["\t", "tab"], ["|", "bar |"]]);
    const lineEnding = select("lineEnding", [["crlf", "CR LF (Windows)"], ["lf", "LF (Unix)"]]);
    const formulas = select("formulas", [["raw", "as they are"], ["escape", "defused, for spreadsheets"]]);
    const bom = select("bom", [["false", "without"], ["true", "with, for Excel"]]);
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

  /** The same export from another page or a script. */
  elsewhere() {
    const code = make("pre", { tabindex: "0" });
    const button = make("button", { type: "button", class: "plain", click: () => copy(code.textContent, "Copied.", code) }, "Copy");
    const write = (text) => () => {
      try {
        code.textContent = text(this.read());
        button.hidden = false;
      } catch {
        code.textContent = "Fill in the form first.";
        button.hidden = true;
      }
    };
    const html = write((body) => asButton(body));
    const curl = write((body) => asCommand(body));
    const details = make(
      "details",
      { toggle: () => details.open && html() },
      make("summary", {}, "Use it elsewhere"),
      make(
        "div",
        { class: "small-buttons" },
        make("button", { type: "button", class: "plain", click: html }, "HTML"),
        make("button", { type: "button", class: "plain", click: curl }, "curl"),
        button,
      ),
      code,
    );
    return details;
  }

  format() {
    return this.form.elements.format.value ?? this.dataset.formats[0];
  }

  adapt() {
    this.csvOptions.hidden = this.format() !== "csv";
    this.key = null;
  }

  /** The body of a start, as JSON texts by field; what is wrong with it is thrown, as the server would tell it. */
  read() {
    const faults = [];
    const given = [];
    for (const [name, field] of this.parameters) {
      try {
        const json = field.read();
        if (json !== undefined) given.push(`${JSON.stringify(name)}:${json}`);
      } catch (error) {
        faults.push({ pointer: `/parameters/${name.replace(/~/g, "~0").replace(/\//g, "~1")}`, detail: error.message });
      }
    }
    if (faults.length) throw new WindrowExport.Problem(422, { detail: "", errors: faults });
    const body = { dataset: JSON.stringify(this.dataset.name), format: JSON.stringify(this.format()) };
    if (given.length) body.parameters = `{${given.join(",")}}`;
    const ticks = Array.from(this.columnDetails.querySelectorAll("input"));
    const chosen = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
    if (chosen.length !== ticks.length) body.columns = JSON.stringify(chosen);
    if (this.fileName.value.trim()) body.fileName = JSON.stringify(this.fileName.value.trim());
    const csv = this.readCsv();
    if (csv) body.options = `{"csv":${csv}}`;
    return body;
  }

  /** Only what differs from the defaults. */
  readCsv() {
    if (this.format() !== "csv") return null;
    const changed = Object.entries(this.csv).filter(([, control]) => control.selectedIndex > 0);
    if (changed.length === 0) return null;
    const json = (control) => (control.id === "bom" ? control.value : JSON.stringify(control.value));
    return `{${changed.map(([name, control]) => `"${name}":${json(control)}`).join(",")}}`;
  }

  async start() {
    await this.work(async () => {
      const body = asJson(this.read());
      // A press that nobody answered is the same press when it is sent again.
      this.key ??= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("-");
      const one = await this.api("POST", "api/v1/exports", { body, headers: { "Idempotency-Key": this.key } });
      this.key = null;
      this.started(one);
    });
  }

  async showPreview() {
    await this.work(async () => {
      const answer = await this.api("POST", "api/v1/exports?dryRun=true", { body: asJson(this.read()) });
      const { columns, rows } = answer.preview;
      const size = [
        answer.rowsTotal === null ? "Number of rows not counted" : words.rows(answer.rowsTotal),
        answer.estimatedBytes === null ? null : `about ${words.bytes(answer.estimatedBytes)}`,
      ];
      const cell = (value) =>
        value === null ? make("td", { class: "null" }, "null") : make("td", {}, typeof value === "object" ? JSON.stringify(value) : String(value));
      const table = make(
        "table",
        {},
        make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column)))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell)))),
      );
      this.preview.replaceChildren(
        make("p", { class: "size" }, size.filter(Boolean).join(" · ")),
        rows.length
          ? make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "First rows" }, table)
          : make("p", { class: "empty" }, "No rows fit."),
      );
      this.preview.hidden = false;
    });
  }

  /** One request at a time; what it is refused for is shown where it belongs. */
  async work(request) {
    if (this.busy) return;
    this.busy = true;
    this.form.setAttribute("aria-busy", "true");
    this.say([], "");
    try {
      await request();
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      if (!problem.passes) this.key = null;
      this.say(problem.errors, problem.errors.length ? "" : inWords(problem));
    } finally {
      this.busy = false;
      this.form.removeAttribute("aria-busy");
    }
  }

  /** Shows faults at their fields, by pointer (RFC 6901), and the rest in a sentence; focus goes to the first. */
  say(faults, sentence) {
    const fields = [...Array.from(this.parameters, ([name, field]) => [`parameters/${name}`, field]), ...Object.entries(this.optional)];
    fields.forEach(([, field]) => field.fault(""));
    this.columnFault.hidden = true;
    const rest = sentence ? [sentence] : [];
    let first = null;
    for (const { pointer, detail } of faults) {
      const path = pointer.split("/").slice(1).map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~")).join("/");
      const field = fields.find(([at]) => path === at || path.startsWith(`${at}/`))?.[1];
      if (field) field.fault(detail);
      else if (path.startsWith("columns")) {
        this.columnDetails.open = true;
        this.columnFault.textContent = detail;
        this.columnFault.hidden = false;
      } else rest.push(`${path} ${detail}`.trim());
      if (path.startsWith("options") || path === "fileName") this.optionDetails.open = true;
      first ??= field ?? null;
    }
    this.problem.replaceChildren(...rest.map((text) => make("p", {}, text)));
    this.problem.hidden = rest.length === 0;
    if (first) first.focus();
    else if (rest.length) this.problem.focus();
  }
}

function asJson(body) {
  return `{${Object.entries(body).map(([name, json]) => `"${name}":${json}`).join(",")}}`;
}

/** In single quotes of HTML: what JSON has none of, as entities. */
function asButton(body) {
  const attribute = (json) => json.replace(/&/g, "&amp;").replace(/'/g, "&#39;").replace(/</g, "&lt;");
  const names = { fileName: "file-name" };
  const text = Object.entries(body).map(([name, json]) => {
    const value = json.startsWith('"') ? JSON.parse(json) : json;
    return ` ${names[name] ?? name}='${attribute(value)}'`;
  });
  const script = new URL("windrow.js", document.baseURI).href;
  return `<script src="${script}" defer></script>\n<windrow-export${text.join("")}></windrow-export>`;
}

function asCommand(body) {
  const url = new URL("api/v1/exports", document.baseURI).href;
  return `curl -H 'Content-Type: application/json' \\\n  -d '${asJson(body).replace(/'/g, "'\\''")}' \\\n  ${url}`;
}
