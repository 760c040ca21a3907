package dev.windrow.api.mcp;

import java.util.List;
import java.util.Optional;

/** What the protocol says to messages. Safe for use by many threads. */
interface Protocol {
    /** The versions that are spoken here. */
    List<String> versions();

    /**
     * The answer to a message, a JSON-RPC response in UTF-8; empty for a notification. Blocks for as long as the tool
     * takes that is called.
     */
    Optional<byte[]> answer(Message message, Asker asker);
}
