package dev.windrow.api.page;

import dev.windrow.api.http.EntityTags;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/** One file of the page, whole. It never changes while the process lives; nobody writes to its content. */
final class PageFile {
    private final String name;
    private final MediaType type;
    private final byte[] content;
    private final String strongTag;

    /** @param name tells the type by its extension */
    PageFile(String name, byte[] content) {
        this.name = name;
        this.type = typeOf(name.substring(name.lastIndexOf('.') + 1));
        this.content = content;
        this.strongTag = EntityTags.strong(content);
    }

    private static MediaType typeOf(String extension) {
        return switch (extension) {
            case "png" -> MediaType.IMAGE_PNG;
            case "svg" -> new MediaType("image", "svg+xml");
            default -> new MediaType("text", extension.replace("js", "javascript"), StandardCharsets.UTF_8);
        };
    }

    String name() {
        return name;
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
