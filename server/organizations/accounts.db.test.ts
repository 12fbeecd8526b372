import { describe, expect, test } from "vitest";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import { setAccountDisabled } from "../identity/set-account-disabled.ts";
import type { Actor } from "../kernel/actor.ts";
import { assignSeat } from "./assign-seat.ts";
import { changeRole } from "./change-role.ts";
import { getOrganization, listOrganizations, organizationsOfCustomer, organizationTimeline } from "./office-queries.ts";
import { listOwnOrganizations } from "./queries.ts";
import { removeMember } from "./remove-member.ts";

const bench = await testOrganizations();
const { as, context, member, person, found, join, memberIdOf, members, service, acts } = bench;
await bench.allow(10);
await service.sql`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at)
  values ('usr_staff', 's@x.se', 's@x.se', '-', 'sv', 'support', now())`;
const staff: Actor = { kind: "staff", userId: "usr_staff", role: "support", customerId: null, tokens: [] };
const office = context(staff, member);
const reason = "The owner's account is shut";

describe("an organization whose owner's account is shut", () => {
  test("stays as it is, and staff appoint another owner, with a reason; then the old one can be removed", async () => {
    const [owner, admin] = [await person("owner"), await person("admin")];
    const id = await found(owner, "Verkstaden");
    await join(owner, id, admin, "admin");
    await setAccountDisabled(office, { customerId: "cus_owner", disabled: true, reason });
    expect((await members(admin, id)).map(({ disabled }) => disabled)).toEqual([true, false]);
    const memberId = await memberIdOf(id, admin);
    await expect(changeRole(as(admin), { organizationId: id, memberId, role: "owner" })).rejects.toMatchObject({
      code: "organizations.role_missing",
    });
    await changeRole(office, { organizationId: id, memberId, role: "owner", office: { reason } });
    const gone = { organizationId: id, memberId: await memberIdOf(id, owner) };
    // Whoever pays is still the old owner: that is handed over first.
    await expect(removeMember(as(admin), gone)).rejects.toMatchObject({ code: "organizations.payer_stays" });
    await service.sql`update organizations set billing_customer_id = 'cus_admin' where id = ${id}`;
    await removeMember(as(admin), gone);
    expect(await acts(id)).toContain("staff:usr_staff organizations.change_role");
    const told = await office.db.transaction((tx) =>
      organizationTimeline(tx, { organizationId: id, limit: 50 }).then((page) => page.items),
    );
    expect(told.find((one) => one.event === "organizations.change_role")).toMatchObject({ cause: reason });
    expect(told.filter((one) => one.what === "seat").map(({ event }) => event)).toContain("revoked");
  });
});

describe("staff", () => {
  test("read every organization, found by name, payer or id, with members and seats", async () => {
    const one = await person("cia");
    const id = await found(one, "Bageriet");
    const list = (asked: { q?: string; kind?: "company" | "personal"; state?: "open" | "closed" }) =>
      office.db.transaction((tx) => listOrganizations(tx, { limit: 50, counted: true, ...asked }));
    const ids = async (asked: Parameters<typeof list>[0]) => (await list(asked)).items.map((row) => row.id);
    expect(await ids({ q: "bager" })).toEqual([id]);
    expect(await ids({ q: id })).toEqual([id]);
    expect(await ids({ q: "cia@", kind: "company" })).toEqual([id]);
    expect(await ids({ q: "cia@", kind: "personal" })).toEqual(["org_cia"]);
    expect(await ids({ state: "closed" })).toEqual([]);
    expect((await list({ kind: "company" })).total?.count).toBe(2);
    const whole = await office.db.transaction((tx) => getOrganization(tx, { organizationId: id }));
    expect(whole).toMatchObject({
      name: "Bageriet",
      members: 1,
      seatsClaimed: 1,
      payer: "cia",
      seats: { allowed: 10 },
    });
    const its = await office.db.transaction((tx) => organizationsOfCustomer(tx, { customerId: "cus_cia" }));
    expect(its.map(({ id: which, role, pays }) => [which, role, pays])).toEqual([
      ["org_cia", "owner", true],
      [id, "owner", true],
    ]);
  });

  test("change no personal organization, and nothing that is closed", async () => {
    const one = await person("dag");
    const act = { organizationId: "org_dag", memberId: await memberIdOf("org_dag", one), office: { reason } };
    await expect(assignSeat(office, act)).rejects.toMatchObject({ code: "organizations.personal" });
    await expect(assignSeat(office, { ...act, organizationId: "org_none" })).rejects.toMatchObject({
      code: "organizations.not_found",
    });
  });

  test("who look as a customer see that customer's organizations", async () => {
    const one = await person("eva");
    const id = await found(one, "Evas");
    const look = {
      ...one,
      impersonation: {
        id: "imp_1",
        staffUserId: "usr_staff",
        staffRole: "support" as const,
        staffCustomerId: null,
        until: new Date(),
      },
    };
    const own = await as(look).db.transaction((tx) => listOwnOrganizations(tx));
    expect(own.map((each) => each.id)).toEqual(["org_eva", id]);
  });
});
