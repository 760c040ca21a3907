// What callers may write; what does not compile here has been promised otherwise.
import { WindrowExport, type Export } from "windrow-export";

const button = document.createElement("windrow-export");
button.parameters = { since: "2026-01-01" };
button.columns = "id, total";
button.headers = async ({ refused }) => ({ Authorization: `Bearer ${refused ? "fresh" : "kept"}` });
button.addEventListener("windrow-completed", (event) => {
  const done: Export = event.detail.export;
  console.log(done.file?.sha256);
});
button.addEventListener("windrow-problem", ({ detail }) => console.log(detail.problem.status));
WindrowExport?.headersFor("https://exports.example.com", null);

// @ts-expect-error It may be a server that renders, without a class.
WindrowExport.server = "https://exports.example.com";
// @ts-expect-error There is no such state.
button.current = { state: "done" };
