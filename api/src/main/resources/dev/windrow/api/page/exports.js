// The list of exports, the caller's or everybody's: live, filtered, a page at a time.
import { Card } from "./card.js";
import { byId, inWords, toast, words } from "./dom.js";
import { Filters } from "./filters.js";
import { Many } from "./many.js";
import { Queue } from "./queue.js";

const PAGE = 20;
const MOST = 200;
const REFRESH_EVERY = 10_000;

export class ExportList {
  /** @param ended told when one of them has ended */
  constructor(session, ended) {
    this.session = session;
    this.list = byId("list");
    this.cards = new Map();
    this.shown = PAGE;
    this.tag = null;
    /** Which filters and whose key: an answer to what was asked before has nothing to show. */
    this.era = 0;
    this.datasets = new Map();
    this.rights = null;
    this.filters = new Filters(() => this.filter());
    this.many = new Many(session, this.cards, () => this.lookAgain());
    this.queue = new Queue(session);
    this.heard = { ended, gone: (card) => this.drop(card), picked: (id, on) => this.many.pick(id, on) };
    byId("more").addEventListener("click", () => this.more());
    document.addEventListener("visibilitychange", () => document.hidden || !this.rights || this.refresh());
  }

  /** With another key everything is someone else's. */
  open(rights) {
    this.close();
    this.rights = rights;
    this.filters.offer(rights);
  }

  close() {
    this.rights = null;
    for (const card of [...this.cards.values()]) this.drop(card);
    this.many.stop();
    this.queue.clear();
    this.era++;
    // What is under way was asked for by another.
    this.turn = (this.turn ?? 0) + 1;
    clearTimeout(this.timer);
    this.tag = null;
    this.shown = PAGE;
    byId("total").textContent = "";
    byId("more").hidden = true;
    this.tell("");
  }

  /** Learns the titles, and what may be filtered by. */
  know(datasets) {
    this.datasets = new Map(datasets.map((one) => [one.name, one]));
    this.filters.know(datasets);
    for (const card of this.cards.values()) card.name(this.datasets);
  }

  filter() {
    this.era++;
    this.shown = PAGE;
    this.many.clear();
    this.lookAgain();
  }

  lookAgain() {
    this.tag = null;
    this.refresh();
  }

  /** Asks for as many as are shown, and for nothing while nobody looks. */
  async refresh() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const limit = Math.min(MOST, this.shown);
      const response = await this.session.raw("GET", `api/v1/exports?${this.filters.query({ limit })}`, {
        headers: this.tag ? { "If-None-Match": this.tag } : {},
      });
      if (turn !== this.turn) return;
      if (response.status !== 304) {
        const { items, nextCursor, total } = await response.json();
        if (turn !== this.turn) return;
        this.tag = response.headers.get("ETag");
        this.show(items, nextCursor);
        this.count(total);
      }
      this.tell("");
      if (this.rights.admin && (this.cards.size > 0 || this.filters.any)) await this.queue.look(this.rights);
    } catch (problem) {
      if (turn !== this.turn) return;
      this.tell(inWords(problem));
    }
    if (turn === this.turn && !document.hidden) this.timer = setTimeout(() => this.refresh(), REFRESH_EVERY);
  }

  count(total) {
    byId("total").textContent =
      total > 0 ? `${words.count(total)} ${total === 1 ? "export" : "exports"}${this.filters.any ? " fit" : ""}` : "";
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
      const { items, nextCursor } = await this.session.json(
        "GET",
        `api/v1/exports?${this.filters.query({ limit: PAGE, cursor: this.cursor })}`,
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
    for (const [id, card] of [...this.cards]) {
      // Older ones were asked for by cursor; ids grow with time.
      const older = nextCursor !== null && this.shown >= MOST && id < last;
      if (!ids.has(id) && !older) this.drop(card);
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
    const none = this.cards.size === 0;
    this.filters.form.hidden = !this.rights || (none && !this.filters.any);
    byId("many").hidden = none || !this.rights?.admin;
    byId("empty").hidden = !none || !this.rights;
    byId("empty").textContent = this.filters.any
      ? "No export fits these filters."
      : "None yet. What you export shows up here, and stays when you close the page.";
    this.many.tellOf();
  }

  card(one) {
    let card = this.cards.get(one.id);
    if (!card) {
      card = new Card(this.session, one, this.datasets, this.rights, this.heard);
      this.cards.set(one.id, card);
      this.filters.suggest(one.owner);
    }
    return card;
  }

  /** One that was started here: first in the list, whatever the filters say, until the next look. */
  add(one) {
    if (!this.rights) return;
    const card = this.card(one);
    this.list.prepend(card.element);
    this.tag = null;
    this.tellEmpty();
    card.element.scrollIntoView({ block: "nearest" });
    toast("The export has started.");
  }

  drop(card) {
    this.cards.delete(card.id);
    this.many.drop(card.id);
    card.element.remove();
    this.tellEmpty();
  }
}
