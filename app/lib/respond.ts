import type { Submission, SubmissionResult } from "@conform-to/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import type { Failure } from "./failure.ts";
import type { Locale } from "./locale.ts";
import { type Refusal, refusalOf, STATUS_OF_KIND } from "./refusal.ts";
import { refusalText } from "./refusal-text.ts";

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

/**
 * Runs an action on a form that was read. A form that is not filled in right, and what the server refuses about it, come
 * back as the form's own errors with the values that were typed; everything else as `answer` has it.
 */
export async function answerForm<Schema, T>(
  args: ActionFunctionArgs,
  submission: Submission<Schema, string[]>,
  run: (value: Schema, context: Args["context"]) => Promise<T>,
) {
  if (submission.status !== "success") return refuseForm(submission.reply(), 422);
  const { value } = submission;
  return answer(args, async (context) => {
    try {
      return await run(value, context);
    } catch (error) {
      const refusal = refusalOf(error);
      if (
        !refusal ||
        refusal.kind === "unauthenticated" ||
        refusal.kind === "forbidden" ||
        refusal.kind === "not_found"
      ) {
        throw error;
      }
      return refuseForm(submission.reply(formErrors(refusal, context.locale)), STATUS_OF_KIND[refusal.kind]);
    }
  });
}

function refuseForm(result: SubmissionResult<string[]>, status: number) {
  return data({ result }, { status });
}

/** A refusal as the errors of a form: at its field where the server names one, else above the form. */
export function formErrors(
  refusal: Refusal,
  locale: Locale,
): { formErrors?: string[]; fieldErrors?: Record<string, string[]> } {
  const text = refusalText(refusal, locale);
  const { field } = refusal.details;
  return typeof field === "string" ? { fieldErrors: { [field]: [text] } } : { formErrors: [text] };
}

function failureAnswer(args: Args, error: unknown): Response | ReturnType<typeof data<Failure>> {
  const { context, request } = args;
  const refusal = refusalOf(error);
  if (!refusal) {
    context.reportError(error);
    return data<Failure>({ requestId: context.requestId }, { status: 500 });
  }
  if (refusal.kind === "unauthenticated") return signInFirst(request);
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
