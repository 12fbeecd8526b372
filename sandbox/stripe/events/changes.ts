type Table = Record<string, unknown>;

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values say the same as JSON: what is undefined is not there. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => same(one, b[index]));
  if (!isTable(a) || !isTable(b)) return false;
  for (const key in a) if (!same(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

/**
 * The earlier values of what changed, as an event's `previous_attributes` holds them: nested tables only with their
 * changed keys, lists whole, and null for a key that was not there. Undefined when nothing changed.
 */
export function previousAttributes(before: unknown, after: unknown): Table | undefined {
  if (!isTable(before) || !isTable(after)) return undefined;
  const changes: Table = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, current] = [before[key], after[key]];
    if (same(old, current)) continue;
    const inner = isTable(old) && isTable(current) ? previousAttributes(old, current) : undefined;
    changes[key] = inner ?? old ?? null;
  }
  return Object.keys(changes).length > 0 ? changes : undefined;
}
