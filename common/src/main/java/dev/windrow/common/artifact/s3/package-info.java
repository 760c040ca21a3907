/**
 * Artifacts and segments as objects of a bucket; the only place that knows an S3 client. Entry:
 * {@link dev.windrow.common.artifact.s3.S3Bucket}.
 */
@NullMarked
package dev.windrow.common.artifact.s3;

import org.jspecify.annotations.NullMarked;
