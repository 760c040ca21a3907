/** The schema of this version: who makes it, what others mean, and whether all that is needed is there. */
@NullMarked
package dev.windrow.app.schema;

import org.jspecify.annotations.NullMarked;
