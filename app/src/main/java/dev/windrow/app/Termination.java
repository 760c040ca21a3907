package dev.windrow.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SIGTERM an orderly end with exit code 0. The JVM runs the same shutdown for it by itself, but ends with 143,
 * which supervisors take for a failure. Called by reflection, since javac warns of {@code sun.misc.Signal} in a way
 * that can't be silenced; the class is part of every JDK (module jdk.unsupported, JEP 260). Where it is missing the
 * exit code stays 143.
 */
final class Termination {
    private static final Logger log = LoggerFactory.getLogger(Termination.class);

    private Termination() {}

    static void exitsWithZero() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object term = signal.getConstructor(String.class).newInstance("TERM");
            Object exit =
                    Proxy.newProxyInstance(Termination.class.getClassLoader(), new Class<?>[] {handler}, answer());
            signal.getMethod("handle", signal, handler).invoke(null, term, exit);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("SIGTERM keeps the JVM's own exit code", e);
        }
    }

    private static InvocationHandler answer() {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "exit 0";
            default -> {
                // Runs the shutdown hooks, Spring's among them; never returns.
                System.exit(0);
                yield proxy;
            }
        };
    }
}
