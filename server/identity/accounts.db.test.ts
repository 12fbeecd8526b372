import { describe, expect, test } from "vitest";
import { PASSWORD, testAccounts } from "../../scripts/test/accounts.ts";
import { resendEmail } from "../messaging/resend-email.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resendVerification } from "./resend-verification.ts";
import { resetPassword } from "./reset-password.ts";
import { resumeSession } from "./resume-session.ts";
import { signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";
import { verifyEmail } from "./verify-email.ts";

const bench = await testAccounts();
const { visitor, member, service, time, ip, browser } = bench;
const OTHER = "sjutton gröna gurkor";
const users = (email: string) => service.sql`select * from users where email_normalized = ${email}`;
const MINUTE = 60_000;

describe("signing up", () => {
  test("makes an unconfirmed account with a customer, and mails one link; nobody is signed in", async () => {
    await signUp(visitor, { email: "Anna@Example.com", password: PASSWORD, name: " Anna ", locale: "sv", ip: ip() });
    const [user] = await users("anna@example.com");
    expect(user).toMatchObject({ email: "Anna@Example.com", email_verified_at: null, name: "Anna", staff_role: null });
    expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await service.sql`select email_normalized from customers where user_id = ${user?.id}`).toEqual([
      { email_normalized: "anna@example.com" },
    ]);
    expect(await service.sql`select 1 from sessions`).toHaveLength(0);
    const [email] = await service.sql`select * from emails where user_id = ${user?.id}`;
    expect(email).toMatchObject({
      template: "welcome-verify",
      status: "queued",
      to_address: "Anna@Example.com",
      link_purpose: "verify_email",
    });
    expect(email?.html).toContain("https://link.invalid/secret");
  });

  test("two at once make one account, and both are answered alike", async () => {
    const wish = { email: "twins@example.com", password: PASSWORD, locale: "sv" as const };
    const answers = await Promise.all([
      signUp(visitor, { ...wish, ip: ip() }),
      signUp(visitor, { ...wish, password: OTHER, ip: ip() }),
    ]);
    expect(answers).toEqual([undefined, undefined]);
    const [user, ...more] = await users("twins@example.com");
    expect(more).toEqual([]);
    expect(await service.sql`select template from emails where user_id = ${user?.id} order by template`).toEqual([
      { template: "account-exists" },
      { template: "welcome-verify" },
    ]);
  });

  test("with a taken address changes nothing and tells its owner, at the address as the owner spelled it", async () => {
    await bench.account("Owner@example.com");
    const [before] = await users("owner@example.com");
    await signUp(visitor, { email: "ｏwner@EXAMPLE.com", password: OTHER, locale: "en", ip: ip() });
    expect(await users("owner@example.com")).toEqual([before]);
    await bench.deliver();
    const [newest] = await bench.letters("owner@example.com");
    expect(newest?.subject).toBe("Du har redan ett konto");
    expect(newest?.to).toEqual(["Owner@example.com"]);
    await expect(signIn(visitor, { email: "owner@example.com", password: OTHER, ...browser() })).rejects.toMatchObject({
      code: "identity.sign_in_failed",
    });
  });

  test("with a password that is guessed first is refused, saying why", async () => {
    await expect(
      signUp(visitor, { email: "weak@example.com", password: "lösenord123", locale: "sv", ip: ip() }),
    ).rejects.toMatchObject({
      code: "identity.weak_password",
      details: { problem: "common" },
    });
    expect(await users("weak@example.com")).toHaveLength(0);
  });
});

describe("confirming the address", () => {
  test("needs the mailed link and the password, works once, signs in, and lets guest purchases be claimed", async () => {
    await signUp(visitor, { email: "confirm@example.com", password: PASSWORD, locale: "sv", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("confirm@example.com", "/verify");
    await expect(verifyEmail(visitor, { token, password: OTHER, ...browser() })).rejects.toMatchObject({
      code: "identity.wrong_password",
    });
    expect((await users("confirm@example.com"))[0]?.email_verified_at).toBeNull();

    const opened = await verifyEmail(visitor, { token, password: PASSWORD, ...browser() });
    const session = await resumeSession(member, opened.token, time.technical);
    expect(session).toMatchObject({ email: "confirm@example.com", emailVerified: true });
    const jobs =
      await service.sql`select payload->>'userId' as id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'identity.claim-guest-purchases' and payload->>'userId' = ${session?.userId ?? ""}`;
    expect(jobs).toHaveLength(1);

    await expect(verifyEmail(visitor, { token, password: PASSWORD, ...browser() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
  });

  test("before it, the right password is answered like a wrong one", async () => {
    await signUp(visitor, { email: "waiting@example.com", password: PASSWORD, locale: "sv", ip: ip() });
    const right = await signIn(visitor, { email: "waiting@example.com", password: PASSWORD, ...browser() }).catch(
      (error: unknown) => error,
    );
    const wrong = await signIn(visitor, { email: "waiting@example.com", password: OTHER, ...browser() }).catch(
      (error: unknown) => error,
    );
    const nobody = await signIn(visitor, { email: "nobody@example.com", password: OTHER, ...browser() }).catch(
      (error: unknown) => error,
    );
    expect(right).toMatchObject({ code: "identity.sign_in_failed", details: {} });
    expect(wrong).toEqual(right);
    expect(nobody).toEqual(right);
  });

  test("a link is good for 48 hours; a new one can be asked for", async () => {
    await signUp(visitor, { email: "late@example.com", password: PASSWORD, locale: "sv", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("late@example.com", "/verify");
    const begun = time.technical;
    try {
      time.technical = new Date(begun.getTime() + 48 * 60 * MINUTE);
      await expect(verifyEmail(visitor, { token, password: PASSWORD, ...browser() })).rejects.toMatchObject({
        code: "identity.link_invalid",
      });
      await resendVerification(visitor, { email: "LATE@example.com", ip: ip() });
      await bench.deliver();
      const next = await bench.mailedToken("late@example.com", "/verify");
      expect(next).not.toBe(token);
      await verifyEmail(visitor, { token: next, password: PASSWORD, ...browser() });
    } finally {
      time.technical = begun;
    }
  });

  test("a link for an address the account no longer has proves nothing", async () => {
    await signUp(visitor, { email: "old@example.com", password: PASSWORD, locale: "sv", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("old@example.com", "/verify");
    await service.sql`update users set email = 'new@example.com', email_normalized = 'new@example.com' where email_normalized = 'old@example.com'`;
    await expect(verifyEmail(visitor, { token, password: PASSWORD, ...browser() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
  });

  test("nor does one that staff send again to that address", async () => {
    await bench.account("moved@example.com");
    await requestPasswordReset(visitor, { email: "moved@example.com", ip: ip() });
    await bench.deliver();
    await service.sql`update users set email = 'there@example.com', email_normalized = 'there@example.com' where email_normalized = 'moved@example.com'`;
    const [email] = await service.sql<
      { id: string }[]
    >`select id from emails where to_address = 'moved@example.com' and template = 'reset-password'`;
    const owner = bench.context(
      { kind: "staff", userId: "usr_x", role: "owner", customerId: null, tokens: [] },
      member,
    );
    await resendEmail(owner, { id: email?.id ?? "", reason: "asked for" });
    await bench.deliver();
    const token = await bench.mailedToken("moved@example.com", "/reset");
    await expect(resetPassword(visitor, { token, password: OTHER, ip: ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
  });

  test("a link for one purpose is no link for the other", async () => {
    await signUp(visitor, { email: "purpose@example.com", password: PASSWORD, locale: "sv", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("purpose@example.com", "/verify");
    await expect(resetPassword(visitor, { token, password: OTHER, ip: ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
  });
});

describe("R26: a new password by a mailed link", () => {
  test("is set once by the mailed link; every session ends; the old password is no more", async () => {
    await bench.account("forgot@example.com");
    const { token: sessionToken } = await bench.enter("forgot@example.com");
    await requestPasswordReset(visitor, { email: "Forgot@Example.com", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("forgot@example.com", "/reset");
    await resetPassword(visitor, { token, password: OTHER, ip: ip() });

    expect(await resumeSession(member, sessionToken, time.technical)).toBeNull();
    await expect(bench.enter("forgot@example.com")).rejects.toMatchObject({ code: "identity.sign_in_failed" });
    await bench.enter("forgot@example.com", OTHER);
    await expect(resetPassword(visitor, { token, password: PASSWORD, ip: ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
  });

  test("of two at once with one link, one wins", async () => {
    await bench.account("race@example.com");
    await requestPasswordReset(visitor, { email: "race@example.com", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("race@example.com", "/reset");
    const outcomes = await Promise.allSettled([
      resetPassword(visitor, { token, password: OTHER, ip: ip() }),
      resetPassword(visitor, { token, password: "tjugo blåa båtar", ip: ip() }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
      code: "identity.link_invalid",
    });
  });

  test("uses up every other open link of its kind", async () => {
    await bench.account("several@example.com");
    const begun = time.technical;
    await requestPasswordReset(visitor, { email: "several@example.com", ip: ip() });
    await bench.deliver();
    const first = await bench.mailedToken("several@example.com", "/reset");
    time.technical = new Date(begun.getTime() + 2 * MINUTE);
    await requestPasswordReset(visitor, { email: "several@example.com", ip: ip() });
    await bench.deliver();
    const second = await bench.mailedToken("several@example.com", "/reset");
    expect(second).not.toBe(first);
    await resetPassword(visitor, { token: second, password: OTHER, ip: ip() });
    await expect(resetPassword(visitor, { token: first, password: PASSWORD, ip: ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
    time.technical = begun;
  });

  test("comes by a link that is good for half an hour", async () => {
    await bench.account("slow@example.com");
    await requestPasswordReset(visitor, { email: "slow@example.com", ip: ip() });
    await bench.deliver();
    const token = await bench.mailedToken("slow@example.com", "/reset");
    const begun = time.technical;
    time.technical = new Date(begun.getTime() + 30 * MINUTE);
    await expect(resetPassword(visitor, { token, password: OTHER, ip: ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
    time.technical = begun;
  });

  test("confirms the address too: the link was read there", async () => {
    await signUp(visitor, { email: "unconfirmed@example.com", password: PASSWORD, locale: "sv", ip: ip() });
    await requestPasswordReset(visitor, { email: "unconfirmed@example.com", ip: ip() });
    await bench.deliver();
    await resetPassword(visitor, {
      token: await bench.mailedToken("unconfirmed@example.com", "/reset"),
      password: OTHER,
      ip: ip(),
    });
    expect((await bench.enter("unconfirmed@example.com", OTHER)).session.emailVerified).toBe(true);
  });

  test("is refused to a made-up link", async () => {
    await expect(resetPassword(visitor, { token: "x".repeat(43), password: OTHER, ip: ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
  });

  test("staff keep their role by it", async () => {
    await bench.account("staff@example.com");
    await service.sql`update users set staff_role = 'support' where email_normalized = 'staff@example.com'`;
    await requestPasswordReset(visitor, { email: "staff@example.com", ip: ip() });
    await bench.deliver();
    await resetPassword(visitor, {
      token: await bench.mailedToken("staff@example.com", "/reset"),
      password: OTHER,
      ip: ip(),
    });
    expect((await bench.enter("staff@example.com", OTHER)).session.staffRole).toBe("support");
  });
});

test("R32: no password and no token is in the database as it was typed or mailed", async () => {
  await signUp(visitor, { email: "canary@example.com", password: "kanariefågeln 4711", locale: "sv", ip: ip() });
  await bench.deliver();
  const token = await bench.mailedToken("canary@example.com", "/verify");
  const opened = await verifyEmail(visitor, { token, password: "kanariefågeln 4711", ...browser() });
  const tables = await service.sql<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public'`;
  for (const secret of ["kanariefågeln 4711", token, opened.token]) {
    for (const { name } of tables) {
      const hits = await service.sql`select 1 from ${service.sql(name)} t where position(${secret} in t::text) > 0`;
      expect(hits, `${name} holds a secret`).toHaveLength(0);
    }
    const jobs =
      await service.sql`select 1 from graphile_worker._private_jobs where position(${secret} in payload::text) > 0`;
    expect(jobs).toHaveLength(0);
  }
});
