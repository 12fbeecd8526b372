import type { AppLoadContext } from "@remix-run/node";
import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { readForm } from "../form-values.ts";
import { refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";
import { formStatus } from "../respond.ts";

const STEERS = ["stop", "resume", "undo", "drop"] as const;
type Fault = "count" | "reason" | "back_reason";

/** What staff press on the page of a move: they steer it, begin one that was reckoned, or take back one subscription. */
export async function actOnMove({ request, params }: ActionFunctionArgs, { caller, locale }: AppLoadContext) {
  const id = params.id ?? "";
  const form = await readForm(request);
  const act = form.text("act");
  const reason = form.text("reason").trim();
  const answerWith = (given: { fault?: Fault; refused?: string }) =>
    data({ fault: null, refused: null, ...given }, { status: formStatus(request, 422) });
  const stepId = form.text("stepId");
  try {
    if (act === "take_back") {
      if (reason.length < 3) return answerWith({ fault: "back_reason" });
      await caller.plans.migrations.takeBack({ id, stepId, reason });
    } else if (act === "begin") {
      const [shown, typed] = [form.wholeNumber("shown"), form.wholeNumber("typed")];
      if (typed === undefined || typed !== shown) return answerWith({ fault: "count" });
      if (reason.length < 3) return answerWith({ fault: "reason" });
      await caller.plans.migrations.begin({ id, shown: typed, reason });
    } else {
      const steer = STEERS.find((one) => one === act);
      if (!steer || reason.length < 3) return answerWith({ fault: "reason" });
      await caller.plans.migrations.steer({ id, act: steer, reason });
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.kind !== "conflict") throw error;
    return answerWith({ refused: refusalText(refusal, locale) });
  }
  return redirect(`/admin/migrations/${id}`);
}
