import type { LinePart } from "./refund-shares.ts";

/** A line's part of what is paid back; `lowerable`: goods that have been with the buyer, whose value may have diminished. */
export type LowerablePart = LinePart & { readonly lowerable: boolean };

/**
 * Takes a sum off the parts that may be lowered, from each in proportion to what it is, and from none more than that. Minor units; what
 * does not divide is taken off the first.
 */
export function lowerParts<Part extends LowerablePart>(parts: readonly Part[], off: number): Part[] {
  const most = parts.reduce((sum, part) => sum + (part.lowerable ? part.amount : 0), 0);
  const whole = Math.min(Math.max(0, off), most);
  let rest = whole;
  const share = (part: Part) => (part.lowerable && most > 0 ? Math.floor((part.amount * whole) / most) : 0);
  const shares = parts.map(share);
  for (const one of shares) rest -= one;
  return parts.map((part, index) => {
    const more = part.lowerable ? Math.min(rest, part.amount - (shares[index] ?? 0)) : 0;
    rest -= more;
    return { ...part, amount: part.amount - (shares[index] ?? 0) - more };
  });
}

/** What a withdrawal owes still. Minor units. */
export type OwedSums = {
  /** What is to be paid back yet, and by which lines. */
  readonly sum: number;
  readonly parts: readonly LowerablePart[];
  /** What staff have taken off it so far. */
  readonly off: number;
  readonly payments: readonly { readonly left: number }[];
};

/** How far what is owed can be lowered, and whether a wish can be fulfilled. Minor units. */
export type ApprovalPlan = {
  /** What is paid back where nothing is taken off: no more than the payments can give. */
  readonly whole: number;
  readonly amount: number;
  /** The least that may be paid back: what is not for goods that have been with the buyer. */
  readonly least: number;
  readonly problem: "too_much" | "too_little" | null;
};

/**
 * What approving a withdrawal pays back: all of it, or the sum that staff name. Less is for goods alone whose value diminished because they were
 * handled more than was needed to see what they are (Directive 2011/83/EU art. 14(2); Distansavtalslagen 2 kap. 15 §): never for what
 * has not been with the buyer, nor for a service, whose use the rules have counted. Nothing at all is a refusal. Where the payments hold less
 * than what is owed, the rest went back in another way; what was taken off before stays in them.
 */
export function planApproval({ sum, parts, off, payments }: OwedSums, wanted?: number): ApprovalPlan {
  const room = payments.reduce((total, payment) => total + Math.max(0, payment.left), 0);
  const whole = Math.max(0, Math.min(sum, room - off));
  const fixed = parts.reduce((total, part) => total + (part.lowerable ? 0 : part.amount), 0);
  const least = Math.max(1, Math.min(fixed, whole));
  const amount = wanted ?? whole;
  const problem = amount > whole ? "too_much" : wanted !== undefined && amount < least ? "too_little" : null;
  return { whole, amount, least, problem };
}
