/** Surveys and their answers: {@link dev.windrow.examples.surveys.SurveysSample} is the way in. */
@NullMarked
package dev.windrow.examples.surveys;

import org.jspecify.annotations.NullMarked;
