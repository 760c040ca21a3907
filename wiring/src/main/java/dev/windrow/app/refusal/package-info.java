/** Why a server does not start, and how that is said. */
@NullMarked
package dev.windrow.app.refusal;

import org.jspecify.annotations.NullMarked;
