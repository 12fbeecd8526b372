import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { requireSignedIn } from "~/lib/guard.ts";
import { answer } from "~/lib/respond.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return redirect("/account");
}

/** Ends the look as a customer and leads back to them. */
export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => redirect((await caller.identity.impersonation.end()).redirect));
}
