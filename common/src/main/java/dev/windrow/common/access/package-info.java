/**
 * Who may export what of a dataset: one decision, which starts, runs and downloads all ask for. Whatever is missing, of
 * another type or unknown gives less.
 */
@NullMarked
package dev.windrow.common.access;

import org.jspecify.annotations.NullMarked;
