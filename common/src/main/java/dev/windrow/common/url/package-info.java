/** Addresses of databases: checked, and without a password in any message. */
@NullMarked
package dev.windrow.common.url;

import org.jspecify.annotations.NullMarked;
