import { describe, expect, test } from "vitest";
import { PASSWORD, testAccounts } from "../../scripts/test/accounts.ts";
import { hashToken } from "../kernel/id.ts";
import { listSessions } from "./queries.ts";
import { resumeSession } from "./resume-session.ts";
import { revokeOtherSessions, revokeSession } from "./revoke-session.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const bench = await testAccounts();
const { member, service, time, visitor } = bench;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const later = (milliseconds: number) => new Date(time.technical.getTime() + milliseconds);
await bench.account("anna@example.com");
await bench.account("bo@example.com");

describe("R23: a session", () => {
  test("has a token of 256 random bits, new at each sign-in; only its hash is stored", async () => {
    const one = await bench.enter("anna@example.com");
    const two = await bench.enter("anna@example.com");
    expect(Buffer.from(one.token, "base64url")).toHaveLength(32);
    expect(two.token).not.toBe(one.token);
    const [row] = await service.sql`select token_hash from sessions where id = ${one.session.id}`;
    expect(row).toEqual({ token_hash: hashToken(one.token) });
  });

  test("ends for the browser's former account when somebody else signs in there", async () => {
    const anna = await bench.enter("anna@example.com");
    await signIn(visitor, {
      email: "bo@example.com",
      password: PASSWORD,
      ip: bench.ip(),
      userAgent: null,
      present: anna.session,
    });
    expect(await resumeSession(member, anna.token, time.technical)).toBeNull();
  });

  test("ends at once when signing out, twice without harm", async () => {
    const { token, session } = await bench.enter("anna@example.com");
    await signOut(visitor, session);
    await signOut(visitor, session);
    expect(await resumeSession(member, token, time.technical)).toBeNull();
  });

  test("ends at once when the account is disabled, and no other begins", async () => {
    await bench.account("disabled@example.com");
    const { token } = await bench.enter("disabled@example.com");
    await service.sql`update users set disabled_at = now() where email_normalized = 'disabled@example.com'`;
    expect(await resumeSession(member, token, time.technical)).toBeNull();
    await expect(bench.enter("disabled@example.com")).rejects.toMatchObject({ code: "identity.sign_in_failed" });
  });

  test("ends after fourteen days without use; being seen keeps it, at most ninety days", async () => {
    const { token, session } = await bench.enter("anna@example.com");
    expect(await resumeSession(member, token, later(14 * DAY))).toBeNull();
    for (let day = 13; day < 90; day += 13)
      expect(await resumeSession(member, token, later(day * DAY)), `day ${day}`).not.toBeNull();
    const [row] = await service.sql<
      { expires: Date }[]
    >`select extract(epoch from expires_at) * 1000 as expires from sessions where id = ${session.id}`;
    expect(Number(row?.expires)).toBeCloseTo(later(90 * DAY).getTime(), -3);
    expect(await resumeSession(member, token, later(90 * DAY))).toBeNull();
  });

  test("is written as seen at most each five minutes", async () => {
    const { token, session } = await bench.enter("anna@example.com");
    const seen = async () =>
      (await service.sql`select last_seen_at::text as at from sessions where id = ${session.id}`)[0]?.at;
    const first = await seen();
    await resumeSession(member, token, later(4 * MINUTE));
    expect(await seen()).toBe(first);
    await resumeSession(member, token, later(6 * MINUTE));
    expect(await seen()).not.toBe(first);
  });

  test("that was revoked is not brought back by being seen in the same moment", async () => {
    const { token, session } = await bench.enter("anna@example.com");
    await Promise.all([signOut(visitor, session), resumeSession(member, token, later(6 * MINUTE))]);
    expect(await resumeSession(member, token, later(7 * MINUTE))).toBeNull();
  });

  test.each(["", "x", "a".repeat(43), "' or true --", "\u0000"])("does not exist for the token %j", async (token) => {
    expect(await resumeSession(member, token, time.technical)).toBeNull();
  });
});

describe("R27: one's own sessions", () => {
  test("are listed, the present one marked; one or all others can be ended", async () => {
    await bench.account("several@example.com");
    await revokeOtherSessions(visitor, (await bench.enter("several@example.com")).session).catch(() => 0);
    const here = await bench.enter("several@example.com");
    const there = await bench.enter("several@example.com");
    await bench.enter("several@example.com");
    const ctx = bench.as(here.session);
    const list = () =>
      ctx.db.transaction((tx) =>
        listSessions(tx, { userId: here.session.userId, currentId: here.session.id, at: time.technical }),
      );
    const before = await list();
    expect(before.filter((session) => session.current).map((session) => session.id)).toEqual([here.session.id]);

    await revokeSession(ctx, { session: here.session, id: there.session.id });
    expect(await resumeSession(member, there.token, time.technical)).toBeNull();
    expect(await revokeOtherSessions(ctx, here.session)).toBe(before.length - 2);
    expect(await list()).toMatchObject([{ id: here.session.id, current: true }]);
    expect(await revokeOtherSessions(ctx, here.session)).toBe(0);
  });

  test("nobody else's can be ended, nor seen", async () => {
    const anna = await bench.enter("anna@example.com");
    const bo = await bench.enter("bo@example.com");
    await expect(
      revokeSession(bench.as(bo.session), { session: bo.session, id: anna.session.id }),
    ).rejects.toMatchObject({ code: "identity.session_not_found" });
    await expect(
      revokeSession(bench.as(bo.session), { session: anna.session, id: anna.session.id }),
    ).rejects.toMatchObject({ code: "identity.session_not_found" });
    expect(await resumeSession(member, anna.token, time.technical)).not.toBeNull();
    const seen = await bench
      .as(bo.session)
      .db.transaction((tx) => listSessions(tx, { userId: anna.session.userId, currentId: "", at: time.technical }));
    expect(seen).toEqual([]);
  });
});
