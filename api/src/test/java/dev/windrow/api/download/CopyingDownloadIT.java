package dev.windrow.api.download;

import dev.windrow.api.ApiServer;

/** Copied, as where the container ends TLS. */
class CopyingDownloadIT extends DownloadContract {
    CopyingDownloadIT() {
        super(ApiServer.Place.FOLDER, ApiServer::copyingPort);
    }
}
