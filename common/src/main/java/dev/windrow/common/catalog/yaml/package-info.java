/**
 * Reads the operator's YAML catalog and checks every line of it, also against the live sources. Entry:
 * {@link dev.windrow.common.catalog.yaml.CatalogLoader}.
 */
@NullMarked
package dev.windrow.common.catalog.yaml;

import org.jspecify.annotations.NullMarked;
