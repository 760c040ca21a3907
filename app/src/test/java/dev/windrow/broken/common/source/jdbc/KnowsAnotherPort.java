package dev.windrow.broken.common.source.jdbc;

import dev.windrow.broken.common.export.Word;

record KnowsAnotherPort(Word word) {}
