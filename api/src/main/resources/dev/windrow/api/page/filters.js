// Which exports are shown: in the form above the list, and in the page's address.
import { byId, make } from "./dom.js";
import { t } from "./texts.js";

const FILTERS = ["state", "dataset", "q", "owner", "since", "until"];
const TIMES = ["since", "until"];
const EVERYBODY = "*";
/** Whoever types goes on typing, in milliseconds. */
const TYPING = 300;

export class Filters {
  /** @param changed told that others are asked for */
  constructor(changed) {
    this.form = byId("filters");
    this.owners = new Set();
    const address = new URLSearchParams(location.search);
    this.asked = Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? ""]));
    this.fill();
    byId("more-filters").open = ["owner", ...TIMES].some((name) => this.asked[name] !== "");
    const look = () => {
      clearTimeout(this.typing);
      const asked = Object.fromEntries(new FormData(this.form));
      if (FILTERS.every((name) => asked[name] === this.asked[name])) return;
      this.asked = asked;
      this.keep();
      changed();
    };
    this.form.addEventListener("change", look);
    this.form.addEventListener("input", (event) => {
      clearTimeout(this.typing);
      if (event.target.name === "q") this.typing = setTimeout(look, TYPING);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** In the address, beside what is others' there. */
  keep() {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(this.asked)) {
      if (value === "") address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(null, "", address);
  }

  fill() {
    for (const [name, value] of Object.entries(this.asked)) this.form.elements[name].value = value;
  }

  given() {
    return Object.entries(this.asked).filter(([, value]) => value !== "");
  }

  /** Whether there may be more than is shown. */
  get any() {
    return this.given().length > 0;
  }

  /** Learns who asks: whoever sees other people's exports sees everybody's, unless one of them is named. */
  offer(rights) {
    this.rights = rights;
    byId("owner-filter").hidden = !rights.others;
    byId("mine-title").textContent = t(rights.others ? "page.exports" : "list.mine");
  }

  know(datasets) {
    this.form.elements.dataset.replaceChildren(
      make("option", { value: "" }, t("filters.any")),
      ...datasets.map((one) => make("option", { value: one.name }, one.title)),
    );
    this.fill();
  }

  /** Names to choose from; any other may be typed. */
  suggest(owner) {
    if (!this.rights.others || this.owners.has(owner)) return;
    this.owners.add(owner);
    byId("owners").append(make("option", { value: owner }));
  }

  /** What the list is asked for. */
  query(more) {
    const asked = { ...this.asked };
    for (const name of TIMES) {
      const at = new Date(asked[name]);
      // Of an address that somebody wrote by hand.
      asked[name] = Number.isNaN(at.getTime()) ? "" : at.toISOString();
    }
    if (!this.rights.others) asked.owner = "";
    else if (asked.owner === "") asked.owner = EVERYBODY;
    asked.total = "true";
    const given = Object.entries({ ...asked, ...more }).filter(([, value]) => value !== "" && value !== null);
    return new URLSearchParams(given);
  }
}
