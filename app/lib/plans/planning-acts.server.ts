import type { AppLoadContext } from "@remix-run/node";
import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { readForm } from "../form-values.ts";
import { refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";
import { formStatus } from "../respond.ts";
import { type PlanFault, readPlanForm } from "./planning-form.ts";

type Outcome = {
  readonly conflict: boolean;
  readonly reasonMissing: "publish" | "retire" | null;
  readonly faults: readonly PlanFault[];
  readonly refused: string | null;
  /** As it was typed, where it was not kept. */
  readonly typed: Readonly<Record<string, string>> | null;
};
const NOTHING: Outcome = { conflict: false, reasonMissing: null, faults: [], refused: null, typed: null };

/** What staff press on a plan's page. What is kept leads back to the page, what is not is shown as it was typed. */
export async function actOnPlan(args: ActionFunctionArgs, { caller, locale }: AppLoadContext) {
  const { request, params } = args;
  const code = params.code ?? "";
  const copy = request.clone();
  const form = await readForm(request);
  const act = form.text("act");
  const revision = form.wholeNumber("revision") ?? -1;
  const reason = form.text("reason").trim();
  const back = (done: string) => redirect(`/admin/plans/${encodeURIComponent(code)}?done=${done}`);
  const answer = (outcome: Partial<Outcome>, status = 422) =>
    data({ ...NOTHING, ...outcome }, { status: formStatus(request, status) });
  try {
    switch (act) {
      case "start":
        await caller.plans.startDraft({ code, from: form.maybe("from") });
        return back("started");
      case "discard":
        await caller.plans.discardDraft({ code, revision });
        return back("discarded");
      case "publish": {
        if (reason.length < 3) return answer({ reasonMissing: "publish" });
        await caller.plans.publish({ code, revision, reason });
        return back("ordered");
      }
      case "retire":
        if (reason.length < 3) return answer({ reasonMissing: "retire" });
        await caller.plans.retire({ code, reason });
        return back("retired");
      default: {
        const { features } = await caller.plans.get({ code });
        const { wish, faults } = readPlanForm(form.text, features);
        if (faults.length > 0) return answer({ faults, typed: await typedIn(copy) });
        await caller.plans.saveDraft({ code, revision, content: wish });
        return back("saved");
      }
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code === "plans.draft.conflict")
      return answer({ conflict: true, typed: act === "save" ? await typedIn(copy) : null }, 409);
    if (refusal?.kind !== "conflict" && refusal?.kind !== "invalid") throw error;
    return answer({ refused: refusalText(refusal, locale), typed: act === "save" ? await typedIn(copy) : null });
  }
}

async function typedIn(request: Request): Promise<Record<string, string>> {
  const form = await request.formData();
  return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
