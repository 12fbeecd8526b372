import type { ActionFunctionArgs } from "@remix-run/node";
import { readForm } from "../form-values.ts";
import { refusalOf } from "../refusal.ts";
import { formStatus } from "../respond.ts";

/** What a press on a statement's page came to; `problem` names why nothing was done, `typed` what is kept in its form. */
export type StatementActResult = {
  readonly done: boolean;
  readonly intent: "carryOut" | "attach" | "dismiss";
  readonly problem: "reason" | "number" | "lines" | "changed" | null;
  readonly typed: { readonly reason: string; readonly number: string };
};

/** Carries a statement out, says which order it means, or closes it: each with a reason, and none twice. */
export async function actOnStatement({
  request,
  context,
  params,
}: ActionFunctionArgs): Promise<StatementActResult & { readonly status: number }> {
  const { statements } = context.caller.withdrawals;
  const form = await readForm(request);
  const asked = form.text("intent");
  const intent = asked === "carryOut" || asked === "attach" ? asked : "dismiss";
  const typed = { reason: form.text("reason"), number: form.text("number") };
  const act = { id: params.id ?? "", reason: typed.reason };
  try {
    if (intent === "carryOut") await statements.carryOut({ ...act, lineIds: form.all("line") });
    else if (intent === "attach") await statements.attach({ ...act, number: typed.number });
    else await statements.dismiss(act);
    return { done: true, intent, problem: null, typed: { reason: "", number: "" }, status: 200 };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.kind !== "invalid" && refusal?.kind !== "conflict") throw error;
    if (refusal.kind === "conflict")
      return { done: false, intent, problem: "changed", typed, status: formStatus(request, 409) };
    const rest = intent === "attach" ? ("number" as const) : ("lines" as const);
    const problem = typed.reason.trim().length < 3 ? ("reason" as const) : rest;
    return { done: false, intent, problem, typed, status: formStatus(request, 422) };
  }
}
