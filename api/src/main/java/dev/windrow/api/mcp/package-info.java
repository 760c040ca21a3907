/**
 * The Model Context Protocol: the tools by which agents export, each a way to what the HTTP API does. The only place
 * that knows the protocol's SDK, which is not loaded before somebody asks. Entry:
 * {@link dev.windrow.api.mcp.McpController}.
 */
@NullMarked
package dev.windrow.api.mcp;

import org.jspecify.annotations.NullMarked;
