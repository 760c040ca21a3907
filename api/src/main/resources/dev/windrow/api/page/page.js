// The exports page: who is calling, what they may export, and their exports.
import { Attention } from "./attention.js";
import { byId, inWords, make, whileSilent } from "./dom.js";
import { ExportList } from "./exports.js";
import { ExportForm } from "./form.js";
import { Rights, Standing } from "./me.js";
import { Session } from "./session.js";
import { choose, language, LANGUAGES, later, t, words } from "./texts.js";

const TRY_AGAIN_AFTER = 5000;
const SCHEDULES_EVERY = 30_000;

const session = new Session(() => {
  // Whose key is forgotten leaves nothing to see.
  if (!session.key) close();
  load();
});
const attention = new Attention((one) => !rights?.others || one.owner === rights.name);
const standing = new Standing(look);
const list = new ExportList(session, () => standing.lookSoon());
const form = new ExportForm(session, (one) => {
  list.add(one);
  standing.lookSoon();
});

/** What keeps the form: in the address, under names, from an export. It comes once there is something to keep. */
let keeping = null;

async function keepForm() {
  const load = () => Promise.all([import("./again.js"), import("./presets.js")]);
  keeping ??= later(load).then(([{ Again }, { Presets }]) => {
    const again = new Again(session, form);
    new Presets(session, form, again);
    return again;
  });
  try {
    return await keeping;
  } catch {
    // The form works without; the next change asks for it again.
    keeping = null;
    return null;
  }
}

let isFormShown = false;
form.heard = {
  changed: async () => isFormShown && (await keepForm()) && form.heard.changed(),
  cleared() {},
  async shown() {
    isFormShown = true;
    if (location.hash.includes("form=")) return keepForm();
    try {
      const { items } = await session.json("GET", "api/v1/presets");
      if (items.length) await keepForm();
    } catch {
      // Who may keep no forms has none.
    }
  },
};

document.addEventListener("windrow-again", async (event) => (await keepForm())?.take(event.detail));
addEventListener("hashchange", () => location.hash.includes("form=") && keepForm());

// An element's own request was refused: ask. It tries again by itself, with the new headers.
document.addEventListener("windrow-problem", ({ detail: { problem } }) => {
  if (problem.status === 401) session.ask(problem);
});

/** What administrators look at, in place of exports, at #operations; it comes once somebody does. */
let operations = null;

/** @param came whether somebody has come here by a link, just now */
async function view(came = false) {
  const shown = rights?.admin === true && location.hash === "#operations";
  document.body.classList.toggle("operating", shown);
  byId("operations").hidden = !shown;
  const link = byId("to-operations");
  link.hidden = !rights?.admin;
  link.href = shown ? "#exports" : "#operations";
  link.textContent = t(shown ? "page.exports" : "page.operations");
  attention.about(t(shown ? "page.operations" : "page.exports"));
  if (!shown) {
    operations?.close();
    return;
  }
  try {
    const { Operations } = await later(() => import("./operations.js"));
    operations ??= new Operations(session, byId("operations"));
    if (rights?.admin && location.hash === "#operations") operations.open(rights);
    if (came) operations.title?.focus();
  } catch {
    byId("operations").textContent = words.say("unreachable");
  }
}

addEventListener("hashchange", () => view(true));

let loads = 0;
let rights = null;

/** What starts by itself; it comes once there is some of it. */
let schedules = null;
let schedulesDue;

async function openSchedules() {
  clearTimeout(schedulesDue);
  schedules?.close();
  const now = rights;
  if (!now?.read) return;
  try {
    const { items } = await session.json("GET", "api/v1/schedules?limit=1");
    if (!now.equals(rights)) return;
    if (items.length > 0) {
      const { Schedules } = await later(() => import("./schedules.js"));
      if (!now.equals(rights)) return;
      schedules ??= new Schedules(session);
      schedules.open(now);
      return;
    }
  } catch {
    // A token of a page has none; of other troubles the list of exports tells.
  }
  if (now.equals(rights)) schedulesDue = setTimeout(openSchedules, SCHEDULES_EVERY);
}

/** Offers what the caller may do, and nothing that another one did. */
function open(me) {
  const now = new Rights(me, session.key !== null);
  const isSame = now.equals(rights);
  rights = now;
  session.caller = rights.name;
  standing.show(me, rights);
  if (isSame) return true;
  list.open(rights);
  openSchedules();
  form.clear();
  operations?.close();
  view();
  document.body.classList.toggle("reader", !rights.export);
  byId("new").hidden = !rights.export;
  byId("exports").hidden = !rights.read;
  byId("nothing").hidden = rights.read;
  byId("nothing").textContent = t("page.nothing");
  return false;
}

function close() {
  session.caller = null;
  rights = null;
  list.close();
  clearTimeout(schedulesDue);
  schedules?.close();
  form.clear();
  standing.hide();
  view();
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
  const silence = whileSilent(() => {
    if (turn === loads) byId("no-datasets").textContent = words.say("unanswered");
  });
  try {
    const me = await session.json("GET", "api/v1/me");
    silence();
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
    silence();
    if (turn !== loads) return;
    byId("no-datasets").textContent = inWords(problem);
    if (problem.passes || problem.status === 429) setTimeout(load, (problem.retryAfter ?? 0) * 1000 || TRY_AGAIN_AFTER);
  }
}

const languages = byId("language");
languages.append(...Object.entries(LANGUAGES).map(([tag, name]) => make("option", { value: tag, lang: tag }, name)));
languages.value = language;
languages.addEventListener("change", () => choose(languages.value));
attention.about(t("page.exports"));

load();
