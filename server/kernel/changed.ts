/**
 * What of `seen` is otherwise in a row; null when nothing is, and there is nothing to write. Instants are the same at the same time,
 * lists when they hold the same.
 */
export function changed<Row extends object, Seen extends Partial<Row>>(row: Row, seen: Seen): Seen | null {
  const other = Object.entries(seen).filter(([name, value]) => {
    const held: unknown = row[name as keyof Row];
    if (Array.isArray(held) && Array.isArray(value)) return JSON.stringify(held) !== JSON.stringify(value);
    return !(held instanceof Date && value instanceof Date ? held.getTime() === value.getTime() : held === value);
  });
  return other.length === 0 ? null : (Object.fromEntries(other) as Seen);
}
