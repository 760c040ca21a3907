// The files of an archive, each to be had by itself: a page of them at a time, however many there are.
import { inWords, make } from "./dom.js";
import { listed, t, words } from "./texts.js";

const FILES_AT_ONCE = 50;

export class Entries {
  /**
   * @param id the export's
   * @param fetch what fetches a file, by its name
   */
  constructor(session, id, fetch) {
    this.session = session;
    this.id = id;
    this.fetch = fetch;
    /** Of the pages before. */
    this.trail = [];
    this.list = make("ul", { class: "entries", role: "list", tabindex: "-1", "aria-label": t("entries.title") });
    this.where = make("span", { role: "status" });
    const turn = (name, click) => make("button", { type: "button", class: "secondary small", click }, t(name));
    this.before = turn("entries.before", () => this.show(this.trail.slice(0, -1)));
    this.after = turn("entries.after", () => this.show([...this.trail, this.next]));
    this.pages = make("p", { class: "pages" }, this.before, this.where, this.after);
    this.place = make("div", {}, this.list, this.pages);
    this.pages.hidden = true;
  }

  /** @param trail the cursors of the pages before, and of the one that is shown */
  async show(trail, total = this.total) {
    const turn = (this.turn = {});
    this.total = total;
    const asked = new URLSearchParams({ limit: FILES_AT_ONCE, ...(trail.length && { cursor: trail.at(-1) }) });
    try {
      const { items, nextCursor } = await this.session.json("GET", `api/v1/exports/${this.id}/entries?${asked}`);
      if (turn !== this.turn) return;
      const hadFocus = this.pages.contains(document.activeElement);
      this.trail = trail;
      this.next = nextCursor;
      this.list.replaceChildren(...items.map((one) => this.item(one)));
      this.before.hidden = trail.length === 0;
      this.after.hidden = nextCursor === null;
      this.pages.hidden = this.before.hidden && this.after.hidden;
      const first = trail.length * FILES_AT_ONCE + 1;
      this.where.textContent = t("entries.where", { first, last: first + items.length - 1, count: total });
      if (hadFocus) this.list.focus();
    } catch (problem) {
      if (turn === this.turn) this.list.replaceChildren(make("li", { class: "fault" }, inWords(problem)));
    }
  }

  item({ name, rows, bytes }) {
    const label = t("entries.fetch", { name });
    const click = () => this.fetch(name);
    return make(
      "li",
      {},
      make("span", { class: "entry", dir: "auto" }, name),
      make("span", { class: "hint" }, listed([words.rows(rows), words.bytes(bytes)])),
      make("button", { type: "button", class: "plain", "aria-label": label, click }, t("entries.get")),
    );
  }
}
