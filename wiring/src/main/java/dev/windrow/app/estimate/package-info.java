/**
 * How large an archive will be, told before it is made. Entry: {@link dev.windrow.app.estimate.EncodedSizes}.
 */
@NullMarked
package dev.windrow.app.estimate;

import org.jspecify.annotations.NullMarked;
