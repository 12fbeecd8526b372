import { describe, expect, test } from "vitest";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import type { Session } from "../identity/index.ts";
import { assignSeat, revokeSeat } from "./assign-seat.ts";
import { changeRole } from "./change-role.ts";
import { closeOrganization } from "./close-organization.ts";
import { foundOrganization } from "./found-organization.ts";
import { handOverPayment } from "./hand-over-payment.ts";
import { inviteMember } from "./invite-members.ts";
import { listOwnOrganizations, readOrganization } from "./queries.ts";
import { leaveOrganization, removeMember } from "./remove-member.ts";
import { renameOrganization } from "./rename-organization.ts";

const bench = await testOrganizations();
const { as, person, found, join, memberIdOf, members, seats, acts, service } = bench;
await bench.allow(100);

let companies = 0;
/** A company with people in it, the first its founder and owner. */
async function company(roles: readonly ("owner" | "admin" | "billing" | "member")[] = []) {
  const n = ++companies;
  const owner = await person(`founder-${n}`);
  const id = await found(owner, `Company ${n}`);
  const people: Session[] = [];
  for (const [index, role] of roles.entries()) {
    const who = await person(`person-${n}-${index}`);
    await join(owner, id, who, role);
    people.push(who);
  }
  return { id, owner, people: people as [Session, Session, Session] };
}
const own = (who: Session) => as(who).db.transaction((tx) => listOwnOrganizations(tx));
const view = (who: Session, organizationId: string) =>
  as(who).db.transaction((tx) => readOrganization(tx, { organizationId, userId: who.userId }));
const refusal = (code: string) => ({ code: `organizations.${code}` });

describe("founding a company", () => {
  test("makes its founder the owner, in its first seat, who pays for it; the personal one stays", async () => {
    const { id, owner } = await company();
    expect(await own(owner)).toEqual([
      { id: `org_${owner.userId.slice(4)}`, kind: "personal", name: null, role: "owner" },
      { id, kind: "company", name: "Company 1", role: "owner" },
    ]);
    expect(await view(owner, id)).toMatchObject({
      members: 1,
      seats: { claimed: 1, pending: 0, free: 99, over: 0 },
      payer: { memberId: await memberIdOf(id, owner), who: owner.name },
    });
    expect(await acts(id)).toEqual([`customer:${owner.customerId} organizations.found`]);
  });

  test("once for each form, however often it is sent", async () => {
    const hasty = await person("hasty");
    const form = { session: hasty, name: "Once AB", formKey: "f".repeat(36) };
    const sent = await Promise.all([1, 2, 3].map(() => foundOrganization(as(hasty), form)));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect((await own(hasty)).filter(({ kind }) => kind === "company")).toHaveLength(1);
    const other = await person("other");
    expect((await foundOrganization(as(other), { ...form, session: other })).id).not.toBe(sent[0]?.id);
  });

  test("ends at twenty that one person owns", async () => {
    const busy = await person("busy");
    for (let n = 0; n < 20; n++) await found(busy, `Number ${n}`);
    await expect(found(busy)).rejects.toMatchObject(refusal("too_many"));
  });
});

describe("a company's name and end", () => {
  test("owners and admins rename it, others do not; a personal one has no name", async () => {
    const { id, owner, people } = await company(["admin", "billing"]);
    await renameOrganization(as(people[0]), { organizationId: id, name: "Nya Kvarnen" });
    expect((await view(owner, id)).name).toBe("Nya Kvarnen");
    await expect(renameOrganization(as(people[1]), { organizationId: id, name: "No" })).rejects.toMatchObject(
      refusal("role_missing"),
    );
    const personal = `org_${owner.userId.slice(4)}`;
    await expect(renameOrganization(as(owner), { organizationId: personal, name: "No" })).rejects.toMatchObject(
      refusal("personal"),
    );
  });

  test("its owner closes it: nobody is in it, no seat is taken, no invitation open; and it is not found again", async () => {
    const { id, owner, people } = await company(["admin"]);
    await inviteMember(as(owner), { session: owner, organizationId: id, email: "late@example.se", role: "member" });
    await expect(closeOrganization(as(people[0]), { organizationId: id })).rejects.toMatchObject(
      refusal("role_missing"),
    );
    await closeOrganization(as(owner), { organizationId: id });
    expect(await own(owner)).toHaveLength(1);
    expect(await own(people[0])).toHaveLength(1);
    expect(await seats(id)).toEqual({ revoked: 3 });
    expect(
      await service.sql`select 1 from organization_members where organization_id = ${id} and left_at is null`,
    ).toEqual([]);
    expect(
      await service.sql`select 1 from organization_invitations where organization_id = ${id} and withdrawn_at is null and accepted_at is null`,
    ).toEqual([]);
    await expect(view(owner, id)).rejects.toMatchObject(refusal("not_found"));
    await expect(closeOrganization(as(owner), { organizationId: id })).rejects.toMatchObject(refusal("not_found"));
  });
});

describe("roles", () => {
  test("an admin gives and takes every role but owner's", async () => {
    const { id, owner, people } = await company(["admin", "member"]);
    const [admin, other] = people;
    const memberId = await memberIdOf(id, other);
    await changeRole(as(admin), { organizationId: id, memberId, role: "admin" });
    await expect(changeRole(as(admin), { organizationId: id, memberId, role: "owner" })).rejects.toMatchObject(
      refusal("role_missing"),
    );
    const ownerId = await memberIdOf(id, owner);
    await expect(
      changeRole(as(admin), { organizationId: id, memberId: ownerId, role: "member" }),
    ).rejects.toMatchObject(refusal("role_missing"));
    await expect(removeMember(as(admin), { organizationId: id, memberId: ownerId })).rejects.toMatchObject(
      refusal("role_missing"),
    );
    expect((await members(owner, id)).map(({ role }) => role)).toEqual(["owner", "admin", "admin"]);
  });

  test("members change nothing", async () => {
    const { id, owner, people } = await company(["member", "billing"]);
    const memberId = await memberIdOf(id, owner);
    for (const who of [people[0], people[1]]) {
      const ctx = as(who);
      for (const act of [
        () => changeRole(ctx, { organizationId: id, memberId, role: "member" }),
        () => removeMember(ctx, { organizationId: id, memberId }),
        () => revokeSeat(ctx, { organizationId: id, memberId }),
        () => inviteMember(ctx, { session: who, organizationId: id, email: "x@example.se", role: "member" }),
      ])
        await expect(act()).rejects.toMatchObject(refusal("role_missing"));
    }
  });

  test("the last owner who can act stays an owner, and in the company", async () => {
    const { id, owner, people } = await company(["owner", "member"]);
    const [second] = people;
    await service.sql`update users set disabled_at = now() where id = ${second.userId}`;
    await expect(leaveOrganization(as(owner), { organizationId: id, userId: owner.userId })).rejects.toMatchObject(
      refusal("last_owner"),
    );
    const memberId = await memberIdOf(id, owner);
    await expect(changeRole(as(owner), { organizationId: id, memberId, role: "admin" })).rejects.toMatchObject(
      refusal("last_owner"),
    );
    await service.sql`update users set disabled_at = null where id = ${second.userId}`;
    await changeRole(as(owner), { organizationId: id, memberId, role: "admin" });
  });

  test("of two owners who leave at once one stays", async () => {
    const { id, owner, people } = await company(["owner", "billing"]);
    const [second, payer] = people;
    await handOverPayment(as(owner), { session: owner, organizationId: id, memberId: await memberIdOf(id, payer) });
    const left = await Promise.allSettled(
      [owner, second].map((who) => leaveOrganization(as(who), { organizationId: id, userId: who.userId })),
    );
    expect(left.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await members(payer, id)).filter(({ role }) => role === "owner")).toHaveLength(1);
  });
});

describe("leaving and being removed", () => {
  test("both free the seat, show nothing any more, and are recorded", async () => {
    const { id, owner, people } = await company(["member", "member"]);
    const [leaver, removed] = people;
    expect(await seats(id)).toEqual({ claimed: 3 });
    await leaveOrganization(as(leaver), { organizationId: id, userId: leaver.userId });
    await removeMember(as(owner), { organizationId: id, memberId: await memberIdOf(id, removed) });
    expect(await seats(id)).toEqual({ claimed: 1, revoked: 2 });
    for (const who of [leaver, removed]) {
      expect(await own(who)).toHaveLength(1);
      await expect(view(who, id)).rejects.toMatchObject(refusal("not_found"));
    }
    expect((await acts(id)).slice(-2)).toEqual([
      `customer:${leaver.customerId} organizations.leave`,
      `customer:${owner.customerId} organizations.remove_member`,
    ]);
  });

  test("whoever left may come back, as a new membership in a new seat", async () => {
    const { id, owner, people } = await company(["member"]);
    await leaveOrganization(as(people[0]), { organizationId: id, userId: people[0].userId });
    await join(owner, id, people[0], "admin");
    expect(await seats(id)).toEqual({ claimed: 2, revoked: 1 });
    expect((await members(owner, id)).map(({ role }) => role)).toEqual(["owner", "admin"]);
  });

  test("nobody leaves a personal organization, nor takes others into it", async () => {
    const one = await person("hermit");
    const organizationId = "org_hermit";
    await expect(leaveOrganization(as(one), { organizationId, userId: one.userId })).rejects.toMatchObject(
      refusal("personal"),
    );
    await expect(
      inviteMember(as(one), { session: one, organizationId, email: "x@example.se", role: "member" }),
    ).rejects.toMatchObject(refusal("personal"));
    await expect(closeOrganization(as(one), { organizationId })).rejects.toMatchObject(refusal("personal"));
  });
});

describe("who pays", () => {
  test("is handed over to another billing member, and not to one who only uses", async () => {
    const { id, owner, people } = await company(["billing", "member"]);
    const [billing, user] = people;
    const give = async (by: Session, to: Session) =>
      handOverPayment(as(by), { session: by, organizationId: id, memberId: await memberIdOf(id, to) });
    await expect(give(owner, user)).rejects.toMatchObject(refusal("cannot_pay"));
    await expect(give(billing, billing)).rejects.toMatchObject(refusal("role_missing"));
    await give(owner, billing);
    expect((await view(user, id)).payer?.who).toBe(billing.name);
    const [row] = await service.sql`select billing_customer_id from organizations where id = ${id}`;
    expect(row).toEqual({ billing_customer_id: billing.customerId });
    // Whoever pays may hand it on, not being an owner.
    await give(billing, owner);
    expect((await view(owner, id)).payer?.who).toBe(owner.name);
    expect((await acts(id)).filter((act) => act.endsWith("hand_over_payment"))).toHaveLength(2);
  });

  test("stays while paying: neither leaves, nor is removed, nor becomes a mere user", async () => {
    const { id, owner, people } = await company(["billing"]);
    const [payer] = people;
    const memberId = await memberIdOf(id, payer);
    await handOverPayment(as(owner), { session: owner, organizationId: id, memberId });
    for (const act of [
      () => leaveOrganization(as(payer), { organizationId: id, userId: payer.userId }),
      () => removeMember(as(owner), { organizationId: id, memberId }),
      () => changeRole(as(owner), { organizationId: id, memberId, role: "member" }),
    ])
      await expect(act()).rejects.toMatchObject(refusal("payer_stays"));
  });
});

describe("a seat and a membership", () => {
  test("who only pays has none; a role that uses the plan takes one and gives it back", async () => {
    const { id, owner, people } = await company(["billing"]);
    const memberId = await memberIdOf(id, people[0]);
    expect(await seats(id)).toEqual({ claimed: 1 });
    await changeRole(as(owner), { organizationId: id, memberId, role: "member" });
    expect(await seats(id)).toEqual({ claimed: 2 });
    await changeRole(as(owner), { organizationId: id, memberId, role: "billing" });
    expect(await seats(id)).toEqual({ claimed: 1, revoked: 1 });
  });

  test("a seat is taken from a member who stays, and given back", async () => {
    const { id, owner, people } = await company(["member"]);
    const seat = { organizationId: id, memberId: await memberIdOf(id, people[0]) };
    await expect(assignSeat(as(owner), seat)).rejects.toMatchObject(refusal("seated"));
    await revokeSeat(as(owner), seat);
    await expect(revokeSeat(as(owner), seat)).rejects.toMatchObject(refusal("seatless"));
    expect((await members(owner, id)).map(({ hasSeat }) => hasSeat)).toEqual([true, false]);
    await assignSeat(as(owner), seat);
    expect(await seats(id)).toEqual({ claimed: 2, revoked: 1 });
    const history = await service.sql`select event, from_state, to_state from seat_transitions t
      join seats s on s.id = t.subject_id where s.organization_id = ${id} and s.status = 'revoked' order by t.id`;
    expect(history.map((row) => `${row.from_state} ${row.event} ${row.to_state}`)).toEqual([
      "null created pending",
      "pending claimed claimed",
      "claimed revoked revoked",
    ]);
  });
});
