package dev.windrow.broken.api.start;

import dev.windrow.broken.api.status.Shown;

record KnowsAnotherDoor(Shown shown) {}
