// What is done to many exports at once: one request each, a few at a time.
import { byId, inWords, make, time } from "./dom.js";
import { phrase, t, words } from "./texts.js";

/** A browser has six connections to a server, two of which may be streams. */
const AT_ONCE = 3;
/** As many as a list gives at once. */
const ASKED_AT_ONCE = 200;
/** Failures that are told one by one; nobody reads more, and the page stays small. */
const TOLD = 100;

/** How each is asked of the server, and the texts of what can be done. */
const DEEDS = {
  cancel: { question: "many.stop", sure: "many.stopThem", done: "many.stopped", not: "many.stoppedNot" },
  retry: { question: "many.run", sure: "many.runThem", done: "many.ran", not: "many.ranNot" },
  delete: { question: "many.remove", sure: "many.removeThem", done: "many.removed", not: "many.removedNot" },
};

export class Many {
  /**
   * @param list the exports that are shown
   * @param done told when all were tried
   */
  constructor(session, list, done) {
    this.session = session;
    this.list = list;
    this.done = done;
    /** What is known of each by its id; those of other pages too. */
    this.picked = new Map();
    this.last = null;
    this.total = null;
    this.busy = false;
    this.left = [];
    this.question = null;
    this.place = byId("many");
    this.all = byId("pick-all");
    this.all.addEventListener("change", () => {
      if (this.all.checked) for (const card of list.cards.values()) this.put(card, true);
      else this.clear();
      this.tell();
    });
    byId("pick-match").addEventListener("click", () => this.pickMatching());
    byId("halt").addEventListener("click", () => this.halt());
    for (const what of Object.keys(DEEDS)) byId(`${what}-many`).addEventListener("click", () => this.ask(what));
  }

  /** @param whole whether all from the one before up to this are meant */
  pick(card, on, whole) {
    const shown = [...this.list.cards.values()];
    const [from, to] = [this.last, card].map((one) => shown.indexOf(one)).sort((a, b) => a - b);
    for (const one of whole && from >= 0 ? shown.slice(from, to + 1) : [card]) this.put(one, on);
    this.last = card;
    this.tell();
  }

  put(card, on) {
    card.pick.checked = on;
    if (on) this.picked.set(card.id, card.one);
    else this.picked.delete(card.id);
  }

  /** One that has come to be shown, and was picked before. */
  meet(card) {
    if (card.pick) card.pick.checked = this.picked.has(card.id);
  }

  /** One that is no more. */
  drop(id) {
    if (this.picked.delete(id)) this.tell();
  }

  /** All that the filters let through, as they are by now; what comes later was not meant. */
  async pickMatching() {
    const { era } = this.list;
    const button = byId("pick-match");
    button.disabled = true;
    let cursor = "";
    try {
      do {
        const asked = this.list.filters.query({ limit: ASKED_AT_ONCE, cursor, total: "" });
        const { items, nextCursor } = await this.session.json("GET", `api/v1/exports?${asked}`);
        if (era !== this.list.era) return;
        for (const { id, dataset, createdAt, state, links, file } of items) {
          this.picked.set(id, { id, dataset, createdAt, state, links, file: file && { bytes: file.bytes } });
        }
        cursor = nextCursor;
        for (const card of this.list.cards.values()) this.meet(card);
        this.tell();
      } while (cursor !== null);
    } catch (problem) {
      if (era === this.list.era) this.report(inWords(problem));
    } finally {
      button.disabled = false;
      this.tellOf();
    }
  }

  /** What is left of a deed was for another caller to do. */
  stop() {
    this.left = [];
    this.report("");
    this.clear();
  }

  clear() {
    this.picked.clear();
    this.last = null;
    for (const card of this.list.cards.values()) this.meet(card);
    this.close();
    this.tell();
  }

  /** Those of the picked to which it can be done, as far as is known. */
  fit(what) {
    const known = [...this.picked.values()].map((one) => this.list.cards.get(one.id)?.one ?? one);
    return what === "delete" ? known : known.filter((one) => one.links[what]);
  }

  tell() {
    byId("picked").textContent = this.picked.size ? t("many.picked", { count: this.picked.size }) : "";
    this.tellOf();
  }

  /** What can be done by now; exports end and come meanwhile. */
  tellOf() {
    const shown = [...this.list.cards.keys()];
    const here = shown.filter((id) => this.picked.has(id)).length;
    this.all.checked = here > 0 && here === shown.length;
    this.all.indeterminate = !this.all.checked && this.picked.size > 0;
    const match = byId("pick-match");
    match.hidden = this.busy || !this.all.checked || !(this.total > this.picked.size);
    match.textContent = t("many.match", { count: this.total ?? 0 });
    for (const what of Object.keys(DEEDS)) byId(`${what}-many`).disabled = this.busy || this.fit(what).length === 0;
  }

  /** How a deed goes on and came out; it stays until the next one. */
  report(text, failures = []) {
    byId("outcome").textContent = text;
    const told = failures.slice(0, TOLD).map(({ one, why }) => {
      const name = make("bdi", {}, this.list.titleOf(one.dataset));
      return make("li", {}, ...phrase("many.failure", { name, at: time(one.createdAt), why }));
    });
    const more = failures.length - told.length;
    if (more > 0) told.push(make("li", {}, t("many.moreFailures", { count: more })));
    byId("failures").replaceChildren(...told);
  }

  ask(what) {
    const { sure } = DEEDS[what];
    const ones = this.fit(what);
    const text = this.asked(what, ones);
    const keep = () => {
      this.close();
      byId(`${what}-many`).focus();
    };
    const go = () => {
      this.close();
      this.all.focus();
      this.work(what, ones);
    };
    const no = make("button", { type: "button", class: "secondary small", click: keep }, t("many.keep"));
    this.close();
    this.question = make(
      "div",
      { class: "question", role: "group", "aria-label": text, keydown: (event) => event.key === "Escape" && keep() },
      make("span", {}, text),
      make("button", { type: "button", class: "danger small", click: go }, t(sure)),
      no,
    );
    byId("many-buttons").hidden = true;
    this.place.append(this.question);
    no.focus();
  }

  /** How many, and what is lost with them. */
  asked(what, ones) {
    const sentences = [t(DEEDS[what].question, { count: ones.length })];
    if (what === "delete") {
      const files = ones.filter((one) => one.file);
      const active = ones.filter((one) => one.links.cancel);
      const size = words.bytes(files.reduce((sum, one) => sum + one.file.bytes, 0));
      if (files.length) sentences.push(t("many.lostFiles", { count: files.length, size }));
      if (active.length) sentences.push(t("many.lostActive", { count: active.length }));
    }
    return sentences.join(" ");
  }

  close() {
    this.question?.remove();
    this.question = null;
    byId("many-buttons").hidden = false;
  }

  /** What is under way is still answered. */
  halt() {
    this.left.length = 0;
  }

  send(what, id) {
    const path = `api/v1/exports/${id}`;
    return what === "delete" ? this.session.json("DELETE", path) : this.session.json("POST", `${path}/${what}`);
  }

  async work(what, ones) {
    const left = (this.left = [...ones]);
    const failures = [];
    let good = 0;
    this.busy = true;
    byId("halt").hidden = false;
    this.tell();
    const next = async () => {
      for (let one = left.shift(); one !== undefined && left === this.left; one = left.shift()) {
        const card = () => this.list.cards.get(one.id);
        try {
          const now = await this.send(what, one.id);
          if (left !== this.left) return;
          good++;
          this.forget(one.id);
          if (what === "delete") this.list.gone(one.id);
          else card()?.take(now);
        } catch (problem) {
          if (left !== this.left) return;
          // Deleted by somebody else, it is what was wanted.
          if (what === "delete" && problem.status === 404) {
            good++;
            this.forget(one.id);
            this.list.gone(one.id);
          } else failures.push({ one, why: inWords(problem) });
        }
        this.report(t("many.underWay", { tried: good + failures.length, total: ones.length }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    this.busy = false;
    byId("halt").hidden = true;
    if (left !== this.left) return;
    this.tell();
    const { done, not } = DEEDS[what];
    const why = [...new Set(failures.map((one) => one.why))].slice(0, 3).join(" ");
    const text = failures.length ? t(not, { count: good, failed: failures.length, why }) : t(done, { count: good });
    this.report(text, failures.length > 1 ? failures : []);
    this.done();
  }

  /** It is done with. */
  forget(id) {
    this.picked.delete(id);
    const card = this.list.cards.get(id);
    if (card) this.meet(card);
    byId("picked").textContent = this.picked.size ? t("many.picked", { count: this.picked.size }) : "";
  }
}
