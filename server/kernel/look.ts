import { sql } from "drizzle-orm";
import type { Ctx } from "./ctx.ts";
import type { Tx } from "./db.ts";
import { send } from "./send.ts";
import { few, statement } from "./statement.ts";

/** How often a look that was overtaken is repeated before the job's own retries take over. */
const LOOKS = 6;

// Every look makes these: text, not builder. As `ofFew`, planned for a handful.
const SUBJECTS = "subject = any (array(select json_array_elements_text($1::json)))";
const TAKE_PLACE_UNLESS_KNOWN = `
select nextval('look_order') as place, (select count(*)::int from provider_looks where ${SUBJECTS} and began > $2) as looks`;
const KNOW_LOOKS = `
insert into provider_looks (subject, began, ended)
select subject, 0, 0 from json_array_elements_text($1::json) as asked(subject) on conflict do nothing`;
const LOCK_LOOKS = `select began, ended from provider_looks where ${SUBJECTS} order by subject for update`;
const NOTE_LOOK = `update provider_looks set began = $2, ended = $3 where ${SUBJECTS}`;

export type Look<Facts, Result> = {
  /** The place at which somebody told that something happened, where there is one: that of a stored notification, or one
   * that the caller took ({@link takePlace}) in a transaction that it needed anyhow. */
  readonly asked?: number | undefined;
  /** What this will be a look at, as far as it is known before: were all of them looked at since, nobody is asked again. */
  readonly expected?: readonly string[] | undefined;
  /** Asks the provider, outside any transaction. */
  look(): Promise<Facts>;
  /** What was looked at, e.g. `checkout:chk_…`; everything that {@link apply} writes from the facts belongs to one of them. Each
   * is looked at and written whole: older news of it asks nobody any more, whichever use case looked. */
  subjects(facts: Facts): readonly string[];
  /** Brings our rows to what was seen, in one transaction, while nobody else applies a look at the same subjects. */
  apply(tx: Tx, facts: Facts): Promise<Result>;
  /** Somebody applied a look that began after we were asked: whatever we were told of is in it. */
  superseded(tx: Tx): Promise<Result>;
  /** Looks of this kind that are written in the same moment share a transaction, each at other subjects: see `doTogether`. `about`:
   * what else two of them must not both be about. */
  readonly together?: { readonly of: string; about(facts: Facts): readonly string[] };
  /** Which of the subjects {@link apply} wrote, by what it answered; of the others nothing is noted. Left out: all of them. */
  written?(result: Result, subjects: readonly string[]): readonly string[];
};

/**
 * Converges on what a provider holds now, however many webhooks, browsers and sweeps do so at once. No network call
 * happens inside a transaction, so a look may be old by the time it is written: each is given a place before and after
 * it in one database-wide order, a look is applied only if it began after the last applied one had ended, and is
 * repeated otherwise. Of many that start together at most about two rounds ask the provider.
 */
export async function applyLook<Facts, Result>(ctx: Ctx, work: Look<Facts, Result>): Promise<Result> {
  const { expected = [] } = work;
  const { place: start, known } = await ctx.db.transaction((tx) => placeUnlessKnown(tx, expected, work.asked), {
    ...{ readOnly: true, ...(work.together && { together: { of: `${work.together.of}.place`, about: [] } }) },
  });
  if (known) return ctx.db.transaction((tx) => work.superseded(tx));
  const asked = work.asked ?? start;
  for (let round = 1, began = start; round <= LOOKS; round++) {
    const facts = await work.look();
    const subjects = [...new Set(work.subjects(facts))].toSorted();
    const write = async (tx: Tx) => {
      // In one packet; the database works them off in this order, so the look's end is placed before anything is waited for.
      const [ended, last] = await Promise.all([takePlace(tx), lockLooks(tx, subjects)]);
      if (last.length > 0 && last.every((look) => look.began > asked)) return { result: await work.superseded(tx) };
      if (last.some((look) => look.ended > began)) return null;
      const result = await work.apply(tx, facts);
      const written = work.written?.(result, subjects) ?? subjects;
      if (written.length > 0)
        send(tx, { execute: () => statement(tx, NOTE_LOOK, [JSON.stringify(written), began, ended]) });
      return { result };
    };
    const { of, about } = work.together ?? {};
    const done = await ctx.db.transaction(
      write,
      of === undefined ? {} : { together: { of, about: [...subjects, ...(about?.(facts) ?? [])] } },
    );
    if (done) return done.result;
    began = await ctx.db.transaction(takePlace, { alone: true });
  }
  throw new Error("others keep changing what was looked at; try again");
}

/** A place, and whether looks at all of the subjects that were asked for after another one have been written: then it is nobody's. */
async function placeUnlessKnown(
  tx: Tx,
  subjects: readonly string[],
  asked: number | undefined,
): Promise<{ place: number; known: boolean }> {
  if (asked === undefined || subjects.length === 0) return { place: await takePlace(tx), known: false };
  const [row] = await statement<{ place: string; looks: number }>(tx, TAKE_PLACE_UNLESS_KNOWN, [
    JSON.stringify(subjects),
    asked,
  ]);
  return { place: Number(row?.place), known: row?.looks === subjects.length };
}

type Asked = { readonly id: string; readonly place: number; readonly subjects: readonly string[] };

/**
 * The ids of those that are told by now: looks at all of their subjects that began after their place have been written. Each
 * subject is looked up by its key (`limit 1`), however few there were when the statement was planned.
 */
export async function lookedAtSince(tx: Tx, asked: readonly Asked[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select asked.id from ${few(asked)} as one, json_to_record(one) as asked(id text, place bigint, subjects json)
    where not exists (
      select from unnest(array(select json_array_elements_text(asked.subjects))) as about(subject)
      left join lateral (select began from provider_looks where subject = about.subject limit 1) looks on true
      where looks.began is null or looks.began <= asked.place
    )`);
  return rows.map(({ id }) => id);
}

/** The next place in the order of looks. */
export async function takePlace(tx: Tx): Promise<number> {
  // Sent here and now, and not where it is awaited: what is sent after it shall come after it.
  const [row] = await statement<{ place: string }>(tx, "select nextval('look_order') as place", []);
  return Number(row?.place);
}

async function lockLooks(tx: Tx, subjects: readonly string[]): Promise<{ began: number; ended: number }[]> {
  if (subjects.length === 0) return [];
  // One text for however many there are: each is prepared once.
  const names = JSON.stringify(subjects);
  send(tx, { execute: () => statement(tx, KNOW_LOOKS, [names]) });
  const rows = await statement<{ began: string; ended: string }>(tx, LOCK_LOOKS, [names]);
  return rows.map((row) => ({ began: Number(row.began), ended: Number(row.ended) }));
}
