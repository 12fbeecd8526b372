import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customers, users } from "../../drizzle/schema/identity.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import type { Actor } from "../kernel/actor.ts";
import { technicalClock } from "../kernel/clock.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { CUSTOMER_FLAGS } from "./customer-flag-status.ts";
import { addNote, listFlags, listNotes, noteKey, setFlag } from "./customer-notes.ts";
import { CUSTOMER_FLAG_WORDS } from "./input.ts";
import { listViews, removeView, saveView } from "./saved-views.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-service", max: 2 });
const member = connect(urls.member, { name: "test-member", max: 4 });
afterAll(() => Promise.all([service.close(), member.close()]));
const now = () => new Date("2026-11-20T12:00:00Z");

function as(actor: Actor): Ctx {
  const db = databaseFor(member, { actor, now, reactions: {} });
  return { db, actor, now, technical: technicalClock, providers: {}, requestId: "test" } as unknown as Ctx;
}
const staff = (userId: string) => as({ kind: "staff", userId, role: "support", customerId: null, tokens: [] });
const [sam, kim] = [staff("usr_sam"), staff("usr_kim")];

beforeAll(() =>
  databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} }).transaction(async (tx) => {
    for (const name of ["sam", "kim"]) {
      const email = `${name}@example.com`;
      const account = { email, emailNormalized: email, passwordHash: "x", locale: "sv" as const, createdAt: now() };
      await tx.insert(users).values({ id: `usr_${name}`, name, ...account });
    }
    const email = "anna@example.com";
    const base = { email, emailNormalized: email, locale: "sv" as const, createdAt: now() };
    await tx.insert(customers).values({ id: "cus_anna", userId: null, ...base });
    await tx.insert(customers).values({ id: "cus_guest", mergedIntoId: "cus_anna", ...base });
  }),
);

const notesOf = (ctx: Ctx, id: string) => ctx.db.transaction((tx) => listNotes(tx, id));
const flagsOf = (id: string) => kim.db.transaction((tx) => listFlags(tx, id));

describe("a note", () => {
  test("is read by all staff with its author, with those of the guest that was claimed, newest first", async () => {
    await addNote(sam, { customerId: "cus_guest", text: "Called about the delivery.", key: noteKey() });
    await addNote(kim, { customerId: "cus_anna", text: "Sent a new towel.", key: noteKey() });
    const notes = await notesOf(sam, "cus_anna");
    expect(notes.map(({ text, author }) => ({ text, author }))).toEqual(
      expect.arrayContaining([
        { text: "Sent a new towel.", author: "kim" },
        { text: "Called about the delivery.", author: "sam" },
      ]),
    );
    expect(notes).toHaveLength(2);
  });

  test("is written once, however often and at once its form is sent", async () => {
    const note = { customerId: "cus_anna", text: "Pressed twice.", key: noteKey() };
    await Promise.all([addNote(sam, note), addNote(sam, note), addNote(sam, note)]);
    expect((await notesOf(sam, "cus_anna")).filter((one) => one.text === "Pressed twice.")).toHaveLength(1);
  });

  test("is never changed or taken away, not even by the worker", async () => {
    await expect(service.sql`update customer_notes set text = 'nicer'`).rejects.toThrow(/append-only/);
    await expect(service.sql`delete from customer_notes`).rejects.toThrow(/append-only/);
  });

  test("cannot be written in another's name, nor seen by a customer", async () => {
    const forged = sam.db.transaction((tx) =>
      tx.execute(
        `insert into customer_notes (id, about_id, author_id, text, at) values ('not_x', 'cus_anna', 'usr_kim', 'x', now())`,
      ),
    );
    await expect(forged).rejects.toThrow();
    const anna = as({ kind: "customer", userId: "usr_anna", customerId: "cus_anna", tokens: [] });
    expect(await notesOf(anna, "cus_anna")).toEqual([]);
  });

  test("is about somebody", async () => {
    const note = { customerId: "cus_none", text: "x", key: noteKey() };
    await expect(addNote(sam, note)).rejects.toMatchObject({ code: "customers.not_found" });
  });
});

describe("a flag", () => {
  test("is set and cleared, and each change is audited once", async () => {
    await Promise.all([1, 2, 3].map(() => setFlag(sam, { customerId: "cus_anna", flag: "watch", on: true })));
    expect(await flagsOf("cus_anna")).toEqual(["watch"]);
    await setFlag(kim, { customerId: "cus_anna", flag: "watch", on: false });
    await setFlag(kim, { customerId: "cus_anna", flag: "watch", on: false });
    expect(await flagsOf("cus_anna")).toEqual([]);
    const acts =
      await service.sql`select actor, action, reason from audit_entries where subject = 'cus_anna' order by id`;
    expect([...acts]).toEqual([
      { actor: "staff:usr_sam", action: "customer.flag", reason: "watch" },
      { actor: "staff:usr_kim", action: "customer.unflag", reason: "watch" },
    ]);
  });

  test("of a claimed guest is the account's, and can be cleared there", async () => {
    await setFlag(sam, { customerId: "cus_guest", flag: "complaint", on: true });
    expect(await flagsOf("cus_anna")).toEqual(["complaint"]);
    await setFlag(sam, { customerId: "cus_anna", flag: "complaint", on: false });
    expect(await flagsOf("cus_guest")).toEqual([]);
  });

  test("is one of a closed set, the same for pages and database", () => {
    expect([...CUSTOMER_FLAG_WORDS]).toEqual([...CUSTOMER_FLAGS]);
  });
});

describe("a saved view", () => {
  const mine = (ctx: Ctx) => ctx.db.transaction((tx) => listViews(tx, "orders"));

  test("is one's own, and saving under a taken name replaces what it shows", async () => {
    const first = await saveView(sam, { list: "orders", name: "Awaiting", query: "goods=awaiting" });
    const again = await saveView(sam, { list: "orders", name: "Awaiting", query: "goods=awaiting&status=confirmed" });
    expect(again).toEqual({ ...first, query: "goods=awaiting&status=confirmed" });
    expect(await mine(sam)).toEqual([again]);
    expect(await mine(kim)).toEqual([]);
    await removeView(kim, first.id);
    expect(await mine(sam)).toHaveLength(1);
    await removeView(sam, first.id);
    expect(await mine(sam)).toEqual([]);
  });

  test("beyond twenty of a list is refused, and says what to do", async () => {
    for (let n = 0; n < 20; n++) await saveView(kim, { list: "orders", name: `View ${n}`, query: `q=${n}` });
    await expect(saveView(kim, { list: "orders", name: "One more", query: "q=x" })).rejects.toMatchObject({
      code: "reporting.too_many_views",
    });
    await saveView(kim, { list: "orders", name: "View 3", query: "q=other" });
    await saveView(kim, { list: "mail", name: "One more", query: "q=x" });
  });
});
