package dev.windrow.api.download;

import dev.windrow.api.ApiServer;

/** Passed on out of a bucket. */
class BucketDownloadIT extends DownloadContract {
    BucketDownloadIT() {
        super(ApiServer.Place.BUCKET, ApiServer::port);
    }
}
