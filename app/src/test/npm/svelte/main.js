import { mount } from "svelte";
import "../server.js";
import App from "./App.svelte";

mount(App, { target: document.querySelector("#root") });
