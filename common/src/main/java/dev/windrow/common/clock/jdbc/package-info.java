/** The database's clock. Entry: {@link dev.windrow.common.clock.jdbc.DatabaseClock}. */
@NullMarked
package dev.windrow.common.clock.jdbc;

import org.jspecify.annotations.NullMarked;
