// Forms that the caller keeps under names, on the server.
import { asJson, exactJson, inWords, make, toast } from "./dom.js";
import { t, WindrowExport } from "./texts.js";

export class Presets {
  constructor(session, form, again) {
    this.session = session;
    this.form = form;
    this.again = again;
    this.items = [];
    this.era = 0;
    const { shown } = form.heard;
    form.heard = {
      ...form.heard,
      shown: () => {
        shown();
        this.look();
      },
    };
    if (form.datasets) this.look();
  }

  /** Asks for those that there are; a caller who may have none sees nothing of them. */
  async look(chosen = "") {
    const { form } = this;
    const { era } = form;
    try {
      const response = await this.session.raw("GET", "api/v1/presets");
      const { items } = exactJson(await response.text());
      if (era !== form.era || !form.above) return;
      this.items = items;
      this.#show(chosen);
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      if (era !== form.era) return;
      form.above?.replaceChildren();
      form.below?.replaceChildren();
    }
  }

  #show(chosen) {
    this.choice = make(
      "select",
      { id: "preset", change: () => this.#take() },
      make("option", { value: "" }, t("presets.none")),
      ...this.items.map(({ name, error }) =>
        make("option", { value: name }, error ? t("presets.unfit", { name }) : name),
      ),
    );
    this.choice.value = chosen;
    this.saving = make("div", { class: "saving", hidden: true });
    this.removal = make(
      "button",
      { type: "button", class: "plain", click: () => this.#askToRemove() },
      t("presets.delete"),
    );
    this.opener = make(
      "button",
      { type: "button", class: "plain", "aria-expanded": "false", click: () => this.#askForName() },
      t("presets.save"),
    );
    this.fault = make("p", { class: "fault", role: "alert", hidden: true });
    const field = make("div", { class: "field" }, make("label", { for: "preset" }, t("presets.title")), this.choice);
    field.hidden = this.items.length === 0;
    this.form.above.replaceChildren(field);
    this.form.below.replaceChildren(
      make("div", { class: "small-buttons" }, this.opener, this.removal),
      this.saving,
      this.fault,
    );
    // Which one is chosen, and what it is called, is no part of the form itself.
    for (const place of [this.form.above, this.form.below]) place.oninput = (event) => event.stopPropagation();
    this.#tellChosen();
  }

  get #chosen() {
    return this.items.find(({ name }) => name === this.choice.value);
  }

  #tellChosen() {
    this.removal.hidden = !this.#chosen;
    if (this.#chosen) this.removal.setAttribute("aria-label", t("presets.deleteIt", { name: this.#chosen.name }));
  }

  #take() {
    this.#tellChosen();
    const preset = this.#chosen;
    if (!preset) return;
    const { error } = preset;
    const why =
      error &&
      [error.detail, ...error.errors.map((each) => `${each.pointer} ${each.detail}`)][error.errors.length ? 1 : 0];
    if (this.again.fill(preset.start, error ? t("presets.why", { why }) : null) || !error) return;
    this.form.tell(t("presets.why", { why }));
  }

  #askForName() {
    const isOpen = this.saving.hidden;
    this.saving.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    const name = make("input", {
      id: "preset-name",
      autocomplete: "off",
      maxlength: 64,
      dir: "auto",
      keydown: (event) => {
        if (event.key === "Escape") this.#close();
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        this.#save(name.value.trim(), true);
      },
    });
    name.value = this.#chosen?.name ?? "";
    this.saving.replaceChildren(
      make("label", { for: "preset-name" }, t("presets.name")),
      name,
      make(
        "div",
        { class: "small-buttons" },
        make(
          "button",
          { type: "button", class: "secondary small", click: () => this.#save(name.value.trim(), true) },
          t("presets.saveIt"),
        ),
        make("button", { type: "button", class: "plain", click: () => this.#close() }, t("presets.cancel")),
      ),
    );
    name.select();
    name.focus();
  }

  #close() {
    this.saving.hidden = true;
    this.saving.replaceChildren();
    this.#say("");
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.focus();
  }

  #say(text) {
    this.fault.textContent = text;
    this.fault.hidden = text === "";
  }

  /** @param onlyNew whether one of that name is asked about first */
  async #save(name, onlyNew) {
    this.#say("");
    if (name === "") return this.#say(t("presets.needsName"));
    let body = null;
    try {
      body = asJson(this.form.read());
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      this.form.say(problem.errors, "");
      return;
    }
    try {
      const headers = onlyNew ? { "If-None-Match": "*" } : {};
      await this.session.json("PUT", `api/v1/presets/${encodeURIComponent(name)}`, { body, headers });
      await this.look(name);
      this.opener.focus();
      toast(t("presets.saved", { name }));
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      if (problem.status === 412) this.#askToReplace(name);
      // Of a day's quota there are words of our own; this one is of saved forms.
      else if (problem.status === 429) this.#say(problem.message);
      else this.#say(problem.errors.map(({ detail }) => detail).join(" ") || inWords(problem));
    }
  }

  #askToReplace(name) {
    const keep = make(
      "button",
      { type: "button", class: "secondary small", click: () => this.#close() },
      t("presets.keep"),
    );
    const replace = make(
      "button",
      { type: "button", class: "danger small", click: () => this.#save(name, false) },
      t("presets.replace"),
    );
    this.saving.replaceChildren(
      make("p", { role: "status" }, t("presets.taken", { name })),
      make("div", { class: "small-buttons" }, replace, keep),
    );
    keep.focus();
  }

  #askToRemove() {
    const { name } = this.#chosen;
    const sure = make(
      "button",
      { type: "button", class: "danger small", click: () => this.#remove(name) },
      t("presets.sure"),
    );
    const keep = make(
      "button",
      { type: "button", class: "secondary small", click: () => this.#close() },
      t("presets.keep"),
    );
    this.saving.hidden = false;
    this.saving.replaceChildren(
      make("p", { role: "status" }, t("presets.deleteQuestion", { name })),
      make("div", { class: "small-buttons" }, sure, keep),
    );
    keep.focus();
  }

  async #remove(name) {
    try {
      await this.session.json("DELETE", `api/v1/presets/${encodeURIComponent(name)}`);
      toast(t("presets.deleted", { name }));
    } catch (problem) {
      if (!(problem instanceof WindrowExport.Problem)) throw problem;
      // Gone already is as good as gone.
      if (problem.status !== 404) return this.#say(inWords(problem));
    }
    await this.look();
    this.opener.focus();
  }
}
