package dev.windrow.app.broken.worker.encode;

record VagueHelper() {}
