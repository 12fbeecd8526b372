import { refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, clearable, flag, hash, later, range, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change } from "../unit.ts";
import { closeDispute, isOpen, submitEvidence } from "./life.ts";

const words = clearable(text(20_000));

export const disputeOperations = [
  operation(
    "GET",
    "/v1/disputes",
    { ...paging, charge: text(), created: range(), payment_intent: text() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.disputes, params, {
        where: sent({ charge: params.charge, payment_intent: params.payment_intent }),
        created: params.created ?? {},
      }),
  ),
  operation("GET", "/v1/disputes/:id", {}, ({ unit, ids }) => inPath(unit.world.disputes, ids[0])),
  operation(
    "POST",
    "/v1/disputes/:id",
    {
      evidence: hash({
        ...allLater(
          "appeal",
          "cancellation_policy",
          "customer_communication",
          "customer_signature",
          "duplicate_charge_documentation",
          "enhanced_evidence",
          "receipt",
          "refund_policy",
          "service_documentation",
          "shipping_documentation",
          "uncategorized_file",
        ),
        access_activity_log: words,
        billing_address: words,
        cancellation_policy_disclosure: words,
        cancellation_rebuttal: words,
        customer_email_address: words,
        customer_name: words,
        customer_purchase_ip: words,
        duplicate_charge_explanation: words,
        duplicate_charge_id: words,
        product_description: words,
        refund_policy_disclosure: words,
        refund_refusal_explanation: words,
        service_date: words,
        shipping_address: words,
        shipping_carrier: words,
        shipping_date: words,
        shipping_tracking_number: words,
        uncategorized_text: words,
      }),
      intended_submission_method: later(),
      metadata: metadata(),
      submit: flag(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.disputes, ids[0]);
      if (params.evidence && !isOpen(current)) throw refused("This dispute is already closed.");
      const given = Object.entries(params.evidence ?? {}).filter(([, value]) => value !== undefined);
      const changed = change(
        unit,
        unit.world.disputes,
        current,
        {
          evidence: { ...current.evidence, ...Object.fromEntries(given) },
          evidence_details: {
            ...current.evidence_details,
            has_evidence: current.evidence_details.has_evidence || given.length > 0,
          },
          metadata: mergeMetadata(current.metadata, params.metadata),
        },
        "charge.dispute.updated",
      );
      return given.length > 0 && params.submit !== false ? submitEvidence(unit, changed) : changed;
    },
  ),
  operation("POST", "/v1/disputes/:id/close", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.disputes, ids[0]);
    if (!isOpen(current)) throw refused("This dispute is already closed.");
    return closeDispute(unit, current, false);
  }),
];
