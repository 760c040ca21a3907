package dev.windrow.examples.sensors;

import dev.windrow.examples.sample.RealData;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Weather, air, sun, earthquakes, a moving camera and the constants of nature, as they were recorded. */
final class RecordedSensors {
    private static final Pattern HERO7_FRAME =
            Pattern.compile("^\\{\"rec\":\"hero7\",.*?\"cts_us\":(\\d+),.*?\"ACCL\":\\[([^]]*)]");

    private RecordedSensors() {}

    /** All of them, in the order of their numbers in the database. */
    static List<Sensor> all() throws IOException {
        List<Sensor> sensors = new ArrayList<>();
        hourlyWeather(sensors);
        dailyWeather(sensors);
        sensors.add(carbonDioxide());
        sensors.add(seaSurface());
        sensors.add(sunspots());
        sensors.add(earthquakes());
        camera(sensors);
        sensors.add(constants());
        return sensors;
    }

    private static void hourlyWeather(List<Sensor> sensors) throws IOException {
        List<List<String>> rows = RealData.rows("noaa_seattle_hourly.csv.gz");
        List<String> units = List.of("hPa", "°C", "m/s");
        for (int column = 1; column <= units.size(); column++) {
            int c = column;
            String what = rows.get(0).get(c);
            Stream<Reading> readings = body(rows)
                    .map(row -> measured(
                            millis(LocalDateTime.parse(row.get(0)).truncatedTo(ChronoUnit.HOURS)), row.get(c)));
            sensors.add(new Sensor(
                    "sea-hourly-" + what,
                    "Seattle hourly normal " + what,
                    units.get(c - 1),
                    "noaa_seattle_hourly",
                    readings));
        }
    }

    private static void dailyWeather(List<Sensor> sensors) throws IOException {
        List<List<String>> rows = RealData.rows("noaa_daily.csv.gz");
        List<String> cities =
                body(rows).map(row -> row.get(0)).distinct().sorted().toList();
        for (String city : cities) {
            for (int column = 2; column < 6; column++) {
                int c = column;
                String what = rows.get(0).get(c);
                String key = city.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + what;
                Stream<Reading> readings = body(rows)
                        .filter(row -> row.get(0).equals(city))
                        .map(row -> measured(millis(LocalDate.parse(row.get(1)).atStartOfDay()), row.get(c)));
                sensors.add(new Sensor(key, city + " " + what, null, "noaa_daily", readings));
            }
        }
    }

    private static Sensor carbonDioxide() throws IOException {
        Stream<Reading> readings = body(RealData.rows("co2_weekly.csv.gz"))
                .map(row -> measured(
                        millis(LocalDate.parse(row.get(0), DateTimeFormatter.BASIC_ISO_DATE)
                                .atStartOfDay()),
                        row.get(1)));
        return new Sensor("co2-mlo", "CO₂ Mauna Loa weekly since 1958", "ppm", "co2_weekly", readings);
    }

    private static Sensor seaSurface() throws IOException {
        Stream<Reading> readings = body(RealData.rows("nino12_monthly.csv.gz"))
                .flatMap(row -> IntStream.rangeClosed(1, 12)
                        .mapToObj(month -> measured(
                                millis(LocalDate.of(Integer.parseInt(row.get(0)), month, 1)
                                        .atStartOfDay()),
                                row.get(month))));
        return new Sensor("nino12", "El Niño 1+2 SST monthly since 1950", "°C", "nino12_monthly", readings);
    }

    private static Sensor sunspots() throws IOException {
        Stream<Reading> readings = body(RealData.rows("sunspots_yearly.csv.gz"))
                .map(row -> measured(
                        millis(LocalDate.of((int) Double.parseDouble(row.get(0)), 1, 1)
                                .atStartOfDay()),
                        row.get(1)));
        return new Sensor("sunspots", "Sunspots yearly since 1700", null, "sunspots_yearly", readings);
    }

    /** Two earthquakes of one millisecond are moved apart: a reading's time is its key. */
    private static Sensor earthquakes() throws IOException {
        List<List<String>> rows = RealData.rows("usgs_quakes.csv.gz");
        int time = rows.get(0).indexOf("time");
        int magnitude = rows.get(0).indexOf("mag");
        int status = rows.get(0).indexOf("status");
        List<Reading> readings = new ArrayList<>();
        long next = Long.MIN_VALUE;
        for (List<String> row : body(rows)
                .sorted(Comparator.comparingLong(row -> Long.parseLong(row.get(time))))
                .toList()) {
            long at = Math.max(next, Long.parseLong(row.get(time)));
            long quality = row.get(status).equals("reviewed") ? Reading.GOOD : Reading.UNCERTAIN;
            readings.add(new Reading(at, number(row.get(magnitude)), quality));
            next = at + 1;
        }
        return new Sensor(
                "usgs-quakes", "All earthquakes of one week, irregular", "M", "usgs_quakes", readings.stream());
    }

    private static void camera(List<Sensor> sensors) throws IOException {
        long start = millis(LocalDateTime.of(2019, 1, 3, 16, 33, 34));
        List<String> lines = RealData.lines("gopro_frames.ndjson.gz");
        for (int axis = 0; axis < 3; axis++) {
            int a = axis;
            Stream<Reading> readings = lines.stream()
                    .map(HERO7_FRAME::matcher)
                    .filter(Matcher::find)
                    .map(frame -> measured(
                            start + Long.parseLong(frame.group(1)) / 1000,
                            frame.group(2).split(",")[a]));
            String name = "Action camera accelerometer axis " + a;
            sensors.add(new Sensor("hero7-accl-" + a, name, "m/s²", "gopro_frames", readings));
        }
    }

    private static Sensor constants() throws IOException {
        List<List<String>> rows = RealData.rows("codata2018.csv.gz");
        Stream<Reading> readings = IntStream.range(1, rows.size())
                .mapToObj(i -> measured(i - 1L, rows.get(i).get(1)));
        String name = "Physical constants (exponents -65 to +50)";
        return new Sensor("codata-2018", name, "SI", "codata2018", readings);
    }

    private static Stream<List<String>> body(List<List<String>> rows) {
        return rows.stream().skip(1);
    }

    private static Reading measured(long timestampMs, String text) {
        Double value = number(text);
        return new Reading(timestampMs, value, value == null ? Reading.BAD : Reading.GOOD);
    }

    private static @Nullable Double number(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static long millis(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
