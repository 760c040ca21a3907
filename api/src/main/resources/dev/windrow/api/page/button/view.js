// What the button shows.
import { make, put } from "./markup.js";
import { mender } from "./menders.js";
import { styles } from "./styles.js";
import { faultInWords, warningsOf } from "./words.js";

/** The parts of one element, painted from what it is told; it knows nothing of the server. */
export class View {
  #root;
  #parts;

  /** @param press what is to be done: start, cancel, retry, download, file */
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
      file: make("a", { part: "button secondary file", class: "button secondary" }),
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
    for (const name of ["download", "file"]) {
      p[name].addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (event.detail <= 1) press[name]();
      });
    }
    p.box = make(
      "div",
      { class: "box" },
      p.start,
      p.following,
      p.problem,
      p.download,
      p.file,
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
   * @param shown.label of what the export is; null where what is around it says so
   * @param shown.owner whether this is a button that starts exports, and not the view of one that was named
   * @param shown.archive the address of the archive, where it is there
   * @param shown.file name and address of the one file that is offered beside it; null for none
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
    this.#name(p.cancel, words.say("cancel"), shown);
    p.download.hidden = state !== "completed";
    this.#name(p.download, words.say("download"), shown);
    if (shown.archive) p.download.href = shown.archive;
    p.file.hidden = !shown.file;
    if (shown.file) {
      p.file.href = shown.file.url;
      const name = words.name(shown.file.name.split("/").pop());
      this.#name(p.file, words.say("fileAlone", { name }), shown);
    }
    p.retry.hidden = !one?.links.retry || active;
    // It is there for after somebody has mended it.
    p.retry.classList.toggle("secondary", mender(one) !== null);
    this.#name(p.retry, words.say(state === "expired" ? "renew" : "retry"), shown);
    p.restart.hidden = !owner || active || state === "none";
    this.#name(p.restart, words.say("restart"), shown);
    this.#showStatus(shown, state);
    this.#showWarnings(words, one);
    this.#showProblem(shown, state);
    this.#keepFocus(focused);
  }

  /** What it says, and for whoever hears it alone, to which export it does so. */
  #name(control, text, { words, label }) {
    put(control, text);
    if (label) control.setAttribute("aria-label", words.say("of", { action: text, label }));
    else control.removeAttribute("aria-label");
  }

  #showStatus(shown, state) {
    const { words, one, active, starting, lost, unanswered } = shown;
    const p = this.#parts;
    let text = "";
    if (unanswered) text = words.say("unanswered");
    else if (active) text = lost ? words.say("lost") : words.line(words.parts(one));
    else if (state === "completed") text = words.line(words.file(one));
    else if (state === "cancelled" || state === "expired") text = words.say(state);
    else if (lost || starting) text = words.say(lost ? "lost" : "starting");
    put(p.status, text);
    p.status.hidden = text === "" || (starting && !p.start.hidden && !unanswered);
    if (active) this.#showBar(shown, text);
  }

  #showBar({ words, one, label }, text) {
    const p = this.#parts;
    const progress = words.say("progress");
    const percent = one.progress.percent;
    const unknown = percent === null || (one.state === "queued" && !percent);
    p.progress.classList.toggle("unknown", unknown);
    p.progress.classList.toggle("waiting", one.state === "queued");
    p.progress.setAttribute("aria-label", label ? words.say("of", { action: progress, label }) : progress);
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
    const faults = problem?.errors.map(faultInWords) ?? [];
    if (problem) text = problem.status === 0 ? words.say("unreachable") : problem.message;
    // Of one that was refused when it was to be started; of others the state tells.
    if (problem?.mender && !one) text = `${words.name(text)} ${words.say(problem.mender)}`;
    if (faults.length === 1) text = `${faults.pop()}.`;
    if (faults.length) text = problem.title;
    if (failed && !problem) {
      text = `${words.say(state)}: ${words.name(text)}`;
      if (mender(one)) text += ` ${words.say(mender(one))}`;
    }
    p.problem.hidden = text === "";
    // Compared as a whole, so that a repaint does not have it read out again.
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
