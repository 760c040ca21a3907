/** The HTTP API from its other side: {@link dev.windrow.app.client.ExportClient} starts, awaits and downloads. */
@NullMarked
package dev.windrow.app.client;

import org.jspecify.annotations.NullMarked;
