package dev.windrow.broken.worker.crowd;

record Hen(Egg egg) {}
