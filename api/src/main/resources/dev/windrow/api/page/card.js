// One export in the list.
import { byId, copy, inWords, make, time, toast } from "./dom.js";
import { later, listed, named, phrase, t, WindrowExport, words } from "./texts.js";
import { exact, relative } from "./when.js";

/** Until the browser has surely begun to save it, in milliseconds. */
const KEEP_FILE = 60_000;
const MANY_COLUMNS = 40;

/** One export: what it is of, how it is doing, and what can be done with it. */
export class Card {
  /** @param heard what is to be called when it has ended, is gone, or was picked */
  constructor(session, one, datasets, rights, heard) {
    this.session = session;
    this.heard = heard;
    this.id = one.id;
    this.badge = make("span", { class: "badge" });
    this.live = make("windrow-export", { file: true });
    // A download by a link is for who may make one.
    if (!rights.export) this.live.download = (entry = null) => this.fetchFile(entry);
    this.copyLink = make("button", { type: "button", class: "plain", click: () => this.link() }, t("card.link"));
    this.same = make(
      "button",
      {
        type: "button",
        class: "plain",
        "aria-describedby": `export-${one.id}`,
        click: () => this.element.dispatchEvent(new CustomEvent("windrow-again", { bubbles: true, detail: this.id })),
      },
      t("again.same"),
    );
    this.remove = make("button", { type: "button", class: "plain", click: () => this.ask() }, t("card.delete"));
    this.facts = make("div", { class: "facts" });
    /** What few look at, once somebody has: the archive's files, and who was told. */
    this.entries = null;
    this.told = null;
    this.mayReplay = rights.export;
    this.summary = make("summary", {}, t("card.details"));
    this.details = make("details", { toggle: () => this.detail() }, this.summary, this.facts);
    this.actions = make("div", { class: "actions" }, this.same, this.copyLink, this.remove);
    this.actions.hidden = !rights.export;
    this.time = relative(one.createdAt);
    const heading = `export-${one.id}`;
    this.title = make("h3", { id: heading });
    this.pick = rights.export
      ? make("input", {
          type: "checkbox",
          class: "pick",
          "aria-label": t("card.select"),
          // With Shift, by a press or by the space bar: all up to the one before.
          click: (event) => heard.picked(this, this.pick.checked, event.shiftKey),
        })
      : null;
    this.chips = make("ul", { class: "chips", role: "list", "aria-label": t("card.parameters") });
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
        rights.others
          ? make("span", { class: "owner" }, make("span", { class: "unseen" }, t("card.owner")), " ", one.owner)
          : null,
        this.time,
        this.chips,
      ),
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
    this.live.label = listed([this.title.textContent, this.time.title]);
    for (const control of [this.copyLink, this.remove, this.summary]) this.act(control, control.textContent);
    if (this.pick) this.act(this.pick, t("card.select"));
    // A list leaves long parameters out.
    const given = Object.entries(this.one.parameters ?? {}).filter(([, value]) => value !== null);
    const title = (name) => dataset?.parameters.properties[name]?.title ?? name;
    const text = (value) => (Array.isArray(value) ? listed(value.map(String)) : String(value));
    this.chips.replaceChildren(
      ...given.map(([name, value]) => make("li", {}, make("span", { class: "name" }, title(name)), " ", text(value))),
    );
    this.chips.hidden = given.length === 0;
  }

  /** Names a control, for who hears it without what is around it. */
  act(control, action) {
    control.setAttribute("aria-label", words.say("of", { action, label: this.live.label }));
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

  render(one) {
    const ended = isActive(this.one) && !isActive(one);
    this.one = one;
    if (ended) this.heard.ended();
    const state = one.state;
    if (this.element.dataset.state !== state) {
      this.element.dataset.state = state;
      this.badge.textContent = named("state", state);
      this.copyLink.hidden = state !== "completed";
      if (this.details.open) this.detail();
    }
  }

  async detail() {
    if (!this.details.open) {
      this.told?.stop();
      return;
    }
    this.tellFacts();
    try {
      await this.loadMore();
    } catch {
      // The next one that is opened asks for it again.
      return;
    }
    if (!this.details.open) return;
    this.told.look();
    const { file } = this.one;
    this.entries.place.hidden = !file;
    if (file) this.entries.show([], file.entriesTotal);
  }

  async loadMore() {
    const [{ Entries }, { Told }] = await later(() => Promise.all([import("./entries.js"), import("./told.js")]));
    if (this.told) return;
    this.entries = new Entries(this.session, this.id, (name) => this.live.download(name));
    this.told = new Told(this.session, this.id, this.mayReplay);
    this.details.append(this.entries.place, this.told.place);
  }

  tellFacts() {
    const one = this.one;
    const list = make("dl", {});
    const fact = (name, ...values) => list.append(make("dt", {}, name), make("dd", {}, ...values));
    for (const { type, detail } of one.warnings ?? []) fact(named("warning", type, t("card.warning")), detail);
    if (one.file) this.fileFacts(one.file, fact);
    fact(t("card.created"), exact(one.createdAt));
    if (one.startedAt) fact(t("card.began"), exact(one.startedAt));
    if (one.finishedAt) fact(t("card.ended"), ...ended(one));
    if (one.asOf) fact(t("card.asOf"), exact(one.asOf));
    if (one.expiresAt) fact(t("card.kept"), exact(one.expiresAt));
    if (one.attempt > 1) fact(t("card.attempts"), words.count(one.attempt));
    if (one.progress.resumedFromRow) fact(t("card.resumed"), words.rows(one.progress.resumedFromRow));
    // Names of a program stand in its order, in whichever language.
    const technical = (text) => make("span", { dir: "ltr" }, text);
    const columns = technical(one.columns.join(", "));
    // Hundreds of names would push the rest out of sight.
    if (one.columns.length > MANY_COLUMNS) Object.assign(columns, { className: "names", tabIndex: 0 });
    fact(t("form.columns"), columns);
    for (const [format, options] of Object.entries(one.options)) {
      fact(
        format.toUpperCase(),
        technical(
          Object.entries(options)
            .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
            .join(", "),
        ),
      );
    }
    fact(t("card.id"), make("code", {}, one.id));
    this.facts.replaceChildren(list);
  }

  fileFacts(file, fact) {
    const digest = make("code", { class: "digest" }, file.sha256);
    const button = make(
      "button",
      { type: "button", class: "plain", click: () => copy(file.sha256, t("card.digestCopied"), button) },
      t("copy.copy"),
    );
    fact("SHA-256", digest, " ", button);
  }

  async link() {
    try {
      const link = await this.session.json("POST", `api/v1/exports/${this.id}/links`, { body: "{}" });
      const until = time(link.expiresAt).textContent;
      await copy(new WindrowExport.Server(".", null).url(link.url), t("card.linkCopied", { until }), this.copyLink);
    } catch (problem) {
      toast(inWords(problem));
    }
  }

  /**
   * With the key, which no link of the browser carries: all of it is fetched before it is saved. The browser keeps what
   * is large on its disk.
   */
  async fetchFile(entry) {
    const name = entry === null ? this.one.file.name : entry.split("/").pop();
    const path = entry === null ? "file" : `entries/${entry.split("/").map(encodeURIComponent).join("/")}`;
    try {
      toast(t("card.fetching"));
      const response = await this.session.raw("GET", `api/v1/exports/${this.id}/${path}`, { takes: 0 });
      const href = URL.createObjectURL(await response.blob());
      make("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), KEEP_FILE);
    } catch (problem) {
      toast(problem instanceof WindrowExport.Problem ? inWords(problem) : words.say("unreachable"));
    }
  }

  /** Asks in place; no dialog that hides what is asked about. */
  ask() {
    const keep = make(
      "button",
      { type: "button", class: "secondary small", click: () => this.unask() },
      t("card.keep"),
    );
    const sure = make(
      "button",
      { type: "button", class: "danger small", click: () => this.delete() },
      t("card.delete"),
    );
    const text = t(isActive(this.one) ? "card.sureActive" : this.one.file ? "card.sureFile" : "card.sure");
    this.act(keep, keep.textContent);
    this.act(sure, sure.textContent);
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
    toast(t("card.deleted"));
  }

  /** Follows again, after it was told that it may not. */
  again() {
    if (this.live.current) this.live.current = this.live.current;
  }
}

function isActive(one) {
  return one?.state === "queued" || one?.state === "running";
}

function ended(one) {
  const at = exact(one.finishedAt);
  if (!one.startedAt) return [at];
  const seconds = (new Date(one.finishedAt) - new Date(one.startedAt)) / 1000;
  return phrase("card.endedAfter", { at, span: words.time(Math.max(1, seconds)) });
}
