package dev.windrow.api.download;

import dev.windrow.api.ApiServer;

/** Sent by the operating system. */
class SendfileDownloadIT extends DownloadContract {
    SendfileDownloadIT() {
        super(ApiServer.Place.FOLDER, ApiServer::port);
    }
}
