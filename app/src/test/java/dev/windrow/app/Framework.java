package dev.windrow.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/**
 * A front-end framework as its npm package has it (brought by Maven as a webjar), and a page made with it: its script
 * gives the page {@code show(properties)}, which draws the button with these properties, or takes it away where there
 * are none.
 */
enum Framework {
    REACT_PRODUCTION,
    /** With its warnings, and in strict mode, which mounts everything twice. */
    REACT_DEVELOPMENT,
    VUE_PRODUCTION,
    VUE_DEVELOPMENT;

    /** React's packages are CommonJS modules, which browsers do not know. */
    private static final String MODULES = """
            window.modules = {};
            window.require = (name) => modules[name].exports;
            window.define = (name, body) => {
              modules[name] = { exports: {} };
              body(modules[name], modules[name].exports, require, { env: { NODE_ENV: "%s" } });
            };
            """;

    private static final String REACT_PAGE = """
            {
              const React = require("react");
              const { createRoot, hydrateRoot } = require("react-dom/client");
              const place = document.querySelector("#root");
              let root;
              const page = (properties) =>
                React.createElement(React.StrictMode, null,
                  React.createElement("p", null, "The page"),
                  properties && React.createElement("windrow-export", properties, "Export it"));
              window.show = (properties) => (root ??= createRoot(place)).render(page(properties));
              window.hydrate = (properties) => {
                place.innerHTML = require("react-dom/server").renderToString(page(properties));
                root = hydrateRoot(place, page(properties));
              };
            }
            """;
    private static final String VUE_PAGE = """
            {
              const properties = Vue.shallowRef(null);
              Vue.createApp({
                render: () => [Vue.h("p", "The page"), properties.value && Vue.h("windrow-export", properties.value, "Export it")],
              }).mount("#root");
              window.show = (given) => { properties.value = given; };
            }
            """;

    String script() {
        String build = name().substring(name().indexOf('_') + 1).toLowerCase(Locale.ROOT);
        return name().startsWith("REACT") ? react(build) : vue(build);
    }

    private static String react(String build) {
        return MODULES.formatted(build)
                + module("scheduler", "scheduler", "cjs/scheduler." + build)
                + module("react", "react", "cjs/react." + build)
                + module("react-dom", "react-dom", "cjs/react-dom." + build)
                + module("react-dom/client", "react-dom", "cjs/react-dom-client." + build)
                + module("react-dom/server", "react-dom", "cjs/react-dom-server-legacy.browser." + build)
                + REACT_PAGE;
    }

    private static String module(String name, String artifact, String path) {
        return "define(\"" + name + "\", (module, exports, require, process) => {\n" + file(artifact, path + ".js")
                + "\n});\n";
    }

    private static String vue(String build) {
        return file("vue", "dist/vue.runtime.global" + (build.equals("production") ? ".prod" : "") + ".js") + VUE_PAGE;
    }

    private static String file(String artifact, String path) {
        Properties made = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties")) {
            made.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String folder = "/META-INF/resources/webjars/" + artifact + "/" + made.getProperty("version") + "/";
        try (InputStream in = open(folder + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        return Objects.requireNonNull(Framework.class.getResourceAsStream(path), path);
    }
}
