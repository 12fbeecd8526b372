/** A broken assumption of our own: a bug, never an answer to a caller. It is not caught anywhere but at the edge. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Throws {@link InvariantError} unless `condition` holds. For bugs only; bad input is a {@link DomainError}. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
