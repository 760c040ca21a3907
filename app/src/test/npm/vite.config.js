import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const own = (tag) => tag === "windrow-export";

export default defineConfig({
  plugins: [react(), vue({ template: { compilerOptions: { isCustomElement: own } } }), svelte()],
  // Every page is served and built by itself, as an application of its framework would be.
  appType: "mpa",
  build: { rollupOptions: { input: ["plain.html", "react.html", "vue.html", "svelte.html"] } },
});
