import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { testOrganizations } from "../../scripts/test/organizations.ts";
import { sized } from "../../scripts/test/size.ts";
import { ORGANIZATION_ROLES } from "../kernel/actor.ts";

const bench = await testOrganizations();
const { as, person, service, allow } = bench;
await allow(1_000);
const PEOPLE = 5;
const COMPANIES = 4;
const people = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => person(`p${n}`)));

/** Who is what in which company; null: not in it. `true` at the end: they left again. */
const memberships = fc.array(
  fc.array(fc.option(fc.tuple(fc.constantFrom(...ORGANIZATION_ROLES), fc.boolean()), { freq: 2 }), {
    minLength: PEOPLE,
    maxLength: PEOPLE,
  }),
  { minLength: COMPANIES, maxLength: COMPANIES },
);

const TABLES = {
  organizations: "id",
  organization_members: "organization_id",
  seats: "organization_id",
  organization_invitations: "organization_id",
  organization_domains: "organization_id",
  organization_join_requests: "organization_id",
} as const;
/** Seen by owners and admins alone. */
const MANAGED = new Set(["organization_invitations", "organization_domains", "organization_join_requests"]);
await person("asker");

let run = 0;
test("R28: whatever the memberships, two organizations never see or change each other", async () => {
  await fc.assert(
    fc.asyncProperty(memberships, async (drawn) => {
      const at = ++run;
      const id = (company: number) => `org_r${at}c${company}`;
      for (const [company, roles] of drawn.entries()) {
        await service.sql`insert into organizations (id, kind, name, created_by, created_at)
          values (${id(company)}, 'company', ${id(company)}, 'usr_p0', now())`;
        await service.sql`insert into organization_invitations (id, organization_id, email, email_normalized, role, locale, token_hash, invited_by, expires_at, created_at)
          values (${`oin_${id(company)}`}, ${id(company)}, 'x@x.se', 'x@x.se', 'member', 'sv', ${id(company)}, 'usr_p0', now() + interval '1 day', now())`;
        await service.sql`insert into organization_domains (id, organization_id, domain, way, claimed_by, created_at)
          values (${`odm_${id(company)}`}, ${id(company)}, ${`${id(company)}.se`}, 'join', 'usr_p0', now())`;
        await service.sql`insert into organization_join_requests (id, organization_id, domain, user_id, lacked_seat, created_at)
          values (${`ojr_${id(company)}`}, ${id(company)}, 'x.se', 'usr_asker', false, now())`;
        for (const [n, held] of roles.entries()) {
          if (!held) continue;
          await service.sql`insert into organization_members (id, organization_id, user_id, role, joined_at, left_at)
            values (${`omb_${id(company)}_${n}`}, ${id(company)}, ${`usr_p${n}`}, ${held[0]}, now(), ${held[1] ? new Date().toISOString() : null})`;
          await service.sql`insert into seats (id, organization_id, user_id, status, created_at)
            values (${`sea_${id(company)}_${n}`}, ${id(company)}, ${`usr_p${n}`}, 'pending', now())`;
        }
      }
      for (const [n, who] of people.entries()) {
        const roleIn = (company: number) => {
          const held = drawn[company]?.[n];
          return held && !held[1] ? held[0] : null;
        };
        const companies = drawn.map((_, company) => company);
        const inside = companies.filter((company) => roleIn(company) !== null).map(id);
        const managed = companies.filter((company) => ["owner", "admin"].includes(roleIn(company) ?? "")).map(id);
        await as(who).db.transaction(async (tx) => {
          for (const [table, column] of Object.entries(TABLES)) {
            const rows = await tx.execute<{ id: string }>(sql`select distinct ${sql.identifier(column)} as id
              from ${sql.identifier(table)} where ${sql.identifier(column)} like ${`org_r${at}c%`} order by 1`);
            const expected = MANAGED.has(table)
              ? managed
              : table === "seats"
                ? inside.filter((one) => drawn[Number(one.split("c").at(-1))]?.some(Boolean))
                : inside;
            expect(
              [...rows].map((row) => row.id),
              `${who.name} in ${table}`,
            ).toEqual(expected);
          }
          const foreign = companies.filter((company) => roleIn(company) === null).map(id);
          for (const one of foreign) {
            expect(await tx.execute(sql`select * from app.organization_people(${one})`)).toHaveLength(0);
            expect(await tx.execute(sql`select * from app.organization_askers(${one})`)).toHaveLength(0);
            const [answered] = await tx.execute(
              sql`select app.let_in(${one}, ${`ojr_${one}`}, array['omb_x', 'sea_x'], now()) as outcome`,
            );
            expect(answered).toEqual({ outcome: "gone" });
            for (const change of [
              sql`update organizations set name = 'mine' where id = ${one}`,
              sql`update organization_members set role = 'owner' where organization_id = ${one}`,
              sql`update seats set status = 'revoked' where organization_id = ${one} and user_id <> ${who.userId}`,
              sql`update organization_domains set way = 'ask' where organization_id = ${one}`,
              sql`update organization_join_requests set answered_at = now(), accepted = false, answered_by = ${who.userId} where organization_id = ${one}`,
              sql`update organization_invitations set withdrawn_at = now() where organization_id = ${one}`,
            ])
              expect(((await tx.execute(change)) as unknown as { count: number }).count).toBe(0);
          }
        });
      }
    }),
    { numRuns: sized(6, 15) },
  );
});
