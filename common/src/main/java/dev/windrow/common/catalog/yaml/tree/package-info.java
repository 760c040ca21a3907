/**
 * A catalog file as a tree of fields that know their lines; knows nothing of datasets. Entry:
 * {@link dev.windrow.common.catalog.yaml.tree.Fields}.
 */
@NullMarked
package dev.windrow.common.catalog.yaml.tree;

import org.jspecify.annotations.NullMarked;
