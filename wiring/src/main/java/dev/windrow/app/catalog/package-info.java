/** The catalog of this process: where it comes from, that it is read again when it changes, and how one is drafted. */
@NullMarked
package dev.windrow.app.catalog;

import org.jspecify.annotations.NullMarked;
