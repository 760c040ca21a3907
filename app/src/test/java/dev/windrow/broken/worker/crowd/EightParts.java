package dev.windrow.broken.worker.crowd;

record EightParts(int a, int b, int c, int d, int e, int f, int g, int h) {}
