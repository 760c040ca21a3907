/** Which class stands behind which port, for each role: the beans of a server. */
@NullMarked
package dev.windrow.app.wiring;

import org.jspecify.annotations.NullMarked;
