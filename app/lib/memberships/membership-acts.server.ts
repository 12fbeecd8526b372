import type { ActionFunctionArgs } from "@remix-run/node";
import { data } from "@remix-run/node";
import { END_REFUNDS } from "../../../server/billing/input.ts";
import { readForm } from "../form-values.ts";
import { refusalOf } from "../refusal.ts";
import { formStatus } from "../respond.ts";

/** What a press on a membership's page came to; `problem` names why nothing was done. */
export type MembershipActResult = { readonly done: boolean; readonly problem: "reason" | "changed" | null };

/** Asks for something of a membership, as staff: what was shown is what is asked for, never twice for one form. */
export async function actOnMembership({ request, context, params }: ActionFunctionArgs) {
  const { office } = context.caller.billing;
  const form = await readForm(request);
  const wish = { id: params.id ?? "", formKey: form.text("formKey"), reason: form.text("reason") };
  // What is given and the day that stood beside it travel together.
  const [unit = "", count = "", ...until] = form.text("free").split(":");
  const months = form.wholeNumber("months");
  // The choice and the sum that stood beside it travel together.
  const [chosen = "", sum = ""] = form.text("refund").split(":");
  // So do what comes with the end of a period and its day.
  const shownEnd = form.maybe("endsAt");
  const endsAt = shownEnd ? { endsAt: new Date(shownEnd) } : {};
  const acts: Record<string, () => Promise<unknown>> = {
    keep: () => office.keep(wish),
    resume: () => office.resume(wish),
    retry: () => office.retry(wish),
    pause: () => office.pause({ ...wish, ...endsAt, ...(months ? { months } : {}) }),
    plan: () => office.changePlan({ ...wish, quote: form.text("quote") }),
    seats: () => office.changeSeats({ ...wish, quote: form.text("quote") }),
    units: () => office.changeUnits({ ...wish, quote: form.text("quote") }),
    free: () =>
      office.giveFreeTime({
        ...wish,
        unit: unit === "day" ? "day" : "period",
        count: Number(count),
        until: new Date(until.join(":")),
      }),
    discount: () =>
      office.giveDiscount({
        ...wish,
        bps: form.wholeNumber("bps") ?? 0,
        months: months ?? 0,
        renewsAt: new Date(form.text("renewsAt")),
      }),
    endDiscount: () => office.giveDiscount({ ...wish, bps: 0, months: 1, renewsAt: new Date(form.text("renewsAt")) }),
    end: () =>
      office.end({
        ...wish,
        ...endsAt,
        timing: form.text("timing") === "now" ? "now" : "period_end",
        refund: END_REFUNDS.find((one) => one === chosen) ?? "none",
        shownRefund: Number(sum) || 0,
      }),
  };
  try {
    const act = acts[form.text("intent")];
    if (!act) throw new Response(null, { status: 400 });
    await act();
    return data<MembershipActResult>({ done: true, problem: null });
  } catch (error) {
    const kind = refusalOf(error)?.kind;
    if (kind !== "invalid" && kind !== "conflict") throw error;
    const problem = kind === "invalid" ? ("reason" as const) : ("changed" as const);
    const status = formStatus(request, kind === "invalid" ? 422 : 409);
    return data<MembershipActResult>({ done: false, problem }, { status });
  }
}
