package dev.windrow.app.schema;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What this version reads and writes of the status database. */
final class NeededColumns {
    /** Every column by its table. */
    static final Map<String, List<String>> ALL = Map.ofEntries(
            Map.entry("exports", columns("""
                    id owner dataset format parameters column_names options file_name state claim attempt losses failures
                    lease_owner lease_until not_before claimed_at created_at started_at finished_at expires_at phase
                    rows_written rows_total percent bytes_written rows_per_second last_row_at resumed_from_row cutoff
                    cutoff_keys checkpoint checkpoint_rows checkpoint_length intent artifact error_code error_detail
                    idempotency_key idempotency_digest checked_at warnings link_epoch granted replica store tell traceparent
                    run_traceparent
                    """)),
            Map.entry("forgotten", columns("id forgotten_at")),
            Map.entry("start_pace", columns("owner ahead_to")),
            Map.entry("hourly_use", columns("owner hour row_count byte_count")),
            Map.entry("audit", columns("""
                    number at principal key_name address action export dataset parameters_sha256 part row_count byte_count
                    outcome instance previous
                    """)),
            Map.entry("audit_chain", columns("id newest newest_hash forgotten forgotten_hash")),
            Map.entry("secrets", columns("name value")),
            Map.entry("outbox_events", columns("""
                    id export sequence type happened_at owner dataset state attempt row_count byte_count file_name error_code
                    error_detail tell message
                    """)),
            Map.entry("outbox", columns("""
                    id export owner dataset kind target language type sequence payload state created_at due_at tries claim
                    lease_until ended_at
                    """)),
            Map.entry("outbox_tries", columns("message number at outcome reason millis")),
            Map.entry("schedules", columns("""
                    id owner name dataset cron zone start_body keep paused authority revision created_at changed_at next_at
                    last_due last_at last_outcome last_export last_type last_detail
                    """)),
            Map.entry(
                    "schedule_runs",
                    columns("schedule due_at export start_digest until_at settled held usual_expiry same_as")),
            Map.entry("presets", columns("owner name dataset start_body created_at changed_at")),
            Map.entry("schema_floor", columns("id version")));

    /** One row with the floor, which comes only where everything is there; no other row of any table is read. */
    static final String TOUCH = "select version from schema_floor where "
            + new TreeMap<>(ALL)
                    .entrySet().stream()
                            .map(table -> "not exists (select " + String.join(", ", table.getValue()) + " from "
                                    + table.getKey() + " where 1 = 0)")
                            .collect(Collectors.joining(" and "));

    private NeededColumns() {}

    private static List<String> columns(String names) {
        return List.of(names.strip().split("\\s+"));
    }
}
