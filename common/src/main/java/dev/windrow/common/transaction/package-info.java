/** Changes of the status database that belong together, whatever they are about. */
@NullMarked
package dev.windrow.common.transaction;

import org.jspecify.annotations.NullMarked;
