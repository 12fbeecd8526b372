import { describe, expect, test } from "vitest";
import { PASSWORD } from "../../scripts/test/accounts.ts";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import { resumeSession } from "../identity/index.ts";
import { acceptInvitation, joinByInvitation, readInvitation } from "./accept-invitation.ts";
import { endInvitations, withdrawInvitation } from "./end-invitations.ts";
import { inviteMember, inviteMembers, previewInvitations } from "./invite-members.ts";
import { listInvitations } from "./queries.ts";
import { resendInvitation } from "./resend-invitation.ts";
import { sendInvitation } from "./send-invitation.ts";

const bench = await testOrganizations();
const {
  as,
  visitor,
  worker,
  person,
  found,
  deliver,
  tokenOf,
  members,
  seats,
  letters,
  mailedToken,
  service,
  time,
  ip,
} = bench;
await bench.allow(1_000);
const refusal = (code: string) => ({ code: `organizations.${code}` });
const owner = await person("owner");
const organizationId = await found(owner);
const DAY = 86_400_000;

const invite = (email: string, role: "owner" | "admin" | "billing" | "member" = "member") =>
  inviteMember(as(owner), { session: owner, organizationId, email, role });
const opened = () =>
  as(owner).db.transaction((tx) =>
    listInvitations(tx, { organizationId, limit: 500, at: time.technical }).then((page) => page.items),
  );
const idOf = async (email: string) => (await opened()).find((one) => one.email === email)?.id ?? "oin_none";
const joinAs = (token: string, more: { password?: string; name?: string } = {}) =>
  joinByInvitation(visitor, { token, password: PASSWORD, locale: "sv", ip: ip(), userAgent: "test", ...more });
const isMember = async (email: string) => (await members(owner, organizationId)).some((one) => one.email === email);

describe("an invitation", () => {
  test("is mailed once, names company, inviter and role, and keeps a seat", async () => {
    const before = await seats(organizationId);
    await invite("New@Example.se", "admin");
    await deliver();
    await deliver();
    const mails = await letters("new@example.se");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ subject: "Du är inbjuden till Kvarnen AB", to: ["New@example.se"] });
    expect(mails[0]?.text).toContain("owner har bjudit in dig");
    expect(mails[0]?.text).toContain("administratör");
    expect((await seats(organizationId)).pending).toBe((before.pending ?? 0) + 1);
    const token = await mailedToken("new@example.se", "/invitation");
    expect(await readInvitation(visitor, { token, session: null })).toEqual({
      organizationName: "Kvarnen AB",
      email: "New@Example.se",
      role: "admin",
      invitedBy: "owner",
      way: "sign_up",
    });
  });

  test("is taken up without an account: one is made, confirmed and signed in, and the seat claimed", async () => {
    const token = await mailedToken("new@example.se", "/invitation");
    const joined = await joinAs(token, { name: "Nya Ny" });
    expect(joined.id).toBe(organizationId);
    const session = await resumeSession(bench.member, joined.opened?.token ?? "", time.technical);
    expect(session).toMatchObject({ email: "New@Example.se", name: "Nya Ny", emailVerified: true });
    const member = (await members(owner, organizationId)).find(({ name }) => name === "Nya Ny");
    expect(member).toMatchObject({ role: "admin", hasSeat: true, userId: session?.userId });
    expect(await service.sql`select 1 from organizations where created_by = ${session?.userId ?? ""}`).toHaveLength(1);
    await expect(joinAs(token)).rejects.toMatchObject(refusal("link_invalid"));
  });

  test("is taken up with an account's password, which signs nobody in; a wrong one takes up nothing", async () => {
    await bench.account("known@example.se");
    await invite("known@example.se");
    const token = await tokenOf("known@example.se");
    expect((await readInvitation(visitor, { token, session: null })).way).toBe("sign_in");
    await expect(joinAs(token, { password: "sjutton gröna gurkor" })).rejects.toMatchObject({
      code: "identity.wrong_password",
    });
    expect(await isMember("known@example.se")).toBe(false);
    expect((await joinAs(token)).opened).toBeNull();
    expect(await isMember("known@example.se")).toBe(true);
  });

  test("asks a new account for a password that is not guessed first, and makes none otherwise", async () => {
    await invite("weak@example.se");
    await expect(joinAs(await tokenOf("weak@example.se"), { password: "lösenord123" })).rejects.toMatchObject({
      code: "identity.weak_password",
    });
    expect(await service.sql`select 1 from users where email_normalized = 'weak@example.se'`).toHaveLength(0);
  });

  test("belongs to its address: whoever is signed in with another learns so and takes up nothing", async () => {
    const other = await person("other");
    await invite("mine@example.se");
    const token = await tokenOf("mine@example.se");
    expect((await readInvitation(visitor, { token, session: other })).way).toBe("other");
    await expect(acceptInvitation(as(other), { token, session: other })).rejects.toMatchObject(
      refusal("other_address"),
    );
    expect(await isMember("other@example.se")).toBe(false);
  });

  test("of two who take it up at once one does", async () => {
    const twin = await person("twin");
    await invite("twin@example.se");
    const token = await tokenOf("twin@example.se");
    const done = await Promise.allSettled([1, 2, 3].map(() => acceptInvitation(as(twin), { token, session: twin })));
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const rows =
      await service.sql`select 1 from seats where user_id = 'usr_twin' and organization_id = ${organizationId}`;
    expect(rows).toHaveLength(1);
  });

  test("is good for seven days; sent again it is good for seven more", async () => {
    await invite("slow@example.se");
    await deliver();
    const token = await mailedToken("slow@example.se", "/invitation");
    time.technical = new Date(time.technical.getTime() + 6 * DAY);
    await resendInvitation(as(owner), { session: owner, organizationId, invitationId: await idOf("slow@example.se") });
    await deliver();
    expect(await letters("slow@example.se")).toHaveLength(2);
    expect(await mailedToken("slow@example.se", "/invitation")).toBe(token);
    time.technical = new Date(time.technical.getTime() + 6 * DAY);
    expect((await readInvitation(visitor, { token, session: null })).email).toBe("slow@example.se");
    time.technical = new Date(time.technical.getTime() + 2 * DAY);
    await expect(readInvitation(visitor, { token, session: null })).rejects.toMatchObject(refusal("link_invalid"));
    await expect(joinAs(token)).rejects.toMatchObject(refusal("link_invalid"));
  });

  test("that ran out gives its seat back, and the address can be asked anew", async () => {
    expect((await seats(organizationId)).pending).toBeGreaterThan(0);
    await endInvitations(worker);
    await endInvitations(worker);
    expect((await seats(organizationId)).pending).toBeUndefined();
    await invite("slow@example.se");
    expect(await seats(organizationId)).toMatchObject({ pending: 1 });
  });

  test("is withdrawn: the link is worth nothing, the seat free, and a mail that waits is not sent", async () => {
    await invite("gone@example.se");
    const [token, invitationId] = [await tokenOf("gone@example.se"), await idOf("gone@example.se")];
    await withdrawInvitation(as(owner), { organizationId, invitationId });
    await sendInvitation(worker, { invitationId });
    await bench.deliver();
    expect(await letters("gone@example.se")).toHaveLength(0);
    await expect(joinAs(token)).rejects.toMatchObject(refusal("link_invalid"));
    await expect(withdrawInvitation(as(owner), { organizationId, invitationId })).rejects.toMatchObject(
      refusal("invitation_not_found"),
    );
    expect(await seats(organizationId)).toMatchObject({ pending: 1 });
  });

  test("is one per address, and none for members", async () => {
    await expect(invite("SLOW@example.se")).rejects.toMatchObject(refusal("already_invited"));
    await expect(invite("twin@example.se")).rejects.toMatchObject(refusal("already_member"));
  });

  test("is followed to the mailbox: with another address an account cannot take it up, the mailbox can", async () => {
    const mover = await person("mover");
    await invite("mover@example.se");
    const token = await tokenOf("mover@example.se");
    await service.sql`update users set email = 'moved@example.se', email_normalized = 'moved@example.se' where id = 'usr_mover'`;
    const moved = { ...mover, email: "moved@example.se" };
    await expect(acceptInvitation(as(moved), { token, session: moved })).rejects.toMatchObject(
      refusal("other_address"),
    );
    expect((await readInvitation(visitor, { token, session: null })).way).toBe("sign_up");
    // Whoever is in already stays in, whatever their address becomes.
    await service.sql`update users set email = 'twin2@example.se', email_normalized = 'twin2@example.se' where id = 'usr_twin'`;
    expect(await isMember("twin2@example.se")).toBe(true);
  });

  test("of a shut account is taken up by nobody", async () => {
    await person("shut");
    await invite("shut@example.se");
    await service.sql`update users set disabled_at = now() where id = 'usr_shut'`;
    await expect(joinAs(await tokenOf("shut@example.se"))).rejects.toMatchObject({ code: "identity.link_invalid" });
  });
});

describe("a list", () => {
  const csv =
    "e-post;roll\nl1@example.se;medlem\nl2@example.se;admin\nnot an address\ntwin2@example.se\nl1@example.se\n";

  test("is previewed line by line and changes nothing; sent it does what the preview said; again it invites nobody", async () => {
    const before = await seats(organizationId);
    const preview = await previewInvitations(as(owner), { organizationId, csv });
    const outcomes = ["invite", "invite", "bad_address", "already_member", "repeated"];
    expect(preview.map(({ line, outcome }) => [line, outcome])).toEqual(outcomes.map((one, at) => [at + 2, one]));
    expect(await seats(organizationId)).toEqual(before);
    expect(await inviteMembers(as(owner), { session: owner, organizationId, csv })).toEqual(preview);
    expect((await seats(organizationId)).pending).toBe((before.pending ?? 0) + 2);
    await deliver();
    expect(await letters("l1@example.se")).toHaveLength(1);

    const again = await inviteMembers(as(owner), { session: owner, organizationId, csv });
    expect(again.slice(0, 2).map(({ outcome }) => outcome)).toEqual(["already_invited", "already_invited"]);
    await deliver();
    expect(await letters("l1@example.se")).toHaveLength(1);
  });

  test("that is sent twice at once invites everybody once", async () => {
    const people = Array.from({ length: 20 }, (_, n) => `many${n}@example.se`);
    const sent = await Promise.all(
      [1, 2].map(() => inviteMembers(as(owner), { session: owner, organizationId, csv: people.join("\n") })),
    );
    const invited = sent.flat().filter(({ outcome }) => outcome === "invite");
    expect(invited.map(({ email }) => email).toSorted()).toEqual(people.toSorted());
  });

  test("of nothing, or of too much, is refused", async () => {
    const send = (text: string) => inviteMembers(as(owner), { session: owner, organizationId, csv: text });
    await expect(send(" \n\n")).rejects.toMatchObject(refusal("no_lines"));
    const people = Array.from({ length: 201 }, (_, n) => `p${n}@example.se`).join("\n");
    await expect(send(people)).rejects.toMatchObject(refusal("too_many_lines"));
  });

  test("one person invites fifty within an hour, by link or list; the next is told when to come back", async () => {
    const busy = await person("busy");
    const company = await found(busy, "Busy AB");
    const send = (from: number, count: number) => {
      const csv = Array.from({ length: count }, (_, n) => `busy${from + n}@example.se`).join("\n");
      return inviteMembers(as(busy), { session: busy, organizationId: company, csv });
    };
    await expect(send(0, 51)).rejects.toMatchObject(refusal("too_many_invitations"));
    const both = await Promise.allSettled([send(0, 30), send(100, 30)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(send(200, 1)).rejects.toMatchObject({ code: "identity.too_many_attempts" });
  });

  test("a company has no more open invitations than its seats and twenty, whatever they are to be", async () => {
    await bench.allow(1);
    const small = await person("small");
    const company = await found(small, "Small AB");
    const send = (from: number, count: number) => {
      const csv = Array.from({ length: count }, (_, n) => `pay${from + n}@example.se,billing`).join("\n");
      return inviteMembers(as(small), { session: small, organizationId: company, csv });
    };
    await expect(send(0, 22)).rejects.toMatchObject(refusal("too_many_open"));
    await send(0, 21);
    await expect(send(50, 1)).rejects.toMatchObject(refusal("too_many_open"));
    await bench.allow(1_000);
  });

  test("R32: no token of an invitation is in the database as it was mailed", async () => {
    const token = await tokenOf("l1@example.se");
    const [row] = await service.sql`select
      (select string_agg(e::text, ' ') from emails e) || (select string_agg(i::text, ' ') from organization_invitations i) ||
      (select string_agg(payload::text, ' ') from graphile_worker._private_jobs) as everything`;
    expect(row?.everything).toContain("l1@example.se");
    expect(row?.everything).not.toContain(token);
  });
});
