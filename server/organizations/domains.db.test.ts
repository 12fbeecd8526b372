import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import { reactions } from "../events.ts";
import { setAddress } from "../identity/confirm-email-change.ts";
import type { Session } from "../identity/index.ts";
import { setAccountDisabled } from "../identity/set-account-disabled.ts";
import type { Actor } from "../kernel/actor.ts";
import { databaseFor } from "../kernel/db.ts";
import { letIn, refuseAsker } from "./answer-asker.ts";
import { changeRole } from "./change-role.ts";
import { changeJoining, claimDomain, giveUpDomain } from "./claim-domain.ts";
import { closeOrganization } from "./close-organization.ts";
import { inviteMember } from "./invite-members.ts";
import { joinByDomain } from "./join-by-domain.ts";
import { type JoiningWay, listAskers, listDomains, readJoinable } from "./joining.ts";
import { lapseDomains } from "./lapse-domains.ts";
import { removeMember } from "./remove-member.ts";
import { answerNewcomer, tellOfNewcomer } from "./send-newcomer-mails.ts";

const bench = await testOrganizations();
const { as, worker, person, found, members, seats, letters, service, memberIdOf, acts } = bench;
const refusal = (code: string) => ({ code: `organizations.${code}` });

let company = 0;
let owner: Session;
let organizationId: string;
let domain: string;

/** Somebody whose proven address is of the company of this test. */
const colleague = (name: string) => at(`${name}${company}`, `${name}@${domain}`);
async function at(name: string, email: string): Promise<Session> {
  const who = await person(name);
  await service.sql`update users set email = ${email}, email_normalized = ${email.toLowerCase()}, email_verified_at = now() where id = ${who.userId}`;
  return { ...who, email };
}
const claim = (way: JoiningWay) => claimDomain(as(owner), { session: owner, organizationId, way });
const joinable = (who: Session) => as(who).db.transaction((tx) => readJoinable(tx));
const join = (who: Session) => joinByDomain(as(who), { organizationId, userId: who.userId });
const askers = (who = owner) =>
  as(who).db.transaction(async (tx) => (await listAskers(tx, { organizationId, limit: 50 })).items);
const domains = () => as(owner).db.transaction((tx) => listDomains(tx, organizationId));
const roleOf = async (who: Session) =>
  (await members(owner, organizationId)).find(({ userId }) => userId === who.userId)?.role ?? null;
/** Mails what waits, as the worker would, twice. */
async function deliver(): Promise<void> {
  const all = await service.sql<
    { id: string }[]
  >`select id from organization_join_requests where organization_id = ${organizationId}`;
  for (const { id } of [...all, ...all]) {
    await tellOfNewcomer(worker, { requestId: id });
    await answerNewcomer(worker, { requestId: id });
  }
  await bench.deliver();
}

beforeEach(async () => {
  await bench.allow(1_000);
  company++;
  domain = `kvarnen${company}.se`;
  owner = await at(`owner${company}`, `Owner@${domain}`);
  organizationId = await found(owner, `Kvarnen ${company} AB`);
});

/** Whose domains are to be reviewed, taken off the queue. */
async function jobs(): Promise<string[]> {
  const rows = await service.sql<{ id: string }[]>`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'organizations.lapse-domains' returning payload->>'userId' as id`;
  return rows.map(({ id }) => id);
}
/** A database in which everything follows that follows in the shop. */
const told = (actor: Actor) => databaseFor(service, { actor, now: () => new Date(), reactions });

describe("a domain", () => {
  test("is shown to be the company's by the own proven address; claimed again it takes the new way", async () => {
    await claim("ask");
    await claim("join");
    expect(await domains()).toMatchObject([{ domain, way: "join" }]);
    expect(await acts(organizationId)).toEqual(
      expect.arrayContaining([
        `customer:${owner.customerId} organizations.claim_domain`,
        `customer:${owner.customerId} organizations.change_joining`,
      ]),
    );
  });

  test("where anybody can have an address is nobody's", async () => {
    const private_ = await at(`private${company}`, `private${company}@Gmail.com`);
    const own = await found(private_, "Private AB");
    await expect(
      claimDomain(as(private_), { session: private_, organizationId: own, way: "join" }),
    ).rejects.toMatchObject({ ...refusal("domain_public"), details: { domain: "gmail.com" } });
  });

  test("is one company's, of two who claim it at once too, until that gives it up or closes", async () => {
    const rival = await colleague("rival");
    const other = await found(rival, "Rival AB");
    const claims = await Promise.allSettled([
      claim("join"),
      claimDomain(as(rival), { session: rival, organizationId: other, way: "join" }),
    ]);
    expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(claims.find(({ status }) => status === "rejected")).toMatchObject({ reason: refusal("domain_taken") });
    const [held] = await service.sql<{ id: string; organization_id: string }[]>`
      select id, organization_id from organization_domains where domain = ${domain}`;
    const [holder, loser] = held?.organization_id === other ? [rival, owner] : [owner, rival];
    const lost = loser === owner ? organizationId : other;
    await closeOrganization(as(holder), { organizationId: held?.organization_id ?? "" });
    await claimDomain(as(loser), { session: loser, organizationId: lost, way: "ask" });
    const [mine] = await as(loser).db.transaction((tx) => listDomains(tx, lost));
    await giveUpDomain(as(loser), { organizationId: lost, domainId: mine?.id ?? "" });
    await expect(giveUpDomain(as(loser), { organizationId: lost, domainId: mine?.id ?? "" })).rejects.toMatchObject(
      refusal("domain_not_found"),
    );
  });

  test("is given up once no owner or admin has a proven address of it, and not before", async () => {
    await claim("join");
    const anna = await colleague("anna");
    await join(anna);
    const lapse = async () => {
      const [job] = await service.sql<{ payload: { organizationId: string } }[]>`
        delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id
          and t.identifier = 'organizations.lapse-domains' returning payload`;
      if (job) await lapseDomains(worker, job.payload);
      return job !== undefined;
    };
    const lapsed = async () => (await acts(organizationId)).filter((act) => act.endsWith("organizations.lapse_domain"));
    await changeRole(as(owner), { organizationId, memberId: await memberIdOf(organizationId, anna), role: "admin" });
    expect(await lapse()).toBe(true);
    // The owner's address is another one by now; an admin's still shows it.
    const elsewhere = `owner${company}@example.org`;
    await service.sql`update users set email_normalized = ${elsewhere} where id = ${owner.userId}`;
    await lapseDomains(worker, { userId: owner.userId });
    expect(await domains()).toMatchObject([{ domain }]);
    expect(await lapsed()).toEqual([]);
    await removeMember(as(owner), { organizationId, memberId: await memberIdOf(organizationId, anna) });
    expect(await Promise.all([lapse(), lapseDomains(worker, { organizationId })])).toEqual([true, undefined]);
    expect(await domains()).toEqual([]);
    expect(await lapsed()).toEqual(["system:test organizations.lapse_domain"]);
    expect(await joinable(await colleague("bo"))).toBeNull();
  });

  test("is given up when the one address that shows it becomes another, and can be claimed again", async () => {
    await claim("ask");
    const session = told({ kind: "system", name: "test" });
    const to = async (email: string) => {
      const of = { userId: owner.userId, email, emailNormalized: email.toLowerCase(), at: new Date() };
      await session.transaction((tx) => setAddress(tx, of));
      expect(await jobs()).toEqual([owner.userId]);
      await lapseDomains(worker, { userId: owner.userId });
    };
    await to(`owner${company}@example.org`);
    expect(await domains()).toEqual([]);
    // The owner of the old address says that it was not them: the company has its domain as it had it.
    await to(owner.email);
    expect(await domains()).toMatchObject([{ domain, way: "ask" }]);
    await to(`owner${company}@example.org`);
    await service.sql`update organization_domains set given_up_at = given_up_at - interval '15 days', lapsed_at = lapsed_at - interval '15 days'
      where domain = ${domain}`;
    await to(owner.email);
    expect(await domains()).toEqual([]);
    await claim("join");
    expect(await domains()).toMatchObject([{ domain, way: "join" }]);
    expect(
      (await acts(organizationId)).map((act) => act.split(" ")[1]).filter((act) => /_domain$/.test(act ?? "")),
    ).toEqual(expect.arrayContaining(["organizations.lapse_domain", "organizations.restore_domain"]));
  });

  test("is given up when the account that shows it is shut, and back when that is opened again, unless another has it or it was given up", async () => {
    await claim("join");
    const rival = await colleague("rival");
    const other = await found(rival, "Rival AB");
    const review = () => lapseDomains(worker, { userId: owner.userId });
    const db = told({ kind: "staff", userId: "usr_staff", role: "support", customerId: null, tokens: [] });
    const office = { ...as(owner), db };
    const shut = async (disabled: boolean) => {
      await setAccountDisabled(office, { customerId: owner.customerId ?? "", disabled, reason: "asked for" });
      expect(await jobs()).toEqual([owner.userId]);
      await review();
    };
    await shut(true);
    expect(await domains()).toEqual([]);
    await shut(false);
    await Promise.all([review(), review()]);
    expect(await domains()).toMatchObject([{ domain, way: "join" }]);
    await shut(true);
    await claimDomain(as(rival), { session: rival, organizationId: other, way: "ask" });
    await shut(false);
    expect(await domains()).toEqual([]);
    const [theirs] = await as(rival).db.transaction((tx) => listDomains(tx, other));
    await giveUpDomain(as(rival), { organizationId: other, domainId: theirs?.id ?? "" });
    await review();
    const [back] = await domains();
    expect(back).toMatchObject({ domain, way: "join" });
    // By hand it is given up for good.
    await giveUpDomain(as(owner), { organizationId, domainId: back?.id ?? "" });
    await review();
    expect(await domains()).toEqual([]);
  });

  test("is nothing for members, and the database lets nobody write one that is not the own address's", async () => {
    await claim("join");
    const anna = await colleague("anna");
    await join(anna);
    await expect(claimDomain(as(anna), { session: anna, organizationId, way: "ask" })).rejects.toMatchObject(
      refusal("role_missing"),
    );
    expect(await as(anna).db.transaction((tx) => listDomains(tx, organizationId))).toEqual([]);
    const written = as(owner).db.transaction((tx) =>
      tx.execute(sql`insert into organization_domains (id, organization_id, domain, way, claimed_by, created_at)
        values (${`odm_x${company}`}, ${organizationId}, 'apple.com', 'join', ${owner.userId}, now())`),
    );
    await expect(written).rejects.toMatchObject({ cause: { message: expect.stringMatching(/row-level security/) } });
  });
});

describe("whoever has a proven address there", () => {
  test("finds the company and joins with one press, in a seat; owners and admins are mailed once", async () => {
    await claim("join");
    const anna = await colleague("anna");
    const offered = { organizationId, name: `Kvarnen ${company} AB`, domain, way: "join", askedAt: null };
    expect(await joinable(anna)).toEqual(offered);
    expect(await Promise.all([join(anna), join(anna), join(anna)])).toEqual(
      [1, 2, 3].map(() => ({ outcome: "joined" })),
    );
    expect(await roleOf(anna)).toBe("member");
    expect(await seats(organizationId)).toEqual({ claimed: 2 });
    expect(await joinable(anna)).toBeNull();
    await deliver();
    const mails = await letters(`owner@${domain}`);
    expect(mails).toMatchObject([{ subject: `${anna.name} har gått med i Kvarnen ${company} AB` }]);
    expect(await letters(`anna@${domain}`)).toHaveLength(0);
    expect(await acts(organizationId)).toContain(`customer:${anna.customerId} organizations.join_by_domain`);
  });

  test("learns nothing before it is proven, nor with an address elsewhere, nor once the domain is given up", async () => {
    await claim("join");
    const [anna, below] = [await colleague("anna"), await at(`below${company}`, `x@sub.${domain}`)];
    await service.sql`update users set email_verified_at = null where id = ${anna.userId}`;
    for (const who of [anna, below]) {
      expect(await joinable(who)).toBeNull();
      await expect(join(who)).rejects.toMatchObject(refusal("not_joinable"));
    }
    await service.sql`update users set email_verified_at = now() where id = ${anna.userId}`;
    const [claimed] = await domains();
    await giveUpDomain(as(owner), { organizationId, domainId: claimed?.id ?? "" });
    await expect(join(anna)).rejects.toMatchObject(refusal("not_joinable"));
    expect(await seats(organizationId)).toEqual({ claimed: 1 });
  });

  test("asks where the company says so, once; an owner lets them in, and they are told", async () => {
    await claim("ask");
    const [anna, bo] = [await colleague("anna"), await colleague("bo")];
    expect(await join(anna)).toEqual({ outcome: "asked" });
    expect(await join(anna)).toEqual({ outcome: "asked" });
    expect(await join(bo)).toEqual({ outcome: "asked" });
    expect((await joinable(anna))?.askedAt).toBeInstanceOf(Date);
    expect(await askers(anna)).toEqual([]);
    const [first, second] = await askers();
    expect([first?.email, second?.email]).toEqual([anna.email, bo.email]);
    await deliver();
    expect(await letters(`owner@${domain}`)).toHaveLength(2);

    const answers = await Promise.allSettled(
      [1, 2].map(() => letIn(as(owner), { organizationId, requestId: first?.id ?? "" })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await roleOf(anna)).toBe("member");
    await refuseAsker(as(owner), { organizationId, requestId: second?.id ?? "", session: owner });
    expect(await roleOf(bo)).toBeNull();
    expect(await joinable(bo)).toBeNull();
    await expect(join(bo)).rejects.toMatchObject(refusal("not_joinable"));
    await deliver();
    expect(await letters(`owner@${domain}`)).toHaveLength(2);
    expect(await letters(`anna@${domain}`)).toMatchObject([{ subject: `Du är med i Kvarnen ${company} AB` }]);
    expect(await letters(`bo@${domain}`)).toMatchObject([{ subject: `Kvarnen ${company} AB släppte inte in dig` }]);
    expect(await seats(organizationId)).toEqual({ claimed: 2 });
  });

  test("asks when every seat is taken, of many at once as many join as there are seats; a free one is taken later", async () => {
    await claim("join");
    await bench.allow(3);
    const people = await Promise.all(["a", "b", "c", "d"].map(colleague));
    const outcomes = (await Promise.all(people.map(join))).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["full", "full", "joined", "joined"]);
    expect(await seats(organizationId)).toEqual({ claimed: 3 });
    const [waiting] = await askers();
    await expect(letIn(as(owner), { organizationId, requestId: waiting?.id ?? "" })).rejects.toMatchObject(
      refusal("no_seat"),
    );
    await deliver();
    expect(
      (await letters(`owner@${domain}`))
        .map(({ subject }) => subject)
        .filter((one) => /platser är tagna/.test(one ?? "")),
    ).toHaveLength(2);
    await bench.allow(4);
    const next = people.find(({ email }) => email === waiting?.email) as Session;
    expect(await joinable(next)).toMatchObject({ way: "join", askedAt: expect.any(Date) });
    expect(await join(next)).toEqual({ outcome: "joined" });
    expect(await askers()).toHaveLength(1);
    expect(await seats(organizationId)).toEqual({ claimed: 4 });
  });

  test("was in it before: they ask, whoever took them out decides", async () => {
    await claim("join");
    const anna = await colleague("anna");
    await join(anna);
    await removeMember(as(owner), { organizationId, memberId: await memberIdOf(organizationId, anna) });
    expect(await joinable(anna)).toMatchObject({ way: "ask" });
    expect(await join(anna)).toEqual({ outcome: "asked" });
    expect(await seats(organizationId)).toEqual({ claimed: 1, revoked: 1 });
  });

  test("has been invited: that counts, with its role and its seat", async () => {
    await claim("ask");
    const anna = await colleague("anna");
    await inviteMember(as(owner), { session: owner, organizationId, email: anna.email, role: "admin" });
    expect(await join(anna)).toEqual({ outcome: "joined" });
    expect(await roleOf(anna)).toBe("admin");
    expect(await seats(organizationId)).toEqual({ claimed: 2 });
    expect(await askers()).toEqual([]);
  });

  test("asked, and was invited then: is answered by that, and asks nobody once they are out again", async () => {
    await claim("ask");
    const anna = await colleague("anna");
    await join(anna);
    await inviteMember(as(owner), { session: owner, organizationId, email: anna.email, role: "member" });
    expect(await join(anna)).toEqual({ outcome: "joined" });
    await removeMember(as(owner), { organizationId, memberId: await memberIdOf(organizationId, anna) });
    expect(await askers()).toEqual([]);
    expect(await joinable(anna)).toMatchObject({ askedAt: null });
    expect(await join(anna)).toEqual({ outcome: "asked" });
    expect(await askers()).toMatchObject([{ email: anna.email }]);
  });

  test("of a company that changed its mind asks from then on", async () => {
    await claim("join");
    const [claimed] = await domains();
    await changeJoining(as(owner), { organizationId, domainId: claimed?.id ?? "", way: "ask" });
    expect(await join(await colleague("anna"))).toEqual({ outcome: "asked" });
  });
});

test("nobody lets people in but owners and admins of that very company", async () => {
  await claim("ask");
  const anna = await colleague("anna");
  await join(anna);
  const [asking] = await askers();
  const stranger = await person(`stranger${company}`);
  const own = await found(stranger, "Stranger AB");
  for (const [who, of] of [
    [anna, organizationId],
    [stranger, own],
    [stranger, organizationId],
  ] as const) {
    const [row] = await as(who).db.transaction((tx) =>
      tx.execute(sql`select app.let_in(${of}, ${asking?.id ?? ""}, array['omb_x', 'sea_x'], now()) as outcome`),
    );
    expect(row).toEqual({ outcome: "gone" });
  }
  await expect(letIn(as(stranger), { organizationId, requestId: asking?.id ?? "" })).rejects.toMatchObject(
    refusal("not_found"),
  );
  expect(await roleOf(anna)).toBeNull();
});
