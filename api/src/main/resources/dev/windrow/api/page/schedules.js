// Exports that start by themselves: when they are due, what came of the last time, and a word to stop them.
import { byId, inWords, make, time, toast } from "./dom.js";
import { named, phrase, t, words } from "./texts.js";

const SCHEDULES = "api/v1/schedules";
const MOST_SCHEDULES = 200;
const LOOK_AT_SCHEDULES_EVERY = 30_000;

/** Numbers as they were written, where the browser can: a schedule is sent back as it came. */
function exactly(text) {
  const exact = (_key, value, context) =>
    typeof value === "number" && JSON.rawJSON && context ? JSON.rawJSON(context.source) : value;
  return JSON.parse(text, exact);
}

function lastTime(last) {
  if (last === null) return null;
  const why = last.error ? `: ${last.error.detail}` : last.state ? ` (${named("state", last.state)})` : "";
  return make(
    "p",
    {},
    ...phrase("schedules.last", { at: time(last.dueAt), outcome: named("schedules.outcome", last.outcome) }),
    why,
  );
}

/** What a schedule is, when it is due and what came of the last time, as parts of an item. */
export function scheduleFacts(one, withOwner) {
  const owner = withOwner ? ` ${t("list.of", { owner: one.owner })}` : "";
  return [
    make(
      "p",
      {},
      make("strong", {}, one.name),
      `${owner} `,
      make("span", { dir: "ltr" }, `${one.start.dataset} · ${one.cron} · ${one.zone}`),
    ),
    make(
      "p",
      {},
      ...(one.next
        ? phrase("schedules.next", { at: time(one.next) })
        : [t(one.paused ? "schedules.paused" : "schedules.over")]),
    ),
    lastTime(one.last),
  ].filter((fact) => fact !== null);
}

/** The section of the page; there is none where there are no schedules. */
export class Schedules {
  constructor(session) {
    this.session = session;
    this.rights = null;
    this.tag = null;
    byId("schedules-title").textContent = t("schedules.title");
    document.addEventListener("visibilitychange", () => document.hidden || !this.rights || this.look());
  }

  open(rights) {
    this.close();
    this.rights = rights;
    if (rights.read) this.look();
  }

  close() {
    this.rights = null;
    this.tag = null;
    this.turn = (this.turn ?? 0) + 1;
    clearTimeout(this.timer);
    byId("schedules").hidden = true;
    byId("schedule-list").replaceChildren();
  }

  async look() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const response = await this.session.raw("GET", `${SCHEDULES}?limit=${MOST_SCHEDULES}`, {
        headers: this.tag ? { "If-None-Match": this.tag } : {},
      });
      if (turn !== this.turn) return;
      if (response.status !== 304) {
        const { items } = await response.json();
        if (turn !== this.turn) return;
        this.tag = response.headers.get("ETag");
        this.show(items);
      }
    } catch {
      // A token of a page has none; of other troubles the list of exports tells.
      if (turn !== this.turn) return;
    }
    if (!document.hidden) this.timer = setTimeout(() => this.look(), LOOK_AT_SCHEDULES_EVERY);
  }

  show(items) {
    byId("schedules").hidden = items.length === 0;
    byId("schedule-list").replaceChildren(...items.map((one) => this.item(one)));
  }

  item(one) {
    const trouble = make("p", { class: "fault", role: "alert" });
    const buttons = make("p", { class: "buttons" });
    const offer = (name, label, done) =>
      buttons.append(
        make(
          "button",
          {
            type: "button",
            class: "secondary small",
            "aria-label": t(label, { name: one.name }),
            click: () => this.change(trouble, done),
          },
          name,
        ),
      );
    if (this.rights.export) {
      const { paused } = one;
      offer(
        t(paused ? "schedules.resume" : "schedules.pause"),
        paused ? "schedules.resumeIt" : "schedules.pauseIt",
        () => this.pause(one, !paused),
      );
      offer(t("card.delete"), "schedules.deleteIt", () => this.sure(one, buttons, trouble));
    }
    return make("li", { class: "schedule", "data-schedule": one.name }, ...scheduleFacts(one, false), trouble, buttons);
  }

  async change(trouble, done) {
    trouble.textContent = "";
    try {
      await done();
    } catch (problem) {
      trouble.textContent = inWords(problem);
    }
  }

  /** Says all of it anew, but for one word. */
  async pause(one, paused) {
    const path = `${SCHEDULES}/${one.name}`;
    const now = exactly(await (await this.session.raw("GET", path)).text());
    const { name, cron, zone, start, keep } = now;
    await this.session.json("PUT", path, {
      body: JSON.stringify({ name, cron, zone, start, keep, paused }),
    });
    toast(t(paused ? "schedules.isPaused" : "schedules.goesOn", { name }));
    await this.again();
  }

  sure(one, buttons, trouble) {
    const done = async () => {
      await this.session.json("DELETE", `${SCHEDULES}/${one.name}`);
      toast(t("schedules.isDeleted", { name: one.name }));
      await this.again();
    };
    const sure = make(
      "button",
      { type: "button", class: "danger small", click: () => this.change(trouble, done) },
      t("schedules.sure"),
    );
    const no = make(
      "button",
      { type: "button", class: "secondary small", click: () => this.again() },
      t("schedules.keep"),
    );
    for (const button of [sure, no])
      button.setAttribute("aria-label", words.say("of", { action: button.textContent, label: one.name }));
    buttons.replaceChildren(`${t("schedules.exportsStay")} `, sure, no);
    no.focus();
  }

  async again() {
    this.tag = null;
    await this.look();
  }
}
