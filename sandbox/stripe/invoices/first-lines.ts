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
  if (Array.isArray(value)) {
    const parts = value.map(withFirstLines);
    return parts.some((part, index) => part !== value[index]) ? (parts as T) : value;
  }
  let copy: Record<string, unknown> | undefined;
  if (hasMore(value)) {
    const { lines } = value;
    copy = { ...value, lines: { ...lines, data: lines.data.slice(0, FIRST), has_more: true } };
  }
  for (const [name, part] of Object.entries(copy ?? value) as [string, unknown][]) {
    const first = withFirstLines(part);
    if (first === part) continue;
    copy = { ...(copy ?? value), [name]: first };
  }
  return (copy as T | undefined) ?? value;
}
