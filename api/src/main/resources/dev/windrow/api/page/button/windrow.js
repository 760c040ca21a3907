/*
 * <windrow-export>: a button that starts an export, shows its progress and offers the file.
 *
 *   <script src="https://exports.example.org/windrow.js" defer></script>
 *   <windrow-export dataset="orders" parameters='{"since":"2026-01-01"}'>Export orders</windrow-export>
 *
 * Attributes  dataset, format, parameters (JSON), columns (JSON list, or names with commas between), options (JSON),
 *             file-name; server (where this file came from, when left out); export (an id: shows that export instead of
 *             a button that starts one); autodownload (the file is fetched as soon as it is there, if this page saw the
 *             press); disabled. data-set is another name of dataset.
 * Properties  dataset, format, parameters, columns, options, fileName, server, export, autodownload, disabled: a string
 *             is the attribute as it stands, a list or an object its JSON; null, undefined and false take the attribute
 *             away. Also headers, texts, current (the export that is shown); start(), cancel(), retry(), download().
 *             A framework that makes the element before this file has run may write attributes alone, and must say
 *             data-set: to elements of no class yet dataset can't be written.
 * Events      windrow-started, windrow-progress, windrow-completed, windrow-failed, windrow-cancelled, windrow-expired
 *             with the export as detail.export, windrow-gone (deleted), windrow-problem (a request that was refused)
 *             with detail.problem. They bubble.
 * Styling     ::part(button), ::part(secondary), ::part(progress), ::part(bar), ::part(status), ::part(warnings),
 *             ::part(problem); --windrow-accent, --windrow-on-accent, --windrow-danger, --windrow-warning,
 *             --windrow-radius. Text takes the page's colour.
 * Class       const WindrowExport = await customElements.whenDefined("windrow-export");
 * Credentials WindrowExport.headers: a function that gives (or promises) headers for each request, such as
 *             { Authorization: "Bearer …" }, or such an object. Where a request was refused as 401 the function is
 *             asked once more, with { refused: true }, for a fresh token's. They go to where this file came from, and
 *             nowhere else: markup that somebody slips into the page can name any server, and must learn nothing. Those
 *             of other servers are given by a script: WindrowExport.headersFor("https://exports.example.org", headers),
 *             or as the property headers of one element, for the server that it has then. Files are fetched through a
 *             signed link.
 * Server      WindrowExport.server = "https://exports.example.org/" says for all elements what the attribute says for
 *             one. It takes the place of where this file came from, and is needed where a bundler has put it into
 *             another.
 * Words       WindrowExport.texts, or texts on one element; numbers follow the nearest lang.
 *
 * It talks to its server alone, puts text in by textContent alone, and needs no unsafe-inline in a page's
 * Content-Security-Policy.
 */
import { WindrowExport } from "./element.js";

customElements.define("windrow-export", WindrowExport);
