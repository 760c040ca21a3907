/*
 * <windrow-export>: a button that starts an export, shows its progress and offers the file.
 *
 *   <script src="https://exports.example.org/windrow.js" defer></script>
 *   <windrow-export dataset="orders" parameters='{"since":"2026-01-01"}'>Export orders</windrow-export>
 *
 * What it takes and tells is in the README of its npm package, which is beside this in api/src/npm.
 */
import { WindrowExport } from "./element.js";

customElements.define("windrow-export", WindrowExport);
