/*
 * <windrow-export>: a button that starts an export, shows its progress and offers the file.
 *
 *   <script src="https://exports.example.org/windrow.js" defer></script>
 *   <windrow-export dataset="orders" parameters='{"since":"2026-01-01"}'>Export orders</windrow-export>
 *
 * Attributes  dataset, format, parameters (JSON), columns (JSON list, or names with commas between), options (JSON),
 *             file-name; server (where this file came from, when left out); export (an id: shows that export instead of
 *             a button that starts one); autodownload (the file is fetched as soon as it is there, if this page saw the
 *             press); disabled. data-set is another name of dataset.
 * Properties  dataset, format, parameters, columns, options, fileName, server, export, autodownload, disabled: a string is
 *             the attribute as it stands, a list or an object its JSON; null, undefined and false take the attribute
 *             away. Also headers, texts, current (the export that is shown); start(), cancel(), retry(), download().
 *             A framework that makes the element before this file has run may write attributes alone, and must say
 *             data-set: to elements of no class yet dataset can't be written.
 * Events      windrow-started, windrow-progress, windrow-completed, windrow-failed, windrow-cancelled, windrow-expired
 *             with the export as detail.export, windrow-gone (deleted), windrow-problem (a request that was refused)
 *             with detail.problem. They bubble.
 * Styling     ::part(button), ::part(secondary), ::part(progress), ::part(bar), ::part(status), ::part(warnings), ::part(problem);
 *             --windrow-accent, --windrow-on-accent, --windrow-danger, --windrow-warning, --windrow-radius. Text takes the page's colour.
 * Class       const WindrowExport = await customElements.whenDefined("windrow-export");
 * Credentials WindrowExport.headers: a function that gives (or promises) headers for each request, such as
 *             { Authorization: "Bearer …" }, or such an object. They go to where this file came from, and nowhere else:
 *             markup that somebody slips into the page can name any server, and must learn nothing. Those of other
 *             servers are given by a script: WindrowExport.headersFor("https://exports.example.org", headers), or as the
 *             property headers of one element, for the server that it has then. Files are fetched through a signed link.
 * Server      WindrowExport.server = "https://exports.example.org/" says for all elements what the attribute says for one.
 *             It takes the place of where this file came from, and is needed where a bundler has put it into another.
 * Words       WindrowExport.texts, or texts on one element; numbers follow the nearest lang.
 *
 * It talks to its server alone, puts text in by textContent alone, and needs no unsafe-inline in a page's
 * Content-Security-Policy.
 */
(() => {
  "use strict";
  // On a server, where a framework renders pages, there are no elements.
  if (typeof customElements === "undefined" || customElements.get("windrow-export")) return;

  /** Not by way of the document: an image called baseURI or currentScript would be found there instead. */
  const ofDocument = (type, name) => Reflect.get(type.prototype, name, document);

  /** The folder that this file came from; null where nothing tells. What stands in the page may have been slipped in. */
  const HOME = (() => {
    // Of a script and of a module alike, the stack has the address that this file came from.
    const stack = String(new Error().stack);
    const script = ofDocument(Document, "currentScript");
    const address = stack.match(/https?:\/\/[^\s)]+?(?=:\d+:\d+\)?$)/m)?.[0] ?? script?.getAttribute("src");
    try {
      const url = new URL(address);
      // In a bundle this is no longer the server's file, and nothing tells whose it was.
      return isWeb(url) && url.pathname.endsWith("/windrow.js") ? new URL(".", url).href : null;
    } catch {
      return null;
    }
  })();

  function isWeb(url) {
    return url.protocol === "https:" || url.protocol === "http:";
  }

  /** What relative addresses are relative to. A base element that leads to another origin is none of the page's own. */
  function base() {
    const base = ofDocument(Node, "baseURI");
    const { origin } = new URL(base);
    return origin === location.origin || origin === self.origin ? base : location.href;
  }

  const SECOND = 1000;
  /** A press whose answer never came is sent again after a reload, but not long after it was forgotten. */
  const PENDING_FOR = 60 * SECOND;
  const REQUEST_TAKES = 30 * SECOND;
  /** The server sends the first event at once. Where it does not come, something on the way collects events. */
  const FIRST_EVENT_TAKES = 2 * SECOND;
  /** How long a server is polled of which no event came; a proxy stays, a slow moment does not. */
  const POLLED_FOR = 600 * SECOND;
  /** The server sends a comment every 15 s. */
  const STREAM_IS_DEAD_AFTER = 40 * SECOND;
  /** A browser keeps six connections to one server, over all its tabs; those that find no place here poll. */
  const MOST_STREAMS = 2;
  const HIDDEN_LOOKS_EVERY = 10 * SECOND;
  const LONGEST_PAUSE = 15 * SECOND;

  // Words and figures -----------------------------------------------------------------------------------------------

  const TEXTS = {
    export: "Export",
    starting: "Starting",
    progress: "Progress of the export",
    waiting: "Waiting to start",
    next: "Next in the queue",
    place: "Number {place} in the queue",
    retrying: "Waiting to try again: {detail}",
    begun: "Reading the first rows",
    rows: { one: "{rows} row", other: "{rows} rows" },
    rowsOf: "{written} of {total} rows",
    left: "about {time} left",
    stalled: "no new rows for a while, still waiting for the database",
    resumed: "went on at row {row} after an interruption",
    attachments: "Copying attachments",
    sealing: "Reading the archive back",
    lost: "Connection lost, trying again. The export goes on meanwhile.",
    back: "Connected again",
    completed: "The export is ready",
    warnings: { one: "with {count} warning", other: "with {count} warnings" },
    failed: "The export failed",
    cancelled: "Cancelled",
    expired: "The file is no longer kept",
    gone: "The export was deleted",
    cancel: "Cancel",
    download: "Download",
    retry: "Try again",
    restart: "Export again",
    unreachable: "The server can't be reached. Check the connection and try again.",
    badAttribute: "The attribute {name} of this button is not {kind}.",
    noServer: "This button does not know its server. Give it the attribute server.",
  };

  /** Figures in the language of the page. */
  class Words {
    constructor(lang, texts) {
      this.texts = texts;
      this.number = format(lang, {});
      this.plural = new Intl.PluralRules(this.number.resolvedOptions().locale);
      this.lang = this.number.resolvedOptions().locale;
    }

    say(name, values = {}, count) {
      let text = this.texts[name] ?? TEXTS[name] ?? name;
      if (typeof text === "object") text = text[this.plural.select(count)] ?? text.other;
      return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
    }

    count(number) {
      return this.number.format(number);
    }

    rows(number) {
      return this.say("rows", { rows: this.count(number) }, number);
    }

    /** Rounded down: what has begun is never shown as finished. */
    percent(percent) {
      return format(this.lang, { style: "percent" }).format(Math.floor(percent) / 100);
    }

    bytes(bytes) {
      const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
      let unit = 0;
      while (bytes >= 999.5 && unit < units.length - 1) {
        bytes /= 1000;
        unit++;
      }
      const digits = unit === 0 || bytes >= 100 ? 0 : 1;
      return format(this.lang, { style: "unit", unit: units[unit], maximumFractionDigits: digits }).format(bytes);
    }

    time(seconds) {
      const [unit, size] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
      return format(this.lang, { style: "unit", unit, maximumFractionDigits: 0 }).format(Math.ceil(seconds / size));
    }

    /** What an active export is doing, in parts. */
    parts(one) {
      const at = one.progress;
      if (one.state === "queued") return [this.queued(one)];
      if (at.phase === "attachments" || at.phase === "sealing") return [this.say(at.phase)];
      if (at.rowsWritten === 0 && !at.stalled) return [this.say("begun")];
      const known = at.rowsTotal !== null;
      const parts = [
        known
          ? this.say("rowsOf", { written: this.count(at.rowsWritten), total: this.count(at.rowsTotal) })
          : this.rows(at.rowsWritten),
      ];
      if (at.percent !== null) parts.unshift(this.percent(at.percent));
      if (at.stalled) parts.push(this.say("stalled"));
      else if (at.remainingSeconds) parts.push(this.say("left", { time: this.time(at.remainingSeconds) }));
      if (at.resumedFromRow) parts.push(this.say("resumed", { row: this.count(at.resumedFromRow) }));
      return parts;
    }

    queued(one) {
      if (one.error) return this.say("retrying", { detail: one.error.detail });
      const place = one.progress.queuePosition;
      if (place === null) return this.say("waiting");
      return place === 1 ? this.say("next") : this.say("place", { place: this.count(place) });
    }

    /** How many things the archive has not as it was asked for; nothing where there are none. */
    warnings(one) {
      const { length } = warningsOf(one);
      return length === 0 ? "" : this.say("warnings", { count: this.count(length) }, length);
    }

    file(one) {
      return [one.file.name, this.bytes(one.file.bytes), this.rows(one.progress.rowsWritten)];
    }
  }

  /** Of a file that is there. Servers of before have none to tell. */
  function warningsOf(one) {
    return one?.state === "completed" ? one.warnings ?? [] : [];
  }

  /** A lang that is no language tag is the page author's slip, not a reason to fail. */
  function format(lang, options) {
    try {
      return new Intl.NumberFormat(lang || undefined, options);
    } catch {
      return new Intl.NumberFormat(undefined, options);
    }
  }

  // The server ------------------------------------------------------------------------------------------------------

  /** A problem document (RFC 9457), or what stands for one: status 0 is a server that was not reached. */
  class Problem extends Error {
    constructor(status, document, retryAfter) {
      super(document.detail || document.title || `HTTP ${status}`);
      this.status = status;
      this.type = document.type ?? "";
      this.title = document.title ?? "";
      this.errors = document.errors ?? [];
      this.retryAfter = Number(retryAfter) || null;
    }

    /** Whether the same request may find the server in a better mood. */
    get passes() {
      return this.status === 0 || this.status === 502 || this.status === 504 || this.type.endsWith("/unavailable");
    }
  }

  class Server {
    /** @param headers a function that gives or promises them for each request, or themselves; null for none */
    constructor(address, headers) {
      const url = webAddress(address, base());
      if (!url || url.username || url.password) throw new Problem(400, { detail: `${address} is no address of a server.` });
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

    async #given() {
      const { headers } = this;
      return { ...(typeof headers === "function" ? await headers() : headers) };
    }

    /** The response, if it is a good one or 304; every other outcome is thrown as a Problem. */
    async request(method, path, { body, headers = {}, signal, takes = REQUEST_TAKES } = {}) {
      const control = new AbortController();
      const stop = () => control.abort();
      const timer = takes && setTimeout(stop, takes);
      if (signal?.aborted) stop();
      signal?.addEventListener("abort", stop);
      try {
        const response = await fetch(this.url(path), {
          method,
          body,
          headers: { ...(body && { "Content-Type": "application/json" }), ...headers, ...(await this.#given()) },
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

  /** The address as a URL of http or https; null if it is none. */
  function webAddress(address, base) {
    try {
      const url = new URL(address, base);
      return isWeb(url) ? url : null;
    } catch {
      return null;
    }
  }

  const exportPath = (id, rest = "") => `api/v1/exports/${encodeURIComponent(id)}${rest}`;

  /** The events of a stream (text/event-stream), as [name, data]. */
  async function* events(response, alive) {
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

  // Following one export --------------------------------------------------------------------------------------------

  const FINAL = new Set(["completed", "failed", "cancelled", "expired"]);
  const following = new Set();
  let streams = 0;
  /** The servers of which no event came through in time, and until when they are polled. */
  const polled = new Map();

  addEventListener("online", () => following.forEach((one) => one.wake()));
  document.addEventListener("visibilitychange", () => following.forEach((one) => one.turned()));

  /**
   * Tells its listener of every change of one export until it ends: by events while the page is seen, by polling where
   * there are none, and with growing pauses while the server is away.
   */
  class Follower {
    #server;
    #id;
    #tell;
    #stopped = false;
    #tag = null;
    #stream = null;
    #hasEvents = false;
    #eventsFrom = 0;
    #brokenStreams = 0;
    #heardNothing = false;

    constructor(server, id, tell) {
      this.#server = server;
      this.#id = id;
      this.#tell = tell;
      this.wake = () => {};
    }

    async run() {
      following.add(this);
      let failures = 0;
      while (!this.#stopped) {
        try {
          if (await this.#look()) break;
          // It answers, but its events do not come.
          if (this.#heardNothing) polled.set(this.#server.base, Date.now() + POLLED_FOR);
          this.#heardNothing = false;
          failures = 0;
          if (this.#mayListen()) {
            if (await this.#listen()) break;
          } else {
            await this.#pause(document.hidden ? HIDDEN_LOOKS_EVERY : SECOND * Math.max(1, following.size - streams));
          }
        } catch (problem) {
          if (this.#stopped) break;
          if (!(problem instanceof Problem)) throw problem;
          this.#heardNothing = false;
          if (problem.status >= 400 && problem.status < 500 && problem.status !== 429) {
            this.#tell.refused(problem);
            break;
          }
          this.#tell.lost(problem);
          failures++;
          const pause = Math.min(LONGEST_PAUSE, SECOND * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
          await this.#pause(Math.max(pause, SECOND * (problem.retryAfter ?? 0)));
        }
      }
      following.delete(this);
    }

    stop() {
      this.#stopped = true;
      this.#stream?.abort();
      this.wake();
      following.delete(this);
    }

    /** The page was hidden or is seen again. A hidden page leaves its connection to others. */
    turned() {
      if (document.hidden) this.#stream?.abort();
      else this.wake();
    }

    #pause(time) {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, time);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }

    /** Asks once; true when there is nothing more to come. */
    async #look() {
      const response = await this.#server.request("GET", exportPath(this.#id), {
        headers: this.#tag ? { "If-None-Match": this.#tag } : {},
      });
      if (this.#stopped) return true;
      if (response.status === 304) {
        this.#tell.found(null);
        return false;
      }
      // Read before the tag is kept: half an answer must be asked for again.
      const body = await response.json().catch((error) => {
        throw new Problem(0, { detail: error.message });
      });
      this.#tag = response.headers.get("ETag");
      return this.#found(body);
    }

    #found(one) {
      if (this.#stopped) return true;
      this.#hasEvents = Boolean(one.links?.events);
      this.#tell.found(one);
      return FINAL.has(one.state);
    }

    #mayListen() {
      const now = Date.now();
      const comeThrough = !(polled.get(this.#server.base) > now);
      return this.#hasEvents && comeThrough && !document.hidden && streams < MOST_STREAMS && now >= this.#eventsFrom;
    }

    /** Follows by events until the stream ends; true when there is nothing more to come. */
    async #listen() {
      const begun = Date.now();
      const control = (this.#stream = new AbortController());
      let timer = setTimeout(() => {
        this.#heardNothing = true;
        control.abort();
      }, FIRST_EVENT_TAKES);
      let begins = true;
      const alive = () => {
        // A comment is no event: proxies that collect let some through too.
        if (begins) return;
        clearTimeout(timer);
        timer = setTimeout(() => control.abort(), STREAM_IS_DEAD_AFTER);
      };
      streams++;
      try {
        const response = await this.#server.request("GET", exportPath(this.#id, "/events"), {
          headers: { Accept: "text/event-stream" },
          signal: control.signal,
          takes: 0,
        });
        if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new Error("no stream");
        for await (const [name, data] of events(response, alive)) {
          if (begins) {
            begins = false;
            alive();
          }
          const one = JSON.parse(data);
          if (one.state === "deleted") throw new Problem(404, {});
          if (this.#found(one) || name === "end") return true;
        }
      } catch {
        // Whatever is wrong with the stream, the next look says whether anything is wrong with the export.
      } finally {
        streams--;
        clearTimeout(timer);
        control.abort();
        this.#stream = null;
        this.#tag = null;
        this.#rest(Date.now() - begun);
      }
      return false;
    }

    /** A stream that breaks at once, time after time, is left alone for longer each time. */
    #rest(lived) {
      this.#brokenStreams = lived > 10 * SECOND || document.hidden ? 0 : this.#brokenStreams + 1;
      this.#eventsFrom = Date.now() + SECOND * Math.min(60, 2 ** this.#brokenStreams);
    }
  }

  // What a page remembers ------------------------------------------------------------------------------------------

  /** Which export belongs to which button, for this browser: in localStorage, or as long as the page lives. */
  const memory = {
    instead: new Map(),

    get(key) {
      try {
        return JSON.parse(localStorage.getItem(key)) ?? {};
      } catch {
        return this.instead.get(key) ?? {};
      }
    },

    set(key, value) {
      try {
        if (value) localStorage.setItem(key, JSON.stringify(value));
        else localStorage.removeItem(key);
      } catch {
        this.instead.set(key, value ?? {});
      }
    },
  };

  /** Like crypto.randomUUID, which plain HTTP does not have. */
  function freshKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The element -----------------------------------------------------------------------------------------------------

  const CSS = `
    :host { display: inline-block; max-width: 100%; font-size: 0.9375rem; line-height: 1.4; }
    :host([hidden]), [hidden] { display: none !important; }
    .box {
      --accent: var(--windrow-accent, #2563c9); --on-accent: var(--windrow-on-accent, #fff);
      --danger: var(--windrow-danger, color-mix(in srgb, #e5383b 78%, currentColor));
      --warning: var(--windrow-warning, color-mix(in srgb, #b06a00 70%, currentColor));
      --muted: color-mix(in srgb, currentColor 72%, transparent);
      --line: color-mix(in srgb, currentColor 26%, transparent);
      --radius: var(--windrow-radius, 0.5rem);
      display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem;
    }
    :host(:not([hidden])) .box.wide { min-width: min(22rem, 100%); }
    .button {
      box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center; gap: 0.5em;
      min-height: 2.5rem; margin: 0; padding: 0.35rem 1rem; border: 1px solid var(--accent); border-radius: var(--radius);
      background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none;
      cursor: pointer; max-width: 100%; overflow-wrap: anywhere;
    }
    .button:hover { filter: brightness(1.1); }
    .button:active { filter: brightness(0.94); }
    .secondary { background: transparent; color: inherit; border-color: var(--line); font-weight: 500; }
    .secondary:hover { background: color-mix(in srgb, currentColor 8%, transparent); filter: none; }
    .button[aria-disabled="true"] { opacity: 0.6; cursor: default; filter: none; }
    .button:focus-visible, .progress:focus-visible, .warnings summary:focus-visible {
      outline: 3px solid color-mix(in srgb, var(--accent) 70%, currentColor); outline-offset: 2px;
    }
    .following { flex: 1 1 100%; display: flex; align-items: center; gap: 0.75rem; }
    .progress {
      flex: 1; height: 0.625rem; border-radius: 1rem; overflow: hidden;
      background: color-mix(in srgb, currentColor 14%, transparent);
    }
    .bar { height: 100%; width: 0; border-radius: inherit; background: var(--accent); transition: width 0.3s linear; }
    /* Not its width: that would shrink to the first figure, when one is known. */
    .unknown .bar { min-width: 35%; animation: to-and-fro 1.6s ease-in-out infinite alternate; }
    .waiting .bar { animation-duration: 3s; opacity: 0.55; }
    @keyframes to-and-fro { from { margin-left: 0; } to { margin-left: 65%; } }
    .status { margin: 0; color: var(--muted); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; min-width: 0; }
    .wide .status { flex: 1 1 100%; min-height: 1.4em; }
    .warnings { min-width: 0; overflow-wrap: anywhere; }
    .warnings:has([open]) { flex: 1 1 100%; }
    .warnings summary { cursor: pointer; width: fit-content; border-radius: 0.25rem; color: var(--warning); font-weight: 500; }
    .warnings ul { margin: 0.25rem 0 0; padding-left: 1.25rem; }
    .problem { flex: 1 1 100%; margin: 0; color: var(--danger); overflow-wrap: anywhere; }
    .problem ul { margin: 0.25rem 0 0; padding-left: 1.25rem; }
    .heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (prefers-reduced-motion: reduce) {
      .bar { transition: none; }
      .unknown .bar { animation: none; min-width: 100%; opacity: 0.4; }
    }
    @media (forced-colors: active) {
      .progress { border: 1px solid CanvasText; }
      .bar { background: Highlight; forced-color-adjust: none; }
    }
  `;

  let sheet;
  function styles() {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
    }
    return sheet;
  }

  /** An element with attributes and children; strings become text. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** Puts text in only where it is another one: screen readers hear of every change. */
  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /** Properties that are attributes, by their names. Frameworks set what they find as a property, in any order, and set null. */
  const TEXT = { format: "format", fileName: "file-name", server: "server", export: "export" };
  const JSON_TEXT = ["parameters", "options", "columns"];
  const SWITCHES = ["disabled", "autodownload"];
  const SET_EARLY = [...Object.keys(TEXT), ...JSON_TEXT, ...SWITCHES, "headers", "texts", "current"];

  /** A string is the attribute; true is an empty one; what says nothing takes it away. */
  function reflect(element, attribute, value, text = String) {
    if (value === null || value === undefined || value === false || typeof value === "function") element.removeAttribute(attribute);
    else element.setAttribute(attribute, value === true ? "" : typeof value === "string" ? value : text(value));
  }

  /** Never throws: a framework that is thrown at when it sets a property takes the whole page away. */
  function asJson(value) {
    try {
      return JSON.stringify(value) ?? "";
    } catch {
      return String(value);
    }
  }

  /** How far a state is from the start, within an attempt. */
  function stage(one) {
    return one.state === "expired" ? 2 : FINAL.has(one.state) ? 1 : 0;
  }

  /** Whether an answer was overtaken by one that was asked for later. */
  function isOlder(one, known) {
    if (one.id !== known?.id) return false;
    return one.attempt < known.attempt || (one.attempt === known.attempt && stage(one) < stage(known));
  }

  class WindrowExport extends HTMLElement {
    static observedAttributes = [
      "dataset", "data-set", "format", "parameters", "columns", "options", "file-name", "server", "export", "disabled",
    ];
    static texts = {};
    static Words = Words;
    static Server = Server;
    static Problem = Problem;

    static #home = HOME;
    static #homeHeaders = null;
    static #headersByOrigin = new Map();
    static #connected = new Set();
    static #warned = new Set();

    /** Of elements that name none; null where this file does not know where it came from. */
    static get server() { return WindrowExport.#home; }
    static set server(address) {
      WindrowExport.#home = address ? new Server(address, null).base : HOME;
      WindrowExport.#tellAll();
    }

    /** For that server alone. */
    static get headers() { return WindrowExport.#homeHeaders; }
    static set headers(headers) {
      if (headers === WindrowExport.#homeHeaders) return;
      WindrowExport.#homeHeaders = headers ?? null;
      WindrowExport.#tellAll();
    }

    /** For all elements whose server is at this address's origin. null takes them back. */
    static headersFor(address, headers) {
      const { origin } = new Server(address, null);
      if (headers) WindrowExport.#headersByOrigin.set(origin, headers);
      else WindrowExport.#headersByOrigin.delete(origin);
      WindrowExport.#tellAll();
    }

    /** Elements that were in the page before its script had a word may have been refused. */
    static #tellAll() {
      for (const one of WindrowExport.#connected) one.#change(true);
    }

    /** Whether the page's script meant its headers for this origin. Whoever names a server in markup alone gets none. */
    static #meantFor(origin) {
      const named = WindrowExport.#headersByOrigin.get(origin);
      if (named) return named;
      const home = WindrowExport.#home && new URL(WindrowExport.#home).origin;
      return origin === home ? WindrowExport.#homeHeaders : null;
    }

    static #warn(origin) {
      if (WindrowExport.#warned.has(origin)) return;
      WindrowExport.#warned.add(origin);
      console.warn(`windrow-export: ${origin} gets no headers, as they were set for another server. See WindrowExport.headersFor.`);
    }

    #parts = null;
    #texts = null;
    #headers = null;
    /** The origin that #headers are for: the server's at the time when they were set. */
    #headersOrigin = null;
    #follower = null;
    /** The server as it was last made out; null where there is none. */
    #at = null;
    #key = null;
    /** What this element stands for: a press, or an export that was named. */
    #identity = null;
    /** Answers to what was asked in an earlier turn are late. */
    #turn = 0;
    /** The export as it was last seen, or null. */
    #export = null;
    /** One that was handed over, and need not be asked for. */
    #given = null;
    #starting = false;
    #lost = false;
    #problem = null;
    #pressedHere = false;
    #quarter = 0;
    #changed = false;
    #changedWhole = false;
    #heardElsewhere = (event) => this.#onStorage(event);

    constructor() {
      super();
      // Set before this class was known, they stand in front of its accessors.
      for (const name of SET_EARLY) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }

    // HTMLElement has a dataset that can be read alone; frameworks set it as they set any property.
    get dataset() { return super.dataset; }
    set dataset(value) { reflect(this, "dataset", value); }
    get parameters() { return this.#parsed("parameters"); }
    set parameters(value) { reflect(this, "parameters", value, asJson); }
    get options() { return this.#parsed("options"); }
    set options(value) { reflect(this, "options", value, asJson); }
    get columns() { return this.#names() ?? this.#parsed("columns"); }
    set columns(value) { reflect(this, "columns", value, asJson); }

    /** For the server that this element has by now, in place of those of the class. */
    get headers() { return this.#headers; }
    set headers(headers) {
      this.#headers = headers ?? null;
      this.#headersOrigin = null;
      this.#change(true);
    }

    get texts() { return this.#texts; }
    set texts(texts) {
      this.#texts = texts ?? null;
      this.#change(false);
    }

    /** The export that is shown, as the server tells it; null before a press. Who has one already may give it: it is followed if it runs. */
    get current() { return this.#export; }
    set current(one) {
      this.#given = one ?? null;
      reflect(this, "export", one?.id);
      if (this.isConnected) this.#restore();
    }

    connectedCallback() {
      if (!this.#parts) this.#build();
      WindrowExport.#connected.add(this);
      addEventListener("storage", this.#heardElsewhere);
      this.#restore();
    }

    disconnectedCallback() {
      WindrowExport.#connected.delete(this);
      removeEventListener("storage", this.#heardElsewhere);
      this.#follower?.stop();
      this.#follower = null;
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || (name === "export" && after && this.#given?.id === after)) return;
      this.#change(name !== "disabled");
    }

    /** A framework sets several, one after another: they are taken up together. */
    #change(whole) {
      if (!this.#parts) return;
      this.#changedWhole ||= whole;
      if (this.#changed) return;
      this.#changed = true;
      queueMicrotask(() => this.#settle());
    }

    #settle() {
      if (!this.#changed || !this.isConnected) return;
      if (this.#changedWhole) this.#restore();
      else {
        this.#changed = false;
        this.#render();
      }
    }

    /** Starts the export, as a press does. */
    async start() {
      if (!this.isConnected) throw new Error("Put the element into the page before it is started.");
      this.#settle();
      if (this.#starting || this.#is("disabled") || this.#isActive()) return;
      let body;
      try {
        this.#at = this.#server();
        body = this.#body();
      } catch (problem) {
        this.#refuse(problem);
        return;
      }
      this.#pressedHere = true;
      this.#export = null;
      this.#follower?.stop();
      await this.#send(body, this.#pendingKey() ?? freshKey());
    }

    async cancel() {
      await this.#act("/cancel", "not-active");
    }

    async retry() {
      this.#pressedHere = true;
      await this.#act("/retry", "not-retryable");
    }

    /** Fetches the file, if it is still there. */
    async download() {
      this.#settle();
      if (this.#export?.state !== "completed") return;
      const { id } = this.#export;
      const server = this.#at;
      try {
        let url = server.url(exportPath(id, "/file"));
        if (server.headers) {
          const link = await server.json("POST", exportPath(id, "/links"), { body: "{}" });
          url = server.url(link.url);
        } else {
          // A download that is refused would take the place of the page.
          await server.request("HEAD", exportPath(id, "/file"));
        }
        make("a", { href: url, download: "" }).click();
      } catch (problem) {
        if (!this.isConnected || this.#export?.id !== id) return;
        this.#refuse(problem);
        if (problem.status === 410 || problem.status === 404) this.#follow(id);
      }
    }

    // Starting

    #words() {
      const lang = this.closest("[lang]")?.lang || document.documentElement.lang;
      return new Words(lang, { ...WindrowExport.texts, ...this.#texts });
    }

    /** Where requests go, with the headers that are for there; throws a Problem where the attribute names no such place. */
    #server() {
      const address = this.getAttribute("server") || WindrowExport.#home;
      if (!address) throw new Problem(400, { detail: this.#words().say("noServer") });
      let server;
      try {
        server = new Server(address, null);
      } catch {
        throw this.#badAttribute("server", "an http or https address");
      }
      server.headers = this.#headersTo(server.origin);
      return server;
    }

    #headersTo(origin) {
      if (this.#headers) this.#headersOrigin ??= origin;
      const headers = origin === this.#headersOrigin ? this.#headers : WindrowExport.#meantFor(origin);
      if (!headers && (this.#headers || WindrowExport.#homeHeaders)) WindrowExport.#warn(origin);
      return headers;
    }

    #badAttribute(name, kind) {
      return new Problem(400, { detail: this.#words().say("badAttribute", { name, kind }) });
    }

    /** Whether a switch is on. Vue writes "false" where it finds no property yet. */
    #is(name) {
      return this.hasAttribute(name) && this.getAttribute(name) !== "false";
    }

    /** The id of the export that this element was told to show; null where it is a button. */
    #shown() {
      return this.getAttribute("export") || null;
    }

    #parsed(name) {
      try {
        return JSON.parse(this.getAttribute(name));
      } catch {
        return null;
      }
    }

    /** The columns, where they are names with commas between; null where they are a JSON list or none. */
    #names() {
      const text = this.getAttribute("columns") ?? "";
      return /^\s*[^\s[]/.test(text) ? text.split(",").map((name) => name.trim()) : null;
    }

    /** The body of the start. JSON attributes go in as they stand, so that no digit of a long number is lost. */
    #body() {
      const dataset = this.getAttribute("dataset") ?? this.getAttribute("data-set") ?? "";
      const fields = [`"dataset":${JSON.stringify(dataset)}`];
      const text = (attribute, field) => {
        const value = this.getAttribute(attribute);
        if (value) fields.push(`"${field}":${JSON.stringify(value)}`);
      };
      const json = (name, kind, fits) => {
        const raw = this.getAttribute(name)?.trim();
        if (!raw) return;
        if (!fits(this.#parsed(name))) throw this.#badAttribute(name, kind);
        fields.push(`"${name}":${raw}`);
      };
      const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
      text("format", "format");
      json("parameters", "a JSON object", isObject);
      const names = this.#names();
      if (names) fields.push(`"columns":${JSON.stringify(names)}`);
      else json("columns", "a JSON list", Array.isArray);
      json("options", "a JSON object", isObject);
      text("file-name", "fileName");
      return `{${fields.join(",")}}`;
    }

    /** The key of a press that nobody has answered yet: whoever presses again means the same export. */
    #pendingKey() {
      const { key, at } = memory.get(this.#key);
      return key && Date.now() - at < PENDING_FOR ? key : null;
    }

    /** Whether an answer to what was asked in that turn still tells of what this element shows. */
    #isNow(turn) {
      return turn === this.#turn && this.isConnected;
    }

    async #send(body, key) {
      const place = this.#key;
      const turn = ++this.#turn;
      this.#starting = true;
      this.#problem = null;
      memory.set(place, { key, at: Date.now() });
      this.#render();
      let one;
      try {
        one = await this.#sendUntilAnswered(this.#at, body, key);
      } catch (problem) {
        if (!problem.passes) this.#remember(place, key, null);
        if (turn !== this.#turn) return;
        this.#starting = false;
        this.#refuse(problem);
        return;
      }
      this.#remember(place, key, { id: one.id });
      const isLate = turn !== this.#turn;
      // Sent once more for the same place, it is told of by that answer.
      if (isLate && this.#starting && place === this.#key) return;
      if (!isLate) this.#starting = false;
      this.#emit("started", { export: one });
      if (isLate) {
        if (place === this.#key) this.#change(true);
      } else if (this.isConnected) {
        this.#found(one);
        this.#follow(one.id);
      }
    }

    /** Unless something newer was pressed at that place since. */
    #remember(place, key, value) {
      if (memory.get(place).key === key) memory.set(place, value);
    }

    /** With one key, so that however often it is sent it starts one export. */
    async #sendUntilAnswered(server, body, key) {
      for (let tries = 0; ; tries++) {
        try {
          return await server.json("POST", "api/v1/exports", { body, headers: { "Idempotency-Key": key } });
        } catch (problem) {
          const beingAnswered = problem.status === 409;
          if (tries >= 3 || !(problem.passes || beingAnswered)) throw problem;
          await new Promise((resolve) => setTimeout(resolve, SECOND * 2 ** tries));
        }
      }
    }

    async #act(what, tooLate) {
      this.#settle();
      const id = this.#export?.id;
      if (!id) return;
      const turn = ++this.#turn;
      this.#problem = null;
      try {
        const one = await this.#at.json("POST", exportPath(id, what));
        if (!this.#isNow(turn)) return;
        this.#found(one);
        if (this.#isActive()) this.#follow(id);
      } catch (problem) {
        if (!this.#isNow(turn)) return;
        if (problem.type?.endsWith(tooLate)) this.#follow(id);
        else this.#refuse(problem);
      }
    }

    // Following

    /** Takes up what belongs to this button: an export that runs or has ended, or a press that was never answered. */
    #restore() {
      this.#changed = false;
      this.#changedWhole = false;
      this.#follower?.stop();
      this.#follower = null;
      this.#lost = false;
      const shown = this.#shown();
      const { server, body, problem } = this.#made();
      this.#at = server;
      this.#key = `windrow ${server?.base} ${body}`;
      const identity = shown ? `${server?.base} ${shown}` : this.#key;
      const isSame = identity === this.#identity || (shown !== null && shown === this.#export?.id);
      this.#identity = identity;
      if (!isSame) this.#standForAnother();
      // Moved in the page, or told of other headers, it waits for its answer all the same.
      if (!this.#starting) this.#takeUp(shown, body, problem);
      this.#render();
    }

    /** The server and the body of a start, as far as the attributes have them. */
    #made() {
      const made = { server: null, body: null, problem: null };
      try {
        made.server = this.#server();
        made.body = this.#body();
      } catch (problem) {
        // A button tells when it is pressed.
        made.problem = problem;
      }
      return made;
    }

    #standForAnother() {
      this.#turn++;
      this.#export = null;
      this.#starting = false;
      this.#pressedHere = false;
      this.#quarter = 0;
    }

    #takeUp(shown, body, problem) {
      this.#problem = null;
      const id = shown ?? (body && memory.get(this.#key).id);
      if (id !== this.#export?.id) this.#export = null;
      if (!this.#at) {
        if (shown) this.#refuse(problem);
      } else if (shown && this.#given?.id === shown) {
        this.#found(this.#given);
        if (this.#isActive()) this.#follow(shown);
      } else if (id) this.#follow(id);
      else if (body && this.#pendingKey()) this.#send(body, this.#pendingKey());
    }

    #follow(id) {
      if (id !== this.#export?.id) this.#turn++;
      this.#follower?.stop();
      this.#follower = new Follower(this.#at, id, {
        found: (one) => this.#found(one),
        lost: () => this.#loseSight(),
        refused: (problem) => (problem.status === 404 ? this.#forget() : this.#refuse(problem)),
      });
      this.#follower.run();
    }

    #found(one) {
      const words = this.#words();
      if (this.#lost) this.#hear(words.say("back"));
      this.#lost = false;
      if (!one || isOlder(one, this.#export)) {
        this.#render();
        return;
      }
      const before = this.#export;
      this.#export = one;
      this.#tellOf(before, one, words);
      this.#render();
    }

    #tellOf(before, one, words) {
      if (FINAL.has(one.state)) {
        if (before?.state === one.state && before.attempt === one.attempt) return;
        // What had ended before it was seen is no news.
        if (before || this.#pressedHere) this.#hear([words.say(one.state), words.warnings(one)].filter(Boolean).join(" "));
        this.#quarter = 0;
        this.#emit(one.state, { export: one });
        const wanted = this.#is("autodownload") && this.#pressedHere && one.state === "completed";
        this.#pressedHere = false;
        if (wanted) this.download();
        return;
      }
      this.#emit("progress", { export: one });
      // A reader hears of the queue, of quarters and of phases, not of every row.
      const quarter = Math.floor((one.progress.percent ?? 0) / 25);
      const turn = before?.state !== one.state || before?.progress.phase !== one.progress.phase;
      if (turn || quarter > this.#quarter) this.#hear(words.parts(one).join(", "));
      this.#quarter = quarter;
    }

    #loseSight() {
      if (!this.#lost) this.#hear(this.#words().say("lost"));
      this.#lost = true;
      this.#render();
    }

    /** The export was deleted, or its record went: the button is as new. */
    #forget() {
      this.#turn++;
      const id = this.#export?.id ?? this.#shown();
      if (!this.#shown()) memory.set(this.#key, null);
      this.#follower?.stop();
      if (this.#export) this.#hear(this.#words().say("gone"));
      this.#export = null;
      this.#lost = false;
      this.#emit("gone", { id });
      this.#render();
    }

    #refuse(problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#problem = problem;
      this.#emit("problem", { problem });
      this.#render();
    }

    /** Another tab pressed the same button. */
    #onStorage(event) {
      if (event.key !== this.#key || this.#shown() || this.#starting || !this.#at) return;
      const { id } = memory.get(this.#key);
      if (id && id !== this.#export?.id) this.#follow(id);
    }

    #isActive() {
      return this.#export !== null && !FINAL.has(this.#export.state);
    }

    #emit(name, detail) {
      this.dispatchEvent(new CustomEvent(`windrow-${name}`, { bubbles: true, composed: true, detail }));
    }

    // Showing

    #build() {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [styles()];
      const button = (part, press) => {
        const one = make("button", { type: "button", part, class: part.includes("secondary") ? "button secondary" : "button" });
        // The second press of a double click may hit what has come to stand there.
        one.addEventListener("click", (event) => {
          if (event.detail <= 1 && one.getAttribute("aria-disabled") !== "true") press();
        });
        return one;
      };
      const p = (this.#parts = {
        start: button("button start", () => this.start()),
        label: make("span", {}),
        bar: make("div", { part: "bar", class: "bar" }),
        cancel: button("button secondary cancel", () => this.cancel()),
        status: make("p", { part: "status", class: "status" }),
        download: make("a", { part: "button download", class: "button" }),
        retry: button("button retry", () => this.retry()),
        restart: button("button secondary restart", () => this.start()),
        warnings: make("div", { part: "warnings", class: "warnings" }),
        problem: make("div", { part: "problem", class: "problem", role: "alert" }),
        heard: make("p", { class: "heard", role: "status" }),
      });
      const slot = make("slot", {});
      slot.append(p.label);
      p.start.append(slot);
      p.progress = make("div", { part: "progress", class: "progress", role: "progressbar", tabindex: "-1", "aria-valuemin": "0", "aria-valuemax": "100" }, p.bar);
      p.following = make("div", { class: "following" }, p.progress, p.cancel);
      p.download.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (event.detail <= 1) this.download();
      });
      p.box = make("div", { class: "box" }, p.start, p.following, p.problem, p.download, p.retry, p.status, p.warnings, p.restart, p.heard);
      root.append(p.box);
    }

    #render() {
      const p = this.#parts;
      const words = this.#words();
      const one = this.#export;
      const state = one?.state ?? "none";
      const active = this.#isActive();
      const owner = !this.#shown();
      const focused = this.shadowRoot.activeElement;

      p.box.classList.toggle("wide", active);
      p.start.hidden = !owner || one !== null;
      p.start.setAttribute("aria-disabled", String(this.#starting || this.#is("disabled")));
      put(p.label, words.say(this.#starting ? "starting" : "export"));
      p.following.hidden = !active;
      p.cancel.hidden = !one?.links.cancel;
      put(p.cancel, words.say("cancel"));
      p.download.hidden = state !== "completed";
      put(p.download, words.say("download"));
      if (state === "completed") p.download.href = this.#at.url(exportPath(one.id, "/file"));
      p.retry.hidden = !one?.links.retry || active;
      put(p.retry, words.say("retry"));
      p.restart.hidden = !owner || active || state === "none";
      put(p.restart, words.say("restart"));
      this.#renderStatus(words, one, state, active);
      this.#renderWarnings(words, one);
      this.#renderProblem(words, one, state);
      this.#keepFocus(focused);
    }

    #renderStatus(words, one, state, active) {
      const p = this.#parts;
      let text = "";
      if (active) text = this.#lost ? words.say("lost") : words.parts(one).join(" · ");
      else if (state === "completed") text = words.file(one).join(" · ");
      else if (state === "cancelled" || state === "expired") text = words.say(state);
      else if (this.#lost || this.#starting) text = words.say(this.#lost ? "lost" : "starting");
      put(p.status, text);
      p.status.hidden = text === "" || (this.#starting && !p.start.hidden);
      if (active) this.#renderBar(words, one, text);
    }

    #renderBar(words, one, text) {
      const p = this.#parts;
      const percent = one.progress.percent;
      const unknown = percent === null || one.state === "queued" && !percent;
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
    #renderWarnings(words, one) {
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

    #renderProblem(words, one, state) {
      const p = this.#parts;
      const failed = state === "failed" || (state === "expired" && one.error);
      const problem = this.#problem;
      let text = failed ? one.error.detail : "";
      if (problem) text = problem.status === 0 ? words.say("unreachable") : problem.message;
      if (failed && !problem) text = `${words.say(state)}: ${text}`;
      p.problem.hidden = text === "";
      // Compared as a whole, so that a repaint does not have it read out again.
      const faults = problem && problem.errors.length > 1 ? problem.errors.map((fault) => `${fault.pointer} ${fault.detail}`) : [];
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

    #hear(text) {
      put(this.#parts.heard, text);
    }
  }

  for (const [property, attribute] of Object.entries(TEXT)) {
    Object.defineProperty(WindrowExport.prototype, property, {
      configurable: true,
      enumerable: true,
      get() { return this.getAttribute(attribute); },
      // Vue takes a property away by an empty text and by an attribute of its name, which this one's is not.
      set(value) { reflect(this, attribute, value === "" && attribute !== property ? null : value); },
    });
  }

  for (const name of SWITCHES) {
    Object.defineProperty(WindrowExport.prototype, name, {
      configurable: true,
      enumerable: true,
      get() { return this.hasAttribute(name) && this.getAttribute(name) !== "false"; },
      set(value) { reflect(this, name, value === "" || (value !== "false" && Boolean(value))); },
    });
  }

  customElements.define("windrow-export", WindrowExport);
})();
