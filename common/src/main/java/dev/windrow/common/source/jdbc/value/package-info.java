/** Values as databases and their drivers have them: columns given to a sink, keys read and put back. */
@NullMarked
package dev.windrow.common.source.jdbc.value;

import org.jspecify.annotations.NullMarked;
