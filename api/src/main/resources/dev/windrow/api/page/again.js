// The form as it was once: from an export in the list, from the address, and whether there is such an export already.
import { exactJson, inWords, make, toast } from "./dom.js";
import { isObject } from "./form.js";
import { momentOf } from "./range.js";
import { listed, phrase, t, WindrowExport, words } from "./texts.js";

/** A form has settled after so many milliseconds. */
const SETTLED = 400;

/** Longer states are no form of ours, and some programs cut addresses anyhow. */
const LONGEST_STATE = 60_000;

/** An export that is older than a day is not what anybody means by the same. */
const STILL_FRESH = 86_400_000;

/** The parameters of the page's own address: #form=… beside what others keep there. */
function addressed() {
  return new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
}

export class Again {
  constructor(session, form) {
    this.session = session;
    this.form = form;
    this.form.heard = { shown: () => this.#shown(), changed: () => this.#changed(), cleared: () => this.#forget() };
    /** What the address says, as it was written or read last. */
    this.state = null;
    addEventListener("hashchange", () => this.#read());
    if (form.datasets) this.#shown();
  }

  #shown() {
    // What a form begins as is nothing that anybody has filled in.
    clearTimeout(this.timer);
    this.state = null;
    this.#read();
    this.#settle();
  }

  /** With another key it is somebody else's, whose address says nothing of this one. */
  #forget() {
    clearTimeout(this.timer);
    this.turn = (this.turn ?? 0) + 1;
    this.state = null;
    const kept = addressed();
    if (!kept.has("form")) return;
    kept.delete("form");
    const hash = kept.size ? `#${kept}` : "";
    history.replaceState(history.state, "", `${location.pathname}${location.search}${hash}`);
  }

  #changed() {
    clearTimeout(this.timer);
    this.form.offer.replaceChildren();
    this.timer = setTimeout(() => {
      this.#write();
      this.#settle();
    }, SETTLED);
  }

  /** Takes the state from the address, if there is another one; what is no state of a form is let be. */
  #read() {
    const state = addressed().get("form");
    if (state === null || state === this.state || state.length > LONGEST_STATE || !this.form.datasets) return;
    this.state = state;
    let start = null;
    try {
      start = exactJson(state);
    } catch {
      // Cut off on its way here, or written by hand.
    }
    if (isObject(start)) this.fill(start);
    else this.form.tell(t("again.broken"));
  }

  /** The address is the state, so that it can be sent and survives a reload. */
  #write() {
    if (!this.form.dataset || location.hash === "#operations") return;
    const state = this.#stateOf(this.form.draft());
    const kept = addressed();
    if (state.length > LONGEST_STATE || state === this.state) return;
    this.state = state;
    kept.set("form", state);
    history.replaceState(history.state, "", `${location.pathname}${location.search}#${kept}`);
  }

  #stateOf(body) {
    return `{${Object.entries(body)
      .map(([name, json]) => `"${name}":${json}`)
      .join(",")}}`;
  }

  /** Fills the form in, and says what could not be taken over. */
  fill(start, said = null) {
    const lost = this.form.fill(start);
    if (lost === null) {
      this.form.tell(t("again.gone", { name: typeof start.dataset === "string" ? start.dataset : "?" }));
      return false;
    }
    const also = Object.keys(this.form.also);
    const parts = [
      said,
      lost.length ? t("again.lost", { what: listed(lost) }) : null,
      also.length
        ? t("again.also", { what: also.map((name) => JSON.stringify(this.form.also[name])).join(" ") })
        : null,
    ].filter(Boolean);
    this.form.tell(...parts.map((text) => make("p", { dir: "auto" }, text)));
    return true;
  }

  /** The same export again: it is asked for as a whole, since a list leaves long parameters out. */
  async take(id) {
    try {
      const response = await this.session.raw("GET", `api/v1/exports/${id}`);
      const one = exactJson(await response.text());
      const name = one.file?.name.replace(/\.zip$/, "");
      const isFilled = this.fill(
        {
          dataset: one.dataset,
          format: one.format,
          parameters: one.parameters,
          columns: one.columns,
          options: one.options,
          fileName: name === one.dataset ? undefined : name,
        },
        t("again.filled"),
      );
      this.form.form.scrollIntoView({ block: "start" });
      if (isFilled) this.form.datasetChoice.focus();
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      toast(inWords(problem));
    }
  }

  /** Offers an export of the same that is there already. */
  async #settle() {
    const { form } = this;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    let body = null;
    try {
      body = form.read();
    } catch {
      // Nothing that could be exported, so there is nothing of the same.
    }
    if (!body || Object.keys(form.also).length) return;
    const wanted = sameness(form.dataset, exactJson(this.#stateOf(body)));
    try {
      const query = `state=completed&limit=20&dataset=${encodeURIComponent(form.dataset.name)}`;
      const response = await this.session.raw("GET", `api/v1/exports?${query}`);
      const { items } = exactJson(await response.text());
      if (turn !== this.turn) return;
      const since = Date.now() - STILL_FRESH;
      const same = items.find(
        (one) =>
          !one.parametersOmitted &&
          one.file &&
          new Date(one.finishedAt) > since &&
          new Date(one.expiresAt) > Date.now() &&
          sameness(form.dataset, one) === wanted,
      );
      form.offer.replaceChildren(...(same ? [this.#useOf(same, body)] : []));
    } catch (problem) {
      // Whatever is wrong, the list and the form's own buttons tell.
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
    }
  }

  #useOf(one, body) {
    const at = new Date(one.finishedAt);
    const time = new Intl.DateTimeFormat(words.lang, { timeStyle: "short" }).format(at);
    const minutes = Math.max(0, Math.round((Date.now() - at) / 60_000));
    const relative = new Intl.RelativeTimeFormat(words.lang, { numeric: "auto" });
    const ago = minutes < 90 ? relative.format(-minutes, "minute") : relative.format(-Math.round(minutes / 60), "hour");
    // The server finds it again, and decides: it knows what the caller may have now.
    const use = () =>
      this.form.work(async () => {
        const { era } = this.form;
        const request = this.#stateOf({ ...body, maxAge: '"P1D"' });
        const found = await this.session.json("POST", "api/v1/exports", { body: request });
        if (era !== this.form.era) return;
        this.form.started(found);
        if (found.state === "completed") toast(t("again.used"));
      });
    return make("button", { type: "button", class: "secondary", click: use }, ...phrase("again.use", { time, ago }));
  }
}

/** What tells one export's rows from another's, as a text: equal for equal ones. */
function sameness(dataset, { format, parameters, columns, options }) {
  const properties = dataset.parameters.properties;
  const given = isObject(parameters) ? parameters : {};
  const values = Object.entries(properties).map(([name, schema]) => {
    const own = Object.hasOwn(given, name) ? given[name] : null;
    const value = own ?? schema.default ?? momentOf(schema)?.at ?? null;
    return schema.format === "date-time" && value !== null ? new Date(value).getTime() : value;
  });
  const chosen = format ?? dataset.formats[0];
  const own = options?.[chosen] ?? {};
  const isSpreadsheet = own.profile === "spreadsheet";
  const csv = { bom: isSpreadsheet, delimiter: ",", lineEnding: "crlf", formulas: isSpreadsheet ? "escape" : "raw" };
  const written = chosen === "csv" ? Object.keys(csv).map((name) => own[name] ?? csv[name]) : (own.indent ?? 0);
  const names = columns ?? dataset.columns.map((column) => column.name);
  const headers = options?.headers ?? "names";
  return JSON.stringify([chosen, values, names, written, headers], (_name, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
