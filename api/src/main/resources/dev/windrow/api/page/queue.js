// How many exports wait and run, of everybody: counted by the list, for there is no other word of the queue.
import { byId, time } from "./dom.js";
import { phrase, t, words } from "./texts.js";

/** As many as one answer gives. With more, which is the oldest is not known. */
const SEEN = 200;

export class Queue {
  constructor(session) {
    this.session = session;
    this.kept = new Map();
  }

  async look(rights) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const [waiting, running] = await Promise.all([
      this.count("queued", SEEN, rights),
      this.count("running", 1, rights),
    ]);
    if (turn !== this.turn) return;
    const oldest = waiting.nextCursor === null ? waiting.items.at(-1) : undefined;
    const since = oldest ? phrase("queue.waitingSince", { count: waiting.total, since: time(oldest.createdAt) }) : null;
    byId("queue").replaceChildren(
      ...(since ?? [t("queue.waiting", { count: waiting.total })]),
      words.between,
      t("queue.running", { count: running.total }),
    );
    byId("queue").hidden = false;
  }

  async count(state, limit, rights) {
    const kept = this.kept.get(state);
    const query = new URLSearchParams({ state, limit, total: true, ...(rights.others && { owner: "*" }) });
    const response = await this.session.raw("GET", `api/v1/exports?${query}`, {
      headers: kept?.tag ? { "If-None-Match": kept.tag } : {},
    });
    if (response.status === 304) return kept.answer;
    const answer = await response.json();
    this.kept.set(state, { tag: response.headers.get("ETag"), answer });
    return answer;
  }

  clear() {
    this.turn = (this.turn ?? 0) + 1;
    this.kept.clear();
    byId("queue").hidden = true;
  }
}
