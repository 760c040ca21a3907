// The same export from a page or a script of one's own.
import { asJson, copy, make } from "./dom.js";
import { t } from "./texts.js";

/** @param read gives the body of the start as JSON texts by field, or throws where the form is not filled in */
export function elsewhere(read) {
  const code = make("pre", { tabindex: "0" });
  const button = make(
    "button",
    { type: "button", class: "plain", click: () => copy(code.textContent, t("copy.copied"), code) },
    t("copy.copy"),
  );
  const write = (text) => () => {
    try {
      code.textContent = text(read());
      button.hidden = false;
    } catch {
      code.textContent = t("elsewhere.first");
      button.hidden = true;
    }
  };
  const html = write((body) => asButton(body));
  const curl = write((body) => asCommand(body));
  html();
  return [
    make(
      "div",
      { class: "small-buttons" },
      make("button", { type: "button", class: "plain", click: html }, "HTML"),
      make("button", { type: "button", class: "plain", click: curl }, "curl"),
      button,
    ),
    code,
  ];
}

/** In single quotes of HTML: what JSON has none of, as entities. */
function asButton(body) {
  const attribute = (json) => json.replace(/&/g, "&amp;").replace(/'/g, "&#39;").replace(/</g, "&lt;");
  const names = { fileName: "file-name" };
  const text = Object.entries(body).map(([name, json]) => {
    const value = json.startsWith('"') ? JSON.parse(json) : json;
    return ` ${names[name] ?? name}='${attribute(value)}'`;
  });
  const script = new URL("windrow.js", document.baseURI).href;
  return `<script src="${script}" defer></script>\n<windrow-export${text.join("")}></windrow-export>`;
}

function asCommand(body) {
  const url = new URL("api/v1/exports", document.baseURI).href;
  return `curl -H 'Content-Type: application/json' \\\n  -d '${asJson(body).replace(/'/g, "'\\''")}' \\\n  ${url}`;
}
