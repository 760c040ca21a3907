/** Where finished archives are kept. Entry: {@link dev.windrow.common.artifact.ArtifactStore}. */
@NullMarked
package dev.windrow.common.artifact;

import org.jspecify.annotations.NullMarked;
