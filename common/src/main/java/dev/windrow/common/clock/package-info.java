/** What time it is, for machines that have to agree on it. The port is {@link java.time.Clock}. */
@NullMarked
package dev.windrow.common.clock;

import org.jspecify.annotations.NullMarked;
