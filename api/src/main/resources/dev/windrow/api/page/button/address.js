// Where the server is: what of the page and of its markup may be believed.
/** Not by way of the document: an image called baseURI or currentScript would be found there instead. */
const ofDocument = (type, name) => Reflect.get(type.prototype, name, document);

/** The folder that this file came from; null where nothing tells. What stands in the page may have been slipped in. */
export const HOME = (() => {
  // Of a script and of a module alike, the stack has the address that this file came from.
  const stack = String(new Error().stack);
  const script = ofDocument(Document, "currentScript");
  const address = stack.match(/https?:\/\/[^\s)]+?(?=:\d+:\d+\)?$)/m)?.[0] ?? script?.getAttribute("src");
  try {
    const url = new URL(address);
    // In a bundle this is no longer the server's file, and nothing tells whose it was.
    return isWeb(url) && url.pathname.endsWith("/windrow.js") ? new URL(".", url).href : null;
  } catch {
    return null;
  }
})();

function isWeb(url) {
  return url.protocol === "https:" || url.protocol === "http:";
}

/** What relative addresses are relative to. A base element that leads to another origin is none of the page's own. */
export function base() {
  const base = ofDocument(Node, "baseURI");
  const { origin } = new URL(base);
  return origin === location.origin || origin === self.origin ? base : location.href;
}

/** The address as a URL of http or https; null if it is none. */
export function webAddress(address, base) {
  try {
    const url = new URL(address, base);
    return isWeb(url) ? url : null;
  } catch {
    return null;
  }
}
