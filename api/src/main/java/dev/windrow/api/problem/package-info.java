/**
 * Every error answer as a problem document (RFC 9457), and what all routes share to refuse and to answer alike: strict
 * query values and JSON bodies, entity tags. Entry: {@link dev.windrow.api.problem.ProblemException}.
 */
@NullMarked
package dev.windrow.api.problem;

import org.jspecify.annotations.NullMarked;
