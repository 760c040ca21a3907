/** Copies archives to servers that speak SFTP. Entry: {@link dev.windrow.common.artifact.sftp.SftpDestination}. */
@NullMarked
package dev.windrow.common.artifact.sftp;

import org.jspecify.annotations.NullMarked;
