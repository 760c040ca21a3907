package dev.windrow.broken.worker.run;

import dev.windrow.broken.common.export.jdbc.Adapter;

record NamesAnAdapter(Adapter adapter) {}
