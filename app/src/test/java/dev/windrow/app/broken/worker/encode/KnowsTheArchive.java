package dev.windrow.app.broken.worker.encode;

import dev.windrow.app.broken.worker.archive.Writer;

record KnowsTheArchive(Writer writer) {}
