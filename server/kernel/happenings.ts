import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "./db.ts";
import { named, namesIn } from "./names.ts";
import { keyset, type Page } from "./page.ts";

/** Something that happened, as a timeline tells it. `actor` and `cause` are ids and short English; personal data only as names. */
export type Happened<What extends string> = {
  /** Of this telling, the same on every page. */
  readonly id: string;
  readonly at: Date;
  readonly what: What;
  /** The id of the thing to open. */
  readonly subjectId: string;
  readonly event: string;
  readonly state: string | null;
  readonly actor: string | null;
  /** The actor by name. */
  readonly who: string | null;
  readonly cause: string | null;
};

/** Where in a timeline, and how much of it. */
export type TimelinePlace = { readonly cursor?: string | undefined; readonly limit: number };

type Row<What> = {
  id: string;
  at: string;
  what: What;
  subject_id: string;
  event: string;
  state: string | null;
  actor: string | null;
  cause: string | null;
  cursor_at: string;
};

/**
 * A page of what happened, the newest first, of steps put together from many tables: `steps` answers `at`, `what`,
 * `subject_id`, `event`, `state`, `actor`, `cause` and `step` (a number that tells apart, and puts in order, what happened
 * to one thing at one moment). `around` is what the steps read (`with …`). `told`: what is said of a cause.
 */
export async function readHappenings<What extends string>(
  tx: Tx,
  { around = sql``, steps }: { around?: SQL; steps: SQL },
  place: TimelinePlace,
  told: (what: What, cause: string | null) => string | null = (_, cause) => cause,
): Promise<Page<Happened<What>>> {
  const keys = keyset(place, { by: sql`happened.at`, id: sql`happened.id`, type: "timestamptz", direction: "desc" });
  const rows = await tx.execute<Row<What>>(sql`${around}
    select happened.*, ${keys.cursorAt} as cursor_at from (
      select steps.*, steps.what || ':' || steps.subject_id || ':' || lpad(steps.step::text, 20, '0') || ':'
        || md5(concat_ws(':', steps.event, steps.state, steps.cause)) collate "C" as id
      from (${steps}) steps
    ) happened where ${keys.condition ?? sql`true`} order by ${sql.join(keys.orderBy, sql`, `)} limit ${keys.limit}`);
  const names = await namesIn(
    tx,
    rows.flatMap(({ actor, cause }) => [actor, cause]),
  );
  return keys.page(
    rows.map(({ id, at, what, subject_id, event, state, actor, cause, cursor_at }) =>
      named(
        {
          ...{ id, what, event, state, actor, cause: told(what, cause), subjectId: subject_id },
          ...{ at: new Date(at), cursorAt: cursor_at },
        },
        names,
      ),
    ),
  );
}
