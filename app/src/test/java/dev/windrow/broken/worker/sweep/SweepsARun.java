package dev.windrow.broken.worker.sweep;

import dev.windrow.broken.worker.run.Engine;

record SweepsARun(Engine engine) {}
