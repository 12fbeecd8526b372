import { once } from "node:events";
import { Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor, type Tx } from "./db.ts";
import { databaseError } from "./errors.ts";
import { defineJob, enqueue } from "./job.ts";
import { withRequestId } from "./log.ts";
import { send } from "./send.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-send", max: 4 });
afterAll(() => service.close());
const actor = { kind: "system", name: "test" } as const;
const db = databaseFor(service, { actor, now: () => new Date(), reactions: {} });

beforeEach(() => service.sql`delete from provider_looks`);
const add = (tx: Tx, subject: string) =>
  tx.execute(sql`insert into provider_looks (subject, began, ended) values (${subject}, 1, 1)`);
const subjects = async () =>
  (await service.sql`select subject from provider_looks order by subject`).map((row) => row.subject);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => databaseError(error)?.code ?? null,
  );
const TAKEN = "23505";

describe("a statement that nobody waits for", () => {
  it("is worked off before what is sent after it", async () => {
    const seen = await db.transaction(async (tx) => {
      send(tx, add(tx, "a"));
      send(tx, add(tx, "b"));
      const rows = await tx.execute<{ n: number }>(sql`select count(*)::int as n from provider_looks`);
      return rows[0]?.n;
    });
    expect(seen).toBe(2);
    expect(await subjects()).toEqual(["a", "b"]);
  });

  it("is there when the transaction is over, though it was the last thing in it", async () => {
    await db.transaction(async (tx) => send(tx, add(tx, "a")));
    expect(await subjects()).toEqual(["a"]);
  });

  it("fails the transaction with its own error, when something is asked after it", async () => {
    const work = db.transaction(async (tx) => {
      await add(tx, "a");
      send(tx, add(tx, "a"));
      await tx.execute(sql`select 1`);
    });
    expect(await codeOf(work)).toBe(TAKEN);
    expect(await subjects()).toEqual([]);
  });

  it("fails it, too, when it travelled with the end; no job of it is left", async () => {
    const job = defineJob({ name: "test.sent", payload: z.object({}) });
    const work = db.transaction(async (tx) => {
      await add(tx, "a");
      await enqueue(tx, job, {});
      send(tx, add(tx, "a"));
    });
    expect(await codeOf(work)).toBe(TAKEN);
    expect(await subjects()).toEqual([]);
    const jobs = await service.sql`select 1 from graphile_worker._private_tasks where identifier = 'test.sent'`;
    expect(jobs).toHaveLength(0);
  });

  it("has the whole transaction done again after a deadlock", async () => {
    let tries = 0;
    await db.transaction(async (tx) => {
      tries++;
      send(tx, add(tx, "a"));
      if (tries === 1) send(tx, tx.execute(sql`do $$ begin raise exception 'once' using errcode = '40P01'; end $$`));
      send(tx, add(tx, "b"));
    });
    expect(tries).toBe(2);
    expect(await subjects()).toEqual(["a", "b"]);
  });

  it("is undone when the work refuses after it", async () => {
    const work = db.transaction(async (tx) => {
      send(tx, add(tx, "a"));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await subjects()).toEqual([]);
  });
});

describe("of what is done side by side in a transaction", () => {
  it("nothing is written any more by one part once another has refused", async () => {
    const ended = Promise.withResolvers<unknown>();
    const work = db.transaction(async (tx) => {
      await add(tx, "before");
      const slow = async () => {
        await tx.execute(sql`select 1`);
        await tx.execute(sql`select 1`);
        await add(tx, "after");
      };
      const late = slow();
      late.catch(ended.resolve);
      await Promise.all([late, Promise.reject(new Error("no"))]);
    });
    await expect(work).rejects.toThrow("no");
    expect(await ended.promise).toMatchObject({ message: expect.stringContaining("before its transaction ends") });
    expect(await subjects()).toEqual([]);
  });
});

describe("a statement of the system by itself", () => {
  it("is neither begun nor ended in words", async () => {
    await db.transaction((tx) => add(tx, "a"), { alone: true });
    expect(await subjects()).toEqual(["a"]);
  });

  it("does not write where only a look was meant", async () => {
    await expect(db.transaction((tx) => add(tx, "a"), { readOnly: true })).rejects.toThrow(/neither writes nor locks/);
    const locking = (tx: Tx) => tx.execute(sql`select 1 from provider_looks for update`);
    await expect(db.transaction(locking, { readOnly: true })).rejects.toThrow(/neither writes nor locks/);
    expect(await subjects()).toEqual([]);
  });
});

describe("what jobs do together", () => {
  const about = (...names: string[]) => ({ together: { of: "test", about: names } });
  const idOf = (tx: Tx) =>
    tx.execute<{ id: string }>(sql`select pg_current_xact_id()::text as id`).then(([row]) => row?.id);

  it("is one transaction, each under its own moment and request, and what they order goes to the queue once", async () => {
    const job = defineJob({ name: "test.together", payload: z.object({ who: z.string() }) });
    const at = (instant: string) => databaseFor(service, { actor, now: () => new Date(instant), reactions: {} });
    const write = (moment: string, who: string) =>
      withRequestId(`req_${who}`, () =>
        at(moment).transaction(async (tx) => {
          send(tx, add(tx, who));
          await enqueue(tx, job, { who });
          return { id: await idOf(tx), now: tx.scope.now.toISOString() };
        }, about(who)),
      );
    const [one, other] = await Promise.all([
      write("2027-01-01T00:00:00.000Z", "a"),
      write("2027-02-01T00:00:00.000Z", "b"),
    ]);
    expect(one?.id).toBe(other?.id);
    expect([one?.now, other?.now]).toEqual(["2027-01-01T00:00:00.000Z", "2027-02-01T00:00:00.000Z"]);
    expect(await subjects()).toEqual(["a", "b"]);
    const jobs = await service.sql<{ payload: object }[]>`
      delete from graphile_worker._private_jobs where payload->>'who' in ('a', 'b') returning payload`;
    expect(jobs.map(({ payload }) => (typeof payload === "string" ? JSON.parse(payload) : payload))).toEqual(
      expect.arrayContaining([
        { who: "a", _requestId: "req_a" },
        { who: "b", _requestId: "req_b" },
      ]),
    );
  });

  it("fails alone: what a neighbor's statement or refusal undid is written all the same", async () => {
    const write = (who: string, refuse = false) =>
      db.transaction(async (tx) => {
        await add(tx, who);
        if (refuse) throw new Error("no");
      }, about(who));
    await service.sql`insert into provider_looks (subject, began, ended) values ('taken', 1, 1)`;
    const ends = await Promise.allSettled([write("a"), write("taken"), write("b", true), write("c")]);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(await subjects()).toEqual(["a", "c", "taken"]);
  });

  it("waits alone for a lock that somebody holds", async () => {
    await service.sql`insert into provider_looks (subject, began, ended) values ('a', 1, 1), ('b', 1, 1)`;
    const jam = await service.sql.reserve();
    await jam`begin`;
    await jam`select from provider_looks where subject = 'a' for update`;
    const lock = (who: string) =>
      db.transaction((tx) => tx.execute(sql`select from provider_looks where subject = ${who} for update`), about(who));
    const jammed = lock("a");
    let done = false;
    void jammed.then(() => (done = true));
    await lock("b");
    expect(done).toBe(false);
    await jam`rollback`;
    jam.release();
    await jammed;
  });

  it("only looks over one connection, and writes nothing there", async () => {
    const look = (who: string) =>
      db.transaction((tx) => tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`), {
        ...{ readOnly: true, ...about(who) },
      });
    const pids = (await Promise.all([look("a"), look("b")])).map(([row]) => row?.pid);
    expect(new Set(pids).size).toBe(1);
    const writes = ["a", "b"].map((who) => db.transaction((tx) => add(tx, who), { readOnly: true, ...about(who) }));
    expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

describe("packets", () => {
  const one = connect(urls.service, { name: "test-packets", max: 1 });
  const single = databaseFor(one, { actor, now: () => new Date(), reactions: {} });
  afterAll(() => one.close());
  /** How many packets went to the database meanwhile. */
  const packets = async (work: () => Promise<unknown>) => {
    const write = vi.spyOn(Socket.prototype, "write");
    try {
      await work();
      return write.mock.calls.length;
    } finally {
      write.mockRestore();
    }
  };
  const many = (tx: Tx, n: number) =>
    Promise.all(Array.from({ length: n }, (_, at) => add(tx, `${at} of ${"much more than a kilobyte".repeat(4)}`)));

  it("take a transaction's beginning with all that is asked at first, and then its end", async () => {
    await single.transaction((tx) => add(tx, "prepared"));
    expect(await packets(() => single.transaction((tx) => many(tx, 50)))).toBe(2);
    expect(await subjects()).toHaveLength(51);
  });

  it("keep what others ask on the same connection out of a transaction that has just begun", async () => {
    const failing = single.transaction(async (tx) => {
      await many(tx, 3);
      throw new Error("not after all");
    });
    const [failed] = await Promise.allSettled([failing, one.sql`insert into provider_looks values ('beside', 1, 1)`]);
    expect(failed.status).toBe("rejected");
    expect(await subjects()).toEqual(["beside"]);
  });

  it("are refused on a connection that broke, and end the transaction and nothing else", async () => {
    const write = vi.spyOn(Socket.prototype, "write");
    const broken = single.transaction(async (tx) => {
      const [own] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      const gone = once(write.mock.contexts.at(-1) as Socket, "close");
      // More than the client sends before it has an answer: the rest waits in it.
      const asked = Promise.allSettled([
        tx.execute(sql`select pg_sleep(1000)`),
        ...Array.from({ length: 200 }, (_, at) => add(tx, `${at}`)),
      ]);
      await service.sql`select pg_terminate_backend(${own?.pid ?? 0})`;
      await gone;
      expect(new Set((await asked).map(({ status }) => status))).toEqual(new Set(["rejected"]));
      await add(tx, "too late");
    });
    await expect(broken).rejects.toThrow();
    write.mockRestore();
    await single.transaction((tx) => add(tx, "on the next one"));
    expect(await subjects()).toEqual(["on the next one"]);
  });
});
