// The form of a new export: made anew for each dataset that is chosen.
import { Choices } from "./choices.js";
import { asJson, byId, inWords, make, toast, whileSilent } from "./dom.js";
import { parameterField } from "./fields.js";
import { grouped } from "./range.js";
import { later, t, WindrowExport, words } from "./texts.js";

export class ExportForm {
  /** @param started told of each export that was started */
  constructor(session, started) {
    this.api = (...request) => session.json(...request);
    this.started = started;
    this.form = byId("form");
    this.busy = false;
    this.key = null;
    /** What it was told to start beside what it shows: { notify, deliver }. */
    this.also = {};
    /** Told once it is shown anew, and of each change: { shown, changed }. */
    this.heard = null;
    /** Whose form it is: what was sent by another has nothing to show. */
    this.era = 0;
  }

  /** Those of another caller are not for this one to see, nor what was filled in. */
  clear() {
    this.known = null;
    this.era++;
    this.form.hidden = true;
    this.form.replaceChildren();
    if (this.datasets) this.heard?.cleared();
    this.datasets = null;
    byId("no-datasets").hidden = false;
    byId("no-datasets").textContent = t("form.loading");
  }

  show(datasets) {
    // The same ones: what is filled in stays, whoever gave another key meanwhile.
    const known = JSON.stringify(datasets);
    if (known === this.known) return;
    this.known = known;
    this.datasets = datasets;
    this.form.hidden = datasets.length === 0;
    byId("no-datasets").hidden = datasets.length > 0;
    byId("no-datasets").textContent = t("form.nothing");
    if (datasets.length === 0) return;
    const choice = make("select", { id: "dataset" });
    choice.append(...datasets.map((one) => make("option", { value: one.name }, one.title)));
    this.datasetChoice = choice;
    choice.addEventListener("change", () => this.choose(choice.value));
    this.fields = make("div", { class: "fields" });
    this.problem = make("div", { class: "problem", role: "alert", tabindex: "-1", hidden: true });
    this.preview = make("div", { class: "preview", hidden: true });
    this.note = make("div", { class: "note", role: "status", hidden: true });
    this.above = make("div", { class: "above" });
    this.offer = make("div", { class: "offer" });
    this.below = make("div", { class: "above" });
    this.submit = make("button", { type: "submit" }, t("form.export"));
    this.form.replaceChildren(
      this.above,
      this.note,
      make("div", { class: "field" }, make("label", { for: "dataset" }, t("form.dataset")), choice),
      this.fields,
      this.problem,
      make(
        "div",
        { class: "buttons" },
        this.submit,
        make("button", { type: "button", class: "secondary", click: () => this.showPreview() }, t("form.preview")),
      ),
      this.offer,
      this.below,
      this.preview,
    );
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.start();
    };
    // Another body is another press.
    this.form.oninput = () => this.changed();
    this.choose(datasets[0].name);
    this.heard?.shown();
  }

  choose(name) {
    const dataset = (this.dataset = this.datasets.find((one) => one.name === name));
    const required = new Set(dataset.parameters.required);
    this.parameters = new Map(
      Object.entries(dataset.parameters.properties).map(([parameter, schema]) => [
        parameter,
        parameterField(parameter, schema, required.has(parameter), (text) => this.values(schema["x-values"], text)),
      ]),
    );
    this.choices = new Choices(dataset, () => this.changed());
    this.preview.hidden = true;
    this.also = {};
    this.note.hidden = true;
    this.key = null;
    this.fields.replaceChildren(
      dataset.description ? make("p", { class: "description" }, dataset.description) : "",
      ...grouped(this.parameters, dataset.parameters.properties),
      ...this.choices.elements,
      this.elsewhere(),
    );
    this.say([], "");
    this.changed();
  }

  changed() {
    this.key = null;
    this.heard?.changed();
  }

  /** What may be chosen, by the path that a parameter's schema names. */
  async values(path, text) {
    const answer = await this.api("GET", `${path.replace(/^\//, "")}?q=${encodeURIComponent(text)}`);
    return answer.items;
  }

  /** The same export from another page or a script. */
  elsewhere() {
    const details = make("details", {}, make("summary", {}, t("form.elsewhere")));
    details.addEventListener("toggle", async () => {
      if (!details.open) return;
      const { elsewhere } = await later(() => import("./elsewhere.js"));
      details.replaceChildren(details.firstChild, ...elsewhere(() => this.read()));
    });
    return details;
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
    return this.#body(given);
  }

  /** The same as it is just now, right or not: what is wrong in a field is given as a text. */
  draft() {
    const given = [];
    for (const [name, field] of this.parameters) {
      const json = field.draft();
      if (json !== undefined) given.push(`${JSON.stringify(name)}:${json}`);
    }
    return this.#body(given);
  }

  #body(given) {
    const body = { dataset: JSON.stringify(this.dataset.name) };
    if (given.length) body.parameters = `{${given.join(",")}}`;
    this.choices.addTo(body);
    for (const [name, value] of Object.entries(this.also)) body[name] = JSON.stringify(value);
    return body;
  }

  /**
   * Fills it in from the body of a start; gives what of that is not for this caller to choose, in words, or null where
   * it is of no dataset that there is.
   */
  fill(start) {
    if (!this.datasets?.some((one) => one.name === start.dataset)) return null;
    this.datasetChoice.value = start.dataset;
    this.choose(start.dataset);
    const lost = [];
    const given = isObject(start.parameters) ? start.parameters : {};
    for (const [name, field] of this.parameters) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (!field.set(value)) lost.push(t("again.value", { name: this.titleOf(name) }));
    }
    for (const name of Object.keys(given)) if (!this.parameters.has(name)) lost.push(t("again.parameter", { name }));
    lost.push(...this.choices.choose({ ...start, options: isObject(start.options) ? start.options : {} }));
    for (const name of ["notify", "deliver"]) if (start[name] !== undefined) this.also[name] = start[name];
    this.changed();
    return lost;
  }

  titleOf(name) {
    return this.dataset.parameters.properties[name].title ?? name;
  }

  /** Says something of the form as a whole, above it; nothing takes it away. */
  tell(...parts) {
    this.note.replaceChildren(...parts);
    this.note.hidden = parts.length === 0;
  }

  async start() {
    await this.work(async () => {
      const { era } = this;
      const body = asJson(this.read());
      // A press that nobody answered is the same press when it is sent again.
      this.key ??= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("-");
      const one = await this.api("POST", "api/v1/exports", { body, headers: { "Idempotency-Key": this.key } });
      this.key = null;
      if (era === this.era) this.started(one);
    });
  }

  async showPreview() {
    await this.work(async () => {
      const { dataset } = this;
      const answer = await this.api("POST", "api/v1/exports?dryRun=true", { body: asJson(this.read()) });
      // Another one was chosen meanwhile.
      if (dataset !== this.dataset) return;
      const { columns, rows } = answer.preview;
      const size = [
        answer.rowsTotal === null ? t("form.notCounted") : words.rows(answer.rowsTotal),
        answer.estimatedBytes === null ? null : t("form.about", { size: words.bytes(answer.estimatedBytes) }),
      ];
      const cell = (value) =>
        value === null
          ? make("td", { class: "null" }, "null")
          : make("td", {}, typeof value === "object" ? JSON.stringify(value) : String(value));
      const table = make(
        "table",
        {},
        make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column)))),
        make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell)))),
      );
      this.preview.replaceChildren(
        make("p", { class: "size" }, words.line(size)),
        rows.length
          ? make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("form.firstRows") }, table)
          : make("p", { class: "empty" }, t("form.noRows")),
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
    const { dataset } = this;
    const silence = whileSilent(() => toast(words.say("unanswered")));
    try {
      await request();
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      if (!problem.passes) this.key = null;
      const mend = problem.mender ? words.say(problem.mender) : null;
      const why = [mend ? words.name(inWords(problem)) : inWords(problem), mend].filter(Boolean).join(" ");
      if (dataset !== this.dataset) this.say([], `${dataset.title}: ${why}`);
      else this.say(problem.errors, problem.errors.length ? "" : why);
    } finally {
      silence();
      this.busy = false;
      this.form.removeAttribute("aria-busy");
    }
  }

  /** Shows faults at their fields, by pointer (RFC 6901), and the rest in a sentence; focus goes to the first. */
  say(faults, sentence) {
    const fields = [
      ...Array.from(this.parameters, ([name, field]) => [`parameters/${name}`, field]),
      ...Object.entries(this.choices.optional),
    ];
    fields.forEach(([, field]) => field.fault(""));
    this.choices.columns.say("");
    const rest = sentence ? [sentence] : [];
    let first = null;
    for (const { pointer, detail } of faults) {
      const path = pointer
        .split("/")
        .slice(1)
        .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"))
        .join("/");
      const field = fields.find(([at]) => path === at || path.startsWith(`${at}/`))?.[1];
      field?.fault(detail);
      if (!this.choices.fault(path, detail) && !field) rest.push(`${path} ${detail}`.trim());
      first ??= field ?? null;
    }
    this.problem.replaceChildren(...rest.map((text) => make("p", {}, text)));
    this.problem.hidden = rest.length === 0;
    if (first) first.focus();
    else if (rest.length) this.problem.focus();
  }
}

/** Whether it is what JSON calls an object. */
export function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
