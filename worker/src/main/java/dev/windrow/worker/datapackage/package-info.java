/**
 * The archive's {@code datapackage.json}: its files as a Data Package with Table Schemas, for programs that open them
 * with types. Written and never read back. Entry: {@link dev.windrow.worker.datapackage.DataPackageWriter}.
 */
@NullMarked
package dev.windrow.worker.datapackage;

import org.jspecify.annotations.NullMarked;
