import type { Unit } from "../unit.ts";
import type { Invoice } from "../wire.ts";

/** An invoice has been opened: from its day on it is overdue as long as it is not paid. */
export function watchDueDate(unit: Unit, open: Invoice): void {
  if (open.due_date === null || open.amount_due === 0) return;
  unit.world.due.put({ kind: "invoice.overdue", id: open.id, at: Math.max(open.due_date, unit.now) });
}
