import { awaitDatabase } from "./kernel/await-database.ts";
import type { MovableClock } from "./kernel/clock.ts";
import type { Connection } from "./kernel/db.ts";
import { newId } from "./kernel/id.ts";
import type { Log } from "./kernel/log.ts";

/** A process that has not been seen for this long is gone. */
export const GONE_AFTER_MS = 15_000;
const HEARTBEAT_MS = 5_000;
const POLL_MS = 1_000;

export type ClockFollower = {
  readonly processId: string;
  /** Stops following and takes the process off the list. */
  close(): Promise<void>;
};

type Parts = { readonly service: Connection; readonly clock: MovableClock; readonly log: Log };

/**
 * Ties a process to the database's business clock and to the list of living processes. Where the clock can be moved (the
 * sandbox) every move is taken up at once by notification, or within a second by polling, and only then acknowledged.
 * Elsewhere it only beats; a clock that was moved is refused there, because real money would be charged at the wrong time.
 */
export async function followClock(
  { service, clock, log }: Parts,
  options: { kind: "web" | "worker"; movable: boolean },
): Promise<ClockFollower> {
  const processId = newId("prc");
  const { sql } = service;
  let version = -1;
  let beatAt = 0;
  let closed = false;
  let running: Promise<void> = Promise.resolve();

  const takeUp = async () => {
    const [row] = await sql<
      { offset_ms: string; version: string }[]
    >`select offset_ms, version from app_clock where id = 1`;
    if (!row || closed) return;
    const moved = Number(row.version) !== version;
    if (!options.movable && Number(row.offset_ms) !== 0) {
      throw new Error(
        "The business clock of this database was moved in the sandbox. A shop that charges real cards cannot run on it.",
      );
    }
    clock.setOffset(Number(row.offset_ms));
    version = Number(row.version);
    if (!moved && Date.now() - beatAt < HEARTBEAT_MS) return;
    beatAt = Date.now();
    await sql`
      insert into processes (id, kind, clock_version, started_at, seen_at) values (${processId}, ${options.kind}, ${version}, now(), now())
      on conflict (id) do update set clock_version = excluded.clock_version, seen_at = excluded.seen_at`;
  };
  // One look after the other: an older answer must not overwrite a newer offset.
  const look = () => {
    running = running
      .then(takeUp)
      .catch((error: unknown) => log.warn({ err: error }, "the business clock could not be read"));
    return running;
  };

  await awaitDatabase(takeUp, log);
  await sql`delete from processes where seen_at < now() - interval '1 day'`;
  const subscription = options.movable ? await sql.listen("app_clock", () => void look()) : null;
  const timer = setInterval(() => void look(), options.movable ? POLL_MS : HEARTBEAT_MS);
  timer.unref();

  return {
    processId,
    async close() {
      clearInterval(timer);
      await running;
      closed = true;
      await subscription?.unlisten();
      await sql`delete from processes where id = ${processId}`.catch((error: unknown) =>
        log.warn({ err: error }, "the process stays on the list until it is forgotten"),
      );
    },
  };
}
