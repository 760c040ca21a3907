import "./windrow.js";

/** The class of the element; undefined where there is no browser, as on a server that renders pages. */
export const WindrowExport = globalThis.customElements?.get("windrow-export");
