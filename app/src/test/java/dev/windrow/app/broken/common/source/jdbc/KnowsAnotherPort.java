package dev.windrow.app.broken.common.source.jdbc;

import dev.windrow.app.broken.common.export.Word;

record KnowsAnotherPort(Word word) {}
