/** Sample databases made from real data, and the catalogs that export them. */
@NullMarked
package dev.windrow.examples;

import org.jspecify.annotations.NullMarked;
