/** Why the server said no, in the words its domains use. */
export type Refusal = {
  kind: "not_found" | "conflict" | "invalid" | "forbidden" | "unauthenticated" | "rate_limited" | "unavailable";
  /** `domain.reason`, the only thing to match on. */
  code: string;
  details: Record<string, unknown>;
};

const KIND_OF_CODE: Record<string, Refusal["kind"]> = {
  NOT_FOUND: "not_found",
  CONFLICT: "conflict",
  BAD_REQUEST: "invalid",
  FORBIDDEN: "forbidden",
  UNAUTHORIZED: "unauthenticated",
  TOO_MANY_REQUESTS: "rate_limited",
  SERVICE_UNAVAILABLE: "unavailable",
};

export const STATUS_OF_KIND: Record<Refusal["kind"], number> = {
  not_found: 404,
  conflict: 409,
  invalid: 422,
  forbidden: 403,
  unauthenticated: 401,
  rate_limited: 429,
  unavailable: 503,
};

/**
 * Reads what a procedure threw by its shape: pages hold no server code to compare classes with. Null for anything that
 * is not an expected refusal, which is a bug and stays one.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error) || error.name !== "TRPCError" || !("code" in error)) return null;
  const kind = KIND_OF_CODE[String(error.code)];
  if (!kind) return null;
  const { cause } = error;
  const isDomainError = cause instanceof Error && cause.name === "DomainError" && "code" in cause && "details" in cause;
  if (!isDomainError) return { kind, code: kind, details: fieldDetails(cause) };
  const details = typeof cause.details === "object" && cause.details !== null ? { ...cause.details } : {};
  return { kind, code: String(cause.code), details };
}

/** A procedure's own input check failed: keep which fields, by path. */
function fieldDetails(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error) || cause.name !== "ZodError" || !("issues" in cause) || !Array.isArray(cause.issues))
    return {};
  const fields = cause.issues.map((issue: { path?: unknown[] }) => (issue.path ?? []).join("."));
  return { fields };
}
