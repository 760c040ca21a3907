// What the button shows.
import { make, put } from "./markup.js";
import { styles } from "./styles.js";
import { warningsOf } from "./words.js";

/** The parts of one element, painted from what it is told; it knows nothing of the server. */
export class View {
  #root;
  #parts;

  /** @param press what is to be done: start, cancel, retry, download */
  constructor(root, press) {
    this.#root = root;
    root.adoptedStyleSheets = [styles()];
    const button = (part, pressed) => {
      const one = make("button", {
        type: "button",
        part,
        class: part.includes("secondary") ? "button secondary" : "button",
      });
      // The second press of a double click may hit what has come to stand there.
      one.addEventListener("click", (event) => {
        if (event.detail <= 1 && one.getAttribute("aria-disabled") !== "true") pressed();
      });
      return one;
    };
    const p = (this.#parts = {
      start: button("button start", press.start),
      label: make("span", {}),
      bar: make("div", { part: "bar", class: "bar" }),
      cancel: button("button secondary cancel", press.cancel),
      status: make("p", { part: "status", class: "status" }),
      download: make("a", { part: "button download", class: "button" }),
      retry: button("button retry", press.retry),
      restart: button("button secondary restart", press.start),
      warnings: make("div", { part: "warnings", class: "warnings" }),
      problem: make("div", { part: "problem", class: "problem", role: "alert" }),
      heard: make("p", { class: "heard", role: "status" }),
    });
    const slot = make("slot", {});
    slot.append(p.label);
    p.start.append(slot);
    p.progress = make(
      "div",
      {
        part: "progress",
        class: "progress",
        role: "progressbar",
        tabindex: "-1",
        "aria-valuemin": "0",
        "aria-valuemax": "100",
      },
      p.bar,
    );
    p.following = make("div", { class: "following" }, p.progress, p.cancel);
    p.download.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (event.detail <= 1) press.download();
    });
    p.box = make(
      "div",
      { class: "box" },
      p.start,
      p.following,
      p.problem,
      p.download,
      p.retry,
      p.status,
      p.warnings,
      p.restart,
      p.heard,
    );
    root.append(p.box);
  }

  /**
   * @param {object} shown
   * @param shown.one the export, or null before a press
   * @param shown.owner whether this is a button that starts exports, and not the view of one that was named
   * @param shown.file the address of the file, where it is there
   */
  show(shown) {
    const p = this.#parts;
    const { words, one, active, owner, starting } = shown;
    const state = one?.state ?? "none";
    const focused = this.#root.activeElement;

    p.box.classList.toggle("wide", active);
    p.start.hidden = !owner || one !== null;
    p.start.setAttribute("aria-disabled", String(starting || shown.disabled));
    put(p.label, words.say(starting ? "starting" : "export"));
    p.following.hidden = !active;
    p.cancel.hidden = !one?.links.cancel;
    put(p.cancel, words.say("cancel"));
    p.download.hidden = state !== "completed";
    put(p.download, words.say("download"));
    if (shown.file) p.download.href = shown.file;
    p.retry.hidden = !one?.links.retry || active;
    put(p.retry, words.say("retry"));
    p.restart.hidden = !owner || active || state === "none";
    put(p.restart, words.say("restart"));
    this.#showStatus(shown, state);
    this.#showWarnings(words, one);
    this.#showProblem(shown, state);
    this.#keepFocus(focused);
  }

  #showStatus({ words, one, active, starting, lost }, state) {
    const p = this.#parts;
    let text = "";
    if (active) text = lost ? words.say("lost") : words.parts(one).join(" · ");
    else if (state === "completed") text = words.file(one).join(" · ");
    else if (state === "cancelled" || state === "expired") text = words.say(state);
    else if (lost || starting) text = words.say(lost ? "lost" : "starting");
    put(p.status, text);
    p.status.hidden = text === "" || (starting && !p.start.hidden);
    if (active) this.#showBar(words, one, text);
  }

  #showBar(words, one, text) {
    const p = this.#parts;
    const percent = one.progress.percent;
    const unknown = percent === null || (one.state === "queued" && !percent);
    p.progress.classList.toggle("unknown", unknown);
    p.progress.classList.toggle("waiting", one.state === "queued");
    p.progress.setAttribute("aria-label", words.say("progress"));
    p.progress.setAttribute("aria-valuetext", text);
    if (unknown) {
      p.progress.removeAttribute("aria-valuenow");
      p.bar.style.removeProperty("width");
    } else {
      p.progress.setAttribute("aria-valuenow", String(Math.floor(percent)));
      p.bar.style.width = `${percent}%`;
    }
  }

  /** Beside the download, in sight; what it is about is a press away. */
  #showWarnings(words, one) {
    const p = this.#parts;
    const told = warningsOf(one).map((warning) => warning.detail);
    p.warnings.hidden = told.length === 0;
    // Compared as a whole, so that a repaint does not close what somebody reads.
    const whole = [words.warnings(one), ...told].join("\n");
    if (p.warnings.dataset.whole === whole) return;
    p.warnings.dataset.whole = whole;
    p.warnings.replaceChildren();
    if (!told.length) return;
    p.warnings.append(
      make(
        "details",
        {},
        make("summary", {}, words.warnings(one)),
        make("ul", {}, ...told.map((detail) => make("li", {}, detail))),
      ),
    );
  }

  #showProblem({ words, one, problem }, state) {
    const p = this.#parts;
    const failed = state === "failed" || (state === "expired" && one.error);
    let text = failed ? one.error.detail : "";
    if (problem) text = problem.status === 0 ? words.say("unreachable") : problem.message;
    if (failed && !problem) text = `${words.say(state)}: ${text}`;
    p.problem.hidden = text === "";
    // Compared as a whole, so that a repaint does not have it read out again.
    const faults =
      problem && problem.errors.length > 1 ? problem.errors.map((fault) => `${fault.pointer} ${fault.detail}`) : [];
    const whole = [text, ...faults].join("\n");
    if (p.problem.dataset.whole === whole) return;
    p.problem.dataset.whole = whole;
    p.problem.replaceChildren(text);
    if (faults.length) p.problem.append(make("ul", {}, ...faults.map((fault) => make("li", {}, fault))));
  }

  /** Whoever used the keyboard goes on where they were, not at the top of the page. */
  #keepFocus(focused) {
    const p = this.#parts;
    const isThere = (part) => part?.isConnected && !part.hidden && !part.closest("[hidden]");
    if (!focused || isThere(focused)) return;
    [p.download, p.retry, p.restart, p.start, p.progress].find(isThere)?.focus();
  }

  /** Says it to who listens to the page. */
  hear(text) {
    put(this.#parts.heard, text);
  }
}
