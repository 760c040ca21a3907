package dev.windrow.app.broken.api.start;

import dev.windrow.app.broken.worker.run.Engine;

record KnowsTheWorker(Engine engine) {}
