import { describe, expect, test } from "vitest";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { assignSeat, revokeSeat } from "./assign-seat.ts";
import { changeRole } from "./change-role.ts";
import { withdrawInvitation } from "./end-invitations.ts";
import { inviteMember, inviteMembers } from "./invite-members.ts";
import { removeMember } from "./remove-member.ts";
import { readSeats } from "./seat-counts.ts";

const bench = await testOrganizations();
const { as, allow, person, found, join, tokenOf, seats, memberIdOf, service } = bench;
const refusal = (code: string) => ({ code: `organizations.${code}` });
const counts = (by: Awaited<ReturnType<typeof person>>, id: string) => as(by).db.transaction((tx) => readSeats(tx, id));

describe("R28: seats", () => {
  test("a hundred accept at once and five seats are there: five are claimed, the rest are told, and get in later", async () => {
    const owner = await person("crowd");
    const id = await found(owner);
    await allow(103);
    // One person invites fifty within an hour: two do it, who have no seat themselves.
    const admins = [await person("crowd_a"), await person("crowd_b")];
    for (const admin of admins) {
      await join(owner, id, admin, "admin");
      await revokeSeat(as(owner), { organizationId: id, memberId: await memberIdOf(id, admin) });
    }
    const people = await Promise.all(Array.from({ length: 100 }, (_, n) => person(`c${n}`)));
    for (const [n, session] of admins.entries()) {
      const csv = people
        .slice(50 * n, 50 * (n + 1))
        .map(({ email }) => email)
        .join("\n");
      await inviteMembers(as(session), { session, organizationId: id, csv });
    }
    await allow(5);
    const tokens = await Promise.all(people.map(({ email }) => tokenOf(email)));
    const accept = (n: number) => {
      const who = people[n] ?? owner;
      return acceptInvitation(as(who), { token: tokens[n] ?? "", session: who });
    };
    const done = await Promise.allSettled(people.map((_, n) => accept(n)));
    const refused = done.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(96);
    for (const { reason } of refused) expect(reason).toMatchObject(refusal("no_seat"));
    expect(await seats(id)).toMatchObject({ claimed: 5, pending: 96 });
    const [row] =
      await service.sql`select count(*)::int as members from organization_members where organization_id = ${id}`;
    expect(row).toEqual({ members: 5 + admins.length });
    // Their invitations are open still: one more seat, one more member.
    await allow(6);
    const later = done.findIndex(({ status }) => status === "rejected");
    await accept(later);
    expect(await seats(id)).toMatchObject({ claimed: 6, pending: 95 });
  });

  test("are promised no further than there are: by link, by list, by role and by hand", async () => {
    await allow(3);
    const owner = await person("few");
    const id = await found(owner);
    const ask = (email: string, role: "member" | "billing" = "member") =>
      inviteMember(as(owner), { session: owner, organizationId: id, email, role });
    await ask("a@example.se");
    const csv = "b@example.se\nc@example.se\nd@example.se,billing";
    const outcomes = (await inviteMembers(as(owner), { session: owner, organizationId: id, csv })).map(
      ({ outcome }) => outcome,
    );
    expect(outcomes).toEqual(["invite", "no_seat", "invite"]);
    await expect(ask("e@example.se")).rejects.toMatchObject(refusal("no_seat"));
    const payer = await person("payer");
    await join(owner, id, payer, "billing");
    const seat = { organizationId: id, memberId: await memberIdOf(id, payer) };
    await expect(changeRole(as(owner), { ...seat, role: "member" })).rejects.toMatchObject(refusal("no_seat"));
    await expect(assignSeat(as(owner), seat)).rejects.toMatchObject(refusal("no_seat"));
    expect(await counts(owner, id)).toEqual({ allowed: 3, claimed: 1, pending: 2, free: 0, over: 0 });
    // What is given back is free at once.
    const [open] = await service.sql`select id from organization_invitations where email_normalized = 'a@example.se'`;
    await withdrawInvitation(as(owner), { organizationId: id, invitationId: String(open?.id) });
    await changeRole(as(owner), { ...seat, role: "member" });
    expect(await counts(owner, id)).toMatchObject({ claimed: 2, pending: 1, free: 0 });
  });

  test("a list sent by two admins at once never promises more than there are", async () => {
    await allow(4);
    const [owner, admin] = [await person("both"), await person("admin")];
    const id = await found(owner);
    await join(owner, id, admin, "admin");
    await Promise.all(
      [owner, admin].map((by, n) =>
        inviteMembers(as(by), { session: by, organizationId: id, csv: `x${n}@example.se\ny${n}@example.se` }),
      ),
    );
    expect(await seats(id)).toEqual({ claimed: 2, pending: 2 });
  });

  test("after a smaller plan everybody keeps the seat they have, and nobody gets one before as many are free", async () => {
    await allow(3);
    const owner = await person("shrunk");
    const id = await found(owner);
    const [one, two] = [await person("one"), await person("two")];
    await join(owner, id, one);
    await join(owner, id, two);
    await allow(1);
    expect(await counts(owner, id)).toEqual({ allowed: 1, claimed: 3, pending: 0, free: 0, over: 2 });
    await removeMember(as(owner), { organizationId: id, memberId: await memberIdOf(id, one) });
    await expect(
      inviteMember(as(owner), { session: owner, organizationId: id, email: "three@example.se", role: "member" }),
    ).rejects.toMatchObject(refusal("no_seat"));
  });

  test("the database itself refuses one too many, and a history that somebody rewrites", async () => {
    await allow(1);
    const owner = await person("strict");
    const id = await found(owner);
    await person("extra");
    const more = service.sql`insert into seats (id, organization_id, user_id, status, created_at)
      values ('sea_extra', ${id}, 'usr_extra', 'pending', now())`;
    await expect(more).rejects.toThrow(/all 1 seats are taken/);
    await allow(2);
    const claimed = service.sql`insert into seats (id, organization_id, user_id, status, created_at)
      values ('sea_extra', ${id}, 'usr_extra', 'claimed', now())`;
    await expect(claimed).rejects.toThrow(/whoever is in the organization/);
    await expect(service.sql`delete from seat_transitions`).rejects.toThrow(/append-only|permission denied/);
  });
});
