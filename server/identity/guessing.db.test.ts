import { describe, expect, test } from "vitest";
import { PASSWORD, testAccounts } from "../../scripts/test/accounts.ts";
import { EVEN_MILLISECONDS } from "./even-answer.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";

const bench = await testAccounts();
const { visitor, service, ip } = bench;
await bench.account("known@example.com");

/** Numbers addresses that nobody has used. */
let fresh = 0;

const attempt = (email: string, from: string, password = "fel lösenord här") =>
  signIn(visitor, { email, password, ip: from, userAgent: null, present: null }).then(
    () => "signed_in",
    (error: { code?: string }) => error.code ?? "bug",
  );

/** What a piece of work takes of the processor at its quickest, in milliseconds, with the threads that hash for it. */
async function quickestWork(rounds: number, work: () => Promise<unknown>): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    quickest = Math.min(quickest, (user + system) / 1000);
  }
  return quickest;
}

/** How long somebody waited for an answer, in milliseconds. */
async function waited(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

describe("R26: nothing tells whether an account exists", () => {
  test("signing in: the same words after the same work", async () => {
    expect(await attempt("known@example.com", ip())).toBe("identity.sign_in_failed");
    expect(await attempt("nobody@example.com", ip())).toBe("identity.sign_in_failed");
    // Work, not time: what else the machine does is in neither.
    const known = await quickestWork(9, () => attempt("known@example.com", ip()));
    const unknown = await quickestWork(9, () => attempt(`nobody${++fresh}@example.com`, ip()));
    expect(Math.min(known, unknown)).toBeGreaterThan(Math.max(known, unknown) * 0.6);
  });

  test("signing up and asking for a new password: the same answer, and none before its beat", async () => {
    const up = (email: string) => signUp(visitor, { email, password: PASSWORD, locale: "sv", ip: ip() });
    const reset = (email: string) => requestPasswordReset(visitor, { email, ip: ip() });
    for (const ask of [up, reset]) {
      const stranger = `fresh${++fresh}@example.com`;
      expect(await ask("known@example.com")).toBe(await ask(stranger));
      // What is answered on a beat tells nothing of what was found: even-answer.test.ts. A timer may be a millisecond early.
      for (const email of ["known@example.com", `fresh${++fresh}@example.com`])
        expect(await waited(() => ask(email)), email).toBeGreaterThan(EVEN_MILLISECONDS - 2);
    }
  });
});

describe("R26: guessing is slowed", () => {
  test("from one address at one account, after ten tries; the owner elsewhere still gets in", async () => {
    await bench.account("target@example.com");
    const from = ip();
    const outcomes = [];
    for (let i = 0; i < 12; i++) outcomes.push(await attempt("target@example.com", from));
    expect(outcomes.slice(0, 10)).toEqual(Array(10).fill("identity.sign_in_failed"));
    expect(outcomes.slice(10)).toEqual(Array(2).fill("identity.too_many_attempts"));
    expect(await attempt("target@example.com", from, PASSWORD)).toBe("identity.too_many_attempts");
    expect(await attempt("target@example.com", ip(), PASSWORD)).toBe("signed_in");
  });

  test("says when to come back", async () => {
    const from = ip();
    for (let i = 0; i < 10; i++) await attempt("nobody2@example.com", from);
    const refusal = await signIn(visitor, {
      email: "nobody2@example.com",
      password: "x",
      ip: from,
      userAgent: null,
      present: null,
    }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: "rate_limited", details: { retryAfterSeconds: expect.any(Number) } });
    expect((refusal as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds).toBeGreaterThan(800);
  });

  /** Uses a counter up without hashing as many passwords. */
  const exhaust = async (limit: "sign_in_account" | "sign_in_address", tries: number, key: string) => {
    for (let i = 0; i < tries; i++) await bench.providers.rateLimits.consume(limit, key);
  };

  test("from ever new addresses at one account: sixty an hour", async () => {
    await bench.account("botnet@example.com");
    await exhaust("sign_in_account", 58, "botnet@example.com");
    const outcomes = [];
    for (let i = 0; i < 4; i++) outcomes.push(await attempt("botnet@example.com", ip()));
    expect(outcomes).toEqual([
      ...Array(2).fill("identity.sign_in_failed"),
      ...Array(2).fill("identity.too_many_attempts"),
    ]);
  });

  test("from one address at ever new accounts: three hundred a quarter", async () => {
    const from = ip();
    await exhaust("sign_in_address", 298, from);
    const outcomes = [];
    for (let i = 0; i < 4; i++) outcomes.push(await attempt(`spray${i}@example.com`, from));
    expect(outcomes).toEqual([
      ...Array(2).fill("identity.sign_in_failed"),
      ...Array(2).fill("identity.too_many_attempts"),
    ]);
  });

  test("signing in rightly does not use the tries up", async () => {
    await bench.account("regular@example.com");
    const from = ip();
    for (let i = 0; i < 15; i++) expect(await attempt("regular@example.com", from, PASSWORD)).toBe("signed_in");
  });

  test("links are not guessed either", async () => {
    const from = ip();
    const outcomes = [];
    for (let i = 0; i < 62; i++) {
      outcomes.push(
        await resetPassword(visitor, { token: `${i}`.padStart(43, "x"), password: PASSWORD, ip: from }).catch(
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(outcomes.slice(0, 60)).toEqual(Array(60).fill("identity.link_invalid"));
    expect(outcomes.slice(60)).toEqual(Array(2).fill("identity.too_many_attempts"));
  });

  test("nobody's mailbox is flooded: one mail a minute, five an hour", async () => {
    await bench.account("flooded@example.com");
    const begun = bench.time.technical;
    for (let minute = 0; minute < 10; minute++) {
      bench.time.technical = new Date(begun.getTime() + minute * 60_000);
      await Promise.all([1, 2].map(() => requestPasswordReset(visitor, { email: "flooded@example.com", ip: ip() })));
    }
    bench.time.technical = begun;
    const mails =
      await service.sql`select 1 from emails where template = 'reset-password' and to_address = 'flooded@example.com'`;
    expect(mails.length).toBeGreaterThanOrEqual(1);
    expect(mails.length).toBeLessThanOrEqual(5);
  });

  test("the counters hold no address and no e-mail", async () => {
    const rows = await service.sql<{ key: string }[]>`select key from rate_limits`;
    expect(rows.length).toBeGreaterThan(10);
    for (const { key } of rows) expect(key).toMatch(/^[a-z_]+:[\w-]{43}$/);
  });
});

test("R26: a burst of sign-ins leaves the process responsive", async () => {
  // What this thread works between two looks: while another program has the processor, nothing is counted.
  const worked = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let last = worked();
  const watch = setInterval(() => {
    const at = worked();
    longest = Math.max(longest, at - last);
    last = at;
  }, 10);
  const outcomes = await Promise.all(Array.from({ length: 60 }, (_, i) => attempt(`burst${i}@example.com`, ip())));
  clearInterval(watch);
  expect(outcomes.filter((outcome) => outcome !== "identity.sign_in_failed" && outcome !== "identity.busy")).toEqual(
    [],
  );
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(300);
});
