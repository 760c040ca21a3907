// What a page remembers.
/** Which export belongs to which button, for this browser: in localStorage, or as long as the page lives. */
export const memory = {
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
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
