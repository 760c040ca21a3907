// The element: what is pressed, followed and remembered.
import { HOME } from "./address.js";
import { asJson, reflect, SET_EARLY, SWITCHES, TEXT } from "./attributes.js";
import { credentials } from "./credentials.js";
import { entryPath, fileOf } from "./files.js";
import { FINAL, Follower, isOlder } from "./follower.js";
import { make } from "./markup.js";
import { freshKey, memory } from "./memory.js";
import { badAttribute, columnNames, jsonOf, startBody } from "./request.js";
import { exportPath, Problem, Server } from "./server.js";
import { SECOND } from "./times.js";
import { View } from "./view.js";
import { Words } from "./words.js";

/** A press whose answer never came is sent again after a reload, but not long after it was forgotten. */
const PENDING_FOR = 60 * SECOND;

/** Who has pressed is told so soon that the server says nothing; it may be away without a word for as long. */
const SPEAKS_AFTER = 1.5 * SECOND;

export class WindrowExport extends HTMLElement {
  static observedAttributes = [
    "dataset",
    "data-set",
    "format",
    "parameters",
    "columns",
    "options",
    "file-name",
    "file",
    "server",
    "export",
    "label",
    "disabled",
  ];
  static texts = {};
  static Words = Words;
  static Server = Server;
  static Problem = Problem;

  static #connected = new Set();

  /** Of elements that name none; null where this file does not know where it came from. */
  static get server() {
    return credentials.home;
  }
  static set server(address) {
    credentials.home = address ? new Server(address, null).base : HOME;
    WindrowExport.#tellAll();
  }

  /** For that server alone. */
  static get headers() {
    return credentials.headers;
  }
  static set headers(headers) {
    if (headers === credentials.headers) return;
    credentials.headers = headers ?? null;
    WindrowExport.#tellAll();
  }

  /** For all elements whose server is at this address's origin. null takes them back. */
  static headersFor(address, headers) {
    credentials.put(new Server(address, null).origin, headers);
    WindrowExport.#tellAll();
  }

  /** Elements that were in the page before its script had a word may have been refused. */
  static #tellAll() {
    for (const one of WindrowExport.#connected) one.#change(true);
  }

  #view = null;
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
  /** Whether what was pressed waits for an answer longer than anybody looks at a button that says nothing. */
  #unanswered = false;
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
  get dataset() {
    return super.dataset;
  }
  set dataset(value) {
    reflect(this, "dataset", value);
  }
  get parameters() {
    return jsonOf(this, "parameters");
  }
  set parameters(value) {
    reflect(this, "parameters", value, asJson);
  }
  get options() {
    return jsonOf(this, "options");
  }
  set options(value) {
    reflect(this, "options", value, asJson);
  }
  get columns() {
    return columnNames(this) ?? jsonOf(this, "columns");
  }
  set columns(value) {
    reflect(this, "columns", value, asJson);
  }

  /** For the server that this element has by now, in place of those of the class. */
  get headers() {
    return this.#headers;
  }
  set headers(headers) {
    this.#headers = headers ?? null;
    this.#headersOrigin = null;
    this.#change(true);
  }

  get texts() {
    return this.#texts;
  }
  set texts(texts) {
    this.#texts = texts ?? null;
    this.#change(false);
  }

  /**
   * The export that is shown, as the server tells it; null before a press. Who has one already may give it: it is
   * followed if it runs.
   */
  get current() {
    return this.#export;
  }
  set current(one) {
    this.#given = one ?? null;
    reflect(this, "export", one?.id);
    if (this.isConnected) this.#restore();
  }

  connectedCallback() {
    this.#view ??= new View(this.attachShadow({ mode: "open" }), {
      start: () => this.start(),
      cancel: () => this.cancel(),
      retry: () => this.retry(),
      download: () => this.download(),
      file: () => this.download(fileOf(this.#export, this.getAttribute("file"))),
    });
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
    this.#change(!["disabled", "label", "file"].includes(name));
  }

  /** A framework sets several, one after another: they are taken up together. */
  #change(whole) {
    if (!this.#view) return;
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
    let request;
    try {
      this.#at = this.#server();
      request = startBody(this, this.#words());
    } catch (problem) {
      this.#refuse(problem);
      return;
    }
    this.#pressedHere = true;
    this.#export = null;
    this.#follower?.stop();
    await this.#send(request, this.#pendingKey() ?? freshKey());
  }

  async cancel() {
    await this.#act("/cancel", "not-active");
  }

  async retry() {
    this.#pressedHere = true;
    await this.#act("/retry", "not-retryable");
  }

  /**
   * Fetches the archive, if it is still there.
   *
   * @param entry a file of it that is fetched in its place
   */
  async download(entry = null) {
    this.#settle();
    if (this.#export?.state !== "completed") return;
    const { id } = this.#export;
    const server = this.#at;
    try {
      const path = exportPath(id, entry === null ? "/file" : entryPath(entry));
      let url = server.url(path);
      if (server.headers) {
        const body = entry === null ? "{}" : JSON.stringify({ entry });
        const link = await this.#speaking(server.json("POST", exportPath(id, "/links"), { body }));
        url = server.url(link.url);
      } else {
        // A download that is refused would take the place of the page.
        await this.#speaking(server.request("HEAD", path));
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

  /**
   * Where requests go, with the headers that are for there; throws a Problem where the attribute names no such place.
   */
  #server() {
    const address = this.getAttribute("server") || credentials.home;
    if (!address) throw new Problem(400, { detail: this.#words().say("noServer") });
    let server;
    try {
      server = new Server(address, null);
    } catch {
      throw badAttribute(this.#words(), "server", "address");
    }
    server.headers = this.#headersTo(server.origin);
    return server;
  }

  #headersTo(origin) {
    if (this.#headers) this.#headersOrigin ??= origin;
    const headers = origin === this.#headersOrigin ? this.#headers : credentials.meantFor(origin);
    if (!headers && (this.#headers || credentials.headers)) credentials.warn(origin);
    return headers;
  }

  /** Whether a switch is on. Vue writes "false" where it finds no property yet. */
  #is(name) {
    return this.hasAttribute(name) && this.getAttribute(name) !== "false";
  }

  /** The id of the export that this element was told to show; null where it is a button. */
  #shown() {
    return this.getAttribute("export") || null;
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
      one = await this.#speaking(this.#sendUntilAnswered(this.#at, body, key));
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
      const one = await this.#speaking(this.#at.json("POST", exportPath(id, what)));
      if (!this.#isNow(turn)) return;
      this.#found(one);
      if (this.#isActive()) this.#follow(id);
    } catch (problem) {
      if (!this.#isNow(turn)) return;
      if (problem.type?.endsWith(tooLate)) this.#follow(id);
      else this.#refuse(problem);
    }
  }

  /** Says so where an answer to what was pressed does not come. */
  async #speaking(answer) {
    const timer = setTimeout(() => {
      this.#unanswered = true;
      this.#view.hear(this.#words().say("unanswered"));
      this.#render();
    }, SPEAKS_AFTER);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      if (this.#unanswered) {
        this.#unanswered = false;
        this.#render();
      }
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
      made.body = startBody(this, this.#words());
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
    if (this.#lost) this.#view.hear(words.say("back"));
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
      if (before || this.#pressedHere)
        this.#view.hear([words.say(one.state), words.warnings(one)].filter(Boolean).join(" "));
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
    if (turn || quarter > this.#quarter) this.#view.hear(words.parts(one).join(", "));
    this.#quarter = quarter;
  }

  #loseSight() {
    if (!this.#lost) this.#view.hear(this.#words().say("lost"));
    this.#lost = true;
    this.#render();
  }

  /** The export was deleted, or its record went: the button is as new. */
  #forget() {
    this.#turn++;
    const id = this.#export?.id ?? this.#shown();
    if (!this.#shown()) memory.set(this.#key, null);
    this.#follower?.stop();
    if (this.#export) this.#view.hear(this.#words().say("gone"));
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

  #render() {
    const id = this.#export?.state === "completed" ? this.#export.id : null;
    const name = fileOf(this.#export, this.getAttribute("file"));
    this.#view.show({
      words: this.#words(),
      label: this.getAttribute("label"),
      one: this.#export,
      active: this.#isActive(),
      owner: !this.#shown(),
      starting: this.#starting,
      disabled: this.#is("disabled"),
      lost: this.#lost,
      unanswered: this.#unanswered,
      problem: this.#problem,
      archive: id && this.#at.url(exportPath(id, "/file")),
      file: name === null ? null : { name, url: this.#at.url(exportPath(id, entryPath(name))) },
    });
  }
}

for (const [property, attribute] of Object.entries(TEXT)) {
  Object.defineProperty(WindrowExport.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    // Vue takes a property away by an empty text and by an attribute of its name, which this one's is not.
    set(value) {
      reflect(this, attribute, value === "" && attribute !== property ? null : value);
    },
  });
}

for (const name of SWITCHES) {
  Object.defineProperty(WindrowExport.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.hasAttribute(name) && this.getAttribute(name) !== "false";
    },
    set(value) {
      reflect(this, name, value === "" || (value !== "false" && Boolean(value)));
    },
  });
}
