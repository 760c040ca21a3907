/** The files that rows name: listed in order, given safe names, and opened where nothing leads out of their folder. */
@NullMarked
package dev.windrow.worker.attachments;

import org.jspecify.annotations.NullMarked;
