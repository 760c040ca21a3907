/** What a catalog says of who may export how much of a dataset: {@code access}, {@code limits} and {@code mask}. */
@NullMarked
package dev.windrow.common.catalog.yaml.guard;

import org.jspecify.annotations.NullMarked;
