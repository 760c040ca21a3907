// The files of an archive.

/**
 * The one that a button offers by itself, beside the archive; null where there is none.
 *
 * @param wanted the attribute: a file's name, or empty for the only one
 */
export function fileOf(one, wanted) {
  if (wanted === null || one?.state !== "completed") return null;
  const { entries, entriesTotal } = one.file;
  if (wanted === "") return entriesTotal === 1 ? entries[0].name : null;
  // The export tells of the first ones alone.
  const isTold = entries.length === entriesTotal;
  return !isTold || entries.some(({ name }) => name === wanted) ? wanted : null;
}

/** Below an export's path. Folders stay folders. */
export const entryPath = (name) => `/entries/${name.split("/").map(encodeURIComponent).join("/")}`;
