// Who is signed in, what they may do, and what is left of their limits.
import { byId, make, time, words } from "./dom.js";

const LOOK_EVERY = 10_000;
const SOON = 300;
const ENDS_SOON = 14 * 24 * 60 * 60 * 1000;

/** What the page offers to a caller; the server decides all the same. */
export class Rights {
  /** @param signedIn whether a key was asked for: otherwise there is one caller, who is everybody */
  constructor(me, signedIn) {
    const has = (role) => me.roles.includes(role);
    this.name = me.name;
    this.admin = has("admin");
    this.export = this.admin || has("export");
    this.read = this.export || has("read");
    this.others = this.admin && signedIn;
    this.signedIn = signedIn;
  }

  equals(other) {
    return JSON.stringify(this) === JSON.stringify(other);
  }
}

/** The line that says so, looked after while somebody looks. */
export class Standing {
  /** @param look asks who is calling, and shows it */
  constructor(look) {
    this.look = look;
    this.changes = false;
    this.soon = false;
    document.addEventListener("visibilitychange", () => document.hidden || !this.changes || this.look());
  }

  show(me, rights) {
    const limits = inPlainWords(me.limits ?? {});
    const ends = me.expiresAt && new Date(me.expiresAt) - Date.now() < ENDS_SOON ? ["ends ", time(me.expiresAt)] : [];
    byId("who").replaceChildren(
      ...(rights.signedIn
        ? [
            "Signed in as ",
            make("strong", {}, me.name),
            me.key && me.key.name !== me.name ? ` by the key ${me.key.name}` : "",
            me.roles.length ? ` (${me.roles.join(", ")})` : "",
          ]
        : []),
    );
    byId("ends").replaceChildren(...ends);
    byId("limits").replaceChildren(...limits.map((text) => make("li", {}, text)));
    byId("me").hidden = !rights.signedIn && limits.length === 0;
    // Where nothing can change there is nothing to look after.
    this.changes = limits.length > 0 || me.expiresAt !== null;
    this.lookLater();
  }

  lookLater(after = LOOK_EVERY) {
    clearTimeout(this.timer);
    this.soon = false;
    if (!this.changes) return;
    this.timer = setTimeout(() => {
      this.soon = false;
      if (!document.hidden) this.look();
    }, after);
  }

  /** Something was started or has ended; several in a row are looked for once. */
  lookSoon() {
    if (this.soon) return;
    this.lookLater(SOON);
    this.soon = true;
  }

  hide() {
    this.changes = false;
    clearTimeout(this.timer);
    byId("me").hidden = true;
  }
}

function inPlainWords({ startsPerMinute, active, rowsPerDay, bytesPerDay }) {
  const count = (number) => words.count(number);
  const said = [];
  if (startsPerMinute)
    said.push(`${count(startsPerMinute.left)} of ${count(startsPerMinute.limit)} starts left this minute`);
  if (active) said.push(`${count(active.limit - active.left)} of ${count(active.limit)} exports at once`);
  if (rowsPerDay) said.push(`${count(rowsPerDay.left)} of ${words.rows(rowsPerDay.limit)} left for 24 hours`);
  if (bytesPerDay) said.push(`${words.bytes(bytesPerDay.left)} of ${words.bytes(bytesPerDay.limit)} left for 24 hours`);
  return said;
}
