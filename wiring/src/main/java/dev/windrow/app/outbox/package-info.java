/** How what is told of exports is put together: who may be told, by which key, and who carries it. */
@NullMarked
package dev.windrow.app.outbox;

import org.jspecify.annotations.NullMarked;
