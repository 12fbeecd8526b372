import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireStaff } from "~/lib/guard.ts";
import { localPath } from "~/lib/page/local-path.ts";
import { answer } from "~/lib/respond.ts";
import { viewIdInput, viewInput } from "../../server/reporting/input.ts";

/** Keeps or forgets a list's view and leads back to the list. */
export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await args.request.formData();
    if (form.get("intent") === "remove") {
      const parsed = viewIdInput.safeParse(Object.fromEntries(form));
      if (parsed.success) await caller.reporting.views.remove(parsed.data);
    } else {
      const parsed = viewInput.safeParse(Object.fromEntries(form));
      if (parsed.success) await caller.reporting.views.save(parsed.data);
    }
    return redirect(localPath(form.get("returnTo")) ?? "/admin");
  });
}
