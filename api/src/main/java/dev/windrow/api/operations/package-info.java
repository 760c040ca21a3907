/** How everything stands, for administrators. Entry: {@link dev.windrow.api.operations.OperationsConfiguration}. */
@NullMarked
package dev.windrow.api.operations;

import org.jspecify.annotations.NullMarked;
