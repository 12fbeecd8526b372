import { own } from "../identity/index.ts";
import { customerOf } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { awaitChange } from "./await-change.ts";
import { readCardLink } from "./card-link.ts";
import { changeCard, changeCardByLink, confirmCard, confirmCardByLink } from "./change-card.ts";
import { newestRules, readChangeRules } from "./change-rules.ts";
import { endMembership } from "./end-membership.ts";
import { giveDiscount } from "./give-discount.ts";
import { giveFreeTime } from "./give-free-time.ts";
import {
  cancelMembershipInput,
  cardLinkInput,
  cardPageByLinkInput,
  cardPageInput,
  changeCardInput,
  changeInput,
  changePlanInput,
  changeRulesInput,
  changeSeatsInput,
  companySeatsInput,
  endMembershipInput,
  giveDiscountInput,
  giveFreeTimeInput,
  invoiceInput,
  invoiceListInput,
  keepMembershipInput,
  membershipLifeInput,
  myInvoicesInput,
  officePauseInput,
  officePlanInput,
  officeSeatsInput,
  officeWishInput,
  organizationRulesInput,
  overdueInput,
  pauseMembershipInput,
  quoteChangeInput,
  quoteSeatsInput,
  quoteUnitsInput,
  readCardLinkInput,
  readChangeRulesInput,
} from "./input.ts";
import { listInvoices } from "./invoice-list.ts";
import { membershipLife, membershipLifeForStaff } from "./life-queries.ts";
import { myCalendar } from "./my-calendar.ts";
import { listOverdue } from "./overdue.ts";
import { listMyInvoices } from "./queries.ts";
import { quoteChange } from "./quote-change.ts";
import { quoteQuantity } from "./quote-quantity.ts";
import { readInvoice } from "./read-invoice.ts";
import { readCompanySeats, readSeatsOf } from "./read-seats.ts";
import { requestCancel } from "./request-cancel.ts";
import { requestKeep } from "./request-keep.ts";
import { requestPause } from "./request-pause.ts";
import { requestPlanChange } from "./request-plan-change.ts";
import { requestQuantity } from "./request-quantity.ts";
import { requestResume } from "./request-resume.ts";
import { requestRetry } from "./request-retry.ts";
import { saveChangeRules } from "./save-change-rules.ts";

const invoices = router({
  list: access(STAFF)
    .input(invoiceListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listInvoices(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(invoiceInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readInvoice(tx, input), { readOnly: true })),
  mine: access("customer", { scope: "account.read" })
    .input(myInvoicesInput)
    .query(({ ctx, input }) => {
      const customerId = customerOf(ctx.actor);
      if (customerId === null) return { items: [], nextCursor: null, previousCursor: null };
      return ctx.db.transaction((tx) => listMyInvoices(tx, customerId, input), { readOnly: true });
    }),
});

/** A member and their own memberships. */
const memberships = router({
  calendar: access("customer", { scope: "account.read" }).query(({ ctx }) => {
    const customerId = customerOf(ctx.actor);
    if (customerId === null) return { until: ctx.now(), charges: [] };
    return ctx.db.transaction((tx) => myCalendar(tx, customerId), { readOnly: true });
  }),
  life: access("customer")
    .input(membershipLifeInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => membershipLife(tx, input.id, "own"), { readOnly: true })),
  outcome: access("customer")
    .input(changeInput)
    .query(({ ctx, input }) => awaitChange(ctx, input)),
  cancel: access("customer")
    .input(cancelMembershipInput)
    .mutation(({ ctx, input }) => requestCancel(ctx, input)),
  keep: access("customer")
    .input(keepMembershipInput)
    .mutation(({ ctx, input }) => requestKeep(ctx, input, "own")),
  pause: access("customer")
    .input(pauseMembershipInput)
    .mutation(({ ctx, input }) => requestPause(ctx, input, "own")),
  resume: access("customer")
    .input(keepMembershipInput)
    .mutation(({ ctx, input }) => requestResume(ctx, input, "own")),
  retry: access("customer")
    .input(keepMembershipInput)
    .mutation(({ ctx, input }) => requestRetry(ctx, input, "own")),
  overdue: access("customer")
    .input(overdueInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listOverdue(tx, input), { readOnly: true })),
  changeCard: access("customer")
    .input(changeCardInput)
    .mutation(({ ctx, input }) => changeCard(ctx, { ...input, locale: ctx.browser.locale })),
  confirmCard: access("customer")
    .input(cardPageInput)
    .mutation(({ ctx, input }) => confirmCard(ctx, { ...input, userId: own(ctx.session).userId })),
  quote: access("customer")
    .input(quoteChangeInput)
    .query(({ ctx, input }) => quoteChange(ctx, input, "own")),
  changePlan: access("customer")
    .input(changePlanInput)
    .mutation(({ ctx, input }) => requestPlanChange(ctx, input, "own")),
  seats: access("customer")
    .input(companySeatsInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readCompanySeats(tx, input), { readOnly: true })),
  quoteSeats: access("customer")
    .input(quoteSeatsInput)
    .query(({ ctx, input }) => quoteQuantity(ctx, { kind: "seats", ...input }, "own")),
  changeSeats: access("customer")
    .input(changeSeatsInput)
    .mutation(({ ctx, input }) => requestQuantity(ctx, { kind: "seats", ...input }, "own")),
  quoteUnits: access("customer")
    .input(quoteUnitsInput)
    .query(({ ctx, input }) => quoteQuantity(ctx, { kind: "units", ...input }, "own")),
  changeUnits: access("customer")
    .input(changePlanInput)
    .mutation(({ ctx, input }) => requestQuantity(ctx, { kind: "units", ...input }, "own")),
});

/** Another card by a mailed link: whoever has it pays, and need not sign in. */
const cards = router({
  read: access("public")
    .input(readCardLinkInput)
    .query(({ ctx, input }) => readCardLink(ctx, input)),
  change: access("public")
    .input(cardLinkInput)
    .mutation(({ ctx, input }) => changeCardByLink(ctx, { ...input, locale: ctx.browser.locale })),
  confirm: access("public")
    .input(cardPageByLinkInput)
    .mutation(({ ctx, input }) => confirmCardByLink(ctx, input)),
});

/** Who may move a member's money. */
const FINANCE = { staff: ["owner", "finance"] } as const;
/** Who may do for a member what they could do themselves. */
const HELPING = { staff: ["owner", "finance", "support"] } as const;

/** Staff and anybody's memberships. */
const office = router({
  life: access(STAFF)
    .input(membershipLifeInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => membershipLifeForStaff(tx, input.id), { readOnly: true })),
  outcome: access(STAFF)
    .input(changeInput)
    .query(({ ctx, input }) => awaitChange(ctx, input)),
  end: access(FINANCE)
    .input(endMembershipInput)
    .mutation(({ ctx, input }) => endMembership(ctx, input)),
  giveFreeTime: access(FINANCE)
    .input(giveFreeTimeInput)
    .mutation(({ ctx, input }) => giveFreeTime(ctx, input)),
  giveDiscount: access(FINANCE)
    .input(giveDiscountInput)
    .mutation(({ ctx, input }) => giveDiscount(ctx, input)),
  keep: access(HELPING)
    .input(officeWishInput)
    .mutation(({ ctx, input }) => requestKeep(ctx, input, "any")),
  pause: access(HELPING)
    .input(officePauseInput)
    .mutation(({ ctx, input }) => requestPause(ctx, input, "any")),
  resume: access(FINANCE)
    .input(officeWishInput)
    .mutation(({ ctx, input }) => requestResume(ctx, input, "any")),
  retry: access(FINANCE)
    .input(officeWishInput)
    .mutation(({ ctx, input }) => requestRetry(ctx, input, "any")),
  quote: access(STAFF)
    .input(quoteChangeInput)
    .query(({ ctx, input }) => quoteChange(ctx, input, "any")),
  changePlan: access(FINANCE)
    .input(officePlanInput)
    .mutation(({ ctx, input }) => requestPlanChange(ctx, input, "any")),
  seats: access(STAFF)
    .input(membershipLifeInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readSeatsOf(tx, input.id, "any"), { readOnly: true })),
  quoteSeats: access(STAFF)
    .input(quoteSeatsInput)
    .query(({ ctx, input }) => quoteQuantity(ctx, { kind: "seats", ...input }, "any")),
  changeSeats: access(FINANCE)
    .input(officeSeatsInput)
    .mutation(({ ctx, input }) => requestQuantity(ctx, { kind: "seats", ...input }, "any")),
  quoteUnits: access(STAFF)
    .input(quoteUnitsInput)
    .query(({ ctx, input }) => quoteQuantity(ctx, { kind: "units", ...input }, "any")),
  changeUnits: access(FINANCE)
    .input(officePlanInput)
    .mutation(({ ctx, input }) => requestQuantity(ctx, { kind: "units", ...input }, "any")),
});

/** By which rules plans change: the shop's, and what an organization has of its own. */
const changeRules = router({
  read: access(STAFF)
    .input(readChangeRulesInput)
    .query(({ ctx, input: { organizationId = null } }) =>
      ctx.db.transaction(
        async (tx) => ({
          rules: await readChangeRules(tx, organizationId),
          newest: await newestRules(tx, organizationId),
        }),
        { readOnly: true },
      ),
    ),
  save: access(FINANCE)
    .input(changeRulesInput)
    .mutation(({ ctx, input }) => saveChangeRules(ctx, { ...input, organizationId: null })),
  saveOfOrganization: access(FINANCE)
    .input(organizationRulesInput)
    .mutation(({ ctx, input }) => saveChangeRules(ctx, input)),
});

export const billingRouter = router({ cards, changeRules, invoices, memberships, office });
