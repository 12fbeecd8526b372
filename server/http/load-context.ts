import { TRPCError } from "@trpc/server";
import type { StaffRole } from "../kernel/actor.ts";
import type { Company } from "../kernel/company.ts";
import type { Profile } from "../kernel/config.ts";
import { ERROR_KINDS } from "../kernel/errors.ts";
import { type Caller, createCaller } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { type ComeBack, refusalFor } from "./come-back-later.ts";
import type { CookieOptions } from "./cookies.ts";
import { type Installation, installationOf } from "./installation.ts";
import type { Locale } from "./locale.ts";
import { type OwnTexts, ownTexts } from "./own-texts.ts";
import type { Marks } from "./page-cache.ts";
import type { RequestState } from "./request-context.ts";
import { type Standing, standingOf } from "./standing.ts";
import { wasAway } from "./while-away.ts";
import { WholeAnswer } from "./whole-answer.ts";

/** Who looks at the page. */
export type Viewer =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "customer";
      readonly userId: string;
      readonly customerId: string;
      readonly email: string;
      readonly name: string | null;
      readonly emailVerified: boolean;
      /** Set while it is staff who look, reading only: until when. */
      readonly seenByStaffUntil: Date | null;
    }
  | {
      readonly kind: "staff";
      readonly userId: string;
      readonly customerId: string | null;
      readonly role: StaffRole;
      /** Whether the second factor is there, wanted, or needed before anything else. */
      readonly secondStep: "on" | "advised" | "required";
      readonly email: string;
      readonly name: string | null;
      readonly emailVerified: boolean;
    };

/** The webhook inbox as a resource route sees it: raw bytes in, an answer out. */
export type WebhookDoor = {
  receive(
    provider: "stripe",
    body: Uint8Array,
    headers: Headers,
  ): Promise<{ status: number; body: string; headers: Record<string, string> }>;
};

/** Everything a Remix route may touch of the server. */
export type LoadContext = {
  readonly caller: Caller;
  readonly viewer: Viewer;
  /** What the frame around the page shows of the viewer; asks for the cart. */
  standing(): Promise<Standing>;
  readonly locale: Locale;
  readonly theme: "system" | "light" | "dark";
  readonly nonce: string;
  readonly requestId: string;
  readonly profile: Profile;
  readonly businessNow: Date;
  readonly sandboxUrl: string | null;
  readonly baseUrl: string;
  readonly webhooks: WebhookDoor;
  readonly company: Company;
  readonly installation: Installation;
  /** The owner's own terms and other texts, where there are any. */
  readonly ownTexts: OwnTexts;
  /** A preference cookie as the browser sent it: parse before use. */
  cookieValue(name: string): string | undefined;
  /** Set on the answer, whatever the route returns. */
  setCookie(name: string, value: string, options?: CookieOptions): void;
  /** Set while nothing is done for whoever asks; who that is may not be known then. */
  readonly comeBack: ComeBack | null;
  /** A document that is there as a whole, on the shortest way out. */
  wholePage(page: Uint8Array<ArrayBuffer>, init: ResponseInit): Response;
  /** Logs an error of ours with the request's id, and counts it. */
  reportError(error: unknown): void;
};

/** The theme that a visitor chose. */
export function themeOf(state: Pick<RequestState, "cookieValue">): LoadContext["theme"] {
  const theme = state.cookieValue("theme");
  return theme === "light" || theme === "dark" ? theme : "system";
}

export function loadContext(
  runtime: Runtime,
  state: RequestState,
  marks: Marks,
  webhooks: WebhookDoor,
  comeBack: ComeBack | null,
  standing?: Standing,
): LoadContext {
  const { ctx } = state;
  const reportError = pageFailed(runtime, ctx);
  const viewer = viewerOf(ctx.session);
  return {
    caller: createCaller(comeBack === null ? ctx : refusing(ctx, comeBack)),
    get viewer() {
      // Neither nobody, who would be sent to sign in, nor anybody.
      if (comeBack?.why === "away") throw refusedByProcedure(comeBack);
      return viewer;
    },
    standing: async () => standing ?? standingOf(state, reportError),
    locale: ctx.browser.locale,
    theme: themeOf(state),
    nonce: marks.nonce,
    requestId: marks.requestId,
    profile: runtime.config.profile,
    businessNow: ctx.now(),
    sandboxUrl: runtime.config.sandboxUrl,
    baseUrl: runtime.config.baseUrl,
    webhooks,
    company: runtime.providers.company.current(),
    comeBack,
    installation: installationOf(runtime.config),
    ownTexts: ownTexts(runtime.config),
    cookieValue: state.cookieValue,
    setCookie: state.setCookie,
    wholePage: (page, init) => new WholeAnswer(page, init),
    reportError,
  };
}

/** Tells of an error of ours on a page, and counts it. */
export function pageFailed(runtime: Pick<Runtime, "metrics">, ctx: RequestState["ctx"]): (error: unknown) => void {
  return (error) => {
    if (wasAway({ metrics: runtime.metrics, log: ctx.log }, error, {})) return;
    // What went wrong in a procedure was counted there.
    if (!(error instanceof TRPCError)) runtime.metrics.errors.inc({ kind: "bug" });
    ctx.log.error({ err: error }, "page failed");
  };
}

function refusedByProcedure(comeBack: ComeBack): TRPCError {
  const cause = refusalFor(comeBack);
  return new TRPCError({ code: ERROR_KINDS[cause.kind].trpc, message: cause.message, cause });
}

/** The same request, in which no procedure does anything: whatever the page asks for, the answer is to come back later. */
function refusing(ctx: RequestState["ctx"], comeBack: ComeBack): RequestState["ctx"] {
  const consume = async () => {
    throw refusalFor(comeBack);
  };
  const callLimits = { consume, consumeKey: consume, secondsToWait: async () => comeBack.seconds };
  const refused = { ...ctx, providers: { ...ctx.providers, callLimits } };
  if (comeBack.why === "too_many") return refused;
  return Object.defineProperty(refused, "session", {
    get(): never {
      throw refusalFor(comeBack);
    },
  });
}

function viewerOf(session: RequestState["ctx"]["session"]): Viewer {
  if (!session) return { kind: "anonymous" };
  const { userId, customerId, email, name, emailVerified, staffRole } = session;
  if (staffRole) {
    const secondStep = session.staffLocked ? "required" : session.secondFactor ? "on" : "advised";
    return { kind: "staff", userId, customerId, role: staffRole, secondStep, email, name, emailVerified };
  }
  const seenByStaffUntil = session.impersonation?.until ?? null;
  return { kind: "customer", userId, customerId: customerId ?? "", email, name, emailVerified, seenByStaffUntil };
}
