type Table = Record<string, unknown>;

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
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
