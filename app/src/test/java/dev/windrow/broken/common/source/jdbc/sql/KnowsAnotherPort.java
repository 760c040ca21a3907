package dev.windrow.broken.common.source.jdbc.sql;

import dev.windrow.broken.common.export.Word;

record KnowsAnotherPort(Word word) {}
