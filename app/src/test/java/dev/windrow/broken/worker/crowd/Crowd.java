package dev.windrow.broken.worker.crowd;

/** With these the package has more types than it may. */
final class Crowd {
    private Crowd() {}
}

record Face01() {}

record Face02() {}

record Face03() {}

record Face04() {}

record Face05() {}

record Face06() {}

record Face07() {}

record Face08() {}

record Face09() {}

record Face10() {}

record Face11() {}

record Face12() {}

record Face13() {}

record Face14() {}

record Face15() {}

record Face16() {}

record Face17() {}
