import type { ActionFunctionArgs } from "@remix-run/node";
import { data } from "@remix-run/node";
import { readForm } from "../form-values.ts";
import { minorUnitsOf } from "../format/minor-units.ts";
import { refusalOf } from "../refusal.ts";
import { formStatus } from "../respond.ts";

/** What a press on the order's page came to; `problem` names why nothing was done. */
export type MoneyActResult = {
  readonly done: "refund" | "withdrawal" | "goods" | null;
  readonly problem: "reason" | "parcel" | "changed" | null;
  readonly intent: string;
};

/** The quantities somebody picked, from `q_<line>=<n>` in the address or a form; none picked means everything. */
export function pickedLines(values: Iterable<readonly [string, unknown]>): { orderLineId: string; quantity: number }[] {
  return [...values].flatMap(([name, value]) => {
    const quantity = Number(value);
    return name.startsWith("q_") && Number.isInteger(quantity) && quantity > 0 && quantity < 100
      ? [{ orderLineId: name.slice(2), quantity }]
      : [];
  });
}

/** Which payment, and how much of a renewal, from the address or a form: `payment=pay_…&amount=99,50`. */
export function pickedPayment(value: (name: string) => string | null | undefined) {
  const amount = minorUnitsOf(value("amount") ?? "");
  return {
    ...(value("payment") ? { paymentId: value("payment") ?? "" } : {}),
    ...(amount === null || amount === 0 ? {} : { amount }),
  };
}

/** Pays back an order or lines of it, or decides a withdrawal: both with a reason, neither ever twice for one form. */
export async function actOnMoney({ request, context, params }: ActionFunctionArgs) {
  const { caller } = context;
  const picked = pickedLines(await request.clone().formData());
  const form = await readForm(request);
  const intent = form.text("intent");
  const reason = form.text("reason");
  try {
    if (intent === "refund") {
      await caller.payments.refunds.request({
        orderId: params.id ?? "",
        lines: picked,
        ...pickedPayment(form.maybe),
        reason,
        shownAmount: form.wholeNumber("shownAmount") ?? 0,
        formKey: form.text("formKey"),
      });
      return data<MoneyActResult>({ done: "refund", problem: null, intent });
    }
    const decision = { id: form.text("withdrawal"), reason };
    const amount = form.wholeNumber("approvedAmount");
    if (intent === "approve")
      await caller.withdrawals.approve(amount === undefined ? decision : { ...decision, amount });
    else if (intent === "closeDisputed") await caller.withdrawals.closeDisputed(decision);
    else await caller.withdrawals.refuse(decision);
    return data<MoneyActResult>({ done: "withdrawal", problem: null, intent });
  } catch (error) {
    const kind = refusalOf(error)?.kind;
    if (kind !== "invalid" && kind !== "conflict") throw error;
    const problem = kind === "invalid" ? ("reason" as const) : ("changed" as const);
    return data<MoneyActResult>(
      { done: null, problem, intent },
      { status: formStatus(request, kind === "invalid" ? 422 : 409) },
    );
  }
}
