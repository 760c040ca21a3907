/**
 * How a sample database is made of real data: {@link dev.windrow.examples.sample.SampleDatabase} builds what a
 * {@link dev.windrow.examples.sample.Sample} holds.
 */
@NullMarked
package dev.windrow.examples.sample;

import org.jspecify.annotations.NullMarked;
