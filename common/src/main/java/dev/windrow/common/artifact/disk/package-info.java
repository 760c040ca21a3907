/** Artifacts as files of one folder. Entry: {@link dev.windrow.common.artifact.disk.DiskArtifactStore}. */
@NullMarked
package dev.windrow.common.artifact.disk;

import org.jspecify.annotations.NullMarked;
