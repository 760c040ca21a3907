// The exports page: asks for the datasets and the caller's exports, and for a key where the server wants one.
import { byId, inWords, WindrowExport } from "./dom.js";
import { ExportForm } from "./form.js";
import { ExportList } from "./exports.js";

const KEY = "windrow-key";
const TRY_AGAIN_AFTER = 5000;

/** In this tab alone, until it is closed. */
const session = {
  get key() {
    return sessionStorage.getItem(KEY);
  },
  set key(key) {
    if (key) sessionStorage.setItem(KEY, key);
    else sessionStorage.removeItem(KEY);
    this.apply();
  },
  apply() {
    // Without a key files are fetched as they are, without a link.
    WindrowExport.headers = this.key ? () => ({ Authorization: `Bearer ${this.key}` }) : null;
    byId("forget-key").hidden = !this.key;
  },
};

const server = new WindrowExport.Server(".", () => WindrowExport.headers?.() ?? {});

/** Sends a request; where it is refused for want of a key, asks for one and sends it again. */
async function raw(method, path, options) {
  for (;;) {
    try {
      return await server.request(method, path, options);
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      await askForKey();
    }
  }
}

async function api(method, path, options) {
  const response = await raw(method, path, options);
  if (response.status === 204) return null;
  return response.json().catch((error) => {
    throw new WindrowExport.Problem(0, { detail: error.message });
  });
}
api.raw = raw;

let asking = null;

/** Resolves once a key was given; several requests wait for one answer. */
function askForKey() {
  asking ??= new Promise((resolve) => {
    const dialog = byId("key-dialog");
    byId("key-fault").textContent = session.key ? "The server does not know this key." : "";
    byId("key").value = "";
    // There is nothing to see without a key.
    dialog.oncancel = (event) => event.preventDefault();
    byId("key-form").onsubmit = (event) => {
      const key = byId("key").value.trim();
      // Header values are visible ASCII.
      if (!/^[\x21-\x7e]+$/.test(key)) {
        event.preventDefault();
        byId("key-fault").textContent = "A key is one word of letters, digits and signs.";
        return;
      }
      asking = null;
      session.key = key;
      resolve();
    };
    dialog.showModal();
  });
  return asking;
}

const list = new ExportList(api);
const form = new ExportForm(api, (one) => list.add(one));

byId("forget-key").addEventListener("click", () => {
  session.key = null;
  list.clear();
  load();
});

// An element's own request was refused: ask, and have it try again.
document.addEventListener("windrow-problem", async (event) => {
  if (event.detail.problem.status !== 401) return;
  await askForKey();
  list.cards.forEach((card) => card.again());
});

let loads = 0;

async function load() {
  const turn = ++loads;
  list.refresh();
  try {
    const { items } = await api("GET", "api/v1/datasets");
    // Asked for again, with another key.
    if (turn !== loads) return;
    form.show(items);
    list.know(items);
  } catch (problem) {
    if (turn !== loads) return;
    byId("no-datasets").textContent = inWords(problem);
    if (problem.passes) setTimeout(load, TRY_AGAIN_AFTER);
  }
}

session.apply();
load();
