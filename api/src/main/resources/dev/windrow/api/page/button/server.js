// Requests to the server, and what it answers.
import { base, webAddress } from "./address.js";
import { refusalMender } from "./menders.js";
import { SECOND } from "./times.js";

const REQUEST_TAKES = 30 * SECOND;

/** A problem document (RFC 9457), or what stands for one: status 0 is a server that was not reached. */
export class Problem extends Error {
  constructor(status, document, retryAfter) {
    super(document.detail || document.title || `HTTP ${status}`);
    this.status = status;
    this.type = document.type ?? "";
    this.title = document.title ?? "";
    this.errors = document.errors ?? [];
    this.retryAfter = Number(retryAfter) || null;
  }

  /** The key of the text that says who can mend what a start was refused for; null where none is due. */
  get mender() {
    return refusalMender(this.type);
  }

  /** Whether the same request may find the server in a better mood. */
  get passes() {
    return this.status === 0 || this.status === 502 || this.status === 504 || this.type.endsWith("/unavailable");
  }
}

export class Server {
  /** @param headers a function that gives or promises them for each request, or themselves; null for none */
  constructor(address, headers) {
    const url = webAddress(address, base());
    if (!url || url.username || url.password)
      throw new Problem(400, { detail: `${address} is no address of a server.` });
    this.origin = url.origin;
    this.base = url.href.replace(/\/*$/, "/");
    this.headers = headers;
  }

  /** Of what the server names. Never one that a browser would run, such as javascript: or data:. */
  url(path) {
    const url = webAddress(path, this.base);
    if (!url) throw new Problem(502, { detail: "The server gave an address that is none of the web." });
    return url.href;
  }

  /** @param refused whether the last ones were, so that a function that keeps a token must get another */
  async #given(refused) {
    const { headers } = this;
    return { ...(typeof headers === "function" ? await headers({ refused }) : headers) };
  }

  /**
   * Sends, and once more where the credentials were refused and there are others by now: a token may end between two
   * requests. What was refused for its credentials has done nothing.
   */
  async #send(path, options) {
    const send = (given) => fetch(this.url(path), { ...options, headers: { ...options.headers, ...given } });
    const given = await this.#given(false);
    const response = await send(given);
    if (response.status !== 401 || typeof this.headers !== "function") return response;
    const fresh = await this.#given(true);
    return JSON.stringify(fresh) === JSON.stringify(given) ? response : send(fresh);
  }

  /** The response, if it is a good one or 304; every other outcome is thrown as a Problem. */
  async request(method, path, { body, headers = {}, signal, takes = REQUEST_TAKES } = {}) {
    const control = new AbortController();
    const stop = () => control.abort();
    const timer = takes && setTimeout(stop, takes);
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
    try {
      const response = await this.#send(path, {
        method,
        body,
        headers: { ...(body && { "Content-Type": "application/json" }), ...headers },
        signal: control.signal,
        // A redirect would take headers along to any other server, all but Authorization.
        redirect: this.headers ? "error" : "follow",
        credentials: "omit",
        cache: "no-store",
      });
      if (!response.ok && response.status !== 304) {
        const document = await response.json().catch(() => ({}));
        throw new Problem(response.status, document, response.headers.get("Retry-After"));
      }
      return response;
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem(0, { detail: String(error.message ?? error) });
    } finally {
      clearTimeout(timer);
      // An answer that streams is still being read.
      if (takes) signal?.removeEventListener("abort", stop);
    }
  }

  async json(method, path, options) {
    const response = await this.request(method, path, options);
    try {
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      throw new Problem(0, { detail: String(error.message) });
    }
  }
}

export const exportPath = (id, rest = "") => `api/v1/exports/${encodeURIComponent(id)}${rest}`;

/** The events of a stream (text/event-stream), as [name, data]. */
export async function* events(response, alive) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const blocks = (text + value).split(/\r?\n\r?\n/);
    text = blocks.pop();
    for (const block of blocks) {
      let name = "message";
      const data = [];
      for (const line of block.split(/\r?\n/)) {
        if (line.startsWith("event:")) name = line.slice(6).trim();
        if (line.startsWith("data:")) data.push(line.slice(5));
      }
      if (data.length) yield [name, data.join("\n")];
    }
  }
}
