import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { codeAt } from "../../scripts/test/authenticator.ts";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { handlers } from "../../worker/tasks/index.ts";
import { deliverAnnouncement } from "../announcements/deliver-announcement.ts";
import { addEndpoint } from "../announcements/manage-endpoint.ts";
import { signMessage } from "../announcements/sign-message.ts";
import { hashToken } from "../kernel/id.ts";
import { createLinks } from "../kernel/links.ts";
import { createSecretBox } from "../kernel/secret-box.ts";
import { mintSecretLink } from "../messaging/secret-link.ts";
import { completeSignIn } from "./complete-sign-in.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { hashPassword } from "./index.ts";
import { inviteStaff } from "./invite-staff.ts";
import { knownDevice, newKnownDevice } from "./known-device.ts";
import { prepareTotp, readPreparedTotp } from "./prepare-totp.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { accountActor, type Session } from "./session.ts";
import { signIn } from "./sign-in.ts";

const [OLD, NEW] = ["the old secret of the shop ".padEnd(40, "o"), "the new secret of the shop ".padEnd(40, "n")];
const PASSWORD = "blåbärssoppa till frukost";
const shop = await testCheckoutShop({ SESSION_SECRET: OLD });
const { sql, runtime } = shop;
const { bought, eventsOf } = testPurchases(shop);

/** Restarts the shop with another setting: everything that is derived from it is made anew, as `wire.ts` does. */
function restartWith(...secrets: [string, ...string[]]): void {
  const { baseUrl } = runtime.config;
  Object.assign(runtime.providers, { secretBox: createSecretBox(secrets), links: createLinks({ baseUrl, secrets }) });
}
const reseal = () => handlers.resealJob(shop.worker(), {}, { attempt: 1 } as Parameters<typeof handlers.resealJob>[2]);
const visitor = () => runtime.ctx({ kind: "anonymous", tokens: [] }, "test");
const as = (session: Session) => runtime.ctx(accountActor(session), "test");
let hosts = 0;
const browser = () => ({ ip: `198.51.100.${++hosts}`, userAgent: "test", present: null });

async function account(email: string): Promise<Session> {
  const session = await shop.member(email);
  await sql`insert into sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
    values (${session.id}, ${session.id}, ${session.userId}, now(), now(), now() + interval '1 day')`;
  await sql`update users set password_hash = ${await hashPassword(PASSWORD)} where id = ${session.userId}`;
  return session;
}
async function withApp(email: string) {
  const session = await account(email);
  await prepareTotp(as(session), session);
  const prepared = await readPreparedTotp(as(session), session);
  const letters = prepared?.letters ?? "";
  const codes = (await confirmTotp(as(session), { session, code: codeAt(letters, new Date()) })) ?? [];
  return { session, email, letters, codes };
}
/** Signs in with the password and a code; `minutes` on, since each code of an app counts once. */
async function enter(email: string, code: (at: Date) => string, minutes: number) {
  const at = new Date(Date.now() + minutes * 60_000);
  const ctx = { ...visitor(), technical: { now: () => at } };
  const opened = await signIn(ctx, { email, password: PASSWORD, ...browser() });
  if (opened.outcome !== "second_factor") throw new Error("no second factor was asked for");
  return completeSignIn(ctx, { halfToken: opened.token, code: code(at), ...browser() });
}
const staff = async () => {
  const session = await account("owner@example.se");
  await sql`update users set staff_role = 'owner' where id = ${session.userId}`;
  return { ...session, staffRole: "owner" as const };
};
const resetLink = async (email: string) => {
  await requestPasswordReset(visitor(), { email, ip: browser().ip });
  return shop.worker().db.transaction(async (tx) => {
    const [mail] = await sql`select user_id from emails where template = 'reset-password' and to_address = ${email}`;
    const userId = String(mail?.user_id);
    const to = {
      linkPurpose: "reset_password",
      linkSubject: null,
      userId,
      customerId: null,
      toAddress: email,
    } as const;
    return (
      new URL((await mintSecretLink(tx, runtime.providers.links, to, new Date())) ?? "").searchParams.get("token") ?? ""
    );
  });
};
const orderLink = (checkoutId: string) =>
  shop.worker().db.transaction((tx) => {
    const mail = {
      linkPurpose: "view_order",
      linkSubject: checkoutId,
      userId: null,
      customerId: null,
      toAddress: "",
    } as const;
    return mintSecretLink(tx, runtime.providers.links, mail, new Date());
  });
const refOf = (link: string | null) => new URL(link ?? "").searchParams.get("ref") ?? "";

// A receiver of our announcements, who writes down what it was sent.
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
const receiver = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    heard.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
    response.end();
  });
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
afterAll(() => receiver.close());
const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

describe("SESSION_SECRET, rotated", () => {
  test("lets everything go on that the old one made, with both and with the new one alone", async () => {
    const kim = await withApp("kim@example.se");
    const legacy = await withApp("legacy@example.se");
    // Codes as they were stored before they had a key of their own.
    const before = createSecretBox([OLD]);
    await sql`delete from recovery_codes where user_id = ${legacy.session.userId}`;
    for (const code of legacy.codes)
      await sql`insert into recovery_codes (code_hash, user_id, created_at)
        values (${before.mark(code, legacy.session.userId)}, ${legacy.session.userId}, now())`;
    const device = newKnownDevice(before, kim.session.userId);
    const mailed = await resetLink(legacy.email);
    const owner = await staff();
    const asOwner = as(owner);
    const endpoint = await addEndpoint(asOwner, { name: "Second", url: receiverUrl, accessKey: "key-of-the-receiver" });
    await inviteStaff(asOwner, { session: owner, email: "colleague@example.se", role: "support" });
    const [invitation] = await sql`select id, token_hash from staff_invitations`;
    const guest = await bought("towel");
    for (const event of await eventsOf(guest)) await shop.receive(event);
    await shop.work();
    const link = await orderLink(guest.checkoutId);

    restartWith(NEW, OLD);
    expect(await orderLink(guest.checkoutId)).toBe(link);
    await enter(kim.email, (at) => codeAt(kim.letters, at), 2);
    await enter(kim.email, () => kim.codes[0] ?? "", 3);
    await enter(legacy.email, () => legacy.codes[0] ?? "", 3);
    expect(knownDevice(runtime.providers.secretBox, kim.session.userId, device)).not.toBeNull();
    const asked = { id: String(invitation?.id), tokenHash: String(invitation?.token_hash) };
    const token = new URL(runtime.providers.links.invitationUrl(asked)).searchParams.get("token") ?? "";
    expect(hashToken(token)).toBe(asked.tokenHash);
    await reseal();
    await reseal();
    for (const [table, column] of [
      ["totp_factors", "secret_sealed"],
      ["recovery_codes", "key_sealed"],
      ["announcement_endpoints", "secret"],
      ["announcement_endpoints", "access_key"],
      ["checkouts", "access_token_sealed"],
    ] as const) {
      const rows = await sql.unsafe(
        `select ${column} as sealed from ${table} ${table === "recovery_codes" ? "where used_at is null" : ""}`,
      );
      expect(rows.length, `${table}.${column}`).toBeGreaterThan(0);
      for (const { sealed } of rows) expect(String(sealed)).toMatch(`${createSecretBox([NEW]).present}`);
    }

    restartWith(NEW);
    await enter(kim.email, (at) => codeAt(kim.letters, at), 6);
    await enter(kim.email, () => kim.codes[1] ?? "", 7);
    await enter(legacy.email, (at) => codeAt(legacy.letters, at), 6);
    await enter(legacy.email, () => legacy.codes[1] ?? "", 7);
    await expect(enter(legacy.email, () => legacy.codes[0] ?? "", 8)).rejects.toMatchObject({
      code: "identity.wrong_code",
    });
    // A link mailed a while ago, and one in a mail of today about the same order.
    expect(await orderLink(guest.checkoutId)).toBe(link);
    expect((await shop.browser().caller.orders.byRef({ ref: refOf(link) })).email).toBe(guest.email);
    await resetPassword(visitor(), { token: mailed, password: "en helt annan fras", ip: browser().ip });

    const body = '{"action":"price.updated"}';
    await sql`insert into announcement_deliveries (id, endpoint_id, campaign_id, action, version, part, body, state, created_at)
      values ('and_1', ${endpoint.id}, 'cmp_1', 'price.updated', 1, 'campaign', ${body}, 'pending', now())`;
    await deliverAnnouncement(shop.worker(), { deliveryId: "and_1" });
    const [message] = heard.slice(-1);
    const at = new Date(Number(message?.headers["webhook-timestamp"]) * 1000);
    const signed = signMessage({ id: "and_1", body, secrets: [endpoint.secret], at });
    expect(message?.headers["webhook-signature"]).toBe(signed["webhook-signature"]);
    expect(message?.headers.authorization).toBe("Bearer key-of-the-receiver");
    expect(await sql`select 1 from alerts where kind = 'identity.secret_lost'`).toEqual([]);
  });

  test("a request repeated under the same key gets the page that it opened under the old one", async () => {
    restartWith(OLD);
    const ask = { source: { productId: "towel" } };
    const press = () =>
      shop.browser({ ip: "203.0.113.88", idempotencyKey: "pressed-twice" }).caller.checkout.start(ask);
    const first = await press();
    restartWith(NEW, OLD);
    expect(await press()).toEqual(first);
    expect(first.outcome).toBe("open");
  });

  test("dropped too early tells staff what no longer opens, and is silent again once it is back", async () => {
    restartWith(OLD);
    await withApp("early@example.se");
    restartWith(NEW);
    await reseal();
    const open = () => sql`select subject from alerts where kind = 'identity.secret_lost' and resolved_at is null`;
    expect(await open()).toEqual([{ subject: "factors" }]);
    restartWith(NEW, OLD);
    await reseal();
    expect(await open()).toEqual([]);
  });
});
