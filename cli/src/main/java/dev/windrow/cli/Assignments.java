package dev.windrow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Parameters of a dataset as {@code -p NAME=VALUE} gives them. */
final class Assignments {
    private Assignments() {}

    /** The values of each name, in the order in which they were given. */
    static Map<String, List<String>> named(List<String> assignments, CommandSpec spec) {
        Map<String, List<String>> values = new TreeMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), "-p must be NAME=VALUE: " + assignment);
            }
            values.computeIfAbsent(assignment.substring(0, equals), name -> new ArrayList<>())
                    .add(assignment.substring(equals + 1));
        }
        return values;
    }
}
