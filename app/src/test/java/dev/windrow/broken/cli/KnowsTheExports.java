package dev.windrow.broken.cli;

import dev.windrow.broken.common.export.Word;

record KnowsTheExports(Word word) {}
