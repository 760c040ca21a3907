package dev.windrow.broken.worker.files;

import dev.windrow.broken.worker.run.Engine;

record KnowsTheRun(Engine engine) {}
