// One export in the list.
import { byId, copy, inWords, make, time, toast, WindrowExport, words } from "./dom.js";

const STATES = {
  queued: "waiting",
  running: "running",
  completed: "ready",
  failed: "failed",
  cancelled: "cancelled",
  expired: "expired",
};

/** Until the browser has surely begun to save it, in milliseconds. */
const KEEP_FILE = 60_000;

/** One export: what it is of, how it is doing, and what can be done with it. */
export class Card {
  /** @param heard what is to be called when it has ended, is gone, or was picked */
  constructor(session, one, datasets, rights, heard) {
    this.session = session;
    this.heard = heard;
    this.id = one.id;
    this.badge = make("span", { class: "badge" });
    this.live = make("windrow-export", {});
    // A download by a link is for who may make one.
    if (!rights.export) this.live.download = () => this.fetchFile();
    this.copyLink = make("button", { type: "button", class: "plain", click: () => this.link() }, "Copy link");
    this.remove = make("button", { type: "button", class: "plain", click: () => this.ask() }, "Delete");
    this.facts = make("div", { class: "facts" });
    this.details = make("details", { toggle: () => this.detail() }, make("summary", {}, "Details"), this.facts);
    this.actions = make("div", { class: "actions" }, this.copyLink, this.remove);
    this.actions.hidden = !rights.export;
    const heading = `export-${one.id}`;
    this.title = make("h3", { id: heading });
    this.pick = rights.admin
      ? make("input", {
          type: "checkbox",
          class: "pick",
          "aria-label": "Select",
          "aria-describedby": heading,
          change: () => heard.picked(this.id, this.pick.checked),
        })
      : null;
    this.chips = make("ul", { class: "chips", role: "list", "aria-label": "Parameters" });
    this.element = make(
      "li",
      { class: "card", "aria-labelledby": heading },
      make(
        "div",
        { class: "card-top" },
        this.pick,
        this.title,
        this.badge,
        make("span", { class: "format" }, one.format),
        rights.others ? make("span", { class: "owner" }, make("span", { class: "unseen" }, "of "), one.owner) : null,
        time(one.createdAt),
      ),
      this.chips,
      this.live,
      make("div", { class: "card-end" }, this.details, this.actions),
    );
    for (const name of ["progress", "completed", "failed", "cancelled", "expired"]) {
      this.live.addEventListener(`windrow-${name}`, (event) => this.render(event.detail.export));
    }
    this.live.addEventListener("windrow-gone", () => heard.gone(this));
    this.live.current = one;
    this.render(one);
    this.name(datasets);
  }

  /** Calls dataset and parameters by their titles, as far as they are known. */
  name(datasets) {
    const dataset = datasets.get(this.one.dataset);
    this.title.textContent = dataset?.title ?? this.one.dataset;
    // A list leaves long parameters out.
    const given = Object.entries(this.one.parameters ?? {}).filter(([, value]) => value !== null);
    const title = (name) => dataset?.parameters.properties[name]?.title ?? name;
    const text = (value) => (Array.isArray(value) ? value.join(", ") : String(value));
    this.chips.replaceChildren(
      ...given.map(([name, value]) => make("li", {}, make("span", { class: "name" }, title(name)), " ", text(value))),
    );
    this.chips.hidden = given.length === 0;
  }

  /** What the list says, where the element does not know better because it follows by itself. */
  update(one) {
    const known = this.live.current;
    if (isActive(known) || (known?.state === one.state && known.attempt === one.attempt)) return;
    this.take(one);
  }

  /** What an answer says, which is newer than what is shown. */
  take(one) {
    this.live.current = one;
    this.render(one);
  }

  unpick() {
    this.pick.checked = false;
    this.heard.picked(this.id, false);
  }

  render(one) {
    const ended = isActive(this.one) && !isActive(one);
    this.one = one;
    if (ended) this.heard.ended();
    const state = one.state;
    if (this.element.dataset.state !== state) {
      this.element.dataset.state = state;
      this.badge.textContent = STATES[state] ?? state;
      this.copyLink.hidden = state !== "completed";
      if (this.details.open) this.detail();
    }
  }

  detail() {
    if (!this.details.open) return;
    const one = this.one;
    const list = make("dl", {});
    const fact = (name, ...values) => list.append(make("dt", {}, name), make("dd", {}, ...values));
    for (const warning of one.warnings ?? []) fact("Warning", warning.detail);
    if (one.file) this.fileFacts(one.file, fact);
    fact("Asked for", time(one.createdAt));
    if (one.startedAt) fact("Began", time(one.startedAt));
    if (one.finishedAt) fact("Ended", time(one.finishedAt), took(one));
    if (one.asOf) fact("Rows until", time(one.asOf));
    if (one.expiresAt) fact("Kept until", time(one.expiresAt));
    if (one.attempt > 1) fact("Attempts", words.count(one.attempt));
    if (one.progress.resumedFromRow) fact("Went on from", words.rows(one.progress.resumedFromRow));
    fact("Columns", one.columns.join(", "));
    for (const [format, options] of Object.entries(one.options)) {
      fact(
        format.toUpperCase(),
        Object.entries(options)
          .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
          .join(", "),
      );
    }
    fact("Id", make("code", {}, one.id));
    this.facts.replaceChildren(list);
  }

  fileFacts(file, fact) {
    const digest = make("code", { class: "digest" }, file.sha256);
    const button = make(
      "button",
      { type: "button", class: "plain", click: () => copy(file.sha256, "Digest copied.", button) },
      "Copy",
    );
    fact("SHA-256", digest, " ", button);
    for (const entry of file.entries) fact(entry.name, `${words.rows(entry.rows)}, ${words.bytes(entry.bytes)}`);
    const more = file.entriesTotal - file.entries.length;
    if (more > 0) fact("…", `and ${more.toLocaleString("en")} more files`);
  }

  async link() {
    try {
      const link = await this.session.json("POST", `api/v1/exports/${this.id}/links`, { body: "{}" });
      const until = time(link.expiresAt).textContent;
      await copy(
        new WindrowExport.Server(".", null).url(link.url),
        `Link copied. It works until ${until}, for everybody.`,
        this.copyLink,
      );
    } catch (problem) {
      toast(inWords(problem));
    }
  }

  /**
   * With the key, which no link of the browser carries: all of it is fetched before it is saved. The browser keeps what
   * is large on its disk.
   */
  async fetchFile() {
    const { name } = this.one.file;
    try {
      toast("Fetching the file …");
      const response = await this.session.raw("GET", `api/v1/exports/${this.id}/file`, { takes: 0 });
      const href = URL.createObjectURL(await response.blob());
      make("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), KEEP_FILE);
    } catch (problem) {
      toast(problem instanceof WindrowExport.Problem ? inWords(problem) : words.say("unreachable"));
    }
  }

  /** Asks in place; no dialog that hides what is asked about. */
  ask() {
    const keep = make("button", { type: "button", class: "secondary small", click: () => this.unask() }, "Keep");
    const sure = make("button", { type: "button", class: "danger small", click: () => this.delete() }, "Delete");
    const text = isActive(this.one)
      ? "Stop and delete this export?"
      : this.one.file
        ? "Delete this export and its file?"
        : "Delete this export?";
    this.question = make(
      "div",
      {
        class: "question",
        role: "group",
        "aria-label": text,
        keydown: (event) => event.key === "Escape" && this.unask(),
      },
      make("span", {}, text),
      sure,
      keep,
    );
    this.actions.hidden = true;
    this.actions.after(this.question);
    keep.focus();
  }

  unask() {
    this.question.remove();
    this.actions.hidden = false;
    this.remove.focus();
  }

  async delete() {
    try {
      await this.session.json("DELETE", `api/v1/exports/${this.id}`);
    } catch (problem) {
      if (problem.status !== 404) {
        this.unask();
        toast(inWords(problem));
        return;
      }
    }
    const next = this.element.nextElementSibling ?? this.element.previousElementSibling;
    this.heard.gone(this);
    (next?.querySelector("a:not([hidden]), button:not([hidden]), summary") ?? byId("exports")).focus();
    toast("Deleted.");
  }

  /** Follows again, after it was told that it may not. */
  again() {
    if (this.live.current) this.live.current = this.live.current;
  }
}

function isActive(one) {
  return one?.state === "queued" || one?.state === "running";
}

function took(one) {
  if (!one.startedAt) return null;
  const seconds = (new Date(one.finishedAt) - new Date(one.startedAt)) / 1000;
  return `, after ${words.time(Math.max(1, seconds))}`;
}
