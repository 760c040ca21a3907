/** Reading requests strictly: JSON bodies and queries, and everything that is wrong with one told at once. */
@NullMarked
package dev.windrow.api.request;

import org.jspecify.annotations.NullMarked;
