/** Differences to the published shapes and to recorded answers that are known and right. */
export const explained = {
  /** Said though the published shapes do not name it. */
  notPublished: [
    // Embedded lists count, which the shapes of lists do not say and the answers do.
    "charge.refunds.total_count",
    "invoice.lines.total_count",
    "subscription.items.total_count",
    "subscription.latest_invoice.lines.total_count",
    // The older form of a subscription with one item, still sent.
    "subscription.plan",
    "subscription.quantity",
    // Each type of event is published as a shape of its own; the objects inside are compared by themselves.
    "event.type",
  ],
  /** Not said though a recorded answer, of an older version or of another account's settings, says it. */
  notSaid: [
    // No longer published.
    "charge.destination",
    "charge.dispute",
    "charge.order",
    // Said only when expanded; here nothing asks for it.
    "customer.invoice_credit_balance",
    "customer.tax",
    // Settings of the recorded account: which payment methods it offers, how its invoices look.
    "checkout.session.payment_method_configuration_details",
    "invoice.rendering",
    "payment_intent.automatic_payment_methods",
    "setup_intent.automatic_payment_methods",
    "setup_intent.payment_method_configuration_details",
    "payment_intent.payment_method_configuration_details",
    // Approval is asked for on the hosted page here, where the recordings left it to the browser library.
    "payment_intent.next_action.use_stripe_sdk",
  ],
};

/** Parameters that are understood though the published operation does not name them. */
export const extraParameters: string[] = [];

/** Operations that exist at the provider and are missing in the published subset. */
export const unpublishedOperations = ["GET /v1/charges/:id/refunds"];
