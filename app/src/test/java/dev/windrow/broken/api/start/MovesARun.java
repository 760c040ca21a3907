package dev.windrow.broken.api.start;

import dev.windrow.broken.common.export.Runs;

record MovesARun(Runs runs) {}
