import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { entitlementErrors, requireEntitled } from "../entitlements/index.ts";
import type { CallLimit } from "../identity/index.ts";
import { type KeyScope, STAFF_ROLES, type StaffRole } from "../kernel/actor.ts";
import { noticingActs, recordCall } from "../kernel/audit.ts";
import { AWAY_SECONDS, databaseAway, isDatabaseAway } from "../kernel/database-away.ts";
import { DomainError, databaseError, ERROR_KINDS, ProviderError } from "../kernel/errors.ts";
import type { RequestCtx } from "./context.ts";
import { inputIssues, inputSentence } from "./input-sentence.ts";
import { transformer } from "./transformer.ts";

/** Who may call a procedure. `verified`: a customer whose e-mail is proven. Declared on every procedure; a test walks them all. */
export type Access = "public" | "customer" | "verified" | { readonly staff: readonly StaffRole[] };

/** The feature that opens a procedure to an organization; or one of several, by what the input asks for. */
export type Gate = string | { readonly by: string; readonly features: Readonly<Record<string, string>> };

/** Every staff role: for reads. Writes name their roles. */
export const STAFF: Access = { staff: STAFF_ROLES };

const t = initTRPC
  .context<RequestCtx>()
  .meta<{ access: Access; scope?: KeyScope; entitlement?: Gate }>()
  .create({
    transformer,
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message:
        error.code === "INTERNAL_SERVER_ERROR"
          ? "Something went wrong on our side. Nothing was changed."
          : shape.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        ...(error.cause instanceof DomainError ? { reason: error.cause.code, details: error.cause.details } : {}),
        ...(error.cause instanceof z.ZodError ? { issues: inputIssues(error.cause.issues) } : {}),
      },
    }),
  });

/** What PostgreSQL calls a text with a NUL in it, and an instant in a year that it does not have. */
const CANNOT_BE_KEPT = new Set(["22021", "22008"]);

/** Turns what use cases throw into tRPC's words, once, for server-side callers and HTTP alike. */
const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const cause = result.error.cause;
  if (cause instanceof DomainError) {
    ctx.log.warn({ procedure: path, reason: cause.code }, "refused");
    const { retryAfterSeconds } = cause.details;
    if (typeof retryAfterSeconds === "number") ctx.browser.retryAfter(retryAfterSeconds);
    throw new TRPCError({ code: ERROR_KINDS[cause.kind].trpc, message: cause.message, cause });
  }
  if (cause instanceof ProviderError) {
    ctx.log.warn({ procedure: path, err: cause }, "provider failed");
    throw new TRPCError({
      code: "SERVICE_UNAVAILABLE",
      message: "The payment provider does not answer right now. Nothing is lost; try again in a moment.",
      cause,
    });
  }
  if (isDatabaseAway(cause)) {
    ctx.log.warn({ procedure: path, err: cause }, "the database does not answer");
    ctx.providers.countDatabaseAway();
    const away = databaseAway();
    ctx.browser.retryAfter(AWAY_SECONDS);
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: away.message, cause: away });
  }
  // Of the input alone: what a use case parses of its own is no fault of the caller.
  if (cause instanceof z.ZodError && result.error.code === "BAD_REQUEST")
    throw new TRPCError({ code: "BAD_REQUEST", message: inputSentence(cause.issues), cause });
  const database = databaseError(cause);
  if (database && CANNOT_BE_KEPT.has(database.code)) {
    ctx.log.warn({ procedure: path, code: database.code }, "refused what the database cannot hold");
    const message = "It holds a character or a date that cannot be kept. Take it out. Nothing was changed.";
    throw new TRPCError({ code: "BAD_REQUEST", message });
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    ctx.log.error({ procedure: path, err: result.error }, "procedure failed");
  return result;
});

/** Throws unless the caller may: 401 for nobody, 403 naming what is needed for somebody else. */
export function authorize(access: Access, ctx: Pick<RequestCtx, "session">): void {
  if (access === "public") return;
  const session = ctx.session;
  if (!session) throw new DomainError("identity.sign_in_first", "unauthenticated", "Sign in first.");
  if (access === "customer") return;
  if (access === "verified") {
    if (!session.emailVerified)
      throw new DomainError("identity.verify_email_first", "forbidden", "Verify your e-mail address first.");
    return;
  }
  if (!session.staffRole || !access.staff.includes(session.staffRole)) {
    throw new DomainError(
      "identity.role_missing",
      "forbidden",
      `This needs one of the roles ${access.staff.join(", ")}.`,
      { roles: access.staff },
    );
  }
  if (session.staffLocked)
    throw new DomainError(
      "identity.second_factor_required",
      "forbidden",
      "Staff need a second factor here. Set one up under Security in the account.",
    );
}

/** Throws unless the API key that a program came with (if it did) works and may do this. Without a scope nothing is open to keys. */
export function authorizeKey(scope: KeyScope | undefined, ctx: Pick<RequestCtx, "session" | "keyRefused">): void {
  if (ctx.keyRefused === "plan") throw entitlementErrors.missing({ feature: "hasAPI" });
  if (ctx.keyRefused) {
    throw new DomainError(
      "api_keys.refused",
      "unauthenticated",
      "This API key is unknown, revoked or out of date. Make another under API keys in the account.",
    );
  }
  const key = ctx.session?.apiKey;
  if (!key || (scope && key.scopes.includes(scope))) return;
  throw new DomainError(
    "api_keys.scope_missing",
    "forbidden",
    scope ? `This API key lacks the scope ${scope}.` : "This cannot be done with an API key. Sign in instead.",
    { scope: scope ?? null },
  );
}

/** What is sensitive asks who one is again when the last proof is older than this. */
const FRESH_MINUTES = 10;

/** Throws `identity.confirm_first` unless whoever sits there has proven who they are within ten minutes. */
export function requireFresh(ctx: Pick<RequestCtx, "session" | "technical">): void {
  const since = ctx.session?.authenticatedAt;
  if (since && ctx.technical.now().getTime() - since.getTime() <= FRESH_MINUTES * 60_000) return;
  throw new DomainError(
    "identity.confirm_first",
    "forbidden",
    "Confirm with the password, a code or a passkey that it is you.",
  );
}

/** What a change by staff is about, where the use case leaves the record to us. */
const ABOUT = { id: z.string().optional().catch(undefined), reason: z.string().max(500).optional().catch(undefined) };

type AccessOptions = {
  /** What it counts as for the caller's address; by itself, what reads counts as `reads` and what changes as `writes`. */
  readonly limit?: CallLimit;
  /** Asks for a proof of who one is within the last ten minutes. */
  readonly fresh?: boolean;
  /** Open to an API key that has this scope; without it to none. */
  readonly scope?: KeyScope;
  /** A feature that the organization of the input (`organizationId`) must have; its members alone may then call. */
  readonly entitlement?: Gate;
  /** A change that staff may make while they look as a customer: ending that. */
  readonly whileImpersonating?: boolean;
};

/**
 * The only way to make a procedure: its access is declared where it is defined and enforced before its input is even
 * parsed. `access("public").input(schema).query(…)`.
 */
export function access(level: Access, options: AccessOptions = {}) {
  return t.procedure
    .meta({
      access: level,
      ...(options.scope ? { scope: options.scope } : {}),
      ...(options.entitlement ? { entitlement: options.entitlement } : {}),
    })
    .use(mapErrors)
    .use(async ({ next, ctx, type, path, getRawInput }) => {
      authorizeKey(options.scope, ctx);
      authorize(level, ctx);
      const key = ctx.session?.apiKey;
      const { callLimits } = ctx.providers;
      if (key) await callLimits.consumeKey(key);
      else await callLimits.consume(options.limit ?? (type === "mutation" ? "writes" : "reads"), ctx.browser.ip);
      if (type === "mutation" && ctx.session?.impersonation && !options.whileImpersonating)
        throw new DomainError(
          "identity.read_only",
          "forbidden",
          "You see this as a customer does and can change nothing. End that first.",
        );
      if (options.fresh) requireFresh(ctx);
      if (options.entitlement !== undefined) {
        const input = z.looseObject({ organizationId: z.string() }).safeParse(await getRawInput());
        // Whoever names no organization has no plan: the gate stays shut whatever the procedure takes.
        if (!input.success)
          throw new TRPCError({ code: "BAD_REQUEST", message: "Say which organization: organizationId." });
        await requireEntitled(ctx, input.data.organizationId, featureOf(options.entitlement, input.data));
      }
      if (typeof level === "string" || type !== "mutation") return next();
      const { result, recorded } = await noticingActs(() => next());
      if (result.ok && recorded.length === 0) {
        const input = z.looseObject(ABOUT).safeParse(await getRawInput());
        // What was made by it says its id in the answer.
        const made = z.looseObject(ABOUT).safeParse(result.data);
        const subject = input.data?.id ?? made.data?.id ?? "";
        const reason = input.data?.reason ?? null;
        await ctx.db.transaction((tx) => recordCall(tx, { path, subject, reason }));
      }
      return result;
    });
}

function featureOf(gate: Gate, input: Readonly<Record<string, unknown>>): string {
  if (typeof gate === "string") return gate;
  const feature = Object.entries(gate.features).find(([asked]) => asked === input[gate.by])?.[1];
  if (feature !== undefined) return feature;
  const message = `Say which ${gate.by}: ${Object.keys(gate.features).join(", ")}.`;
  throw new TRPCError({ code: "BAD_REQUEST", message });
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
