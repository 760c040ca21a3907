/**
 * Projects of organizations, and what was found among them: {@link dev.windrow.examples.projects.ProjectsSample} is the
 * way in.
 */
@NullMarked
package dev.windrow.examples.projects;

import org.jspecify.annotations.NullMarked;
