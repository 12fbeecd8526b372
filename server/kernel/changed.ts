/** What of `seen` is otherwise in a row; null when nothing is, and there is nothing to write. Instants are the same at the same time. */
export function changed<Row extends object, Seen extends Partial<Row>>(row: Row, seen: Seen): Seen | null {
  const other = Object.entries(seen).filter(([name, value]) => {
    const held: unknown = row[name as keyof Row];
    return !(held instanceof Date && value instanceof Date ? held.getTime() === value.getTime() : held === value);
  });
  return other.length === 0 ? null : (Object.fromEntries(other) as Seen);
}
