package dev.windrow.broken.api.http;

import dev.windrow.broken.common.export.Word;

record KnowsAnExport(Word word) {}
