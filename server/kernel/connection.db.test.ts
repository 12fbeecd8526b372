import { createServer, connect as dial } from "node:net";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor, type Tx } from "./db.ts";

const { urls } = await testDatabase();
const actor = { kind: "system", name: "test" } as const;

describe("of the connections that rest", () => {
  const server = (tx: Tx) => tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`).then(([row]) => row?.pid);

  it("the one that was used last is used next", async () => {
    const own = connect(urls.service, { name: "test-last", max: 4 });
    try {
      const four = databaseFor(own, { actor, now: () => new Date(), reactions: {} });
      const once = () => four.transaction(server);
      expect(new Set(await Promise.all([once(), once(), once(), once()])).size).toBe(4);
      const last = await once();
      for (let times = 0; times < 6; times++) expect(await once()).toBe(last);
      const plain = await own.sql`select pg_backend_pid() as pid`;
      expect(plain[0]?.pid).toBe(last);
    } finally {
      await own.close();
    }
  });
});

describe("a connection that breaks while it opens", () => {
  /** On the way to the database: the first connection is cut when the client asks it for the database's kinds of lists. */
  const cut = async () => {
    const { hostname, port } = new URL(urls.service);
    let cuts = 0;
    const server = createServer((near) => {
      const far = dial({ host: hostname, port: Number(port) });
      near.on("data", (bytes) => {
        if (cuts === 0 && bytes.includes("typarray")) {
          cuts++;
          near.destroy();
          far.destroy();
        } else far.write(bytes);
      });
      far.on("data", (bytes) => near.write(bytes));
      for (const side of [near, far]) side.on("error", () => {});
      near.on("close", () => far.destroy());
      far.on("close", () => near.destroy());
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const url = new URL(urls.service);
    const address = server.address();
    url.port = String(typeof address === "object" ? address?.port : "");
    const own = connect(url.href, { name: "test-opening", max: 1 });
    const close = async () => {
      await own.close();
      server.close();
    };
    return { own, close, cuts: () => cuts };
  };

  it.each(["a statement", "a transaction", "a reserved one"] as const)(
    "opens again for %s, and ends nothing else",
    async (how) => {
      const { own, close, cuts } = await cut();
      const failed: unknown[] = [];
      const note = (error: unknown) => void failed.push(error);
      process.on("unhandledRejection", note);
      try {
        const ask = async () => {
          if (how === "a statement") return own.sql`select 1 as n`;
          if (how === "a transaction") return own.sql.begin((tx) => tx`select 1 as n`);
          const reserved = await own.sql.reserve();
          return reserved`select 1 as n`.finally(() => reserved.release());
        };
        // Reserved, it is told that it broke; asked again, all is well.
        const first = await ask().catch(() => null);
        if (how !== "a reserved one") expect(first).toMatchObject([{ n: 1 }]);
        expect(await ask()).toMatchObject([{ n: 1 }]);
        expect(cuts()).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        expect(failed).toEqual([]);
      } finally {
        process.off("unhandledRejection", note);
        await close();
      }
    },
  );

  it("is not lost to the others when it was reserved while the database was away", async () => {
    const { hostname, port } = new URL(urls.service);
    const server = createServer((near) => {
      const far = dial({ host: hostname, port: Number(port) });
      near.pipe(far).pipe(near);
      for (const side of [near, far]) side.on("error", () => {});
    });
    const listen = (at: number) => new Promise<void>((resolve) => void server.listen(at, "127.0.0.1", resolve));
    await listen(0);
    const address = server.address();
    const url = new URL(urls.service);
    url.port = String(typeof address === "object" ? address?.port : "");
    await new Promise((resolve) => server.close(resolve));
    const away = connect(url.href, { name: "test-away", max: 1 });
    try {
      await expect(away.sql.reserve()).rejects.toThrow();
      await listen(Number(url.port));
      const reserved = await away.sql.reserve();
      expect(await reserved`select 1 as n`).toMatchObject([{ n: 1 }]);
      reserved.release();
      expect(await away.sql`select 2 as n`).toMatchObject([{ n: 2 }]);
    } finally {
      await away.close();
      server.close();
    }
  });
});
