import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { answer } from "~/lib/respond.ts";

export function loader() {
  return redirect("/");
}

/** Signs out. Only by a form: a link could be followed by accident or from another site. */
export function action(args: ActionFunctionArgs) {
  return answer(args, async ({ caller }) => redirect((await caller.identity.signOut()).redirect));
}
