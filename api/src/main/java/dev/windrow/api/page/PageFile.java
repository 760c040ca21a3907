package dev.windrow.api.page;

import dev.windrow.api.http.EntityTags;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/** One file of the page, whole. It never changes while the process lives; nobody writes to its content. */
final class PageFile {
    private final MediaType type;
    private final byte[] content;
    private final String strongTag;

    /** @param name tells the type by its extension */
    PageFile(String name, byte[] content) {
        String subtype = name.substring(name.lastIndexOf('.') + 1).replace("js", "javascript");
        this.type = new MediaType("text", subtype, StandardCharsets.UTF_8);
        this.content = content;
        this.strongTag = EntityTags.strong(content);
    }

    MediaType type() {
        return type;
    }

    byte[] content() {
        return content;
    }

    /** Of the content as it is here, quoted. */
    String strongTag() {
        return strongTag;
    }
}
