import { sql } from "drizzle-orm";
import type { z } from "zod";
import { processes } from "../../drizzle/schema/processes.ts";
import type { Tx } from "../kernel/db.ts";
import type { JOB_STATES, jobListInput } from "./input.ts";

export type JobState = (typeof JOB_STATES)[number];
type TaskRow = { task: string } & Record<"waiting" | "retrying" | "running" | "dead", string> & {
    oldest_at: string | null;
  };
type JobRow = {
  id: string;
  task: string;
  state: JobState;
  payload: string;
  attempts: number;
  max_attempts: number;
  last_error: string | null;
  run_at: string;
  created_at: string;
  locked_at: string | null;
  locked_by: string | null;
};
const date = (text: string | null) => (text === null ? null : new Date(text));

/** The queue at a glance: how deep for each task, which processes live, what runs by the clock. Technical time. */
export async function queueOverview(tx: Tx) {
  const [tasks, living, schedule] = [
    await tx.execute<TaskRow>(sql`select * from app.queue_tasks()`),
    await tx.select().from(processes).orderBy(processes.kind, processes.startedAt),
    await tx.execute<{ name: string; last_at: string | null }>(sql`select * from app.queue_schedule()`),
  ];
  return {
    tasks: tasks.map(({ task, waiting, retrying, running, dead, oldest_at }) => ({
      task,
      waiting: Number(waiting),
      retrying: Number(retrying),
      running: Number(running),
      dead: Number(dead),
      oldestAt: date(oldest_at),
    })),
    processes: living.map(({ id, kind, startedAt, seenAt }) => ({ id, kind, startedAt, seenAt })),
    schedule: schedule.map(({ name, last_at }) => ({ name, lastAt: date(last_at) })),
  };
}

/** Jobs of the queue, newest first. `payload` is text: ids and periods, never a person's data. */
export async function listJobs(tx: Tx, input: z.output<typeof jobListInput>) {
  const { cursor = null, state = null, task = null, limit } = input;
  const rows = await tx.execute<JobRow>(
    sql`select * from app.queue_jobs(${state}, ${task}, ${cursor}::bigint, ${limit + 1})`,
  );
  const shown = rows.slice(0, limit);
  return {
    items: shown.map((row) => ({
      id: row.id,
      task: row.task,
      state: row.state,
      payload: row.payload,
      attempts: row.attempts,
      maxAttempts: row.max_attempts,
      lastError: row.last_error,
      runAt: new Date(row.run_at),
      createdAt: new Date(row.created_at),
      lockedAt: date(row.locked_at),
      lockedBy: row.locked_by,
    })),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
