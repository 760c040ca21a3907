/**
 * HTTP itself, as RFC 9110 and its neighbours have it: ranges, conditions, dates, entity tags, preferences, and answers
 * with JSON. Knows nothing of ours: no export, no catalog, no problem.
 */
@NullMarked
package dev.windrow.api.http;

import org.jspecify.annotations.NullMarked;
