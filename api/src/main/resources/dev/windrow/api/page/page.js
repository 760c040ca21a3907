// The exports page: who is calling, what they may export, and their exports.
import { byId, inWords } from "./dom.js";
import { ExportList } from "./exports.js";
import { ExportForm } from "./form.js";
import { Rights, Standing } from "./me.js";
import { Session } from "./session.js";

const TRY_AGAIN_AFTER = 5000;

const session = new Session(() => {
  // Whose key is forgotten leaves nothing to see.
  if (!session.key) close();
  load();
});
const standing = new Standing(look);
const list = new ExportList(session, () => standing.lookSoon());
const form = new ExportForm(session, (one) => {
  list.add(one);
  standing.lookSoon();
});

// An element's own request was refused: ask. It tries again by itself, with the new headers.
document.addEventListener("windrow-problem", ({ detail: { problem } }) => {
  if (problem.status === 401) session.ask(problem);
});

let loads = 0;
let rights = null;

/** Offers what the caller may do, and nothing that another one did. */
function open(me) {
  const now = new Rights(me, session.key !== null);
  const isSame = now.equals(rights);
  rights = now;
  session.caller = rights.name;
  standing.show(me, rights);
  if (isSame) return true;
  list.open(rights);
  form.clear();
  document.body.classList.toggle("reader", !rights.export);
  byId("new").hidden = !rights.export;
  byId("exports").hidden = !rights.read;
  byId("nothing").hidden = rights.read;
  byId("nothing").textContent =
    "This key neither makes nor shows exports. Ask whoever gave it to you for one with the role export or read.";
  return false;
}

function close() {
  session.caller = null;
  rights = null;
  list.close();
  form.clear();
  standing.hide();
}

/** Looks again who is calling and what is left; whatever else is wrong, the list tells. */
async function look() {
  const turn = loads;
  try {
    const me = await session.json("GET", "api/v1/me");
    if (turn === loads && !open(me)) load();
  } catch {
    if (turn === loads) standing.lookLater();
  }
}

async function load() {
  const turn = ++loads;
  try {
    const me = await session.json("GET", "api/v1/me");
    // Asked for again, with another key.
    if (turn !== loads) return;
    if (open(me)) list.cards.forEach((card) => card.again());
    if (!rights.read) return;
    list.refresh();
    const { items } = await session.json("GET", "api/v1/datasets");
    if (turn !== loads) return;
    if (rights.export) form.show(items);
    list.know(items);
  } catch (problem) {
    if (turn !== loads) return;
    byId("no-datasets").textContent = inWords(problem);
    if (problem.passes || problem.status === 429) setTimeout(load, (problem.retryAfter ?? 0) * 1000 || TRY_AGAIN_AFTER);
  }
}

load();
