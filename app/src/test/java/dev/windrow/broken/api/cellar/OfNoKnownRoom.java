package dev.windrow.broken.api.cellar;

record OfNoKnownRoom() {}
