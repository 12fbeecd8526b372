import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { answerForm } from "~/lib/answer-form.server.ts";
import { t as translate } from "~/lib/i18n/translate.ts";
import { emailInput } from "../../server/identity/input.ts";

export function loader() {
  return redirect("/login");
}

/** Sends the confirming mail once more. The answer is the same for every address. */
export function action(args: ActionFunctionArgs) {
  const labels = { email: translate(args.context.locale)("identity.email") };
  return answerForm(args, { schema: emailInput, labels }, (value, { caller }) =>
    caller.identity.resendVerification(value),
  );
}
