import { z } from "zod";
import { listPlace, partPlace } from "../kernel/input.ts";

/** Why members leave, in the order in which they are asked. */
export const CANCEL_REASONS = [
  "too_expensive",
  "unused",
  "switched_service",
  "missing_features",
  "low_quality",
  "customer_service",
  "too_complex",
  "other",
] as const;
/** The ways in which a plan changes; an end knows two of them. */
export const CHANGE_TIMINGS = ["now", "next_invoice", "period_end", "new_cycle"] as const;
/** How a trial is counted when the plan changes during it. */
export const TRIAL_RULES = ["keep", "from_start", "restart"] as const;
const END_TIMINGS = ["now", "period_end"] as const;

export const myInvoicesInput = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  year: z.coerce.number().int().min(2000).max(2200).optional(),
});

export const INVOICE_STATUSES = ["draft", "open", "paid", "void", "uncollectible"] as const;
/** `overdue`: charged in vain and not paid yet. `retried`: charged again by itself. `by_hand`: charged in vain, never again by itself. */
export const INVOICE_DUES = ["overdue", "retried", "by_hand"] as const;
export type InvoiceDue = (typeof INVOICE_DUES)[number];
export const invoiceListInput = z.object({
  ...listPlace,
  /** The beginning of its number, or an id of ours or Stripe's. */
  q: z.string().trim().max(200).optional(),
  /** The beginning of an e-mail address, or the id of a customer, an organization or a membership. */
  customer: z.string().trim().max(200).optional(),
  status: z.enum(INVOICE_STATUSES).optional(),
  due: z.enum(INVOICE_DUES).optional(),
  /** Days in the shop's time zone on which it was made, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["created", "total"]).default("created"),
});
/** `cursor`, `limit`: of its history. */
export const invoiceInput = z.object({ id: z.string().min(1).max(100), ...partPlace });

const membershipId = z.string().min(1).max(100);
/** Made with the form: the same press twice is one wish. */
const formKey = z.string().regex(/^[\w-]{16,100}$/);
const comment = z.string().trim().max(500).optional();

export const membershipLifeInput = z.object({ id: membershipId });
export const cancelMembershipInput = z.object({
  id: membershipId,
  /** When the page said that it ends: what was shown is what is asked for. */
  timing: z.enum(END_TIMINGS),
  /** Of an end with the period: the day that was shown, where one was. */
  endsAt: z.coerce.date().optional(),
  reason: z.enum(CANCEL_REASONS).optional(),
  comment,
  formKey,
});
/** Whoever sends nothing, as in the release before, gets the first page. */
export const overdueInput = z
  .object({
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  })
  .prefault({});
export const keepMembershipInput = z.object({ id: membershipId, formKey });
export const pauseMembershipInput = z.object({
  id: membershipId,
  /** How many months it rests; until its member says so when absent. */
  months: z.coerce.number().int().min(1).max(12).optional(),
  /** The day from which it rests, as it was shown, where one was. */
  endsAt: z.coerce.date().optional(),
  formKey,
});
export const quoteChangeInput = z.object({
  id: membershipId,
  productId: z.string().min(1).max(100),
  variantId: z.string().min(1).max(100),
  /** The way it is made; as the shop has it when absent. */
  timing: z.enum(CHANGE_TIMINGS).optional(),
});
/** `quote`: what `billing.memberships.quote` answered (of more or fewer of it: `quoteUnits`), as it was. */
export const changePlanInput = z.object({ id: membershipId, quote: z.string().min(1).max(60_000), formKey });
export const companySeatsInput = z.object({ organizationId: z.string().min(1).max(60) });
/** `leavers`: the ids of the seats that are taken from somebody when there are fewer. */
export const quoteSeatsInput = z.object({
  id: membershipId,
  seats: z.coerce.number().int().min(0).max(100_000),
  leavers: z.array(z.string().min(1).max(60)).max(1_000).default([]),
});
/** `quote`: what `billing.memberships.quoteSeats` answered, as it was. */
export const changeSeatsInput = z.object({ id: membershipId, quote: z.string().min(1).max(60_000), formKey });
/** How many of a membership there are to be; what cannot be had is refused with what can. */
export const quoteUnitsInput = z.object({ id: membershipId, units: z.coerce.number().int().min(0).max(100_000) });
export const changeCardInput = z.object({ id: membershipId });
/** The token of a mailed link. */
const cardPage = z.string().regex(/^cs_\w{1,200}$/);
export const cardLinkInput = z.object({ token: z.string().min(20).max(100) });
/** `page`: the page for a card that they come from, as the provider named it when it led back. */
export const readCardLinkInput = cardLinkInput.extend({ page: cardPage.optional() });
export const cardPageInput = z.object({ page: cardPage });
export const cardPageByLinkInput = cardLinkInput.extend({ page: cardPage });
export const changeInput = z.object({ changeId: z.string().min(1).max(100) });

const reason = z.string().trim().min(3).max(500);
/** When one sort of change is made where nobody says, and what members may choose among. */
const changeRule = z.object({
  standard: z.enum(CHANGE_TIMINGS),
  allowed: z.array(z.enum(CHANGE_TIMINGS)).min(1).max(CHANGE_TIMINGS.length).readonly(),
});
/** `trial`: whoever sends none, as in the release before, leaves what counts. */
const changeRules = z.object({
  upgrade: changeRule,
  downgrade: changeRule,
  interval: changeRule,
  trial: z.enum(TRIAL_RULES).optional(),
});
/** `organizationId`: an organization's own; else the shop's. */
export const readChangeRulesInput = z.object({ organizationId: z.string().min(1).max(100).optional() });
/** `seen`: the rules that were on the page, by their id; empty where none were written. */
export const changeRulesInput = z.object({ rules: changeRules, seen: z.string().max(60).default(""), reason });
/** No rules: the organization goes by the shop's again. */
export const organizationRulesInput = changeRulesInput.extend({
  organizationId: z.string().min(1).max(100),
  rules: changeRules.nullable(),
});
/** The same wishes by staff, who say why. */
export const officeWishInput = keepMembershipInput.extend({ reason });
export const officePauseInput = pauseMembershipInput.extend({ reason });
export const officePlanInput = changePlanInput.extend({ reason });
export const officeSeatsInput = changeSeatsInput.extend({ reason });
/** `until`: the day of the next charge that was shown. */
export const giveFreeTimeInput = officeWishInput.extend({
  unit: z.enum(["period", "day"]),
  count: z.coerce.number().int().min(1).max(60),
  until: z.coerce.date(),
});
/** `bps` 0: what is taken off now ends. `renewsAt`: the end of the period that was shown. */
export const giveDiscountInput = officeWishInput.extend({
  bps: z.coerce.number().int().min(0).max(10_000),
  months: z.coerce.number().int().min(1).max(36),
  renewsAt: z.coerce.date(),
});
export const END_REFUNDS = ["none", "prorated", "full"] as const;
export const endMembershipInput = z.object({
  id: membershipId,
  timing: z.enum(END_TIMINGS),
  /** Of an end with the period: the day that was shown, where one was. */
  endsAt: z.coerce.date().optional(),
  refund: z.enum(END_REFUNDS),
  /** The sum that was shown, in minor units: another one is not paid back unseen. */
  shownRefund: z.coerce.number().int().min(0).max(99_999_999_999),
  reason,
  formKey,
});
