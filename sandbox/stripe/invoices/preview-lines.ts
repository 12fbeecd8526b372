import type { Invoice, InvoiceLine } from "../wire.ts";
import type { World } from "../world.ts";

/** So many previews are remembered: whoever lists the lines of one has just asked for it. */
const REMEMBERED = 50;
const kept = new WeakMap<World, Map<string, readonly InvoiceLine[]>>();

export const isPreview = (id: string): boolean => id.startsWith("upcoming_in_");

/** A preview is no invoice, and its lines are listed all the same: not all of them come along. */
export function rememberPreview(world: World, { id, lines }: Invoice): void {
  const previews = kept.get(world) ?? new Map<string, readonly InvoiceLine[]>();
  kept.set(world, previews.set(id, lines.data));
  const [oldest] = previews.keys();
  if (previews.size > REMEMBERED && oldest !== undefined) previews.delete(oldest);
}

export const previewLines = (world: World, id: string): readonly InvoiceLine[] | undefined => kept.get(world)?.get(id);
