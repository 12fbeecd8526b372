import { readBalance, reportUsage } from "../credits/index.ts";
import { own } from "../identity/index.ts";
import { access, router } from "../trpc/init.ts";
import { pendingCredits } from "./credit-page.ts";
import { creditSettingsInput, reportUsageInput } from "./input.ts";
import { findCreditSettings } from "./read-credit-settings.ts";
import { saveCreditSettings } from "./save-credit-settings.ts";

/** What the account shows of credits: how many there are and what is on its way. */
export const creditPageRouter = router({
  overview: access("customer", { scope: "credits.read" }).query(async ({ ctx }) => {
    const customerId = own(ctx.session).customerId ?? "";
    const balance = await ctx.db.transaction((tx) => readBalance(tx, { customerId, apiKeyId: null }), {
      readOnly: true,
    });
    return { ...balance, pending: await pendingCredits(ctx, customerId) };
  }),
  settings: access("customer").query(({ ctx }) => {
    const customerId = own(ctx.session).customerId ?? "";
    return ctx.db.transaction((tx) => findCreditSettings(tx, customerId), { readOnly: true });
  }),
  saveSettings: access("customer")
    .input(creditSettingsInput)
    .mutation(({ ctx, input }) => saveCreditSettings(ctx, input)),
  /** What was used while the caller could not ask: never refused. */
  report: access("customer", { scope: "credits.spend", limit: "spending" })
    .input(reportUsageInput)
    .mutation(({ ctx, input }) =>
      reportUsage(ctx, {
        ...input,
        customerId: own(ctx.session).customerId ?? "",
        apiKeyId: ctx.session?.apiKey?.id ?? null,
      }),
    ),
});
