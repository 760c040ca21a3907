// The list of the caller's exports: live, filtered, a page at a time.
import { byId, copy, inWords, make, time, toast, words, WindrowExport } from "./dom.js";

const PAGE = 20;
const MOST = 200;
const REFRESH_EVERY = 10_000;
const STATES = {
  queued: "waiting", running: "running", completed: "ready", failed: "failed", cancelled: "cancelled", expired: "expired",
};

export class ExportList {
  constructor(api) {
    this.api = api;
    this.list = byId("list");
    this.filters = byId("filters");
    this.cards = new Map();
    this.shown = PAGE;
    this.tag = null;
    this.datasets = new Map();
    const address = new URLSearchParams(location.search);
    this.asked = { state: address.get("state") ?? "", dataset: address.get("dataset") ?? "" };
    byId("more").addEventListener("click", () => this.more());
    this.filters.addEventListener("change", () => this.filter());
    this.filters.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
  }

  /** Learns the titles, and what may be filtered by. */
  know(datasets) {
    this.datasets = new Map(datasets.map((one) => [one.name, one]));
    this.filters.elements.dataset.replaceChildren(
      make("option", { value: "" }, "any"),
      ...datasets.map((one) => make("option", { value: one.name }, one.title)),
    );
    for (const [name, value] of Object.entries(this.asked)) this.filters.elements[name].value = value;
    for (const card of this.cards.values()) card.name(this.datasets);
  }

  query(more) {
    const given = Object.entries({ ...this.asked, ...more }).filter(([, value]) => value !== "");
    return new URLSearchParams(given);
  }

  filter() {
    this.asked = Object.fromEntries(new FormData(this.filters));
    const query = this.query({}).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    this.shown = PAGE;
    this.tag = null;
    this.refresh();
  }

  /** Asks for as many as are shown, and for nothing while nobody looks. */
  async refresh() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const limit = Math.min(MOST, this.shown);
      const response = await this.api.raw("GET", `api/v1/exports?${this.query({ limit })}`, {
        headers: this.tag ? { "If-None-Match": this.tag } : {},
      });
      if (turn !== this.turn) return;
      if (response.status !== 304) {
        const { items, nextCursor } = await response.json();
        if (turn !== this.turn) return;
        this.tag = response.headers.get("ETag");
        this.show(items, nextCursor);
      }
      this.tell("");
    } catch (problem) {
      if (turn !== this.turn) return;
      this.tell(inWords(problem));
    }
    if (!document.hidden) this.timer = setTimeout(() => this.refresh(), REFRESH_EVERY);
  }

  tell(text) {
    const place = byId("trouble");
    if (place.textContent !== text) place.textContent = text;
    place.hidden = text === "";
  }

  async more() {
    const button = byId("more");
    if (this.shown < MOST) {
      this.shown = Math.min(MOST, this.shown + PAGE);
      await this.refresh();
    } else {
      await this.older();
    }
    if (button.hidden) this.list.lastElementChild?.querySelector("a, button, summary")?.focus();
  }

  /** Beyond what one request gives: these stand as they were when they were asked for. */
  async older() {
    try {
      const { items, nextCursor } = await this.api("GET", `api/v1/exports?${this.query({ limit: PAGE, cursor: this.cursor })}`);
      this.list.append(...items.map((one) => this.card(one).element));
      this.cursor = nextCursor;
      byId("more").hidden = nextCursor === null;
    } catch (problem) {
      this.tell(inWords(problem));
    }
  }

  show(items, nextCursor) {
    const ids = new Set(items.map((one) => one.id));
    const last = items.at(-1)?.id ?? "";
    for (const [id, card] of this.cards) {
      // Older ones were asked for by cursor; ids grow with time.
      const older = nextCursor !== null && this.shown >= MOST && id < last;
      if (!ids.has(id) && !older) this.drop(id, card);
    }
    items.forEach((one, i) => {
      const card = this.card(one);
      card.update(one);
      if (this.list.children[i] !== card.element) this.list.insertBefore(card.element, this.list.children[i] ?? null);
    });
    if (this.shown < MOST || this.cards.size <= MOST) {
      this.cursor = nextCursor;
      byId("more").hidden = nextCursor === null;
    }
    this.tellEmpty();
  }

  tellEmpty() {
    const filtered = this.query({}).toString() !== "";
    this.filters.hidden = this.cards.size === 0 && !filtered;
    byId("empty").hidden = this.cards.size > 0;
    byId("empty").textContent = filtered
      ? "No export fits these filters."
      : "None yet. What you export shows up here, and stays when you close the page.";
  }

  card(one) {
    let card = this.cards.get(one.id);
    if (!card) {
      card = new Card(this.api, one, this.datasets, () => this.drop(one.id, card));
      this.cards.set(one.id, card);
    }
    return card;
  }

  /** One that was started here: first in the list, whatever the filters say, until the next look. */
  add(one) {
    const card = this.card(one);
    this.list.prepend(card.element);
    this.tag = null;
    this.tellEmpty();
    card.element.scrollIntoView({ block: "nearest" });
    toast("The export has started.");
  }

  drop(id, card) {
    this.cards.delete(id);
    card.element.remove();
    this.tellEmpty();
  }

  /** With another key everything is someone else's. */
  clear() {
    for (const [id, card] of this.cards) this.drop(id, card);
    this.tag = null;
    this.shown = PAGE;
  }
}

/** One export: what it is of, how it is doing, and what can be done with it. */
class Card {
  constructor(api, one, datasets, gone) {
    this.api = api;
    this.gone = gone;
    this.id = one.id;
    this.badge = make("span", { class: "badge" });
    this.live = make("windrow-export", {});
    this.copyLink = make("button", { type: "button", class: "plain", click: () => this.link() }, "Copy link");
    this.remove = make("button", { type: "button", class: "plain", click: () => this.ask() }, "Delete");
    this.facts = make("div", { class: "facts" });
    this.details = make("details", { toggle: () => this.detail() }, make("summary", {}, "Details"), this.facts);
    this.actions = make("div", { class: "actions" }, this.copyLink, this.remove);
    const heading = `export-${one.id}`;
    this.title = make("h3", { id: heading });
    this.chips = make("ul", { class: "chips", role: "list", "aria-label": "Parameters" });
    this.element = make(
      "li",
      { class: "card", "aria-labelledby": heading },
      make(
        "div",
        { class: "card-top" },
        this.title,
        this.badge,
        make("span", { class: "format" }, one.format),
        time(one.createdAt),
      ),
      this.chips,
      this.live,
      make("div", { class: "card-end" }, this.details, this.actions),
    );
    for (const name of ["progress", "completed", "failed", "cancelled", "expired"]) {
      this.live.addEventListener(`windrow-${name}`, (event) => this.render(event.detail.export));
    }
    this.live.addEventListener("windrow-gone", gone);
    this.live.current = one;
    this.render(one);
    this.name(datasets);
  }

  /** Calls dataset and parameters by their titles, as far as they are known. */
  name(datasets) {
    const dataset = datasets.get(this.one.dataset);
    this.title.textContent = dataset?.title ?? this.one.dataset;
    const given = Object.entries(this.one.parameters).filter(([, value]) => value !== null);
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
    const follows = known && (known.state === "queued" || known.state === "running");
    if (follows || (known?.state === one.state && known.attempt === one.attempt)) return;
    this.live.current = one;
    this.render(one);
  }

  render(one) {
    this.one = one;
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
    if (one.file) this.fileFacts(one.file, fact);
    fact("Asked for", time(one.createdAt));
    if (one.startedAt) fact("Began", time(one.startedAt));
    if (one.finishedAt) fact("Ended", time(one.finishedAt), took(one));
    if (one.asOf) fact("Rows until", time(one.asOf));
    if (one.expiresAt) fact("Kept until", time(one.expiresAt));
    if (one.attempt > 1) fact("Attempts", words.count(one.attempt));
    if (one.progress.resumedFromRow) fact("Went on from", words.rows(one.progress.resumedFromRow));
    fact("Columns", one.columns.join(", "));
    const csv = one.options.csv;
    if (csv) fact("CSV", Object.entries(csv).map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", "));
    fact("Id", make("code", {}, one.id));
    this.facts.replaceChildren(list);
  }

  fileFacts(file, fact) {
    const digest = make("code", { class: "digest" }, file.sha256);
    const button = make("button", { type: "button", class: "plain", click: () => copy(file.sha256, "Digest copied.", button) }, "Copy");
    fact("SHA-256", digest, " ", button);
    for (const entry of file.entries) fact(entry.name, `${words.rows(entry.rows)}, ${words.bytes(entry.bytes)}`);
  }

  async link() {
    try {
      const link = await this.api("POST", `api/v1/exports/${this.id}/links`, { body: "{}" });
      const until = time(link.expiresAt).textContent;
      await copy(new URL(link.url, document.baseURI).href, `Link copied. It works until ${until}, for everybody.`, this.copyLink);
    } catch (problem) {
      toast(inWords(problem));
    }
  }

  /** Asks in place; no dialog that hides what is asked about. */
  ask() {
    const keep = make("button", { type: "button", class: "secondary small", click: () => this.unask() }, "Keep");
    const sure = make("button", { type: "button", class: "danger small", click: () => this.delete() }, "Delete");
    const active = this.one.state === "queued" || this.one.state === "running";
    const text = active ? "Stop and delete this export?" : this.one.file ? "Delete this export and its file?" : "Delete this export?";
    this.question = make(
      "div",
      { class: "question", role: "group", "aria-label": text, keydown: (event) => event.key === "Escape" && this.unask() },
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
      await this.api("DELETE", `api/v1/exports/${this.id}`);
    } catch (problem) {
      if (problem.status !== 404) {
        this.unask();
        toast(inWords(problem));
        return;
      }
    }
    const next = this.element.nextElementSibling ?? this.element.previousElementSibling;
    this.gone();
    (next?.querySelector("a:not([hidden]), button:not([hidden]), summary") ?? byId("exports")).focus();
    toast("Deleted.");
  }

  /** Follows again, after it was told that it may not. */
  again() {
    if (this.live.current) this.live.current = this.live.current;
  }
}

function took(one) {
  if (!one.startedAt) return null;
  const seconds = (new Date(one.finishedAt) - new Date(one.startedAt)) / 1000;
  return `, after ${words.time(Math.max(1, seconds))}`;
}
