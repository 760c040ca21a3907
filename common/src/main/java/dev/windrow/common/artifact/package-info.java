/**
 * Where finished archives are kept, and how much disk there is for them. Entry:
 * {@link dev.windrow.common.artifact.ArtifactStore} and {@link dev.windrow.common.artifact.Storage}.
 */
@NullMarked
package dev.windrow.common.artifact;

import org.jspecify.annotations.NullMarked;
