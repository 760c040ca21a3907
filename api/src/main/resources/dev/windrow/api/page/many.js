// What is done to many exports at once: one request each, a few at a time.
import { byId, inWords, make, words } from "./dom.js";

/** A browser has six connections to a server, two of which may be streams. */
const AT_ONCE = 3;

const DEEDS = {
  cancel: { question: "Stop", sure: "Stop them", done: "cancelled" },
  retry: { question: "Run", sure: "Run them again", done: "started again" },
};

export class Many {
  /**
   * @param cards those that are shown, by id
   * @param done told when all were tried
   */
  constructor(session, cards, done) {
    this.session = session;
    this.cards = cards;
    this.done = done;
    this.picked = new Set();
    this.busy = false;
    this.left = [];
    this.question = null;
    this.place = byId("many");
    this.all = byId("pick-all");
    this.all.addEventListener("change", () => {
      for (const card of cards.values()) card.pick.checked = this.all.checked;
      this.picked = new Set(this.all.checked ? cards.keys() : []);
      this.tell();
    });
    for (const what of Object.keys(DEEDS)) byId(`${what}-many`).addEventListener("click", () => this.ask(what));
  }

  pick(id, picked) {
    if (picked) this.picked.add(id);
    else this.picked.delete(id);
    this.tell();
  }

  drop(id) {
    if (this.picked.delete(id)) this.tell();
  }

  /** What is left of a deed was for another caller to do. */
  stop() {
    this.left = [];
    this.report("");
    this.clear();
  }

  clear() {
    this.picked.clear();
    this.close();
    this.tell();
  }

  /** Those of the picked to which it can be done, as far as is known. */
  fit(what) {
    return [...this.picked].filter((id) => this.cards.get(id)?.one.links[what]);
  }

  tell() {
    byId("picked").textContent = this.picked.size ? `${words.count(this.picked.size)} selected` : "";
    this.tellOf();
  }

  /** What can be done by now; exports end and come meanwhile. */
  tellOf() {
    const { size } = this.picked;
    this.all.checked = size > 0 && size === this.cards.size;
    this.all.indeterminate = size > 0 && !this.all.checked;
    for (const what of Object.keys(DEEDS)) byId(`${what}-many`).disabled = this.busy || this.fit(what).length === 0;
  }

  /** How a deed goes on and came out; it stays until the next one. */
  report(text) {
    byId("outcome").textContent = text;
  }

  ask(what) {
    const { question, sure } = DEEDS[what];
    const ids = this.fit(what);
    const text = `${question} ${words.count(ids.length)} ${ids.length === 1 ? "export" : "exports"}?`;
    const keep = () => {
      this.close();
      byId(`${what}-many`).focus();
    };
    const go = () => {
      this.close();
      this.all.focus();
      this.work(what, ids);
    };
    const no = make("button", { type: "button", class: "secondary small", click: keep }, "Keep as they are");
    this.close();
    this.question = make(
      "div",
      { class: "question", role: "group", "aria-label": text, keydown: (event) => event.key === "Escape" && keep() },
      make("span", {}, text),
      make("button", { type: "button", class: "danger small", click: go }, sure),
      no,
    );
    byId("many-buttons").hidden = true;
    this.place.append(this.question);
    no.focus();
  }

  close() {
    this.question?.remove();
    this.question = null;
    byId("many-buttons").hidden = false;
  }

  async work(what, ids) {
    const left = (this.left = [...ids]);
    const faults = [];
    let good = 0;
    this.busy = true;
    this.tell();
    const next = async () => {
      for (let id = left.shift(); id !== undefined && left === this.left; id = left.shift()) {
        try {
          this.cards.get(id)?.take(await this.session.json("POST", `api/v1/exports/${id}/${what}`));
          good++;
          this.cards.get(id)?.unpick();
        } catch (problem) {
          faults.push(inWords(problem));
        }
        this.report(`${words.count(good + faults.length)} of ${words.count(ids.length)} …`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    this.busy = false;
    if (left !== this.left) return;
    this.tell();
    const failed = faults.length ? `, ${words.count(faults.length)} not: ${[...new Set(faults)].join(" ")}` : "";
    this.report(`${words.count(good)} ${DEEDS[what].done}${failed}`);
    this.done();
  }
}
