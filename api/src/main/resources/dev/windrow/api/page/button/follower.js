// Follows one export.
import { events, exportPath, Problem } from "./server.js";
import { SECOND } from "./times.js";

/** The server sends the first event at once. Where it does not come, something on the way collects events. */
const FIRST_EVENT_TAKES = 2 * SECOND;
/** How long a server is polled of which no event came; a proxy stays, a slow moment does not. */
const POLLED_FOR = 600 * SECOND;
/** The server sends a comment every 15 s. */
const STREAM_IS_DEAD_AFTER = 40 * SECOND;
/** A browser keeps six connections to one server, over all its tabs; those that find no place here poll. */
const MOST_STREAMS = 2;
/** A look that is not answered for so long is told as a server that is away, and waited for still. */
const LOOK_TAKES = 2 * SECOND;
const HIDDEN_LOOKS_EVERY = 10 * SECOND;
const LONGEST_PAUSE = 15 * SECOND;

export const FINAL = new Set(["completed", "failed", "cancelled", "expired"]);
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
export class Follower {
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
        this.#tell.lost();
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
    const timer = setTimeout(() => this.#stopped || this.#tell.lost(), LOOK_TAKES);
    const response = await this.#server
      .request("GET", exportPath(this.#id), { headers: this.#tag ? { "If-None-Match": this.#tag } : {} })
      .finally(() => clearTimeout(timer));
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

/** How far a state is from the start, within an attempt. */
function stage(one) {
  return one.state === "expired" ? 2 : FINAL.has(one.state) ? 1 : 0;
}

/** Whether an answer was overtaken by one that was asked for later. */
export function isOlder(one, known) {
  if (one.id !== known?.id) return false;
  return one.attempt < known.attempt || (one.attempt === known.attempt && stage(one) < stage(known));
}
