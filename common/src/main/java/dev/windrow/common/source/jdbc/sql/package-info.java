/**
 * The operator's query with its named parameters, and the statements around it that read it in the order of its key.
 */
@NullMarked
package dev.windrow.common.source.jdbc.sql;

import org.jspecify.annotations.NullMarked;
