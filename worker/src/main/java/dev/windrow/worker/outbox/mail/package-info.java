/** Writes to people whose exports ended. Entry: {@link dev.windrow.worker.outbox.mail.MailCarrier}. */
@NullMarked
package dev.windrow.worker.outbox.mail;

import org.jspecify.annotations.NullMarked;
