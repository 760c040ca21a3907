// The list of exports, the caller's or everybody's: live, filtered, a page at a time.
import { Card } from "./card.js";
import { byId, inWords, painted, toast, whileSilent } from "./dom.js";
import { Filters } from "./filters.js";
import { Many } from "./many.js";
import { Queue } from "./queue.js";
import { t, words } from "./texts.js";

/** As many stand in the page at once, and are asked for, however many there are. */
const PAGE = 50;
const REFRESH_EVERY = 10_000;
/** As many as a window has room for come first, so that fifty are seen as soon as ten. */
const FIRST = 10;

export class ExportList {
  /** @param ended told when one of them has ended */
  constructor(session, ended) {
    this.session = session;
    this.list = byId("list");
    this.cards = new Map();
    /** The cursors of the pages up to the one that is shown; none at the newest. */
    this.trail = [];
    this.next = null;
    this.tag = null;
    /** Which filters and whose key: an answer to what was asked before has nothing to show. */
    this.era = 0;
    this.datasets = new Map();
    this.rights = null;
    this.filters = new Filters(() => this.filter());
    this.many = new Many(session, this, () => this.lookAgain());
    this.queue = new Queue(session);
    this.heard = {
      ended,
      gone: (card) => this.gone(card.id),
      picked: (card, on, whole) => this.many.pick(card, on, whole),
    };
    byId("newer").addEventListener("click", () => this.turnTo(this.trail.slice(0, -1)));
    byId("older").addEventListener("click", () => this.next && this.turnTo([...this.trail, this.next]));
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
    this.trail = [];
    byId("total").textContent = "";
    byId("pages").hidden = true;
    this.tell("");
  }

  /** Learns the titles, and what may be filtered by. */
  know(datasets) {
    this.datasets = new Map(datasets.map((one) => [one.name, one]));
    this.filters.know(datasets);
    for (const card of this.cards.values()) card.name(this.datasets);
  }

  titleOf(dataset) {
    return this.datasets.get(dataset)?.title ?? dataset;
  }

  filter() {
    this.era++;
    this.trail = [];
    this.many.clear();
    this.lookAgain();
  }

  lookAgain() {
    this.tag = null;
    this.refresh();
  }

  /** Asks for the page that is shown, and for nothing while nobody looks. */
  async refresh() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const silence = whileSilent(() => turn === this.turn && this.tell(words.say("unanswered")));
    try {
      const cursor = this.trail.at(-1) ?? "";
      const response = await this.session.raw("GET", `api/v1/exports?${this.filters.query({ limit: PAGE, cursor })}`, {
        headers: this.tag ? { "If-None-Match": this.tag } : {},
      });
      silence();
      if (turn !== this.turn) return;
      if (response.status !== 304) {
        const { items, nextCursor, total } = await response.json();
        if (turn !== this.turn) return;
        this.tag = response.headers.get("ETag");
        // The last of its page were deleted.
        if (items.length === 0 && nextCursor === null && this.trail.length) {
          this.turnTo(this.trail.slice(0, -1));
          return;
        }
        this.many.total = total ?? null;
        const shown = this.show(items, nextCursor);
        this.count(total ?? null);
        await shown;
        if (turn !== this.turn) return;
      }
      this.tell("");
      if (this.rights.admin && (this.cards.size > 0 || this.filters.any)) await this.queue.look(this.rights);
    } catch (problem) {
      silence();
      if (turn !== this.turn) return;
      this.tell(inWords(problem));
    }
    if (turn === this.turn && !document.hidden) this.timer = setTimeout(() => this.refresh(), REFRESH_EVERY);
  }

  /** @param total null where the server does not say */
  count(total) {
    byId("total").textContent = total > 0 ? t(this.filters.any ? "list.fit" : "list.total", { count: total }) : "";
    const page = this.trail.length + 1;
    const pages = Math.max(page, Math.ceil((total ?? 0) / PAGE));
    byId("page").textContent = total === null ? t("list.page", { page }) : t("list.pageOf", { page, pages });
    byId("newer").disabled = page === 1;
    byId("older").disabled = this.next === null;
    byId("pages").hidden = page === 1 && this.next === null;
  }

  tell(text) {
    const place = byId("trouble");
    if (place.textContent !== text) place.textContent = text;
    place.hidden = text === "";
  }

  /** Shows another page, from its top. */
  async turnTo(trail) {
    this.trail = trail;
    this.tag = null;
    await this.refresh();
    byId("exports").scrollIntoView({ block: "start" });
    // Who went by the keyboard goes on at the first of them.
    this.list.querySelector("input, a, button, summary")?.focus({ preventScroll: true });
  }

  async show(items, nextCursor) {
    const { turn } = this;
    const ids = new Set(items.map((one) => one.id));
    for (const [id, card] of [...this.cards]) if (!ids.has(id)) this.drop(card);
    this.next = nextCursor;
    this.place(items.slice(0, FIRST));
    if (items.length > FIRST && this.cards.size < items.length) {
      await painted();
      if (turn !== this.turn) return;
    }
    this.place(items);
    // In the order of the list, which a range is picked in.
    this.cards = new Map(items.map(({ id }) => [id, this.cards.get(id)]));
    this.tellEmpty();
  }

  place(items) {
    items.forEach((one, i) => {
      const card = this.card(one);
      card.update(one);
      if (this.list.children[i] !== card.element) this.list.insertBefore(card.element, this.list.children[i] ?? null);
    });
    this.tellEmpty();
  }

  tellEmpty() {
    const none = this.cards.size === 0;
    this.filters.form.hidden = !this.rights || (none && !this.filters.any);
    byId("many").hidden = none || !this.rights?.export;
    byId("empty").hidden = !none || !this.rights;
    byId("empty").textContent = t(
      this.filters.any ? "list.noneFits" : this.rights?.export ? "list.none" : "list.noneToRead",
    );
    this.many.tellOf();
  }

  card(one) {
    let card = this.cards.get(one.id);
    if (!card) {
      card = new Card(this.session, one, this.datasets, this.rights, this.heard);
      this.cards.set(one.id, card);
      this.many.meet(card);
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
    toast(t("list.started"));
  }

  /** It was deleted. */
  gone(id) {
    this.many.drop(id);
    const card = this.cards.get(id);
    if (card) this.drop(card);
    this.tag = null;
  }

  drop(card) {
    this.cards.delete(card.id);
    card.element.remove();
    this.tellEmpty();
  }
}
