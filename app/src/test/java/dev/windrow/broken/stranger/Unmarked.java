package dev.windrow.broken.stranger;

record Unmarked() {}
