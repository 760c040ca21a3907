// What tells of exports while nobody looks at the page: the tab's title, and a notification once one has ended.
import { byId, toast } from "./dom.js";
import { keep, kept } from "./kept.js";
import { language, t, words } from "./texts.js";

const TELL = "windrow-tell";
const TELLS = { completed: "tell.completed", failed: "tell.failed" };
const ENDS = Object.keys(TELLS);
const OTHERS = ["progress", "cancelled", "expired", "gone"];

/** What the page is called; an operator may call it otherwise. */
const NAME = document.title;

export class Attention {
  /** @param isMine whether an export is one of whoever looks */
  constructor(isMine) {
    this.isMine = isMine;
    this.subject = "";
    this.button = byId("tell");
    // A page in a frame of another site, or without TLS, is not allowed to.
    this.isAble = "Notification" in window && isSecureContext && window === window.top;
    this.button.addEventListener("click", () => this.press());
    for (const name of [...ENDS, ...OTHERS]) document.addEventListener(`windrow-${name}`, () => this.lookSoon());
    for (const name of ENDS) document.addEventListener(`windrow-${name}`, (event) => this.notify(event, name));
    new MutationObserver(() => this.look()).observe(byId("list"), { childList: true });
    this.look();
  }

  /** @param subject what the page shows now */
  about(subject) {
    this.subject = subject;
    this.look();
  }

  get isOn() {
    return this.isAble && kept(TELL) !== null && Notification.permission === "granted";
  }

  /** A page of exports tells of each: they are looked at once. */
  lookSoon() {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      this.look();
    });
  }

  look() {
    const exports = Array.from(byId("list").querySelectorAll("windrow-export"), (one) => one.current);
    const mine = exports.filter((one) => one && this.isMine(one));
    const running = mine.filter((one) => one.state === "running");
    document.title = words.line([progress(running), this.subject, NAME]);
    const isWaited = running.length > 0 || mine.some((one) => one.state === "queued");
    this.button.hidden = !this.isAble || !(isWaited || this.isOn);
    this.button.setAttribute("aria-pressed", String(this.isOn));
  }

  async press() {
    if (this.isOn) keep(TELL, null);
    else if ((await Notification.requestPermission()) === "granted") {
      keep(TELL, "yes");
      toast(t("tell.promised"));
    } else toast(t("tell.denied"));
    this.look();
  }

  /** By the tag, the browser shows one notification, however many tabs of the page are open. */
  notify({ target, detail: { export: one } }, end) {
    if (!this.isOn || !document.hidden || !this.isMine(one)) return;
    try {
      const told = new Notification(t(TELLS[end], { name: target.label ?? one.dataset }), {
        tag: `windrow-${one.id}-${one.attempt}`,
        body: one.file ? words.line(words.file(one)) : "",
        lang: language,
        dir: words.isRightToLeft ? "rtl" : "ltr",
      });
      told.addEventListener("click", () => {
        window.focus();
        told.close();
      });
    } catch {
      // On some phones a page alone can't; the title tells.
    }
  }
}

/** How far those that run are, together; where that of one is not known, how many they are. */
function progress(running) {
  if (running.length === 0) return "";
  const percents = running.map((one) => one.progress.percent);
  if (percents.includes(null)) return t("queue.running", { count: running.length });
  return words.percent(percents.reduce((sum, percent) => sum + percent) / percents.length);
}
