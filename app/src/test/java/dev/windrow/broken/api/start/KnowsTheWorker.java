package dev.windrow.broken.api.start;

import dev.windrow.broken.worker.run.Engine;

record KnowsTheWorker(Engine engine) {}
