// Whose key the requests carry: one that was typed in, or a token that another site handed over.
import { byId } from "./dom.js";
import { language, t, WindrowExport } from "./texts.js";

const KEY = "windrow-key";
/** Much more than a proxy takes in a header. */
const LONGEST_KEY = 8192;

/** Visible ASCII, as header values are. */
function isKey(text) {
  return text.length <= LONGEST_KEY && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** The key is in this tab alone, until it is closed. */
export class Session {
  /** @param changed told that another key holds by now */
  constructor(changed) {
    this.changed = changed;
    this.asking = null;
    /** The name by which the key is known; null where nobody was asked. */
    this.caller = null;
    this.takeToken();
    this.apply();
    addEventListener("hashchange", () => this.takeToken() && this.changed());
    byId("forget-key").addEventListener("click", () => {
      this.key = null;
      this.changed();
    });
  }

  get key() {
    return sessionStorage.getItem(KEY);
  }
  set key(key) {
    if (key) sessionStorage.setItem(KEY, key);
    else sessionStorage.removeItem(KEY);
    this.apply();
  }

  apply() {
    // Without a key files are fetched as they are, without a link.
    WindrowExport.headers = this.key ? () => ({ Authorization: `Bearer ${this.key}` }) : null;
    byId("forget-key").hidden = !this.key;
  }

  /**
   * A site that opens this page for its own user hands a token over as #token=…: a fragment is sent to no server and in
   * no Referer. It is out of the address before anything else is done.
   */
  takeToken() {
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (token === null) return false;
    history.replaceState(null, "", location.pathname + location.search);
    if (!isKey(token)) return false;
    this.key = token;
    this.done?.();
    return true;
  }

  /**
   * Sends a request; where it is refused for want of a key, asks for one and sends it again. What changes something is
   * done for who asked for it, not for who signs in instead.
   */
  async raw(method, path, options) {
    const { caller } = this;
    for (;;) {
      const { key } = this;
      try {
        return await new WindrowExport.Server(".", WindrowExport.headers?.() ?? {}).request(method, path, options);
      } catch (problem) {
        if (problem.status !== 401) throw problem;
        // Another one may have been given while this was under way.
        if (key === this.key) await this.ask(problem);
        if (method !== "GET" && caller !== null && (await this.json("GET", "api/v1/me")).name !== caller) throw problem;
      }
    }
  }

  async json(method, path, options) {
    const response = await this.raw(method, path, options);
    if (response.status === 204) return null;
    return response.json().catch((error) => {
      throw new WindrowExport.Problem(0, { detail: error.message });
    });
  }

  /** Resolves once a key was given; several requests wait for one answer. */
  ask(problem) {
    this.asking ??= new Promise((resolve) => this.show(problem, resolve));
    return this.asking;
  }

  show(problem, resolve) {
    const dialog = byId("key-dialog");
    const fault = byId("key-fault");
    // Details are English.
    const detail = problem.message === problem.title ? null : problem.message;
    const why = detail && language === "en" ? detail : [t("session.unknown"), detail].filter(Boolean).join(" ");
    fault.textContent = this.key ? why : "";
    byId("key").value = "";
    // There is nothing to see without a key.
    dialog.oncancel = (event) => event.preventDefault();
    this.done = () => {
      this.done = null;
      this.asking = null;
      dialog.close();
      resolve();
    };
    byId("key-form").onsubmit = (event) => {
      event.preventDefault();
      const key = byId("key").value.trim();
      if (!isKey(key)) {
        fault.textContent = t("session.noKey");
        return;
      }
      this.key = key;
      this.done();
      this.changed();
    };
    dialog.showModal();
  }
}
