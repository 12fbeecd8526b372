import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { createCompanyBook } from "./company-book.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const as = async (email: string, staffRole: "owner" | "finance") =>
  shop.browser({ session: { ...(await shop.member(email)), staffRole } }).caller.company;
const owner = await as("agare@example.se", "owner");
const finance = await as("ekonomi@example.se", "finance");
const details = {
  ...{ name: "Ny AB", orgNumber: "556000-0001", vatNumber: "SE556000000101", address: "Gatan 1, 111 22 Ort" },
  ...{ email: "hej@ny.example", phone: "040-12 34 56", bank: "" },
};

describe("who sells", () => {
  it("is the environment's until an owner writes it, and then the newest that was written", async () => {
    const book = createCompanyBook(
      shop.runtime.service.sql,
      { ...details, name: "First AB", phone: null, bank: null },
      fail,
    );
    await book.look();
    expect(book.current().name).toBe("First AB");

    await owner.save({ ...details, seen: "" });
    await owner.save({ ...details, seen: "" });
    const { items } = await owner.history({});
    expect(items).toMatchObject([{ name: "Ny AB", phone: "040-12 34 56", bank: null, who: "agare@example.se" }]);
    const again = createCompanyBook(shop.runtime.service.sql, book.first, fail);
    await again.look();
    expect(again.current()).toMatchObject({ name: "Ny AB", bank: null });

    await owner.save({ ...details, name: "Nyare AB", seen: items[0]?.id ?? "" });
    expect((await finance.history({})).items.map(({ name }) => name)).toEqual(["Nyare AB", "Ny AB"]);
    const [act] = await sql`select reason from audit_entries where action = 'company.save' order by at desc limit 1`;
    expect(act?.reason).toBe("name");
  });

  it("is seen as a member sees it, since every page says it, and written by owners alone", async () => {
    const { member } = shop.runtime;
    const book = member && createCompanyBook(member.sql, { ...details, phone: null, bank: null }, fail);
    await book?.look();
    expect(book?.current().name).toBe("Nyare AB");
    await expect(finance.save({ ...details, seen: "" })).rejects.toThrow();
    await expect(sql`update company_details set name = 'x'`).rejects.toThrow(/permission denied/);
  });

  it("is not overwritten by somebody who saw an earlier one", async () => {
    await expect(owner.save({ ...details, name: "Gammal AB", seen: "" })).rejects.toThrow(/changed/);
  });

  it("keeps what is known when the database does not answer", async () => {
    const errors: unknown[] = [];
    const broken = (() => Promise.reject(new Error("gone"))) as never;
    const book = createCompanyBook(broken, { ...details, phone: null, bank: null }, (error) => errors.push(error));
    await book.look();
    expect(book.current().name).toBe("Ny AB");
    expect(errors).toHaveLength(1);
  });
});

function fail(error: unknown): never {
  throw error;
}
