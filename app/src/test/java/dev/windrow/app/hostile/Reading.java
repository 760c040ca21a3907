package dev.windrow.app.hostile;

import java.util.regex.Matcher;

/** How the code puts a text to a pattern. */
enum Reading {
    /** As a whole. */
    MATCHES {
        @Override
        void read(Matcher matcher) {
            matcher.matches();
        }
    },
    /** Everywhere in it, one after the other: find, replace, split. */
    FINDS {
        @Override
        void read(Matcher matcher) {
            while (matcher.find()) {
                // The next.
            }
        }
    },
    /** At its beginning, and then each time where the last ended. */
    GOES_ALONG {
        @Override
        void read(Matcher matcher) {
            int at = 0;
            int end = matcher.regionEnd();
            while (at < end && matcher.region(at, end).lookingAt() && matcher.end() > at) {
                at = matcher.end();
            }
        }
    };

    abstract void read(Matcher matcher);
}
