import { type ActionFunctionArgs, data } from "@remix-run/node";
import { GOODS_ACTS } from "../../../server/fulfilment/input.ts";
import type { FormValues } from "../form-values.ts";
import type { MoneyActResult } from "../orders/refund-form.server.ts";
import { refusalOf } from "../refusal.ts";
import { formStatus } from "../respond.ts";

/** What became of an order's goods, from the form on the order's page. */
export async function actOnGoods({ request, context, params }: ActionFunctionArgs, form: FormValues) {
  const act = GOODS_ACTS.find((one) => one === form.text("act")) ?? "start";
  const intent = `goods.${act}`;
  try {
    await context.caller.fulfilment.move({
      orderId: params.id ?? "",
      act,
      reason: form.text("reason"),
      carrier: form.text("carrier"),
      trackingNumber: form.text("trackingNumber"),
      trackingUrl: form.text("trackingUrl"),
    });
    return data<MoneyActResult>({ done: "goods", problem: null, intent });
  } catch (error) {
    const kind = refusalOf(error)?.kind;
    if (kind !== "invalid" && kind !== "conflict") throw error;
    const problem = kind === "invalid" ? ("parcel" as const) : ("changed" as const);
    return data<MoneyActResult>(
      { done: null, problem, intent },
      { status: formStatus(request, kind === "invalid" ? 422 : 409) },
    );
  }
}
