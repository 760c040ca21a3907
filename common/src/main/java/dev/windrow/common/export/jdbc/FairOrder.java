package dev.windrow.common.export.jdbc;

import dev.windrow.common.quota.Weights;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/*
 * Callers take turns: an export's turn is the number of its owner's that run, plus its place among its owner's own that
 * are due, by its owner's weight. Within a turn, those come first that are their owner's first, and among them the
 * owner who was served longest ago (never at all before everybody), then the one whose first is older. Later places
 * follow in the order in which their owners will have been served by then: the turn before was earlier of the lighter
 * owner, and of two as heavy the one at the lower place was served longer ago. So positions are the order in which
 * claims take the exports. Nothing is sorted: who is before an export can be counted from one row for each caller.
 */

/**
 * The fair order in which exports are claimed, as queries with {@code :now}. The same for both databases. Immutable.
 */
final class FairOrder {
    private static final String DUE_NOW = "state = 'queued' and coalesce(not_before, 0) <= :now";

    /** One row for each owner with exports that are due. */
    private static final String CALLERS = """
            with running as (
                select owner, count(*) as runs from exports where state = 'running' group by owner
            ), callers as materialized (
                select w.owner, w.due, w.first_id, coalesce(r.runs, 0) as runs, WEIGHT as weight,
                    coalesce((select max(e.claimed_at) from exports e where e.owner = w.owner), 0) as served
                from (
                    select owner, count(*) as due, min(id) as first_id
                    from exports where state = 'queued' and coalesce(not_before, 0) <= :now
                    group by owner
                ) w left join running r on r.owner = w.owner WEIGHTS
            )
            """;

    /** In floating point, where equal fractions are equal numbers. */
    private static final String NEXT = """
            select id, claim from exports
            where id = (
                select first_id from callers
                order by cast(runs + 1 as double precision) / weight, served, first_id limit 1)
            """;

    /**
     * One row if it waits, else none. {@code k} is the place up to which another caller's exports have a turn that is
     * not later than this export's, and {@code even} says whether that of the one at {@code k} is the same: then it
     * comes before by the rule, and those before it come before anyway. What is held back comes after all that is due,
     * in the order of its time.
     */
    private static final String POSITION = """
            , mine as materialized (
                select c.runs, c.weight, c.served, c.first_id, (
                    select count(*) from exports
                    where owner = x.owner and id <= x.id and state = 'queued' and coalesce(not_before, 0) <= :now) as place
                from exports x join callers c on c.owner = x.owner
                where x.id = :id and x.state = 'queued' and coalesce(x.not_before, 0) <= :now
            ), others as (
                select c.due, c.served, c.first_id, c.weight, (mine.runs + mine.place) * c.weight / mine.weight - c.runs as k,
                    case when (mine.runs + mine.place) * c.weight % mine.weight = 0 then 1 else 0 end as even,
                    mine.place, mine.served as my_served, mine.first_id as my_first,
                    case when mine.place > 1 then mine.weight else 0 end as my_later
                from mine cross join callers c
            )
            select 1 + sum(case
                when k > due then due
                when k < 1 then 0
                when even = 0 then k
                when (case when k > 1 then weight else 0 end, k, served, first_id) < (my_later, place, my_served, my_first) then k
                else k - 1 end) as position
            from others
            having count(*) > 0
            union all
            select count(*) + (select coalesce(sum(due), 0) from callers)
            from exports x join exports e on e.state = 'queued' and (e.not_before, e.id) <= (x.not_before, x.id)
            where x.id = :id and x.state = 'queued' and x.not_before > :now and e.not_before > :now
            having count(*) > 0
            """;

    /**
     * All places at once, for those who ask for many: everything that waits is put in order, once, where
     * {@link #POSITION} counts for each. The order is the same: by turn, and within a turn by the rule.
     */
    private static final String POSITIONS = """
            , waiting as (
                select x.id, x.place, cast(c.runs + x.place as double precision) / c.weight as turn,
                    case when x.place > 1 then c.weight else 0 end as later, c.served, c.first_id
                from (
                    select id, owner, row_number() over (partition by owner order by id) as place
                    from exports where state = 'queued' and coalesce(not_before, 0) <= :now
                ) x join callers c on c.owner = x.owner
            ), placed as (
                select id, row_number() over (order by turn, later, place, served, first_id) as position from waiting
                union all
                select id, (select coalesce(sum(due), 0) from callers) + row_number() over (order by not_before, id) as position
                from exports where state = 'queued' and not_before > :now
            )
            select id, position from placed where id in (:ids)
            """;

    /**
     * One parameter for all, and materialized, so that SQLite makes an index: else a claim with a thousand weights
     * takes several times as long.
     */
    private static final String WEIGHTS = """
            with weights as materialized (
                select key as name, cast(cast(value as text) as integer) as weight from json_each(:weights)
            ), running""";

    private final String callers;
    private final @Nullable String weights;

    FairOrder(Weights given) {
        if (given.byOwner().isEmpty()) {
            callers = CALLERS.replace("WEIGHTS", "").replace("WEIGHT", "1");
            weights = null;
        } else {
            callers = CALLERS.replace("with running", WEIGHTS)
                    .replace("WEIGHTS", "left join weights v on v.name = w.owner")
                    .replace("WEIGHT", "coalesce(v.weight, 1)");
            weights = ExportJson.write(given.byOwner());
        }
    }

    /** The export whose turn is next, with its last claim. */
    String next() {
        return callers + NEXT;
    }

    /**
     * As {@link #next}, without the exports whose checkpoint has one of so many engines; their patterns are numbered
     * from 0. Reads more of each row than the index has, so it is for when there are such workers only.
     */
    String nextBut(int engines) {
        StringBuilder due = new StringBuilder(DUE_NOW);
        for (int i = 0; i < engines; i++) {
            due.append(" and coalesce(checkpoint, '') not like :engine").append(i);
        }
        return next().replace(DUE_NOW, due);
    }

    /** The place of {@code :id}, 1 being next; no row where it does not wait. */
    String position() {
        return callers + POSITION;
    }

    /** The places of {@code :ids} that wait. */
    String positions() {
        return callers + POSITIONS;
    }

    /** What the queries need beside their own, added to these. */
    MapSqlParameterSource with(MapSqlParameterSource values) {
        // Of no type: PostgreSQL takes it for the json that json_each wants, and SQLite for text.
        return weights == null ? values : values.addValue("weights", weights, Types.OTHER);
    }
}
