/** Who was told of an export, and where it was taken; telling them again; the key that messages are signed with. */
@NullMarked
package dev.windrow.api.deliveries;

import org.jspecify.annotations.NullMarked;
