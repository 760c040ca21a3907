/** The HTTP API from its other side: {@link dev.windrow.client.ExportClient} starts, awaits and downloads. */
@NullMarked
package dev.windrow.client;

import org.jspecify.annotations.NullMarked;
