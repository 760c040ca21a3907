package dev.windrow.app.broken.stranger;

record Unmarked() {}
