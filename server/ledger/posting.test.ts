import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creditsAccount, liabilityAccount, providerAccount, salesAccount, vatAccount } from "./account.ts";
import { balanceChanges, credit, debit, FIRST_HASH, requireBalanced, type SealedPosting, sealOf } from "./posting.ts";

const [stripe, sales, vat] = [providerAccount("stripe", "SEK"), salesAccount("SEK"), vatAccount("SEK", 2_500)];
const [wallet, spent] = [liabilityAccount("paid", "cus_1"), creditsAccount("revenue")];

describe("a posting", () => {
  it("is balanced when its debits are its credits", () => {
    expect(() => requireBalanced([debit(stripe, 12_500), credit(sales, 10_000), credit(vat, 2_500)])).not.toThrow();
  });

  it.each([
    ["one line", [debit(stripe, 100)]],
    ["a line of zero", [debit(stripe, 0), credit(sales, 0)]],
    ["a fraction", [debit(stripe, 0.5), credit(sales, 0.5)]],
    ["more debits than credits", [debit(stripe, 101), credit(sales, 100)]],
    ["currencies mixed", [debit(stripe, 100), credit(wallet, 100)]],
    ["an amount that no safe integer holds", [debit(stripe, 2 ** 53), credit(sales, 2 ** 53)]],
  ])("is refused with %s", (_what, entries) => {
    expect(() => requireBalanced(entries)).toThrow();
  });

  it("changes guarded accounts only, in the order of their ids", () => {
    const other = liabilityAccount("paid", "cus_0");
    expect(balanceChanges("posted", [debit(wallet, 5), credit(spent, 2), credit(other, 3)])).toEqual([
      { accountId: other.id, posted: 3, held: 0 },
      { accountId: wallet.id, posted: -5, held: 0 },
    ]);
  });

  it("that is pending holds what flows out, and settling it takes the hold off", () => {
    const entries = [debit(wallet, 5), credit(spent, 5)];
    expect(balanceChanges("pending", entries)).toEqual([{ accountId: wallet.id, posted: 0, held: 5 }]);
    expect(balanceChanges("posted", entries, entries)).toEqual([{ accountId: wallet.id, posted: -5, held: -5 }]);
    expect(balanceChanges("void", entries, entries)).toEqual([{ accountId: wallet.id, posted: 0, held: -5 }]);
  });
});

const posting: fc.Arbitrary<SealedPosting> = fc.record({
  id: fc.string(),
  key: fc.string(),
  kind: fc.string(),
  source: fc.string(),
  phase: fc.constantFrom("posted", "pending", "void"),
  settles: fc.option(fc.string()),
  reverses: fc.option(fc.string()),
  actor: fc.string(),
  reason: fc.option(fc.string()),
  at: fc.date({ noInvalidDate: true }),
  entries: fc.array(fc.record({ accountId: fc.string(), currency: fc.string(), amount: fc.maxSafeInteger() })),
});

describe("a seal", () => {
  it("is another one for any other posting, and for the same one at another place in the chain", () => {
    fc.assert(
      fc.property(posting, posting, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(sealOf(FIRST_HASH, a) === sealOf(FIRST_HASH, b)).toBe(same);
        expect(sealOf(sealOf(FIRST_HASH, a), a)).not.toBe(sealOf(FIRST_HASH, a));
      }),
    );
  });
});
