// What an agent does who speaks the protocol by its SDK for Node.js: from the list of datasets to the file.
import { createHash } from "node:crypto";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, key] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${key}` };
const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
const client = new Client({ name: "agent", version: "1" });
const answers = [];

// The client holds each answer to the tool's output schema, and throws where it does not fit.
async function call(name, args) {
  const answer = await client.callTool({ name, arguments: args });
  answers.push(JSON.stringify(answer));
  return answer;
}

await client.connect(transport);
const { tools } = await client.listTools();
const datasets = await call("list_datasets", {});
const described = await call("describe_dataset", { dataset: "visits" });
const preview = await call("preview", { dataset: "visits", parameters: { least: 1 } });
const wrong = await call("start_export", { dataset: "visits", parameters: { least: "many" } });
const { id } = (await call("start_export", { dataset: "visits", format: "json" })).structuredContent;
let status = await call("export_status", { id });
while (["queued", "running"].includes(status.structuredContent.state)) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  status = await call("export_status", { id });
}
const link = status.content.find((part) => part.type === "resource_link");
const file = Buffer.from(await (await fetch(link.uri, { headers })).arrayBuffer());
await client.close();

console.log(
  JSON.stringify({
    protocol: transport.protocolVersion,
    session: transport.sessionId ?? null,
    server: client.getServerVersion().name,
    tools: tools.map((tool) => tool.name),
    datasets: datasets.structuredContent.items.map((item) => item.name),
    columns: described.structuredContent.columns.map((column) => column.name),
    rows: preview.structuredContent.preview.rows.length,
    rowsTotal: preview.structuredContent.rowsTotal,
    wrong: { isError: wrong.isError, text: wrong.content[0].text },
    state: status.structuredContent.state,
    link,
    sha256: createHash("sha256").update(file).digest("hex"),
    bytes: file.length,
    answers,
  }),
);
