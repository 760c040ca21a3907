// How everything stands, for administrators: loaded by the page once somebody looks at it.
import { inWords, make, time } from "./dom.js";
import { scheduleFacts } from "./schedules.js";
import { named, phrase, t, words } from "./texts.js";
import { messageItem, renew } from "./told.js";

const SOON = 5000;
const LATER = 15_000;
const MESSAGES = 20;
const MOST = 200;

/** A part of the view with a heading. */
function part(id, title, ...children) {
  return make("section", { class: "part", "aria-labelledby": id }, make("h2", { id }, title), ...children);
}

function badge(kind, text) {
  return make("span", { class: "badge", "data-kind": kind }, text);
}

/** Those exports, in the list of exports. */
function exportsLink(key, text, asked) {
  return make("a", { href: `./?${new URLSearchParams(asked)}`, "data-key": key }, text);
}

function none(text) {
  return make("li", { class: "empty" }, text);
}

/** An answer that is asked for again and again, and handed on where it is another. */
class Watched {
  constructor(session, every, path, show, trouble) {
    Object.assign(this, { session, every, path, show, trouble });
    this.turn = 0;
  }

  async look() {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    const path = this.path();
    try {
      const same = this.tag && path === this.asked;
      const response = await this.session.raw("GET", path, { headers: same ? { "If-None-Match": this.tag } : {} });
      const answer = response.status === 304 ? null : await response.json();
      if (turn !== this.turn) return;
      if (answer !== null) {
        this.tag = response.headers.get("ETag");
        this.asked = path;
        this.show(answer, new Date(response.headers.get("Date") ?? Date.now()));
      }
      this.trouble(this, null);
    } catch (problem) {
      if (turn !== this.turn) return;
      this.trouble(this, problem);
    }
    if (!document.hidden) this.timer = setTimeout(() => this.look(), this.every);
  }

  stop() {
    this.turn++;
    this.tag = null;
    clearTimeout(this.timer);
  }
}

/** The view. It asks for nothing while nobody looks. */
export class Operations {
  /** @param place what it fills */
  constructor(session, place) {
    this.session = session;
    this.place = place;
    this.troubles = new Map();
    this.shown = MESSAGES;
    const trouble = (watched, problem) => this.tell(watched, problem);
    const watch = (every, path, show) => new Watched(session, every, path, show, trouble);
    this.overview = watch(
      SOON,
      () => "api/v1/operations",
      (answer, now) => this.show(answer, now),
    );
    this.messages = watch(
      SOON,
      () => `api/v1/deliveries?state=${this.state.value}&limit=${this.shown}`,
      (answer) => this.showMessages(answer),
    );
    this.schedules = watch(
      LATER,
      () => `api/v1/schedules?owner=*&limit=${MOST}`,
      (answer) => this.showSchedules(answer),
    );
    document.addEventListener("visibilitychange", () => document.hidden || !this.rights || this.look());
  }

  open(rights) {
    if (this.rights) return;
    this.rights = rights;
    this.build();
    this.look();
  }

  /** Leaves nothing of who looked. */
  close() {
    this.rights = null;
    this.toldOf = null;
    for (const each of [this.overview, this.messages, this.schedules]) each.stop();
    this.troubles.clear();
    this.place.replaceChildren();
  }

  look() {
    for (const each of [this.overview, this.messages, this.schedules]) each.look();
  }

  build() {
    this.title = make("h1", { tabindex: "-1" }, t("page.operations"));
    this.trouble = make("p", { class: "trouble", role: "alert", hidden: true });
    this.figures = make("dl", { class: "figures" });
    this.workers = make("ul", { class: "list", role: "list" });
    this.sources = make("ul", { class: "list", role: "list" });
    this.counts = make("span", { class: "counts" });
    this.state = make(
      "select",
      { change: () => this.messages.look() },
      make("option", { value: "given-up" }, t("message.given-up")),
      make("option", { value: "waiting" }, t("message.waiting")),
    );
    this.list = make("ul", { class: "list", role: "list" });
    this.more = make(
      "button",
      { type: "button", class: "secondary more", click: () => this.showMore() },
      t("list.more"),
    );
    this.more.hidden = true;
    this.timetable = make("ul", { class: "list", role: "list" });
    this.place.replaceChildren(
      this.title,
      this.trouble,
      this.figures,
      part("workers-title", t("operations.workers"), this.workers),
      part("sources-title", t("operations.sources"), this.sources),
      part(
        "outbox-title",
        t("operations.messages"),
        make("p", { class: "filters" }, make("label", {}, t("operations.show"), this.state), this.counts),
        this.list,
        this.more,
      ),
      part("timetable-title", t("operations.schedules"), this.timetable),
    );
  }

  tell(watched, problem) {
    if (problem) this.troubles.set(watched, inWords(problem));
    else this.troubles.delete(watched);
    const text = [...new Set(this.troubles.values())].join(" ");
    if (this.trouble.textContent !== text) this.trouble.textContent = text;
    this.trouble.hidden = text === "";
  }

  /** @param now by the server's clock: that of whoever looks may be any time */
  show({ queue, workers, storage, sources, outbox }, now) {
    const figure = (name, value, ...more) =>
      make("div", {}, make("dt", {}, name), make("dd", {}, make("strong", {}, value), ...more));
    const since = (text, at) => (at ? [make("span", { class: "hint" }, ...phrase(text, { at: time(at) }))] : []);
    const bytes = (number) => (number === null ? t("operations.unknown") : words.bytes(Math.max(0, number)));
    this.figures.replaceChildren(
      figure(t("operations.waiting"), words.count(queue.waiting), ...since("operations.dueSince", queue.oldestDueAt)),
      figure(t("operations.running"), words.count(queue.running)),
      figure(t("operations.archives"), bytes(storage.archiveBytes)),
      figure(t("operations.unfinished"), bytes(storage.workBytes)),
      figure(t("operations.disk"), bytes(storage.leftBytes)),
      figure(
        t("operations.messagesWaiting"),
        words.count(outbox.waiting),
        ...since("operations.nextDue", outbox.oldestDueAt),
      ),
      figure(t("operations.messagesGivenUp"), words.count(outbox.givenUp)),
    );
    const shown = workers.map((one) => this.worker(one, now));
    renew(this.workers, ...(shown.length ? shown : [none(t("operations.noWorker"))]));
    renew(this.sources, ...sources.map((one) => this.source(one)));
    // Something was given up, or sent again: by somebody else, too.
    const told = JSON.stringify(outbox);
    if (this.toldOf && this.toldOf !== told) this.messages.look();
    this.toldOf = told;
  }

  worker(one, now) {
    const runs = one.exports.length;
    return make(
      "li",
      { class: "card", "data-worker": one.name },
      make(
        "p",
        { class: "card-top" },
        make("strong", {}, one.name),
        one.present ? badge("well", t("operations.present")) : badge("ill", t("operations.silent")),
        make("span", { class: "hint" }, one.concurrency ? t("me.active", { used: runs, count: one.concurrency }) : ""),
        one.seenAt ? make("span", { class: "seen" }, ...phrase("operations.seen", { at: time(one.seenAt) })) : null,
      ),
      one.startedAt ? make("p", { class: "hint" }, ...phrase("operations.started", { at: time(one.startedAt) })) : null,
      make(
        "ul",
        { class: "runs", role: "list", "aria-label": t("operations.exportsOf", { worker: one.name }) },
        ...(runs
          ? one.exports.map((each) => this.run(each, now))
          : [make("li", { class: "hint" }, t("operations.noExport"))]),
      ),
    );
  }

  run(one, now) {
    const asked = { state: "running", dataset: one.dataset, ...(this.rights.others && { owner: one.owner }) };
    const percent = one.percent === null ? "" : words.percent(one.percent);
    return make(
      "li",
      { "data-export": one.id },
      exportsLink(one.id, one.dataset, asked),
      this.rights.others ? ` ${t("list.of", { owner: one.owner })}` : "",
      words.between + words.line([words.rows(one.rowsWritten), percent]) + words.between,
      ...phrase("operations.since", { at: time(one.startedAt) }),
      new Date(one.leaseUntil) < now ? words.between + t("operations.leaseEnded") : "",
    );
  }

  source(one) {
    const { error, answeredAt } = one;
    const fails = error && (!answeredAt || new Date(error.at) > new Date(answeredAt));
    const state = fails
      ? badge("ill", named("operations.error", error.type))
      : answeredAt
        ? badge("well", t("operations.answers"))
        : badge("unknown", t("operations.notAsked"));
    return make(
      "li",
      { class: "card", "data-source": one.name },
      make(
        "p",
        { class: "card-top" },
        make("strong", {}, one.name),
        state,
        answeredAt
          ? make("span", { class: "seen" }, ...phrase("operations.lastAnswer", { at: time(answeredAt) }))
          : null,
      ),
      make("p", { class: "hint" }, t("operations.datasets", { names: one.datasets.join(", ") })),
      error ? this.lastError(error, fails) : null,
    );
  }

  lastError(error, fails) {
    return make(
      "p",
      { class: fails ? "reason" : "hint" },
      ...phrase("operations.lastError", { what: named("operations.error", error.type), at: time(error.at) }),
      ` ${error.detail} `,
      ...(error.export ? phrase("operations.ofExport", { id: make("code", {}, error.export) }) : []),
    );
  }

  showMessages({ items, nextCursor }) {
    const waiting = this.state.value === "waiting";
    const about = (one) =>
      make("span", { class: "owner" }, one.dataset, this.rights.others ? ` ${t("list.of", { owner: one.owner })}` : "");
    const again = async () => {
      await this.messages.look();
    };
    const shown = items.map((one) => {
      const item = messageItem(this.session, one, about(one), again);
      item.classList.add("card");
      return item;
    });
    renew(
      this.list,
      ...(shown.length ? shown : [none(t(waiting ? "operations.noneWaits" : "operations.noneGivenUp"))]),
    );
    this.counts.textContent = nextCursor ? t("operations.newest", { count: items.length }) : "";
    this.more.hidden = nextCursor === null || this.shown >= MOST;
  }

  showMore() {
    this.shown = Math.min(MOST, this.shown + MESSAGES);
    this.messages.look();
  }

  showSchedules({ items, nextCursor }) {
    const shown = items.map((one) =>
      make("li", { class: "card schedule", "data-schedule": one.name }, ...scheduleFacts(one, this.rights.others)),
    );
    if (nextCursor) shown.push(none(t("operations.first", { count: items.length })));
    this.timetable.replaceChildren(...(shown.length ? shown : [none(t("operations.noSchedules"))]));
  }
}
