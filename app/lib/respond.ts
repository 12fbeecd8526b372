import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import type { Failure } from "./failure.ts";
import { refusalOf, STATUS_OF_KIND } from "./refusal.ts";

type Args = LoaderFunctionArgs | ActionFunctionArgs;

/**
 * Runs a loader or action and turns what the server refuses into an answer: to sign-in and back, 404, 403 with the role
 * that is needed, or the refusal's status. Anything unexpected is reported and answered 500 with this request's id.
 */
export async function answer<T>(args: Args, run: (context: Args["context"]) => Promise<T>): Promise<T> {
  try {
    return await run(args.context);
  } catch (error) {
    if (error instanceof Response || isThrownData(error)) throw error;
    throw failureAnswer(args, error);
  }
}

/** Where to sign in and come back from. */
export function signInFirst(request: Request): Response {
  const url = new URL(request.url);
  return redirect(`/login?next=${encodeURIComponent(url.pathname + url.search)}`);
}

/** Where one shows again who one is, and comes back from. */
function confirmFirst(request: Request): Response {
  const url = new URL(request.url);
  return redirect(
    `/account/security/confirm?next=${encodeURIComponent(url.pathname.replace(/\.data$/, "") + url.search)}`,
  );
}

/**
 * The status of a page that shows its own form's errors. A browser that posts by itself gets the real one; one whose
 * script posts reads the errors in the answer, and its console would call any other status a failed load.
 */
export function formStatus(request: Request, status: number): number {
  // What is away now would be asked for again, and its page put in the place of what was typed.
  if (status === STATUS_OF_KIND.unavailable) return status;
  return request.headers.get("sec-fetch-dest") === "empty" ? 200 : status;
}

/** The answer to what was thrown: see {@link answer}. */
export function failureAnswer(args: Args, error: unknown): Response | ReturnType<typeof data<Failure>> {
  const { context, request } = args;
  const refusal = refusalOf(error);
  if (!refusal) {
    context.reportError(error);
    return data<Failure>({ requestId: context.requestId }, { status: 500 });
  }
  if (refusal.kind === "unauthenticated") return signInFirst(request);
  if (refusal.code === "identity.confirm_first") return confirmFirst(request);
  if (refusal.code === "identity.second_factor_required") return redirect("/account/security");
  const roles = Array.isArray(refusal.details.roles) ? refusal.details.roles.map(String) : undefined;
  return data<Failure>(
    { requestId: context.requestId, code: refusal.code, roles },
    { status: STATUS_OF_KIND[refusal.kind] },
  );
}

/** `data(…)` thrown by a route: an answer already. */
function isThrownData(error: unknown): boolean {
  return typeof error === "object" && error !== null && "type" in error && error.type === "DataWithResponseInit";
}
