import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { readForm } from "~/lib/form-values.ts";
import { refusalOf, STATUS_OF_KIND } from "~/lib/refusal.ts";

export function loader() {
  return redirect("/login");
}

/** The question that a passkey is to sign: to make one (signed in) or to sign in with one (anybody). */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  try {
    const { identity } = context.caller;
    const wantsNew = form.text("intent") === "register";
    return Response.json(await (wantsNew ? identity.factors.passkeys.options() : identity.passkeyQuestion()));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return Response.json({ code: refusal.code }, { status: STATUS_OF_KIND[refusal.kind] });
  }
}
