import { describe, expect, test } from "vitest";
import { PASSWORD, testAccounts } from "../../scripts/test/accounts.ts";
import { codeAt } from "../../scripts/test/authenticator.ts";
import { until } from "../../scripts/test/checkout-shop.ts";
import { changePassword } from "./change-password.ts";
import { changeStaffRole } from "./change-staff-role.ts";
import { completeSignIn } from "./complete-sign-in.ts";
import { confirmEmailChange } from "./confirm-email-change.ts";
import { confirmIdentity } from "./confirm-identity.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { findHalfSignIn } from "./half-sign-in.ts";
import { prepareTotp, readPreparedTotp } from "./prepare-totp.ts";
import { removePasskey, removeTotp } from "./remove-factor.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import { requestEmailChange } from "./request-email-change.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { resumeSession } from "./resume-session.ts";
import { revokeOtherSessions } from "./revoke-session.ts";
import { readSecondFactors } from "./second-factors.ts";
import { setAccountDisabled } from "./set-account-disabled.ts";
import { signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";
import { undoEmailChange } from "./undo-email-change.ts";
import { verifyEmail } from "./verify-email.ts";

const bench = await testAccounts();
const { member, service, time, visitor } = bench;
const later = (seconds: number) => new Date(time.technical.getTime() + seconds * 1000);

/** An account with an authenticator app: its letters and recovery codes, and who turned it on. */
async function withApp(email: string) {
  await bench.account(email);
  const { session, token } = await bench.enter(email);
  const ctx = bench.as(session);
  await prepareTotp(ctx, session);
  const { letters } = (await readPreparedTotp(ctx, session))!;
  const recoveryCodes = await confirmTotp(ctx, { session, code: codeAt(letters, time.technical) });
  return { email, session, token, ctx, letters, recoveryCodes: recoveryCodes! };
}
async function owner(email: string) {
  await bench.account(email);
  await service.sql`update users set staff_role = 'owner' where email_normalized = ${email}`;
  return bench.enter(email);
}
/** A passkey as it is stored; nobody signs with it here. */
const addFakePasskey = (userId: string) => service.sql`
  insert into passkeys (id, user_id, credential_id, public_key, sign_count, transports, name, backed_up, created_at)
  values (${`pky_${userId}`}, ${userId}, ${`cred_${userId}`}, 'x', 0, '', 'Key', false, ${later(1).toISOString()})`;
async function half(email: string, userAgent = "test", password = PASSWORD) {
  const opened = await signIn(visitor, { email, password, ...bench.browser(), userAgent, redirectTo: "/x" });
  if (opened.outcome !== "second_factor") throw new Error("no second factor was asked for");
  return opened.token;
}
const finish = (halfToken: string | null, code: string, at = time.technical, userAgent = "test") =>
  completeSignIn(
    { ...visitor, technical: { now: () => at } },
    { halfToken, code, ip: bench.ip(), userAgent, present: null },
  );

describe("an authenticator app", () => {
  test("is on after its first code; other sessions end, and ten recovery codes are shown", async () => {
    const email = "first@example.com";
    await bench.account(email);
    const elsewhere = await bench.enter(email);
    const { session, token } = await bench.enter(email);
    const ctx = bench.as(session);
    await prepareTotp(ctx, session);
    const prepared = await readPreparedTotp(ctx, session);
    await prepareTotp(ctx, session);
    expect(await readPreparedTotp(ctx, session)).toEqual(prepared);
    await expect(confirmTotp(ctx, { session, code: "000000" })).rejects.toMatchObject({ code: "identity.wrong_code" });
    expect(await ctx.db.transaction((tx) => readSecondFactors(tx, session.userId))).toMatchObject({ totpSince: null });
    const codes = await confirmTotp(ctx, { session, code: codeAt(prepared!.letters, time.technical) });
    expect(codes).toHaveLength(10);
    expect(await resumeSession(member, elsewhere.token, time.technical)).toBeNull();
    expect(await resumeSession(member, token, time.technical)).toMatchObject({ secondFactor: true });
    expect(await readPreparedTotp(ctx, session)).toBeNull();
    const [row] = await service.sql`select secret_sealed from totp_factors where user_id = ${session.userId}`;
    expect(row?.secret_sealed).not.toContain(prepared!.letters.replaceAll(" ", ""));
    const hashes = await service.sql`select code_hash from recovery_codes where user_id = ${session.userId}`;
    expect(hashes.filter((one) => codes!.includes(one.code_hash))).toEqual([]);
  });

  test("makes the password half a sign-in, which opens nothing, and a code the other half", async () => {
    const { email, letters } = await withApp("both@example.com");
    const token = await half(email);
    expect(await resumeSession(member, token, time.technical)).toBeNull();
    const opened = await finish(token, codeAt(letters, later(60)), later(60));
    expect(opened.redirectTo).toBe("/x");
    expect(await resumeSession(member, opened.token, later(60))).toMatchObject({ email, secondFactor: true });
  });

  test("takes a code once, also of two at once, and none from before the last one", async () => {
    const { email, letters } = await withApp("once@example.com");
    const at = later(300);
    const code = codeAt(letters, at);
    const halves = [await half(email), await half(email)];
    const raced = await Promise.allSettled(halves.map((one) => finish(one, code, at)));
    expect(raced.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const again = await half(email);
    await expect(finish(again, code, at)).rejects.toMatchObject({ code: "identity.wrong_code" });
    await expect(finish(again, codeAt(letters, later(270)), at)).rejects.toMatchObject({ code: "identity.wrong_code" });
    await expect(finish(again, codeAt(letters, later(330)), at)).resolves.toMatchObject({ redirectTo: "/x" });
  });

  test("is not asked of whoever did not begin, is too late, or comes with another browser", async () => {
    const { email, letters } = await withApp("bound@example.com");
    const code = codeAt(letters, later(90));
    await expect(finish(null, code, later(90))).rejects.toMatchObject({ code: "identity.sign_in_again" });
    await expect(finish("a".repeat(43), code, later(90))).rejects.toMatchObject({ code: "identity.sign_in_again" });
    const token = await half(email);
    await expect(finish(token, code, later(90), "other")).rejects.toMatchObject({ code: "identity.sign_in_again" });
    const old = later(11 * 60);
    await expect(finish(token, codeAt(letters, old), old)).rejects.toMatchObject({ code: "identity.sign_in_again" });
    expect(await findHalfSignIn(visitor.db, { token, userAgent: "test", at: later(90) })).not.toBeNull();
    await finish(token, code, later(90));
    expect(await findHalfSignIn(visitor.db, { token, userAgent: "test", at: later(90) })).toBeNull();
  });

  test("cannot be guessed: after a dozen codes the account waits, however many sign-ins are begun", async () => {
    const { email, letters } = await withApp("guessed@example.com");
    let refused: unknown;
    for (let n = 0; n < 14; n++) refused = await finish(await half(email), "000000").catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "identity.too_many_attempts",
      details: { retryAfterSeconds: expect.any(Number) },
    });
    await expect(finish(await half(email), codeAt(letters, later(60)), later(60))).rejects.toMatchObject({
      code: "identity.too_many_attempts",
    });
  });

  test("is not gone around by the link of the sign-up: an address that was confirmed otherwise needs none", async () => {
    const email = "around@example.com";
    await signUp(visitor, { email, password: PASSWORD, locale: "sv", ip: bench.ip() });
    await requestPasswordReset(visitor, { email, ip: bench.ip() });
    await bench.deliver();
    const left = await bench.mailedToken(email, "/verify");
    const token = await bench.mailedToken(email, "/reset");
    await resetPassword(visitor, { token, password: PASSWORD, ip: bench.ip() });
    const { session } = await bench.enter(email);
    await addFakePasskey(session.userId);
    await half(email);
    const around = verifyEmail(visitor, { token: left, password: PASSWORD, ...bench.browser() });
    await expect(around).rejects.toMatchObject({ code: "identity.link_invalid" });
  });

  test("gone, the password is enough again and the recovery codes are gone too", async () => {
    const { email, ctx, session } = await withApp("gone@example.com");
    await removeTotp(ctx, session);
    await removeTotp(ctx, session);
    expect(await ctx.db.transaction((tx) => readSecondFactors(tx, session.userId))).toMatchObject({
      recoveryCodesLeft: 0,
    });
    await bench.enter(email);
  });
});

describe("a sign-in that waits for its second step", () => {
  const NEW = "en helt annan mening";
  const refused = { code: "identity.sign_in_again" };
  const code = (letters: string, at: Date) => codeAt(letters, at);

  test("R23: ends when the password is changed, when it is reset by mail and when the sessions are", async () => {
    const { email, ctx, session, letters } = await withApp("waits@example.com");
    const changed = await half(email);
    await changePassword(ctx, { session, password: NEW });
    await expect(finish(changed, code(letters, later(60)), later(60))).rejects.toMatchObject(refused);

    const again = await half(email, "test", NEW);
    await requestPasswordReset(visitor, { email, ip: bench.ip() });
    await bench.deliver();
    const token = await bench.mailedToken(email, "/reset");
    await resetPassword(visitor, { token, password: PASSWORD, ip: bench.ip() });
    await expect(finish(again, code(letters, later(120)), later(120))).rejects.toMatchObject(refused);

    const third = await half(email);
    await revokeOtherSessions(ctx, session);
    await expect(finish(third, code(letters, later(180)), later(180))).rejects.toMatchObject(refused);
    await finish(await half(email), code(letters, later(240)), later(240));
  });

  test("ends with any factor that goes, and with the account being shut, or given another role", async () => {
    const { email, ctx, session, letters } = await withApp("waits2@example.com");
    await addFakePasskey(session.userId);
    const waiting = await half(email);
    await removePasskey(ctx, { session, id: `pky_${session.userId}` });
    await expect(finish(waiting, code(letters, later(60)), later(60))).rejects.toMatchObject(refused);

    const boss = await owner("waits-boss@example.com");
    const shut = await half(email);
    const act = { customerId: session.customerId!, reason: "asked for" };
    await setAccountDisabled(bench.as(boss.session), { ...act, disabled: true });
    await setAccountDisabled(bench.as(boss.session), { ...act, disabled: false });
    await expect(finish(shut, code(letters, later(120)), later(120))).rejects.toMatchObject(refused);

    await service.sql`update users set staff_role = 'support' where id = ${session.userId}`;
    const promoted = await half(email);
    await changeStaffRole(bench.as(boss.session), { userId: session.userId, role: "finance" });
    await expect(finish(promoted, code(letters, later(180)), later(180))).rejects.toMatchObject(refused);

    await service.sql`update users set staff_role = null where id = ${session.userId}`;
    const last = await half(email);
    await removeTotp(ctx, session);
    expect(await findHalfSignIn(visitor.db, { token: last, userAgent: "test", at: later(1) })).toBeNull();
  });

  test("ends when the old address takes the account back; codes and factors made since the change go, older ones stay", async () => {
    const first = await withApp("takes-back@example.com");
    await service.sql`update totp_factors set created_at = created_at - interval '1 day' where user_id = ${first.session.userId}`;
    await requestEmailChange(first.ctx, { session: first.session, email: "thief@example.com" });
    await bench.deliver();
    const link = await bench.mailedToken("thief@example.com", "/confirm-address");
    await confirmEmailChange(first.ctx, { session: first.session, token: link, ip: bench.ip() });
    const stolen = await renewRecoveryCodes({ ...first.ctx, technical: { now: () => later(1) } }, first.session);
    await addFakePasskey(first.session.userId);
    const waiting = await half("thief@example.com");
    await bench.deliver();
    const undo = await bench.mailedToken("takes-back@example.com", "/undo-address");
    await undoEmailChange(visitor, { token: undo, ip: bench.ip() });
    await expect(finish(waiting, stolen[0]!)).rejects.toMatchObject(refused);

    await bench.deliver();
    const token = await bench.mailedToken("takes-back@example.com", "/reset");
    await resetPassword(visitor, { token, password: NEW, ip: bench.ip() });
    const back = await half("takes-back@example.com", "test", NEW);
    await expect(finish(back, stolen[1]!)).rejects.toMatchObject({ code: "identity.wrong_code" });
    await finish(back, code(first.letters, later(240)), later(240));
    expect(await first.ctx.db.transaction((tx) => readSecondFactors(tx, first.session.userId))).toMatchObject({
      passkeys: [],
      recoveryCodesLeft: 0,
    });
  });

  test("a password that is changed while a sign-in with the old one is under way leaves it nothing", async () => {
    const email = "raced@example.com";
    await bench.account(email);
    const { session } = await bench.enter(email);
    // The change has begun and waits to commit; the sign-in has found the old password right and waits for it.
    const opened = await service.sql.begin(async (sql) => {
      await sql`update users set password_hash = 'another' where id = ${session.userId}`;
      const attempt = signIn(visitor, { email, password: PASSWORD, ...bench.browser() }).catch(
        (error: unknown) => error,
      );
      await until(async () => {
        const [row] = await member.sql`select count(*)::int as n from pg_stat_activity
          where wait_event_type = 'Lock' and datname = current_database()`;
        return row?.n > 0;
      });
      return { attempt };
    });
    expect(await opened.attempt).toMatchObject({ code: "identity.sign_in_failed" });
  });
});

describe("a recovery code", () => {
  test("stands in for the app once; new ones end the old", async () => {
    const { email, recoveryCodes, ctx, session } = await withApp("recover@example.com");
    const [first, second] = recoveryCodes as [string, string];
    await finish(await half(email), first.toUpperCase().replace("-", " "));
    await expect(finish(await half(email), first)).rejects.toMatchObject({ code: "identity.wrong_code" });
    const renewed = await renewRecoveryCodes(ctx, session);
    await expect(finish(await half(email), second)).rejects.toMatchObject({ code: "identity.wrong_code" });
    await finish(await half(email), renewed[0]!);
  });

  test("of another account is worth nothing", async () => {
    const anna = await withApp("anna2@example.com");
    const bo = await withApp("bo2@example.com");
    await expect(finish(await half(anna.email), bo.recoveryCodes[0]!)).rejects.toMatchObject({
      code: "identity.wrong_code",
    });
  });
});

describe("showing again who one is", () => {
  test("by password or code; the session goes on under a new token and the old one is dead", async () => {
    const { session, token, ctx, letters } = await withApp("again@example.com");
    const wrong = confirmIdentity(ctx, { session, proof: { by: "password", password: "not it at all" } });
    await expect(wrong).rejects.toMatchObject({ code: "identity.wrong_password" });
    const confirmed = await confirmIdentity(ctx, { session, proof: { by: "password", password: PASSWORD } });
    expect(confirmed.token).not.toBe(token);
    expect(await resumeSession(member, token, time.technical)).toBeNull();
    expect(await resumeSession(member, confirmed.token, time.technical)).toMatchObject({ id: session.id });
    const at = later(120);
    const proof = { by: "code", code: codeAt(letters, at) } as const;
    await confirmIdentity({ ...ctx, technical: { now: () => at } }, { session, proof });
    const replayed = confirmIdentity({ ...ctx, technical: { now: () => at } }, { session, proof });
    await expect(replayed).rejects.toMatchObject({ code: "identity.wrong_code" });
  });
});
