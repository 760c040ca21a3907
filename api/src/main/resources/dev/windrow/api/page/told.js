// Who was told of an export, and where it was taken: each message, what came of it, and a word to send it again.
import { inWords, make, time, toast } from "./dom.js";
import { named, phrase, t, words } from "./texts.js";

const MOST_MESSAGES = 200;
const LOOK_AGAIN_AFTER = 5000;
const MILLIS = new Intl.NumberFormat(words.lang, { style: "unit", unit: "millisecond" });

/** What an outcome of a try is called; the last of a message that was given up is no "again" any more. */
function outcome(one, last) {
  if (one.outcome === "done") return t("message.done");
  return t(last || one.outcome === "stop" ? "told.failed" : "told.triedAgain");
}

function tries(one) {
  const ended = one.state !== "waiting";
  return make(
    "details",
    {},
    make("summary", {}, t("told.tries", { count: one.tries.length })),
    make(
      "ol",
      { class: "tries" },
      ...one.tries.map((each, i) =>
        make(
          "li",
          {},
          ...phrase(each.reason ? "told.tryBecause" : "told.try", {
            at: time(each.at),
            outcome: outcome(each, ended && i === one.tries.length - 1),
            reason: each.reason,
            span: MILLIS.format(each.millis),
          }),
        ),
      ),
    ),
  );
}

/**
 * One message, as an item of a list.
 *
 * @param about more of what it is about, where the list is of several exports; null for nothing
 * @param replayed told the message as it is once it is sent again; null for who may not
 */
export function messageItem(session, one, about, replayed) {
  const last = one.tries.at(-1);
  const target = `${named("message.kind", one.kind)} ${one.target}`;
  const trouble = make("p", { class: "fault", role: "alert" });
  const created = time(one.createdAt);
  const replay = async () => {
    trouble.textContent = "";
    try {
      const again = await session.json("POST", one.links.replay.slice(1));
      toast(t("told.sentAgain", { target }));
      await replayed(again);
    } catch (problem) {
      trouble.textContent = inWords(problem);
    }
  };
  return make(
    "li",
    { class: "message", "data-delivery": one.id, "data-state": one.state },
    make(
      "p",
      { class: "card-top" },
      make("strong", {}, target),
      make("span", { class: "badge" }, named("message", one.state)),
      make("span", { class: "hint" }, named("message.tells", one.type)),
      about,
      created,
    ),
    last?.reason && one.state !== "done" ? make("p", { class: "reason" }, last.reason) : null,
    one.nextTryAt ? make("p", {}, ...phrase("told.nextTry", { at: time(one.nextTryAt) })) : null,
    one.finishedAt
      ? make("p", {}, ...phrase(one.state === "done" ? "told.arrived" : "told.givenUp", { at: time(one.finishedAt) }))
      : null,
    one.tries.length ? tries(one) : null,
    trouble,
    one.links.replay && replayed
      ? make(
          "p",
          { class: "buttons" },
          make(
            "button",
            {
              type: "button",
              class: "secondary small",
              "aria-label": t("told.again", { target: words.line([target, one.dataset, created.textContent]) }),
              "data-key": one.id,
              click: replay,
            },
            t("told.sendAgain"),
          ),
        )
      : null,
  );
}

/** The messages of one export, among its details; nothing where nobody is told. */
export class Told {
  /** @param mayReplay whether the caller may have them sent again */
  constructor(session, id, mayReplay) {
    this.session = session;
    this.path = `api/v1/exports/${id}/deliveries?limit=${MOST_MESSAGES}`;
    this.mayReplay = mayReplay;
    this.list = make("ul", { class: "list", role: "list" });
    this.place = make(
      "section",
      { class: "told", "aria-label": t("told.title") },
      make("h4", {}, t("told.title")),
      this.list,
    );
    this.place.hidden = true;
  }

  async look() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const { items } = await this.session.json("GET", this.path);
      if (turn !== this.turn) return;
      this.show(items);
    } catch {
      // Of troubles the card tells.
      if (turn !== this.turn) return;
    }
    // While it is looked at, and something is under way.
    if (this.waits) this.timer = setTimeout(() => this.place.isConnected && this.look(), LOOK_AGAIN_AFTER);
  }

  show(items) {
    const text = JSON.stringify(items);
    if (text === this.shown) return;
    this.shown = text;
    this.waits = items.some((one) => one.state === "waiting");
    this.place.hidden = items.length === 0;
    const replayed = this.mayReplay ? () => this.look() : null;
    renew(this.list, ...items.map((one) => messageItem(this.session, one, null, replayed)));
  }

  stop() {
    this.turn = (this.turn ?? 0) + 1;
    clearTimeout(this.timer);
  }
}

/** Puts others in their place, and the focus where it was; where that is gone, onto the place's first control. */
export function renew(place, ...children) {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  place.replaceChildren(...children);
  if (!focused) return;
  const same = [...place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused.dataset.key);
  (same ?? place.querySelector("button, a, summary") ?? place.closest("[tabindex]"))?.focus({ preventScroll: true });
}
