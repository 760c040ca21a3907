// What a caller may leave out or give as it likes: what does not compile here has been promised otherwise.
import createClient from "openapi-fetch";
import type { components, paths } from "./windrow.js";

const windrow = createClient<paths>({ baseUrl: "http://127.0.0.1:8080" });

export const started = windrow.POST("/api/v1/exports", {
  body: { dataset: "orders", parameters: { since: "2026-01-01", most: 3 }, options: { json: { indent: true } } },
});
export const scheduled = windrow.POST("/api/v1/schedules", {
  body: { name: "nightly", cron: "@daily", start: { dataset: "orders" } },
});

// @ts-expect-error A dataset is needed.
export const nothing = windrow.POST("/api/v1/exports", { body: {} });
// @ts-expect-error There is no such format.
export const wrong: components["schemas"]["Start"] = { dataset: "orders", format: "xls" };
