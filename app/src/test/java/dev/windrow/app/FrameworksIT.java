package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The button in pages of React and Vue, which set what they find as properties, in any order and before or after its
 * script has run.
 */
@Tag("browser")
final class FrameworksIT extends HostedButton {
    private static final String OBJECTS =
            "{ dataset: 'readings', format: 'csv', parameters: { sensor: 's-1' }, columns: ['n', 'value'],"
                    + " options: { csv: { lineEnding: 'lf' } }, fileName: 'mine', server: null, export: undefined, disabled: false }";
    /** As README's button is pasted into a template. */
    private static final String STRINGS =
            "{ dataset: 'readings', parameters: '{\"sensor\":\"s-1\"}', columns: 'n, value',"
                    + " options: '{\"csv\":{\"lineEnding\":\"lf\"}}', 'file-name': 'mine' }";

    /** Of an export that goes on until it is cancelled. */
    private static final String SLOW_PROPERTIES = "{ dataset: 'slow', parameters: { rows: 400000 } }";

    private static final String CLASS = "() => customElements.get('windrow-export')";

    private Page show(Framework framework, String html) {
        host.serves("/framework.js", framework.script());
        return show("<div id=\"root\"></div><script src=\"/framework.js\"></script>" + html);
    }

    private Page showLater(Framework framework, String properties) {
        Page page = show(framework, "");
        page.waitForFunction(CLASS);
        return draw(page, properties);
    }

    private static Page draw(Page page, String properties) {
        page.evaluate("() => show(" + properties + ")");
        return page;
    }

    private static void assertExportsAsAsked(Page page) {
        assertThat(page.getByText("The page")).isVisible();
        button(page, "Export it").click();
        assertThat(download(page)).isVisible();
        assertThat(exports()).hasSize(1);
        JsonNode one = exports().get(0);
        assertThat(one.at("/parameters/sensor").asString()).isEqualTo("s-1");
        assertThat(one.path("columns").valueStream().map(JsonNode::asString)).containsExactly("n", "value");
        assertThat(one.at("/options/csv/lineEnding").asString()).isEqualTo("lf");
        assertThat(one.at("/file/name").asString()).isEqualTo("mine.zip");
    }

    @ParameterizedTest
    @EnumSource
    void exportsWhatAFrameworkSetsAsProperties(Framework framework) {
        assertExportsAsAsked(showLater(framework, OBJECTS));
    }

    @ParameterizedTest
    @EnumSource
    void keepsStringsAsTheyAre(Framework framework) {
        assertExportsAsAsked(showLater(framework, STRINGS));
    }

    /** The page is drawn by a script that runs before the button's, which is deferred. */
    @ParameterizedTest
    @EnumSource
    void exportsWhereTheFrameworkWasFirst(Framework framework) throws IOException {
        String early =
                STRINGS.replace("dataset:", "'data-set':").replace("{ '", "{ disabled: false, autodownload: false, '");
        host.serves("/early.js", "show(" + early + ");");
        assertExportsAsAsked(show(framework, "<script src=\"/early.js\"></script>"));
    }

    @ParameterizedTest
    @EnumSource
    void standsForWhatItsPropertiesSayByNow(Framework framework) {
        Page page = showLater(framework, SLOW_PROPERTIES);
        button(page, "Export it").click();
        assertThat(progress(page)).isVisible();
        draw(page, OBJECTS);
        assertThat(button(page, "Export it")).isVisible();
        assertThat(progress(page)).isHidden();
        draw(page, SLOW_PROPERTIES);
        assertThat(progress(page)).isVisible();
        assertThat(page.evaluate("document.querySelector('windrow-export').fileName"))
                .isNull();
        draw(page, "null");
        assertThat(page.locator("windrow-export")).hasCount(0);
        draw(page, SLOW_PROPERTIES);
        assertThat(progress(page)).isVisible();
        button(page, "Cancel").click();
        assertThat(button(page, "Export again")).isVisible();
        assertThat(exports()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void isSwitchedOffAndOn(Framework framework) {
        Page page = showLater(framework, "{ dataset: 'slow', disabled: true }");
        assertThat(button(page, "Export it")).isDisabled();
        draw(page, "{ dataset: 'slow', disabled: false }");
        assertThat(button(page, "Export it")).isEnabled();
        draw(page, "{ dataset: 'slow', disabled: '' }");
        assertThat(button(page, "Export it")).isDisabled();
        draw(page, SLOW_PROPERTIES);
        assertThat(button(page, "Export it")).isEnabled();
    }

    @ParameterizedTest
    @EnumSource(names = {"REACT_PRODUCTION", "REACT_DEVELOPMENT"})
    void isTakenOverFromAPageThatAServerMade(Framework framework) {
        Page page = show(framework, "");
        page.waitForFunction(CLASS);
        page.evaluate("() => hydrate(" + STRINGS + ")");
        assertExportsAsAsked(page);
    }

    @Test
    void isNothingWhereThereIsNoBrowser() throws IOException {
        Path file = Files.writeString(folder.resolve("windrow.cjs"), ScriptedServer.button());
        ProcessRun run = ProcessRun.of(List.of("node", file.toString()));
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @Test
    void takesUpPropertiesThatWereSetBeforeItsScriptRan() {
        host.serves(
                "/early.js",
                "Object.assign(document.querySelector('windrow-export'), { parameters: { sensor: 's-1' }, columns: ['n', 'value'],"
                        + " options: { csv: { lineEnding: 'lf' } }, fileName: 'mine', texts: { cancel: 'Stop' } });");
        host.shows(
                "<p>The page</p><windrow-export dataset=\"readings\">Export it</windrow-export><script src=\"/early.js\"></script>");
        Page page = browser.page(host.origin());
        page.waitForFunction(CLASS);
        assertThat(page.evaluate("document.querySelector('windrow-export').texts.cancel"))
                .isEqualTo("Stop");
        assertExportsAsAsked(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataset",
                "format",
                "parameters",
                "columns",
                "options",
                "fileName",
                "server",
                "export",
                "disabled",
                "autodownload"
            })
    void takesAnyValueOfAnyPropertyWithoutThrowing(String property) {
        Page page = show("<windrow-export></windrow-export>");
        page.waitForFunction(CLASS);
        String attribute = property.equals("fileName") ? "file-name" : property;
        Object left = page.evaluate(
                "([property, attribute]) => { const one = document.querySelector('windrow-export'); const left = [];"
                        + " const ring = {}; ring.ring = ring;"
                        + " for (const value of [0, 1n, '', 'x', {}, [], [1n], ring, true, Symbol('x'), () => 1]) one[property] = value;"
                        + " for (const value of [null, undefined, false]) {"
                        + "   one[property] = 'x'; one[property] = value; left.push(one.getAttribute(attribute)); }"
                        + " return left; }",
                List.of(property, attribute));
        assertThat((List<?>) left).hasSize(3).containsOnlyNulls();
    }
}
