package dev.windrow.broken.api.resource;

import dev.windrow.broken.api.status.Shown;

record KnowsADoor(Shown shown) {}
