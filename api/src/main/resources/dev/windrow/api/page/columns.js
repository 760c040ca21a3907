// Which columns, and in which order: by buttons, so that a keyboard and a finger can do it as well as a mouse.
import { make } from "./dom.js";
import { t } from "./texts.js";

/** From so many on one searches rather than looks. */
const SEARCHED_FROM = 12;

export class Columns {
  /** @param changed told of what no event of an input tells */
  constructor(columns, changed) {
    this.changed = changed;
    this.names = columns.map((column) => column.name);
    this.current = null;
    this.count = make("span", { class: "optional" });
    this.status = make("p", { class: "unseen", role: "status" });
    this.set = make("fieldset", { class: "ticks" }, make("legend", { class: "unseen" }, t("form.columns")));
    this.rows = new Map(columns.map((column) => [column.name, this.#row(column)]));
    this.set.append(...this.rows.values());
    this.set.addEventListener("change", () => this.#tell());
    this.set.addEventListener("focusin", (event) => this.#pick(event.target.closest("label")));
    this.search = make("input", {
      type: "search",
      "aria-label": t("columns.search"),
      placeholder: t("columns.search"),
      hidden: columns.length < SEARCHED_FROM,
      input: (event) => {
        // It is no part of the form's state.
        event.stopPropagation();
        this.#filter();
      },
      keydown: (event) => event.key === "Enter" && event.preventDefault(),
    });
    const button = (text, click) => make("button", { type: "button", class: "plain", click }, text);
    this.up = button("↑", () => this.#move(-1));
    this.down = button("↓", () => this.#move(1));
    this.first = button("⇈", () => this.#move(-Infinity));
    this.reset = button(t("columns.reset"), () => {
      this.#arrange(this.names);
      this.changed();
    });
    this.fault = make("p", { class: "fault", hidden: true });
    this.element = make(
      "details",
      { hidden: columns.length < 2 },
      make("summary", {}, t("form.columns"), " ", this.count),
      this.search,
      make(
        "div",
        { class: "small-buttons" },
        button(t("choices.pickAll"), () => this.#tickAll(true)),
        button(t("choices.pickNone"), () => this.#tickAll(false)),
        this.first,
        this.up,
        this.down,
        this.reset,
      ),
      this.set,
      this.status,
      this.fault,
    );
    this.#pick(null);
    this.#tell();
  }

  #row({ name, title }) {
    const tick = make("input", { type: "checkbox", name: "column", value: name, checked: true });
    const known = title && title !== name ? make("span", { class: "optional" }, title) : null;
    const row = make("label", {}, tick, make("span", {}, name, " ", known));
    row.dataset.words = `${name} ${title ?? ""}`.toLowerCase();
    return row;
  }

  get #order() {
    return Array.from(this.set.querySelectorAll("input"));
  }

  #filter() {
    const text = this.search.value.trim().toLowerCase();
    for (const row of this.rows.values()) row.hidden = !row.dataset.words.includes(text);
    this.#pick(this.current?.hidden ? null : this.current);
  }

  /** Those that are seen: whoever has searched means what was found. */
  #tickAll(checked) {
    for (const row of this.rows.values()) if (!row.hidden) row.querySelector("input").checked = checked;
    this.changed();
    this.#tell();
  }

  /** The column that the buttons move. */
  #pick(row) {
    this.current?.classList.remove("current");
    this.current = row;
    row?.classList.add("current");
    const name = row?.querySelector("input").value ?? "";
    for (const [button, text] of [
      [this.first, t("columns.toFirst", { name })],
      [this.up, t("columns.earlier", { name })],
      [this.down, t("columns.later", { name })],
    ]) {
      button.setAttribute("aria-label", text);
      button.title = text;
      // Not "disabled", which would take the focus away at the end of the way.
      button.setAttribute("aria-disabled", String(!row));
    }
  }

  #move(step) {
    const row = this.current;
    if (!row) return;
    const seen = [...this.set.querySelectorAll("label")].filter((each) => !each.hidden);
    const at = seen.indexOf(row);
    const to = Math.max(0, Math.min(seen.length - 1, at + step));
    if (to !== at) {
      if (to < at) seen[to].before(row);
      else seen[to].after(row);
      row.scrollIntoView({ block: "nearest" });
      this.changed();
    }
    const order = this.#order;
    const name = row.querySelector("input").value;
    const place = order.findIndex((tick) => tick.value === name) + 1;
    this.status.textContent = t("columns.placed", { name, place, total: order.length });
    this.#tell();
  }

  #arrange(names) {
    this.set.append(...names.map((name) => this.rows.get(name)));
    this.#tell();
  }

  get #isReordered() {
    return this.#order.some((tick, i) => tick.value !== this.names[i]);
  }

  #tell() {
    const chosen = this.#order.filter((tick) => tick.checked).length;
    const total = this.names.length;
    this.count.textContent = chosen === total ? t("choices.all") : t("choices.some", { chosen, total });
    this.reset.hidden = !this.#isReordered;
  }

  /** The names that were chosen, in their order; null for all, as they are. */
  read() {
    const order = this.#order;
    const chosen = order.filter((tick) => tick.checked).map((tick) => tick.value);
    return chosen.length === order.length && !this.#isReordered ? null : chosen;
  }

  /** Chooses these in this order, null for all; gives those that are not there. */
  choose(names) {
    const wanted = Array.isArray(names) ? [...new Set(names.map(String))] : this.names;
    const there = wanted.filter((name) => this.rows.has(name));
    for (const [name, row] of this.rows) row.querySelector("input").checked = there.includes(name);
    const isWhole = there.length === this.names.length;
    this.#arrange(isWhole ? there : [...there, ...this.names.filter((name) => !there.includes(name))]);
    return wanted.filter((name) => !this.rows.has(name));
  }

  /** Says what is wrong with the choice. */
  say(detail) {
    this.fault.textContent = detail;
    this.fault.hidden = detail === "";
    if (detail) this.element.open = true;
  }
}
