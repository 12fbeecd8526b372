import type { Invoice } from "../wire.ts";
import { isPreview } from "./preview-lines.ts";

/** So many of its lines come with an invoice; all of them are listed at its `lines.url`. */
const FIRST = 10;

function hasMore(value: object): value is Invoice {
  if (!("object" in value) || value.object !== "invoice") return false;
  const { id, lines } = value as Invoice;
  return (id.startsWith("in_") || isPreview(id)) && lines !== undefined && lines.data.length > FIRST;
}

/**
 * The same with only the first lines of every invoice in it, as the provider sends one. What has none with more is not copied.
 */
export function withFirstLines<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  return (Array.isArray(value) ? ofAll(value) : ofObject(value)) as T;
}

function ofAll(parts: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, part] of parts.entries()) {
    const first = withFirstLines(part);
    if (first === part) continue;
    copy ??= [...parts];
    copy[index] = first;
  }
  return copy ?? parts;
}

function ofObject(value: object): object {
  const whole = value as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  if (hasMore(value)) {
    const { lines } = value;
    copy = { ...whole, lines: { ...lines, data: lines.data.slice(0, FIRST), has_more: true } };
  }
  const from = copy ?? whole;
  // Every answer and every event is walked through: nothing is made on the way but what changes.
  for (const name in from) {
    const part = from[name];
    if (typeof part !== "object" || part === null) continue;
    const first = withFirstLines(part);
    if (first === part) continue;
    copy ??= { ...whole };
    copy[name] = first;
  }
  return copy ?? value;
}
