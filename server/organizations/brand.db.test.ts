import { deflateSync } from "node:zlib";
import { sql as sqlText } from "drizzle-orm";
import { expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { accountActor } from "../identity/index.ts";
import { sendInvitation } from "./send-invitation.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company } = testPlans(shop);
const [owner, worker, stranger] = [
  await shop.member("agare@example.se"),
  await shop.member("anstalld@example.se"),
  await shop.member("framling@example.se"),
];
const organizationId = await company([
  [owner, "owner"],
  [worker, "member"],
]);
const brandOf = (session: typeof owner) => shop.browser({ session }).caller.organizations.brand;
const look = { organizationId, name: "Bageriet", color: "#0B3D91" };
const logo = (() => {
  const head = Buffer.from("89504e470d0a1a0a0000000d49484452000000200000001008060000000000000000", "hex");
  return Buffer.concat([head, deflateSync(Buffer.alloc(64))]).toString("base64");
})();
let said = 0;
const grant = (
  of: string,
) => sql`insert into entitlements (id, organization_id, feature, value, source, reason, starts_at, created_by, created_at)
  values (${`ent_said_${++said}`}, ${of}, 'hasWhiteLabel', 'true', 'override', 'agreed', '2020-01-01', 'staff:usr_1', now())`;
const end = () =>
  sql`update entitlements set replaced_at = now() where organization_id = ${organizationId} and source = 'override' and replaced_at is null`;
const settled = (has: boolean) =>
  expect
    .poll(
      async () =>
        (await shop.browser({ session: owner }).caller.entitlements.get({ organizationId })).flags.hasWhiteLabel,
    )
    .toBe(has);

/** The mail of an invitation that is made now. */
async function invitationMail(email: string) {
  const at = new Date().toISOString();
  const id = `oin_${email.split("@")[0]}`;
  await sql`insert into organization_invitations (id, organization_id, email, email_normalized, role, locale, token_hash, invited_by, expires_at, created_at)
    values (${id}, ${organizationId}, ${email}, ${email}, 'billing', 'sv', ${id}, ${owner.userId}, ${new Date(Date.now() + 86_400_000).toISOString()}, ${at})`;
  await sendInvitation(shop.worker(), { invitationId: id });
  const [mail] = await sql`select html, text from emails where to_address = ${email}`;
  return { html: String(mail?.html), text: String(mail?.text) };
}

test("is chosen where the plan has it, by those who look after the organization, in a color that can be read", async () => {
  await expect(brandOf(owner).set(look)).rejects.toMatchObject({
    cause: { code: "entitlements.missing", details: { feature: "hasWhiteLabel" } },
  });
  await grant(organizationId);
  await settled(true);
  await expect(brandOf(worker).set(look)).rejects.toMatchObject({ cause: { code: "organizations.role_missing" } });
  await expect(brandOf(stranger).set(look)).rejects.toMatchObject({ cause: { code: "entitlements.not_a_member" } });
  for (const color of ["#7a7a7a", "#787878"])
    await expect(brandOf(owner).set({ ...look, color })).rejects.toMatchObject({
      cause: { code: "organizations.color_unreadable", details: { field: "color" } },
    });
  await expect(brandOf(owner).set({ ...look, color: "red;}" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const script = Buffer.from("<svg onload='alert(1)'/>").toString("base64");
  await expect(brandOf(owner).set({ ...look, logo: script })).rejects.toMatchObject({
    cause: { code: "catalog.not_a_picture" },
  });
  expect(await brandOf(owner).get({ organizationId })).toBeNull();
  // Shown first, kept not at all.
  expect(await brandOf(owner).preview(look)).toEqual({
    name: "Bageriet",
    color: "#0b3d91",
    ink: "#ffffff",
    logoFileId: null,
  });
  expect(await brandOf(owner).get({ organizationId })).toBeNull();
  await brandOf(owner).set({ ...look, logo });
  await brandOf(owner).set({ ...look, name: "Bageriet på hörnet" });
  expect(await brandOf(worker).get({ organizationId })).toEqual({
    ...{ name: "Bageriet på hörnet", color: "#0b3d91", ink: "#ffffff" },
    logoFileId: expect.stringMatching(/^img_[0-9a-f]{32}$/),
  });
  await expect(brandOf(stranger).get({ organizationId })).rejects.toMatchObject({
    cause: { code: "organizations.not_found" },
  });
  const acts =
    await sql`select 1 from audit_entries where action = 'organizations.set_brand' and subject = ${organizationId}`;
  expect(acts).toHaveLength(2);
});

test("stands on mails to invitees, whose seller is named all the same, and on none once the plan has it no longer", async () => {
  const branded = await invitationMail("en@example.se");
  expect(branded.html).toMatch(/\/media\/img_[0-9a-f]{32}/);
  expect(branded.html).toContain("#0b3d91");
  expect(branded.text).toContain("Bageriet på hörnet");
  expect(branded.text).toContain(shop.runtime.config.COMPANY_NAME);
  await end();
  expect(await brandOf(worker).get({ organizationId })).toBeNull();
  const plain = await invitationMail("tva@example.se");
  expect(plain.html).not.toMatch(/\/media\/img_|#0b3d91/);
  expect(plain.text).not.toContain("Bageriet på hörnet");
  await settled(false);
  await expect(brandOf(owner).set(look)).rejects.toMatchObject({ cause: { code: "entitlements.missing" } });
  // What was chosen is there again with the plan.
  await grant(organizationId);
  // The refusal above is remembered of its asker for a quarter of a second.
  await settled(true);
  expect(await brandOf(worker).get({ organizationId })).toMatchObject({ name: "Bageriet på hörnet" });
});

test("whoever may brand nothing keeps no picture, whatever they send to the database", async () => {
  const { db } = shop.runtime.ctx(accountActor(stranger), "test");
  const keep = db.transaction((tx) =>
    tx.execute(
      sqlText`insert into media_files (id, type, width, height, bytes, created_at) values ('img_x', 'image/png', 1, 1, 'x', now())`,
    ),
  );
  await expect(keep).rejects.toThrow();
});

test("is not changed without end: each change may leave a picture behind", async () => {
  const admin = await shop.member("ivrig@example.se");
  await sql`insert into organization_members (id, organization_id, user_id, role, joined_at)
    values ('omb_ivrig', ${organizationId}, ${admin.userId}, 'admin', now())`;
  for (let count = 0; count < 30; count++) await brandOf(admin).set({ ...look, name: `Bageriet ${count}` });
  await expect(brandOf(admin).set(look)).rejects.toMatchObject({ cause: { code: "identity.too_many_attempts" } });
  // Another who looks after it has a count of their own.
  await brandOf(owner).set(look);
});
