import type { Context, Hono } from "hono";
import { z } from "zod";
import { recovery, recoveryInput, setRecovery } from "../stripe/billing/recovery.ts";
import { declineReasons } from "../stripe/cards/declines.ts";
import { openDispute } from "../stripe/disputes/life.ts";
import { bringPayouts, failPayout, payoutFailureCodes } from "../stripe/payouts/make.ts";
import { clockOfCustomer } from "../stripe/test-clocks/clock-of.ts";
import { byItself, change, inUnit, type Unit } from "../stripe/unit.ts";
import type { PaymentMethod } from "../stripe/wire.ts";
import type { World } from "../stripe/world.ts";

const bankInput = z.strictObject({
  /** Why every charge from now on is refused; null lets them through again. */
  refuses: z.enum(declineReasons).nullable().optional(),
  /** Whether the customer must approve: on every payment, on a first one, or never. */
  approval: z.enum(["always", "first", "never"]).optional(),
});

const replacementInput = z.strictObject({
  last4: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  expMonth: z.number().int().min(1).max(12),
  expYear: z.number().int().min(2000).max(2099),
});

const disputeInput = z.strictObject({
  kind: z.enum(["fraudulent", "product_not_received", "inquiry"]).default("fraudulent"),
});

const payoutInput = z.strictObject({ code: z.enum(payoutFailureCodes).default("account_closed") });

type Read = <T>(c: Context, schema: z.ZodType<T>) => Promise<T>;

/** What banks and card networks do by themselves, and what the account does about renewals that fail. */
export function bankControls(app: Hono, world: World, read: Read): void {
  const methodOf = (c: Context): PaymentMethod | undefined => world.paymentMethods.get(c.req.param("id") ?? "");
  const unknown = (c: Context) => c.json({ error: { code: "not_found", message: "No such payment method." } }, 404);

  app.get("/_control/recovery", (c) => c.json(recovery(world)));
  app.post("/_control/recovery", async (c) => {
    const input = await read(c, recoveryInput);
    return c.json(world.database.unit(() => setRecovery(world, input)));
  });

  app.post("/_control/payment_methods/:id/bank", async (c) => {
    const input = await read(c, bankInput);
    const card = world.cards.get(methodOf(c)?.id ?? "");
    if (!card) return unknown(c);
    const refuses = input.refuses === undefined ? card.behavior.refusedOnCharge : input.refuses;
    const behavior = {
      ...card.behavior,
      approval: input.approval ?? card.behavior.approval,
      refusedAtOnce: null,
      refusedOnCharge: refuses,
    };
    world.database.unit(() => world.cards.replace({ ...card, behavior }));
    return c.json({ id: card.id, refuses: behavior.refusedOnCharge, approval: behavior.approval });
  });

  app.post("/_control/charges/:id/dispute", async (c) => {
    const { kind } = await read(c, disputeInput);
    const charge = world.charges.get(c.req.param("id"));
    if (!charge?.captured) return c.json({ error: { code: "not_found", message: "No such captured charge." } }, 404);
    return c.json(
      inUnit(world, byItself, (unit) => openDispute(unit, charge, kind), clockOfCustomer(world, charge.customer)),
    );
  });

  app.post("/_control/payouts/:id/fail", async (c) => {
    const { code } = await read(c, payoutInput);
    return inUnit(world, byItself, (unit) => {
      bringPayouts(unit);
      const payout = world.payouts.get(c.req.param("id"));
      if (!payout) return c.json({ error: { code: "not_found", message: "No such payout." } }, 404);
      return c.json(failPayout(unit, payout, code));
    });
  });

  app.post("/_control/payment_methods/:id/replace", async (c) => {
    const input = await read(c, replacementInput);
    const method = methodOf(c);
    if (!method?.card) return unknown(c);
    const { card } = method;
    const renewed = { ...card, exp_month: input.expMonth, exp_year: input.expYear, last4: input.last4 ?? card.last4 };
    const replace = (unit: Unit) =>
      change(unit, world.paymentMethods, method, { card: renewed }, "payment_method.automatically_updated");
    return c.json(inUnit(world, byItself, replace, clockOfCustomer(world, method.customer)));
  });
}
