import { eq } from "drizzle-orm";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { fulfilmentErrors } from "./errors.ts";
import { fulfilmentMachine } from "./fulfilment-status.ts";
import type { GoodsAct, MoveGoods } from "./input.ts";

const MOVES = {
  start: { event: "started", to: "in_production" },
  ship: { event: "shipped", to: "shipped" },
  stop: { event: "stopped", to: "stopped" },
} as const satisfies Record<GoodsAct, { event: string; to: string }>;

/**
 * Staff say what has become of an order's goods: they are being packed, have left (with whom, and under which number the
 * buyer can follow them), or stay here until further notice. Goods that have left are told to the buyer and complete the
 * order, by jobs. Pressed twice it happens once; locks the goods, so that a withdrawal that holds them back and a parcel
 * that leaves never both happen. Written into the audit log. Throws `fulfilment.no_goods`, and
 * `fulfilment.illegal_transition` (conflict) where the goods are somewhere that does not lead there.
 */
export async function moveGoods(ctx: Ctx, { orderId, act, reason, ...parcel }: MoveGoods): Promise<void> {
  const { event, to } = MOVES[act];
  await ctx.db.transaction(async (tx) => {
    const [goods] = await tx.select().from(fulfilments).where(eq(fulfilments.orderId, orderId)).for("update");
    if (!goods) throw fulfilmentErrors.noGoods();
    if (goods.status === to) return;
    await transition(tx, fulfilmentMachine, { id: goods.id, event, ...(reason ? { reason } : {}) });
    if (act === "ship") {
      const { carrier = null, trackingNumber = null, trackingUrl = null } = parcel;
      await tx.update(fulfilments).set({ carrier, trackingNumber, trackingUrl }).where(eq(fulfilments.id, goods.id));
    }
    await recordAct(tx, { action: `fulfilment.${act}`, subject: orderId, reason: reason ?? null });
  });
}
