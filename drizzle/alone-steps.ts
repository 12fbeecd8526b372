import type postgres from "postgres";
import { lettingOthersPass, withLockWait } from "./lock-patience.ts";
import type { AloneStep } from "./migration-plan.ts";

/** Where a migration keeps what it still has to do, so that an upgrade that was cut off is finished by the next. */
export async function keepPlaceForSteps(owner: postgres.Sql): Promise<void> {
  await owner`create table if not exists drizzle.alone_steps (
    id bigint generated always as identity primary key, migration bigint not null, kind text not null,
    name text not null, statement text not null, done_at timestamptz)`;
}

/** Whether the transaction of a migration was committed, and only what comes after it is missing. */
export async function isBegun(owner: postgres.Sql, migration: number): Promise<boolean> {
  const [row] = await owner`select 1 from drizzle.alone_steps where migration = ${migration} limit 1`;
  return row !== undefined;
}

/** Writes down what runs after a migration, in the transaction that makes the rest of it. */
export async function noteSteps(tx: postgres.TransactionSql, migration: number, steps: readonly AloneStep[]) {
  for (const { kind, name, statement } of steps)
    await tx`insert into drizzle.alone_steps (migration, kind, name, statement)
      values (${migration}, ${kind}, ${name}, ${statement})`;
}

/**
 * Runs what is left of a migration, one after the other and each outside any transaction; the shop reads and writes
 * meanwhile. These wait for others' transactions without standing in anybody's way. Run again after a failure, it goes on
 * where that was: an index that was left half built (PostgreSQL calls it invalid: it costs writes and serves nobody) is
 * dropped and built anew. Throws what PostgreSQL says, for example of rows that are not unique.
 */
export async function runAloneSteps(owner: postgres.Sql, migration: number): Promise<void> {
  const waiting = await owner<(AloneStep & { id: string })[]>`
    select id, kind, name, statement from drizzle.alone_steps
    where migration = ${migration} and done_at is null order by id`;
  for (const step of waiting) {
    if (!(await isDone(owner, step))) {
      if (step.kind === "attach") await lettingOthersPass(owner, () => owner.unsafe(step.statement));
      else await withLockWait(owner, "10min", () => owner.unsafe(step.statement));
    }
    await owner`update drizzle.alone_steps set done_at = now() where id = ${step.id}`;
  }
}

async function isDone(owner: postgres.Sql, step: AloneStep): Promise<boolean> {
  if (step.kind === "validate") return false;
  if (step.kind === "attach") {
    const [constraint] = await owner`
      select 1 from pg_constraint where conname = ${step.name} and connamespace = 'public'::regnamespace`;
    return constraint !== undefined;
  }
  const [index] = await owner<{ valid: boolean }[]>`
    select indisvalid as valid from pg_index where indexrelid = to_regclass(${`public."${step.name}"`})`;
  if (index && !index.valid)
    await withLockWait(owner, "10min", () => owner.unsafe(`drop index concurrently "${step.name}"`));
  return index?.valid ?? false;
}
