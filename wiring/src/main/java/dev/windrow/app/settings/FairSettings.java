package dev.windrow.app.settings;

import dev.windrow.common.quota.Weights;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who gets how much of the workers. All processes of one database should have the same.
 *
 * @param weights by the principal's name, from 1 to {@link Weights#MOST}
 */
public record FairSettings(
        @DefaultValue
        @SettingText(
                value = "a principal's share of the workers: windrow.fair.weights.NAME=3",
                otherwise = "1 for everybody")
        Map<String, Integer> weights) {
    public FairSettings {
        weights.forEach((name, weight) -> {
            if (weight < 1 || weight > Weights.MOST) {
                throw new IllegalArgumentException(
                        "windrow.fair.weights." + name + " is " + weight + "; say a number from 1 to " + Weights.MOST);
            }
        });
        weights = Map.copyOf(weights);
    }
}
