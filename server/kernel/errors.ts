import { ZodError } from "zod";

/** What an expected refusal means to the caller, whoever the caller is. */
export type ErrorKind =
  | "not_found"
  | "conflict"
  | "invalid"
  | "forbidden"
  | "unauthenticated"
  | "rate_limited"
  | "unavailable";

type Details = Readonly<Record<string, unknown>>;

/**
 * An expected refusal. `code` (`domain.reason`) is part of the API and the only thing to match on; `message` says in
 * English what to do and may change. `details` is shown to the caller: never a secret, never another person's data.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Details;

  constructor(code: string, kind: ErrorKind, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.kind = kind;
    this.details = details;
  }
}

type DefinedErrors<Table> = { readonly [Name in keyof Table]: (details?: Details) => DomainError };

/** Declares a domain's refusals once: `defineErrors({ notFound: ["orders.not_found", "not_found", "…"] })`. */
export function defineErrors<
  const Table extends Record<string, readonly [code: string, kind: ErrorKind, message: string]>,
>(table: Table): DefinedErrors<Table> {
  const made: Record<string, (details?: Details) => DomainError> = {};
  for (const [name, [code, kind, message]] of Object.entries(table)) {
    made[name] = (details) => new DomainError(code, kind, message, details);
  }
  return made as DefinedErrors<Table>;
}

/**
 * A refusal, or a payload of another shape, will be the same the next time, so there is no next time; unless it only
 * says that somebody else was faster (`<noun>.conflict`), or that something is away. Everything else that goes wrong in the
 * background is tried again.
 */
export function isFinalRefusal(error: unknown): boolean {
  if (error instanceof ZodError) return true;
  return error instanceof DomainError && error.kind !== "unavailable" && !error.code.endsWith(".conflict");
}

/**
 * What went wrong at a provider. `unavailable`: surely no effect, try again. `rejected`: a final no.
 * `unknown_outcome`: it may have happened; ask before anything is tried again. Made only in adapters.
 */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly provider: string;
  readonly reason: "unavailable" | "rejected" | "unknown_outcome";
  readonly code: string | null;

  constructor(
    provider: string,
    reason: ProviderError["reason"],
    message: string,
    options: { code?: string | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.provider = provider;
    this.reason = reason;
    this.code = options.code ?? null;
  }
}

/** The one table from a refusal's kind to the words of HTTP and tRPC. */
export const ERROR_KINDS = {
  not_found: { status: 404, trpc: "NOT_FOUND" },
  conflict: { status: 409, trpc: "CONFLICT" },
  invalid: { status: 400, trpc: "BAD_REQUEST" },
  forbidden: { status: 403, trpc: "FORBIDDEN" },
  unauthenticated: { status: 401, trpc: "UNAUTHORIZED" },
  rate_limited: { status: 429, trpc: "TOO_MANY_REQUESTS" },
  unavailable: { status: 503, trpc: "SERVICE_UNAVAILABLE" },
} as const satisfies Record<ErrorKind, { status: number; trpc: string }>;

/** The database's own words for why a statement failed, through whatever wraps them. */
export function databaseError(error: unknown): { code: string; constraint: string | null } | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[0-9A-Z]{5}$/.test(at.code)) {
      const constraint = "constraint_name" in at && typeof at.constraint_name === "string" ? at.constraint_name : null;
      return { code: at.code, constraint };
    }
  }
  return null;
}
