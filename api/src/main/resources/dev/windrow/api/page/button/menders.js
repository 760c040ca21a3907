// Who can mend what an export has failed of, or what a start was refused for.

/**
 * By the last part of the error's type (`FailureCode` of the server), the text that says who; null where another try
 * may find it mended. Of a type that is not here nothing is known, and trying again is all that can be offered.
 */
const MENDERS = {
  "source-unavailable": null,
  "source-query-failed": "mendCatalog",
  "storage-full": "mendServer",
  "storage-unavailable": null,
  "row-unencodable": "mendFormat",
  "rows-lost": "mendCatalog",
  "not-allowed": "mendAccess",
  "quota-exceeded": "mendSize",
  "lost-too-often": "mendServer",
  internal: "mendServer",
};

/**
 * The same for what a start is refused for (`ProblemType` of the server). What is not here says by itself how whoever
 * pressed can mend it, or passes.
 */
const REFUSALS = {
  "not-authenticated": "mendAccess",
  forbidden: "mendAccess",
  "not-found": "mendAccess",
  misdirected: "mendServer",
  "source-query-failed": "mendCatalog",
  "row-unencodable": "mendFormat",
  "rows-lost": "mendCatalog",
  "quota-exceeded": "mendLimit",
  "storage-full": "mendServer",
  internal: "mendServer",
};

const lastOf = (type) => type?.split("/").pop();

/** The key of a text; null where none is due, as of an export that has not failed. */
export function mender(one) {
  return one?.state === "failed" ? (MENDERS[lastOf(one.error?.type)] ?? null) : null;
}

/** @param type of the problem (RFC 9457) */
export const refusalMender = (type) => REFUSALS[lastOf(type)] ?? null;
