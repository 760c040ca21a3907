package dev.windrow.broken.api.front;

import dev.windrow.broken.api.status.Shown;

record FrontThatKnowsADoor(Shown shown) {}
