// What this browser remembers of whoever reads the page: for all its tabs, or as long as the page lives.
const instead = new Map();

/** null where nothing is. */
export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return instead.get(key) ?? null;
  }
}

/** @param value a string; null forgets it */
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    instead.set(key, value);
  }
}
