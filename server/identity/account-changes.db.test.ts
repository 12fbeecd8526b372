import { describe, expect, test } from "vitest";
import { PASSWORD, testAccounts } from "../../scripts/test/accounts.ts";
import { connect } from "../kernel/db.ts";
import { requireFresh } from "../trpc/init.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { beginImpersonation } from "./begin-impersonation.ts";
import { changePassword } from "./change-password.ts";
import { changeStaffRole } from "./change-staff-role.ts";
import { confirmEmailChange } from "./confirm-email-change.ts";
import { endExpiredImpersonations, endImpersonation } from "./end-impersonation.ts";
import { inviteStaff } from "./invite-staff.ts";
import { newKnownDevice } from "./known-device.ts";
import { requestEmailChange } from "./request-email-change.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { resumeSession } from "./resume-session.ts";
import { setAccountDisabled } from "./set-account-disabled.ts";
import { signIn } from "./sign-in.ts";
import { listStaff } from "./staff-members.ts";
import { undoEmailChange } from "./undo-email-change.ts";

const bench = await testAccounts();
const { member, service, time, visitor, worker } = bench;
const NEW = "en helt annan mening";
const acts = async (subject: string) =>
  (await service.sql`select action from audit_entries where subject = ${subject} order by at, id`).map((r) => r.action);
async function owner(email: string) {
  await bench.account(email);
  await service.sql`update users set staff_role = 'owner' where email_normalized = ${email}`;
  return bench.enter(email);
}

describe("R23: a new password", () => {
  test("ends every other session in every process at once, not this one, and the old password", async () => {
    const email = "password@example.com";
    await bench.account(email);
    const here = await bench.enter(email);
    const there = await bench.enter(email);
    const other = connect(bench.urls.member, { name: "another-process", max: 1 });
    expect(await resumeSession(other, there.token, time.technical)).not.toBeNull();
    const ctx = bench.as(here.session);
    await expect(changePassword(ctx, { session: here.session, password: "password123" })).rejects.toMatchObject({
      code: "identity.weak_password",
    });
    await changePassword(ctx, { session: here.session, password: NEW });
    expect(await resumeSession(other, there.token, time.technical)).toBeNull();
    expect(await resumeSession(other, here.token, time.technical)).not.toBeNull();
    await other.close();
    await expect(bench.enter(email)).rejects.toMatchObject({ code: "identity.sign_in_failed" });
    await bench.enter(email, NEW);
  });
});

describe("another address", () => {
  test("counts when its link is followed; the old one is told and can take the account back", async () => {
    await bench.account("old@example.com");
    const { session, token: here } = await bench.enter("old@example.com");
    await requestEmailChange(bench.as(session), { session, email: "New@example.com" });
    await bench.deliver();
    await bench.enter("old@example.com");
    const token = await bench.mailedToken("new@example.com", "/confirm-address");
    const follow = (by = session) => confirmEmailChange(bench.as(by), { session: by, token, ip: bench.ip() });
    // Whoever reads the mailbox has the link, and perhaps an account of their own: theirs is left alone, and so is this one.
    await bench.account("reader@example.com");
    const reader = await bench.enter("reader@example.com");
    await expect(follow(reader.session)).rejects.toMatchObject({ code: "identity.link_of_another" });
    await bench.enter("reader@example.com");
    const elsewhere = await bench.enter("old@example.com");
    await follow();
    await expect(follow()).rejects.toMatchObject({ code: "identity.link_invalid" });
    expect(await resumeSession(member, elsewhere.token, time.technical)).toBeNull();
    expect(await resumeSession(member, here, time.technical)).toMatchObject({ email: "New@example.com" });
    const stranger = await bench.enter("new@example.com");
    await expect(bench.enter("old@example.com")).rejects.toMatchObject({ code: "identity.sign_in_failed" });
    const [customer] = await service.sql`select email from customers where id = ${session.customerId}`;
    expect(customer?.email).toBe("New@example.com");

    for (const [id, age] of [
      ["key_before", "1 day"],
      ["key_since", "0"],
    ] as const)
      await service.sql`insert into api_keys (id, user_id, customer_id, name, prefix, token_hash, scopes, rate_limit, created_at)
        select ${id}, ${session.userId}, ${session.customerId}, 'Program', 'kv_test_abcd', ${id}, '["credits.spend"]', 60,
          max(confirmed_at) - ${age}::interval from email_changes where user_id = ${session.userId}`;

    await bench.deliver();
    const undo = await bench.mailedToken("old@example.com", "/undo-address");
    const aged = (days: number) =>
      service.sql`update email_changes set confirmed_at = confirmed_at - ${days} * interval '1 day' where user_id = ${session.userId}`;
    await aged(15);
    await expect(undoEmailChange(visitor, { token: undo, ip: bench.ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
    await aged(-15);
    await undoEmailChange(visitor, { token: undo, ip: bench.ip() });
    await expect(undoEmailChange(visitor, { token: undo, ip: bench.ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
    expect(await resumeSession(member, stranger.token, time.technical)).toBeNull();
    const working = await service.sql`select id from api_keys where user_id = ${session.userId} and revoked_at is null`;
    expect(working).toEqual([{ id: "key_before" }]);
    await expect(bench.enter("old@example.com")).rejects.toMatchObject({ code: "identity.sign_in_failed" });
    await bench.deliver();
    expect(await bench.mailedToken("old@example.com", "/reset")).toHaveLength(43);
  });

  test("that somebody asked for is off once the password is another, by hand or by mail, sent or not", async () => {
    const email = "in-time@example.com";
    await bench.account(email);
    const { session } = await bench.enter(email);
    const ctx = bench.as(session);
    const follow = async (to: string) =>
      confirmEmailChange(ctx, { session, token: await bench.mailedToken(to, "/confirm-address"), ip: bench.ip() });
    await requestEmailChange(ctx, { session, email: "thief-1@example.com" });
    await bench.deliver();
    await requestEmailChange(ctx, { session, email: "thief-2@example.com" });
    await changePassword(ctx, { session, password: NEW });
    await bench.deliver();
    for (const to of ["thief-1@example.com", "thief-2@example.com"])
      await expect(follow(to)).rejects.toMatchObject({ code: "identity.link_invalid" });

    await requestEmailChange(ctx, { session, email: "thief-3@example.com" });
    await requestPasswordReset(visitor, { email, ip: bench.ip() });
    await bench.deliver();
    const token = await bench.mailedToken(email, "/reset");
    await resetPassword(visitor, { token, password: PASSWORD, ip: bench.ip() });
    await expect(follow("thief-3@example.com")).rejects.toMatchObject({ code: "identity.link_invalid" });
    await bench.enter(email);
  });

  test("that has an account is answered alike; only its owner is told, and nothing changes", async () => {
    await bench.account("taken@example.com");
    await bench.account("wants@example.com");
    const { session } = await bench.enter("wants@example.com");
    const asked = (email: string) => requestEmailChange(bench.as(session), { session, email });
    expect(await asked("taken@example.com")).toEqual(await asked("free@example.com"));
    await bench.deliver();
    await expect(bench.mailedToken("taken@example.com", "/confirm-address")).rejects.toThrow();
    expect((await bench.letters("taken@example.com"))[0]?.subject).toBe("Någon ville använda din e-postadress");
    await expect(asked("WANTS@example.com")).rejects.toMatchObject({ code: "identity.email_unchanged" });
  });

  test("that somebody else took before the link was followed stays theirs", async () => {
    await bench.account("slow@example.com");
    const { session } = await bench.enter("slow@example.com");
    await requestEmailChange(bench.as(session), { session, email: "popular@example.com" });
    await bench.deliver();
    const token = await bench.mailedToken("popular@example.com", "/confirm-address");
    await bench.account("popular@example.com");
    await expect(confirmEmailChange(bench.as(session), { session, token, ip: bench.ip() })).rejects.toMatchObject({
      code: "identity.link_invalid",
    });
    await bench.enter("slow@example.com");
  });
});

test("R26: strangers' guesses do not keep the owner's own browser out", async () => {
  const email = "guessed-at@example.com";
  await bench.account(email);
  const { session } = await bench.enter(email);
  const device = newKnownDevice(bench.providers.secretBox, session.userId);
  const attempt = (password: string, from: object) => signIn(visitor, { email, password, ...bench.browser(), ...from });
  for (let n = 0; n < 65; n++) await attempt("wrong guess", {}).catch(() => null);
  await expect(attempt(PASSWORD, {})).rejects.toMatchObject({ code: "identity.too_many_attempts" });
  await expect(attempt(PASSWORD, { device: `${device}x` })).rejects.toMatchObject({
    code: "identity.too_many_attempts",
  });
  await expect(attempt(PASSWORD, { device })).resolves.toMatchObject({ outcome: "signed_in" });
  for (let n = 0; n < 25; n++) await attempt("wrong guess", { device }).catch(() => null);
  await expect(attempt(PASSWORD, { device })).rejects.toMatchObject({ code: "identity.too_many_attempts" });
});

describe("staff", () => {
  test("are invited by the owner, once; the role comes with the acceptance and goes with the removal", async () => {
    const boss = await owner("boss@example.com");
    const ctx = bench.as(boss.session);
    const invite = () => inviteStaff(ctx, { session: boss.session, email: "hire@example.com", role: "support" });
    await invite();
    await expect(invite()).rejects.toMatchObject({ code: "identity.already_invited" });
    await bench.deliver();
    const token = await bench.mailedToken("hire@example.com", "/join");
    const join = (password: string, link = token) =>
      acceptInvitation(visitor, { token: link, password, locale: "sv", ip: bench.ip() });
    await expect(join("password123")).rejects.toMatchObject({ code: "identity.weak_password" });
    await expect(join(NEW, `${token}x`)).rejects.toMatchObject({ code: "identity.link_invalid" });
    await join(NEW);
    await expect(join(NEW)).rejects.toMatchObject({ code: "identity.link_invalid" });
    const hired = await bench.enter("hire@example.com", NEW);
    expect(hired.session).toMatchObject({ staffRole: "support", customerId: null });
    const staff = await ctx.db.transaction((tx) => listStaff(tx, { limit: 50 }, time.technical));
    expect(staff.items.map((one) => one.email)).toContain("hire@example.com");
    const asHired = bench.as(hired.session);
    await expect(changeStaffRole(asHired, { userId: hired.session.userId, role: "owner" })).rejects.toMatchObject({
      code: "identity.not_allowed",
    });
    await changeStaffRole(ctx, { userId: hired.session.userId, role: null });
    expect(await resumeSession(member, hired.token, time.technical)).toBeNull();
    expect(await acts(hired.session.userId)).toEqual(["identity.staff_removed"]);
  });

  test("who have an account join with its password, and nobody else's", async () => {
    const boss = await owner("boss3@example.com");
    await bench.account("known@example.com");
    const wish = { session: boss.session, email: "known@example.com", role: "finance" } as const;
    await inviteStaff(bench.as(boss.session), wish);
    await bench.deliver();
    const token = await bench.mailedToken("known@example.com", "/join");
    const join = (password: string) => acceptInvitation(visitor, { token, password, locale: "sv", ip: bench.ip() });
    await expect(join(NEW)).rejects.toMatchObject({ code: "identity.wrong_password" });
    await join(PASSWORD);
    expect((await bench.enter("known@example.com")).session.staffRole).toBe("finance");
  });

  test("keep one owner, also when two demote each other at once", async () => {
    await service.sql`update users set staff_role = 'finance' where staff_role = 'owner'`;
    const [one, two] = [await owner("one@example.com"), await owner("two@example.com")];
    const demote = (by: typeof one, whom: typeof one) =>
      changeStaffRole(bench.as(by.session), { userId: whom.session.userId, role: "finance" });
    const raced = await Promise.allSettled([demote(one, two), demote(two, one)]);
    const owners = await service.sql`select id from users where staff_role = 'owner'`;
    expect(owners.length).toBeGreaterThan(0);
    expect(raced.some((result) => result.status === "fulfilled")).toBe(true);
    const last = [one, two].find((who) => who.session.userId === owners[0]?.id)!;
    if (owners.length === 1) await expect(demote(last, last)).rejects.toMatchObject({ code: "identity.last_owner" });
  });

  test("shut an account: its sessions end at once and it does not sign in until it is opened", async () => {
    const boss = await owner("boss2@example.com");
    await bench.account("shut@example.com");
    const { session, token } = await bench.enter("shut@example.com");
    const act = { customerId: session.customerId!, disabled: true, reason: "asked for" };
    await expect(setAccountDisabled(bench.as(session), act)).rejects.toMatchObject({ code: "identity.not_allowed" });
    await setAccountDisabled(bench.as(boss.session), act);
    expect(await resumeSession(member, token, time.technical)).toBeNull();
    await expect(bench.enter("shut@example.com")).rejects.toMatchObject({ code: "identity.sign_in_failed" });
    await setAccountDisabled(bench.as(boss.session), { ...act, disabled: false });
    await bench.enter("shut@example.com");
    expect(await acts(session.customerId!)).toEqual(["identity.account_disabled", "identity.account_enabled"]);
    const own = { customerId: boss.session.customerId!, disabled: true, reason: "slip" };
    await expect(setAccountDisabled(bench.as(boss.session), own)).rejects.toMatchObject({
      code: "identity.not_allowed",
    });
  });
});

describe("seeing the shop as a customer", () => {
  test("is the customer's session, reading only, for thirty minutes, and recorded", async () => {
    const boss = await owner("looker@example.com");
    await bench.account("seen@example.com");
    const { session: seen } = await bench.enter("seen@example.com");
    const begin = (customerId: string) =>
      beginImpersonation(bench.as(boss.session), { session: boss.session, customerId, reason: "a question" });
    await expect(begin("cus_none")).rejects.toMatchObject({ code: "identity.customer_not_found" });
    await expect(begin(boss.session.customerId!)).rejects.toMatchObject({ code: "identity.not_allowed" });
    await begin(seen.customerId!);
    const looking = (await resumeSession(member, boss.token, time.technical))!;
    expect(looking).toMatchObject({ email: "seen@example.com", userId: seen.userId, staffRole: null });
    expect(looking.impersonation).toMatchObject({ staffUserId: boss.session.userId });
    expect(() => requireFresh({ session: looking, technical: { now: () => time.technical } })).toThrow("Confirm");
    expect(await endImpersonation(bench.as(looking), looking)).toBe(seen.customerId);
    expect(await resumeSession(member, boss.token, time.technical)).toMatchObject({ staffRole: "owner" });

    await begin(seen.customerId!);
    const over = new Date(time.technical.getTime() + 30 * 60_000);
    expect(await resumeSession(member, boss.token, over)).toMatchObject({ staffRole: "owner", impersonation: null });
    await endExpiredImpersonations({ ...worker, technical: { now: () => over } });
    expect(await acts(seen.customerId!)).toEqual([
      "identity.impersonation_begun",
      "identity.impersonation_ended",
      "identity.impersonation_begun",
      "identity.impersonation_expired",
    ]);
  });
});

test("staff without a second factor are nobody's staff where one is needed", async () => {
  const { token } = await owner("bare@example.com");
  const locked = await resumeSession(member, token, time.technical, { staffNeedSecondFactor: true });
  expect(locked).toMatchObject({ staffLocked: true });
  expect(bench.as(locked!).actor.kind).toBe("customer");
});
