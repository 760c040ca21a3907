/**
 * What stands before every route, in every role and on every port: who may be answered at all, how a body comes in, and
 * that no caller takes what all need. Entry: {@link dev.windrow.api.front.FrontConfiguration}.
 */
@NullMarked
package dev.windrow.api.front;

import org.jspecify.annotations.NullMarked;
