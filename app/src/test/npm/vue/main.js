import { createApp } from "vue";
import "../server.js";
import App from "./App.vue";

createApp(App).mount("#root");
