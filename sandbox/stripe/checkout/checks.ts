import { formatAmount, leastCharge, mostCharge } from "../amounts.ts";
import { invalid } from "../api/errors.ts";
import type { Values } from "../api/params.ts";
import type { sessionParams } from "./session-params.ts";

type SentSession = Values<typeof sessionParams>;
const [halfHour, day] = [1_800, 86_400];

/** What must not, or must, be sent together. */
export function checkTogether(params: SentSession): void {
  const { mode } = params;
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: customer, customer_email.",
      "customer",
      "parameters_exclusive",
    );
  }
  if (mode === "subscription" && params.payment_intent_data) {
    throw invalid("You can not pass `payment_intent_data` in `subscription` mode.", "payment_intent_data");
  }
  if (mode !== "subscription" && params.subscription_data) {
    throw invalid(`You can not pass \`subscription_data\` in \`${mode}\` mode.`, "subscription_data");
  }
  if (mode !== "setup" && params.setup_intent_data)
    throw invalid(`You can not pass \`setup_intent_data\` in \`${mode}\` mode.`, "setup_intent_data");
  if (mode === "setup" && params.line_items)
    throw invalid("You can not pass `line_items` in `setup` mode.", "line_items");
  if (params.discounts && params.allow_promotion_codes !== undefined)
    throw invalid(
      "You may only specify one of these parameters: allow_promotion_codes, discounts.",
      "allow_promotion_codes",
      "parameters_exclusive",
    );
  if ((params.discounts?.length ?? 0) > 1) throw invalid("You can only pass one discount.", "discounts");
  if (params.payment_method_collection !== undefined && mode !== "subscription")
    throw invalid(
      "You can only set `payment_method_collection` if there are recurring prices.",
      "payment_method_collection",
    );
  if (params.customer_creation !== undefined && mode !== "payment") {
    throw invalid("`customer_creation` can only be used in `payment` mode.", "customer_creation");
  }
  if (params.customer_creation !== undefined && params.customer !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: customer, customer_creation.",
      "customer",
      "parameters_exclusive",
    );
  }
  if (params.success_url === undefined)
    throw invalid("Missing required param: success_url.", "success_url", "parameter_missing");
}

/** When a session expires; a day after it was made unless told. */
export function expiry(now: number, wanted: number | undefined): number {
  if (wanted === undefined) return now + day;
  if (wanted < now + halfHour) {
    throw invalid(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      "expires_at",
    );
  }
  if (wanted > now + day)
    throw invalid(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      "expires_at",
    );
  return wanted;
}

/** What is charged must be chargeable; a subscription may begin with nothing due. */
export function checkAmount(total: number, currency: string, mode: SentSession["mode"]): void {
  if (total < leastCharge(currency) && (mode === "payment" || total > 0)) {
    throw invalid(
      `The Checkout Session's total amount due must add up to at least ${formatAmount(leastCharge(currency), currency)} ${currency}`,
      undefined,
      "amount_too_small",
    );
  }
  if (total > mostCharge) {
    throw invalid(
      `The Checkout Session's total amount due must be no more than ${formatAmount(mostCharge, currency)}`,
      undefined,
      "amount_too_large",
    );
  }
}
