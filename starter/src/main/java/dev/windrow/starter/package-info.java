/**
 * Windrow inside an application of Spring Boot: a context of its own, which a servlet of the application leads to.
 * Entry: {@link dev.windrow.starter.WindrowAutoConfiguration}.
 */
@NullMarked
package dev.windrow.starter;

import org.jspecify.annotations.NullMarked;
