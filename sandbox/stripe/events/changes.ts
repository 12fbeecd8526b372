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

/** Notes a key's earlier value when it changed. */
function note(changes: Table, key: string, old: unknown, current: unknown): void {
  if (same(old, current)) return;
  const inner = isTable(old) && isTable(current) ? previousAttributes(old, current) : undefined;
  changes[key] = inner ?? old ?? null;
}

function unlessEmpty(changes: Table): Table | undefined {
  for (const _any in changes) return changes;
  return undefined;
}

/**
 * The earlier values of what changed, as an event's `previous_attributes` holds them: nested tables only with their
 * changed keys, lists whole, and null for a key that was not there. Undefined when nothing changed.
 */
export function previousAttributes(before: unknown, after: unknown): Table | undefined {
  if (!isTable(before) || !isTable(after)) return undefined;
  const changes: Table = {};
  for (const key in before) note(changes, key, before[key], after[key]);
  for (const key in after) if (!(key in before)) note(changes, key, undefined, after[key]);
  return unlessEmpty(changes);
}

/** The same for an object and what is put in place of some of its fields: the others need no look. */
export function replacedValues(before: object, patch: object): Table | undefined {
  const changes: Table = {};
  for (const [key, current] of Object.entries(patch)) note(changes, key, (before as Table)[key], current);
  return unlessEmpty(changes);
}
