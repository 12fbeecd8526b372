import type { Comparison } from "./compare.ts";
import type { Replayed } from "./replay.ts";

type Difference = Comparison["differences"][number];

const newer = "the pinned version added it";
const account = "a setting of the recorded account";
const methods = "the recorded account offers other payment methods too";

/** Every difference that is known and right, and why. */
const reasons: [RegExp, string][] = [
  [
    /\.(customer_account|managed_payments|allowed_payment_method_types|payment_record|billing_schedules|feedback_option|current_trial|quantity_decimal)$/,
    newer,
  ],
  [/^line_item\.(subscription|subtotal)$|^refund\.(customer|payment_method)$/, newer],
  [
    /^subscription\.(invoice_settings\.(custom_fields|description|footer)|trial_settings\.end_behavior\.billing_cycle_anchor)$/,
    newer,
  ],
  [/card\.(electronic_commerce_indicator|transaction_link_id)$/, newer],
  [/^charge\.(destination|dispute|order)$/, "the pinned version removed it"],
  [/^payment_method\.boleto\.fingerprint$/, "the pinned version removed it"],
  [/\.(account_country|calculated_statement_descriptor)$|^checkout\.session\.adaptive_pricing/, account],
  [/^invoice\.rendering$/, account],
  [/^(plan|price)\.created$/, "made for the replay, years after the recorded one"],
  [/\.risk_score$/, "a made-up figure"],
  [
    /payment_method_types(\[\])?(\.length)?$|payment_method_options\.\w+$|payment_method_configuration_details$/,
    methods,
  ],
  [/automatic_payment_methods$/, methods],
  [
    /^payment_intent\.next_action\./,
    "approval is asked for on the sandbox's page, where the recorded caller used the browser library",
  ],
  [
    /^charge\.balance_transaction$/,
    "booked at once; the provider books payments that it captures later some two seconds after",
  ],
  [/price_details$/, "the provider makes a hidden price for an amount without one"],
  [/^invoice\.webhooks_delivered_at$/, "told when the invoice is final; nobody listens in the replay"],
];

/** Why a difference is right; undefined when it is not known to be. */
export function explained({ where }: Difference): string | undefined {
  return reasons.find(([pattern]) => pattern.test(where))?.[1];
}

/** How many fields agree, by resource, and every difference once. */
export function reportOf(replayed: readonly Replayed[]): string {
  const rows = [...Map.groupBy(replayed, (one) => one.resource)].sort().map(([resource, all]) => {
    const matches = all.reduce((sum, one) => sum + one.matches, 0);
    const differences = all.reduce((sum, one) => sum + one.differences.length, 0);
    return `| ${resource} | ${all.length} | ${matches} | ${differences} |`;
  });
  const all = replayed.flatMap((one) => one.differences);
  const lines = [...Map.groupBy(all, (one) => one.where)].sort().map(([where, same]) => {
    const [first] = same;
    return (
      first &&
      `| ${where} | ${first.recorded} | ${first.here} | ${same.length} | ${explained(first) ?? "not explained"} |`
    );
  });
  return [
    "| resource | answers | fields that match | differences |",
    "|---|---|---|---|",
    ...rows,
    "",
    "| field | recorded | here | times | why |",
    "|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}
