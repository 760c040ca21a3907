/** Orders of several shops: {@link dev.windrow.examples.embedding.OrdersSample} is the way in. */
@NullMarked
package dev.windrow.examples.embedding;

import org.jspecify.annotations.NullMarked;
