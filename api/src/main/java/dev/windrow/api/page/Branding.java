package dev.windrow.api.page;

import org.springframework.web.util.HtmlUtils;

/** Puts what an operator calls the page, and what it is to load, into its HTML. */
final class Branding {
    private final PageTheme theme;
    private final String version;

    /** @param version of the files that the page loads */
    Branding(PageTheme theme, String version) {
        this.theme = theme;
        this.version = version;
    }

    /** @param html with names in braces where something is to stand */
    String of(String html) {
        PageNames names = theme.names();
        String title = text(names.title() == null ? "Windrow" : names.title());
        return html.replace("{theme}", theme.css().map(this::link).orElse(""))
                .replace(
                        "{logo}",
                        theme.logo().map(this::image).orElse("<span class=\"mark\" aria-hidden=\"true\"></span>"))
                .replace("{back}", back(names))
                .replace("{version}", version)
                .replace("{title}", title);
    }

    private String link(PageFile css) {
        return "<link rel=\"stylesheet\" href=\"page/{version}/" + css.name() + "\">";
    }

    private String image(PageFile logo) {
        return "<img class=\"logo\" src=\"page/{version}/" + logo.name() + "\" alt=\"\">";
    }

    /** In a frame, it takes the place of the whole page. */
    private static String back(PageNames names) {
        return names.backUrl() == null || names.backText() == null
                ? ""
                : "<a class=\"back\" href=\"" + text(names.backUrl()) + "\" target=\"_top\">" + text(names.backText())
                        + "</a>";
    }

    /** As text of HTML in which nothing is left to be put in. */
    private static String text(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8").replace("{", "&#123;");
    }
}
