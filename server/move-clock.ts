import { GONE_AFTER_MS } from "./clock-follower.ts";
import { sweeps } from "./due.ts";
import { jobs } from "./jobs.ts";
import { enqueue } from "./kernel/job.ts";
import type { Sweep } from "./kernel/sweep.ts";
import type { Runtime } from "./wire.ts";

export type ClockAnswer = {
  readonly now: string;
  /** Nothing is being done and nothing is left to do at this instant. */
  readonly idle: boolean;
  readonly nextDueAt: string | null;
  /** Processes that have not taken the move up in time. */
  readonly waitingFor: readonly string[];
};

const TAKE_UP_MS = 2_000;
const WAIT_MS = 400;
/** For each job that is under way so long is waited before the next look, about as long as it takes, and never longer than that. */
const [PAUSE_MS, LONGEST_PAUSE_MS] = [1.5, 60];
/** More of them need not be counted. */
const COUNTED = LONGEST_PAUSE_MS / PAUSE_MS;
/** A first retry comes this soon; waiting for it keeps a lost race from being left behind in the old month. */
const SOON = "3 seconds";

/**
 * Moves business time of the whole product, in the sandbox only, and says how far the product is with what that made
 * due. Never backwards unless `reset`. Every process has taken the new time up, or is named, before the sweeps that are
 * due are enqueued; a sweep is enqueued once per due instant, so asking again and again changes nothing. Waits a moment for what
 * is under way, and for what that makes due, before it says that the product is not done.
 */
export function clockMover(runtime: Runtime, due: readonly Sweep[] = sweeps, waitMs = WAIT_MS) {
  const { sql } = runtime.service;
  const names = Object.values(jobs).map((job) => job.name);
  const enqueuedFor = new Map<string, string>();

  const move = async (to: Date, reset: boolean): Promise<{ version: number; moved: boolean }> => {
    const wanted = to.getTime() - runtime.technical.now().getTime();
    const [row] = await sql<{ version: string }[]>`
      update app_clock set offset_ms = ${wanted}, version = version + 1
      where id = 1 and (${reset} or offset_ms < ${wanted}) returning version, pg_notify('app_clock', '')`;
    if (reset) enqueuedFor.clear();
    if (row) return { version: Number(row.version), moved: true };
    const [current] = await sql<{ version: string }[]>`select version from app_clock where id = 1`;
    return { version: Number(current?.version ?? 0), moved: false };
  };

  const laggards = async (version: number): Promise<string[]> => {
    const deadline = Date.now() + TAKE_UP_MS;
    for (let pause = 1; ; pause = Math.min(2 * pause, 10)) {
      const behind = await sql<{ id: string }[]>`
        select id from processes where clock_version < ${version} and seen_at > now() - make_interval(secs => ${GONE_AFTER_MS / 1000})`;
      if (behind.length === 0 || Date.now() > deadline) return behind.map((row) => row.id);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };

  /** Enqueues the sweeps that are due, and answers how many those were and when the next one is. */
  const sweep = async (now: Date, onTheWay: boolean): Promise<{ enqueued: number; next: Date | null }> => {
    const ctx = runtime.ctx({ kind: "system", name: "clock" }, "clock", runtime.service);
    return ctx.db.transaction(async (tx) => {
      const later: Date[] = [];
      let enqueued = 0;
      const asked = due.filter(({ wakes }) => !onTheWay || wakes !== false);
      // In one packet.
      const instants = await Promise.all(asked.map(({ nextDue }) => nextDue(tx, onTheWay)));
      for (const [index, { name, job, wakes }] of asked.entries()) {
        const at = instants[index] ?? null;
        if (!at) continue;
        if (at > now) {
          if (wakes !== false) later.push(at);
        } else if (enqueuedFor.get(name) !== at.toISOString()) {
          await enqueue(tx, job, {}, { key: `sweep:${name}` });
          enqueuedFor.set(name, at.toISOString());
          enqueued += 1;
        }
      }
      return { enqueued, next: later.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null };
    });
  };

  /** The queue's tasks that are none of the product's. */
  const tasksOfOthers = async (): Promise<readonly number[]> => {
    const rows = await sql<{ id: number }[]>`
      select id from graphile_worker._private_tasks where identifier <> all (${names})`;
    return rows.map(({ id }) => id);
  };

  /**
   * How much is under way or waits to be done now: jobs, and notifications that nobody has looked at. Jobs are found by their key,
   * which knows what is gone: a burst leaves thousands of rows behind that a reading of the table goes through.
   */
  const underWay = async (others: readonly number[]): Promise<number> => {
    const text = `
      select (
        select count(*) from (
          select from graphile_worker._private_jobs
          where (locked_at is not null or (attempts < max_attempts and run_at <= now() + interval '${SOON}'))
            and task_id <> all ('{${others.join()}}')
          order by id limit ${Math.ceil(COUNTED)}
        ) as counted
      )::int + (exists (select 1 from webhook_events where status = 'received'))::int as jobs`;
    // Without values it is planned once.
    const [row] = await sql.unsafe<{ jobs: number }[]>(text, [], { prepare: true });
    return row?.jobs ?? 1;
  };

  /** Waits a little for what is under way, the longer the more there is: whoever asks would only ask again. */
  const quiet = async (deadline: number, others: readonly number[]): Promise<boolean> => {
    for (let jobs = await underWay(others); jobs > 0; jobs = await underWay(others)) {
      if (Date.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, PAUSE_MS * (1 + jobs))));
    }
    return true;
  };

  return async (
    to: Date,
    how: {
      reset: boolean;
      onTheWay?: boolean;
      /** What the provider did until then is told next: what looks for news that never came waits for it. */
      newsFollows?: boolean;
    },
  ): Promise<ClockAnswer> => {
    const [{ version, moved }, others] = await Promise.all([
      move(to, how.reset),
      how.newsFollows ? [] : tasksOfOthers(),
    ]);
    const waitingFor = await laggards(version);
    const now = runtime.clock.now();
    const answer = (idle: boolean, next: Date | null) => ({
      ...{ now: now.toISOString(), idle, waitingFor },
      nextDueAt: next?.toISOString() ?? null,
    });
    if (waitingFor.length > 0) return answer(false, null);
    if (how.newsFollows) return answer(false, null);
    // What is due is enqueued at once; then there is nothing new to find before what is under way is done.
    const deadline = Date.now() + waitMs;
    if (!moved && !(await quiet(deadline, others))) return answer(false, null);
    while (true) {
      const { enqueued, next } = await sweep(now, how.onTheWay ?? false);
      if (enqueued === 0) return answer((await underWay(others)) === 0, next);
      if (Date.now() > deadline || !(await quiet(deadline, others))) return answer(false, next);
    }
  };
}
