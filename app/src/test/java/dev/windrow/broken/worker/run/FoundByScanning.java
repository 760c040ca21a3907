package dev.windrow.broken.worker.run;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

@Component
final class FoundByScanning {
    @Autowired
    Engine engine = new Engine();
}
