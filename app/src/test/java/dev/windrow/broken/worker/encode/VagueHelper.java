package dev.windrow.broken.worker.encode;

record VagueHelper() {}
