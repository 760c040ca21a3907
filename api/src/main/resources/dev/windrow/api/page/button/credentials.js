// Which headers go to which server.
import { HOME } from "./address.js";

/** What the page's scripts said for all elements. */
export const credentials = {
  /** The server of elements that name none; null where this file does not know where it came from. */
  home: HOME,
  /** A function that gives headers, or themselves, for home alone. */
  headers: null,
  byOrigin: new Map(),
  warned: new Set(),

  /** null takes them back. */
  put(origin, headers) {
    if (headers) this.byOrigin.set(origin, headers);
    else this.byOrigin.delete(origin);
  },

  /** Whether the page's script meant its headers for this origin. Whoever names a server in markup alone gets none. */
  meantFor(origin) {
    const named = this.byOrigin.get(origin);
    if (named) return named;
    const home = this.home && new URL(this.home).origin;
    return origin === home ? this.headers : null;
  },

  /** Once per origin. */
  warn(origin) {
    if (this.warned.has(origin)) return;
    this.warned.add(origin);
    console.warn(
      `windrow-export: ${origin} gets no headers, as they were set for another server. See WindrowExport.headersFor.`,
    );
  },
};
