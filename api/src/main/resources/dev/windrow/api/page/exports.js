// The list of the caller's exports: live, filtered, a page at a time.
import { Card } from "./card.js";
import { byId, inWords, make, toast } from "./dom.js";

const PAGE = 20;
const MOST = 200;
const REFRESH_EVERY = 10_000;

export class ExportList {
  constructor(api) {
    this.api = api;
    this.list = byId("list");
    this.filters = byId("filters");
    this.cards = new Map();
    this.shown = PAGE;
    this.tag = null;
    /** Which filters and whose key: an answer to what was asked before has nothing to show. */
    this.era = 0;
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
    this.era++;
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
    const { era } = this;
    try {
      const { items, nextCursor } = await this.api(
        "GET",
        `api/v1/exports?${this.query({ limit: PAGE, cursor: this.cursor })}`,
      );
      if (era !== this.era) return;
      this.list.append(...items.map((one) => this.card(one).element));
      this.cursor = nextCursor;
      byId("more").hidden = nextCursor === null;
    } catch (problem) {
      if (era === this.era) this.tell(inWords(problem));
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
    this.era++;
    this.tag = null;
    this.shown = PAGE;
  }
}
