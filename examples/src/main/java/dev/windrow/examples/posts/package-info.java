/** An archive of posts with their media: {@link dev.windrow.examples.posts.PostsSample} is the way in. */
@NullMarked
package dev.windrow.examples.posts;

import org.jspecify.annotations.NullMarked;
