// A server that renders the page of React: node render.js
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { WindrowExport } from "windrow-export";

console.log(typeof WindrowExport, renderToString(createElement("windrow-export", { dataset: "slow" }, "Export")));
