package dev.windrow.broken.client;

import dev.windrow.broken.common.export.Word;

record KnowsTheServer(Word word) {}
