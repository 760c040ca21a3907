package dev.windrow.broken.worker.encode;

import dev.windrow.broken.worker.archive.Writer;

record KnowsTheArchive(Writer writer) {}
