import { TRPCClientError } from "@trpc/client";

/** Why the shop said no, or why nothing was heard of it. */
export type Refusal = {
  /** `credits.insufficient`, `api_keys.refused`, …; `unreachable` where no answer of the shop came. */
  readonly code: string;
  readonly message: string;
  /** For `BAD_REQUEST`, `issues`: which field, and what is wrong with it. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Asking again, as it was asked, may go well. */
  readonly temporary: boolean;
};

const TEMPORARY = new Set([408, 429, 500, 502, 503, 504]);

/** What a call of the client was refused for; null for an error that is none of the client's. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data = error.data as {
    httpStatus?: number;
    reason?: string;
    code?: string;
    details?: Refusal["details"];
    issues?: readonly unknown[];
  } | null;
  if (!data?.httpStatus) return { code: "unreachable", message: error.message, details: {}, temporary: true };
  const { httpStatus, reason, code, issues } = data;
  const details = data.details ?? (issues ? { issues } : {});
  return { code: reason ?? code ?? "unknown", message: error.message, details, temporary: TEMPORARY.has(httpStatus) };
}
