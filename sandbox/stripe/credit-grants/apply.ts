import { activeDiscounts } from "../coupons/discounts.ts";
import { withLines } from "../invoices/totals.ts";
import { isMetered } from "../meters/usage.ts";
import type { Unit } from "../unit.ts";
import type { CreditGrant, Customer, Invoice, InvoiceLine } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { balanceOf, currencyOf, isEffective, money, move } from "./balance.ts";

type Pretax = NonNullable<InvoiceLine["pretax_credit_amounts"]>;

/** In the order in which grants are used: by priority, then what expires first, gifts before what was paid, the oldest first. */
function inOrder(a: CreditGrant, b: CreditGrant): number {
  const far = Number.MAX_SAFE_INTEGER;
  const gift = (one: CreditGrant) => (one.category === "promotional" ? 0 : 1);
  return (
    (a.priority ?? 50) - (b.priority ?? 50) ||
    (a.expires_at ?? far) - (b.expires_at ?? far) ||
    gift(a) - gift(b) ||
    (a.effective_at ?? a.created) - (b.effective_at ?? b.created) ||
    a.created - b.created
  );
}

/** Whether a grant may pay for what a price asks. */
export function appliesTo(world: World, grant: CreditGrant, priceId: string): boolean {
  const price = world.prices.get(priceId);
  if (!price || !isMetered(price)) return false;
  const { prices } = grant.applicability_config.scope;
  return !prices || prices.some((one) => one.id === priceId);
}

const priceBehind = (line: InvoiceLine): string => idOf(line.pricing?.price_details?.price) ?? "";

/** What a line still asks, its discounts and earlier credits taken off. */
const openOf = (line: InvoiceLine): number =>
  line.amount - (line.pretax_credit_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);

/**
 * When an invoice is made final, what was used is paid from the customer's credits first: line by line, before taxes, grant by grant.
 * Every use is a movement of its grant.
 */
export function applyCredits(unit: Unit, customer: Customer, draft: Invoice): Invoice {
  const { world } = unit;
  if (world.creditGrants.isEmpty()) return draft;
  const grants = world.creditGrants
    .by("customer", customer.id)
    .filter((one) => isEffective(one, unit.now) && currencyOf(one) === draft.currency)
    .sort(inOrder);
  const left = new Map(grants.map((one) => [one.id, balanceOf(world, one)]));
  let used = false;
  const lines = draft.lines.data.map((line) => {
    let asked = openOf(line);
    const paid: Pretax = [];
    for (const grant of grants) {
      const amount = Math.min(asked, left.get(grant.id) ?? 0);
      if (amount <= 0 || !appliesTo(world, grant, priceBehind(line))) continue;
      const applied = { invoice: draft.id, invoice_line_item: line.id };
      const movement = move(unit, grant, {
        debit: { amount: money(draft.currency, amount), credits_applied: applied, type: "credits_applied" },
      });
      left.set(grant.id, (left.get(grant.id) ?? 0) - amount);
      asked -= amount;
      paid.push({ amount, credit_balance_transaction: movement.id, type: "credit_balance_transaction" });
    }
    if (paid.length === 0) return line;
    used = true;
    return { ...line, pretax_credit_amounts: [...(line.pretax_credit_amounts ?? []), ...paid] };
  });
  if (!used) return draft;
  const ids = draft.discounts.map((one) => idOf(one));
  const plain = lines.map((line) => ({
    ...line,
    discount_amounts: [],
    pretax_credit_amounts: (line.pretax_credit_amounts ?? []).filter((one) => one.type !== "discount"),
  }));
  return withLines(world, draft, plain, activeDiscounts(world, ids, draft.created - 1), customer.balance);
}

/** An invoice is not owed any more: what credits had paid of it goes back to them. */
export function returnCredits(unit: Unit, invoice: Invoice): void {
  const { world } = unit;
  for (const line of invoice.lines.data)
    for (const one of line.pretax_credit_amounts ?? []) {
      const movement = world.creditMovements.get(idOf(one.credit_balance_transaction) ?? "");
      const grant = world.creditGrants.get(idOf(movement?.credit_grant) ?? "");
      if (!grant) continue;
      move(unit, grant, {
        credit: {
          amount: money(invoice.currency, one.amount),
          credits_application_invoice_voided: { invoice: invoice.id, invoice_line_item: line.id },
          type: "credits_application_invoice_voided",
        },
      });
    }
}
