import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createLog, redactText, withRequestId } from "./log.ts";

function capture(options: { level?: string; debug?: string[] } = {}) {
  const lines: string[] = [];
  const log = createLog({
    process: "test",
    level: options.level ?? "info",
    ...(options.debug ? { debug: options.debug } : {}),
    destination: { write: (line: string) => void lines.push(line) },
  });
  return { log, lines, text: () => lines.join("") };
}

describe("R32: the log", () => {
  test("never holds secrets or personal data, by field name at any depth", () => {
    const { log, text } = capture();
    log.info(
      {
        password: "hunter2-a",
        user: { email: "ada@example.com" },
        a: { b: { c: { token: "tok-deep" } } },
        headers: { "stripe-signature": "sig-secret", authorization: "Bearer zzz" },
      },
      "hello",
    );
    for (const secret of ["hunter2-a", "ada@example.com", "tok-deep", "sig-secret", "zzz"])
      expect(text()).not.toContain(secret);
    expect(text()).toContain("[redacted]");
  });

  test("keeps what only shares its name with something personal", () => {
    const { log, lines } = capture();
    log.info(
      { name: "audit.keep-chain", number: 17, migration: { name: "0003_rights" }, step: { to: "paid" } },
      "done",
    );
    expect(JSON.parse(lines[0]!)).toMatchObject({
      name: "audit.keep-chain",
      number: 17,
      migration: { name: "0003_rights" },
      step: { to: "paid" },
    });
    log.info({ name: "Ada Lovelace", to: "ada@example.com", number: "4242424242424242" }, "one");
    log.info({ user: { name: "ada" }, card: { number: "4242" }, mail: { to: ["ada@example.com"] } }, "two");
    for (const line of lines.slice(1)) expect(line).not.toMatch(/[Aa]da|4242/);
  });

  test("never holds them in free text or in an error either", () => {
    const { log, text } = capture();
    log.error(
      {
        err: new Error("card 4242 4242 4242 4242 of bo@example.com with sk_test_abcdefgh1234", {
          cause: new Error("whsec_abcdefghijkl"),
        }),
      },
      "failed for bo@example.com",
    );
    for (const secret of ["4242 4242", "bo@example.com", "sk_test_abcdefgh1234", "whsec_abcdefghijkl"])
      expect(text()).not.toContain(secret);
  });

  test("never holds the values of a statement that failed, in its message, its stack or what it caused", () => {
    const { log, text } = capture();
    const statement = 'insert into "users" ("name", "password_hash") values ($1, $2)';
    const failed = new DrizzleQueryError(statement, ["Ada Lovelace\n    at home", "$argon2id$hash"], new Error("gone"));
    log.error({ err: failed }, "failed");
    log.error({ err: new Error("outer", { cause: failed }) }, "failed");
    for (const value of ["Ada Lovelace", "at home", "$argon2id$hash"]) expect(text()).not.toContain(value);
    expect(text()).toContain("insert into");
    expect(text()).toContain("log.test.ts");
    expect(redactText(`Error: ${failed.message}`)).toBe(`Error: Failed query: ${statement}\nparams: [redacted]`);
  });

  test("keeps what operators search for", () => {
    expect(redactText("🎯 Using campaign price price_TEST123 for product test-kund")).toBe(
      "🎯 Using campaign price price_TEST123 for product test-kund",
    );
    const endless = redactText(`${"x".repeat(1_000_000)} card 4242 4242 4242 4242`);
    expect(endless).toHaveLength(16_384 + " … (1000025 characters)".length);
    expect(redactText("/checkout/return?ref=abcdef&x=1")).toBe("/checkout/return?ref=[redacted]&x=1");
  });

  test("carries the request id through asynchronous work and encodes line breaks", async () => {
    const { log, lines } = capture();
    await withRequestId("req-12345678", async () => {
      await Promise.resolve();
      log.info("one\nline");
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ requestId: "req-12345678", msg: "one\nline", process: "test" });
  });

  test("a line's own fields do not reach the next line of the same request", () => {
    const { log, lines } = capture();
    withRequestId("req-1", () => {
      log.warn({ security: "sign_in_failed", userId: "usr_1" }, "one");
      log.info("two");
    });
    expect(JSON.parse(lines[1] ?? "")).not.toHaveProperty("userId");
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ requestId: "req-1", msg: "two" });
  });

  test("writes debug lines of the areas that DEBUG names", () => {
    const { log, text } = capture({ debug: ["stripe:*"] });
    log.debug({ area: "stripe:events" }, "seen");
    log.debug({ area: "database" }, "unseen");
    expect(text()).toContain('"seen"');
    expect(text()).not.toContain("unseen");
  });
});
