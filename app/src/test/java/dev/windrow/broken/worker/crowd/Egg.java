package dev.windrow.broken.worker.crowd;

record Egg(Hen hen) {}
