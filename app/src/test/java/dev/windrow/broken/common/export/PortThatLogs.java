package dev.windrow.broken.common.export;

import org.slf4j.Logger;

interface PortThatLogs {
    Logger log();
}
