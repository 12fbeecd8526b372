import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import type { Failure } from "./failure.ts";
import { failureAnswer, signInFirst } from "./respond.ts";

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type ViewerOf<Kind extends "customer" | "staff"> = Extract<Args["context"]["viewer"], { kind: Kind }>;

/**
 * For pages of the back office, first thing in every loader and action: the procedures check again, but a page without
 * one would otherwise show its frame to anybody.
 */
export function requireStaff(args: Args): ViewerOf<"staff"> {
  const { context, request } = args;
  const viewer = whoLooks(args);
  if (viewer.kind === "anonymous") throw signInFirst(request);
  if (viewer.kind !== "staff") {
    throw data<Failure>(
      { requestId: context.requestId, code: "identity.role_missing", roles: ["staff"] },
      { status: 403 },
    );
  }
  if (viewer.secondStep === "required") throw redirect("/account/security");
  return viewer;
}

/** For a page or action that only some roles may use: 403 naming them for the others. */
export function requireStaffRole(args: Args, roles: readonly ViewerOf<"staff">["role"][]): ViewerOf<"staff"> {
  const viewer = requireStaff(args);
  if (roles.includes(viewer.role)) return viewer;
  const failure = { requestId: args.context.requestId, code: "identity.role_missing", roles };
  throw data<Failure>(failure, { status: 403 });
}

/**
 * For the member's own pages: anybody who is signed in; staff may be members too, but in a real shop they come no further
 * than the page that sets up their second factor.
 */
export function requireSignedIn(args: Args): ViewerOf<"customer"> | ViewerOf<"staff"> {
  const { request } = args;
  const viewer = whoLooks(args);
  if (viewer.kind === "anonymous") throw signInFirst(request);
  const settingUp = /^\/account\/security(\/|\.data$|$)/.test(new URL(request.url).pathname);
  if (viewer.kind === "staff" && viewer.secondStep === "required" && !settingUp) throw redirect("/account/security");
  return viewer;
}

/** Who looks at the page: read here, and where it cannot be known answered as any refusal is. */
export function whoLooks(args: Args): Args["context"]["viewer"] {
  try {
    return args.context.viewer;
  } catch (error) {
    throw failureAnswer(args, error);
  }
}
