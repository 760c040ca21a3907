/** The folder of everything that Windrow keeps, and what is kept beside it for one user. */
@NullMarked
package dev.windrow.app.home;

import org.jspecify.annotations.NullMarked;
