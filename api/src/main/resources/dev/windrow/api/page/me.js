// Who is signed in, what they may do, and what is left of their limits.
import { byId, make, time } from "./dom.js";
import { listed, phrase, t, words } from "./texts.js";

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
    const ends =
      me.expiresAt && new Date(me.expiresAt) - Date.now() < ENDS_SOON
        ? phrase("me.ends", { at: time(me.expiresAt) })
        : [];
    byId("who").replaceChildren(
      ...(rights.signedIn
        ? phrase(me.key && me.key.name !== me.name ? "me.signedInByKey" : "me.signedIn", {
            name: make("strong", {}, me.name),
            key: me.key?.name,
          })
        : []),
      rights.signedIn && me.roles.length ? ` (${listed(me.roles)})` : "",
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
  const said = [];
  if (startsPerMinute) said.push(t("me.starts", { left: startsPerMinute.left, count: startsPerMinute.limit }));
  if (active) said.push(t("me.active", { used: active.limit - active.left, count: active.limit }));
  if (rowsPerDay) said.push(t("me.day", { left: rowsPerDay.left, limit: words.rows(rowsPerDay.limit) }));
  if (bytesPerDay)
    said.push(t("me.day", { left: words.bytes(bytesPerDay.left), limit: words.bytes(bytesPerDay.limit) }));
  return said;
}
