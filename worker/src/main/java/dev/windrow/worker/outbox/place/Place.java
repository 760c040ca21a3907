package dev.windrow.worker.outbox.place;

import dev.windrow.common.artifact.Destination;

/**
 * A place of the settings.
 *
 * @param overwrites whether an archive takes the place of another file of its name
 */
public record Place(Destination destination, NamePattern names, boolean overwrites) {}
