package dev.windrow.worker.outbox;

import dev.windrow.common.export.FailureCode;
import dev.windrow.common.outbox.Message.Event;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Target;
import java.io.StringWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What messages say: JSON without rows and parameters, and short, whatever is in the names. */
final class Payloads {
    private static final JsonFactory JSON = new JsonFactory();

    /** All texts together stay well under 20 kB, also where each character needs six bytes. */
    private static final int MOST_OF_A_DETAIL = 1_000;

    private static final int MOST_OF_A_NAME = 400;

    private final String address;

    Payloads(String address) {
        this.address = address;
    }

    String of(Note note) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("type", note.happening().type());
            json.writeStringProperty("timestamp", note.happening().at().toString());
            json.writeObjectPropertyStart("data");
            writeData(json, note);
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    private void writeData(JsonGenerator json, Note note) {
        json.writeStringProperty("id", note.about().export().toString());
        json.writeStringProperty("dataset", note.about().dataset());
        json.writeStringProperty("owner", shortened(note.about().owner(), MOST_OF_A_NAME));
        json.writeStringProperty("state", note.happening().state());
        json.writeNumberProperty("rows", note.figures().rows());
        writeFile(json, note);
        writeError(json, note.cause());
        Note.FailedDelivery failed = note.failed();
        if (failed != null) {
            json.writeObjectPropertyStart("delivery");
            json.writeStringProperty("id", failed.message());
            json.writeStringProperty("kind", failed.kind());
            json.writeStringProperty("target", Target.shown(failed.target()));
            write(json, "reason", failed.reason());
            json.writeEndObject();
        }
        writeLinks(json, note);
    }

    private static boolean hasFile(Note note) {
        return note.happening().state().equals("completed")
                && (note.figures().sha256() != null || note.happening().type().equals(Event.COMPLETED));
    }

    private static void writeFile(JsonGenerator json, Note note) {
        if (!hasFile(note)) {
            json.writeNullProperty("file");
            return;
        }
        json.writeObjectPropertyStart("file");
        json.writeStringProperty("name", note.figures().fileName());
        json.writeNumberProperty("bytes", note.figures().bytes());
        write(json, "sha256", note.figures().sha256());
        json.writeEndObject();
    }

    /** As the HTTP API has it. */
    private static void writeError(JsonGenerator json, Note.@Nullable Cause cause) {
        if (cause == null) {
            json.writeNullProperty("error");
            return;
        }
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("type", "/problems/" + cause.code());
        write(json, "title", title(cause.code()));
        String detail = cause.detail();
        write(json, "detail", detail == null ? null : shortened(detail, MOST_OF_A_DETAIL));
        json.writeEndObject();
    }

    /** Null for a code of a later version. */
    private static @Nullable String title(String code) {
        return Arrays.stream(FailureCode.values())
                .filter(known -> known.id().equals(code))
                .map(FailureCode::title)
                .findFirst()
                .orElse(null);
    }

    private void writeLinks(JsonGenerator json, Note note) {
        String self = address + "/api/v1/exports/" + note.about().export();
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", self);
        if (hasFile(note)) {
            json.writeStringProperty("file", self + "/file");
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + '…';
    }
}
