package dev.windrow.worker.outbox.mail;

import dev.windrow.common.catalog.SafeName;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a mail says, as text and as HTML. Names come from strangers: control characters and those that turn the
 * direction of writing are left out, and nothing of a name is markup. Belongs to one mail.
 */
final class MailText {
    private static final int LONGEST = 200;
    private static final ResourceBundle.Control NO_OTHER =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle texts;
    private final JsonNode data;
    private final Links links;

    /**
     * What a mail leads to.
     *
     * @param url where the export is seen, or the archive is fetched; null for nowhere
     * @param expires when the archive goes; null where there is none
     */
    record Links(@Nullable String url, @Nullable Instant expires) {}

    /**
     * @param language of whoever reads it (BCP 47); what there is no text in is English
     * @param data of the message's payload
     */
    MailText(@Nullable String language, JsonNode data, Links links) {
        Locale wanted = language == null ? Locale.ROOT : Locale.forLanguageTag(language);
        this.texts = ResourceBundle.getBundle(
                "dev.windrow.worker.outbox.mail.texts", wanted, MailText.class.getClassLoader(), NO_OTHER);
        // Figures in the language of the words around them.
        this.locale = texts.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : texts.getLocale();
        this.data = data;
        this.links = links;
    }

    Locale locale() {
        return locale;
    }

    String subject() {
        return say(isCompleted() ? "completed.subject" : "failed.subject", name());
    }

    String plain() {
        StringBuilder text = new StringBuilder(say("greeting")).append("\n\n");
        text.append(sentence(name())).append('\n');
        expires().ifPresent(kept -> text.append(kept).append('\n'));
        if (links.url() != null) {
            text.append('\n')
                    .append(linkWords())
                    .append(":\n")
                    .append(links.url())
                    .append('\n');
        }
        digest().ifPresent(digest -> text.append("\nSHA-256: ").append(digest).append('\n'));
        return text.append("\n-- \n").append(footer()).append('\n').toString();
    }

    String html() {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"")
                .append(locale.toLanguageTag())
                .append("\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(subject()))
                .append("</title></head><body>\n<p>")
                .append(escaped(say("greeting")))
                .append("</p>\n<p>")
                .append(escaped(sentence(name())))
                .append("</p>\n");
        expires().ifPresent(kept -> html.append("<p>").append(escaped(kept)).append("</p>\n"));
        if (links.url() != null) {
            html.append("<p><a href=\"")
                    .append(escaped(links.url()))
                    .append("\">")
                    .append(escaped(linkWords()))
                    .append("</a></p>\n");
        }
        digest().ifPresent(digest ->
                html.append("<p>SHA-256: <code>").append(digest).append("</code></p>\n"));
        return html.append("<p><small>")
                .append(escaped(footer()))
                .append("</small></p>\n</body></html>\n")
                .toString();
    }

    private boolean isCompleted() {
        return data.path("state").asString("").equals("completed");
    }

    private String sentence(String name) {
        if (isCompleted()) {
            return say(
                    "completed.sentence",
                    name,
                    data.path("rows").asLong(0),
                    data.path("file").path("bytes").asLong(0));
        }
        JsonNode error = data.path("error");
        return say("failed.sentence", name, clean(error.path("detail").asString("")));
    }

    private Optional<String> expires() {
        Instant expires = links.expires();
        return isCompleted() && expires != null
                ? Optional.of(say(
                        "expires",
                        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", locale)
                                .withZone(ZoneOffset.UTC)
                                .format(expires)))
                : Optional.empty();
    }

    private Optional<String> digest() {
        String digest = data.path("file").path("sha256").asString("");
        return digest.matches("[0-9a-f]{64}") ? Optional.of(digest) : Optional.empty();
    }

    private String linkWords() {
        return say(isCompleted() ? "completed.link" : "failed.link");
    }

    private String footer() {
        return say(
                "footer",
                clean(data.path("id").asString("")),
                clean(data.path("owner").asString("")));
    }

    /** The file's where there is one. */
    private String name() {
        String file = clean(data.path("file").path("name").asString(""));
        return file.isEmpty() ? clean(data.path("dataset").asString("")) : file;
    }

    private String say(String key, Object... values) {
        return new MessageFormat(texts.getString(key), locale).format(values);
    }

    /** In one line, without what is not seen and what turns the direction of the rest. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(each -> Character.isWhitespace(each) ? ' ' : each)
                .filter(each -> !SafeName.isHidden(each))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
