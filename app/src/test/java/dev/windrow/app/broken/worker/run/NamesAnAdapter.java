package dev.windrow.app.broken.worker.run;

import dev.windrow.app.broken.common.export.jdbc.Adapter;

record NamesAnAdapter(Adapter adapter) {}
