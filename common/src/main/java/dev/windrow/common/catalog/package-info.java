/**
 * What may be exported: the operator's catalog of datasets, and the values that a start binds to it. Entry:
 * {@link dev.windrow.common.catalog.Catalog}.
 */
@NullMarked
package dev.windrow.common.catalog;

import org.jspecify.annotations.NullMarked;
