const MASK = "[masked]";

/** Fields that hold personal data, card data, or a link or secret that opens something. */
const MASKED = new Set([
  ...[
    "email",
    "customer_email",
    "receipt_email",
    "billing_email",
    "name",
    "customer_name",
    "phone",
    "customer_phone",
    "ip",
    "individual_name",
    "business_name",
  ],
  ...["line1", "line2", "city", "postal_code", "state", "customer_address", "address_line1", "address_line2"],
  ...[
    "last4",
    "dynamic_last4",
    "fingerprint",
    "iin",
    "exp_month",
    "exp_year",
    "account_number",
    "routing_number",
    "iban",
    "number",
  ],
  ...[
    "client_secret",
    "url",
    "hosted_invoice_url",
    "invoice_pdf",
    "receipt_url",
    "receipt_number",
    "success_url",
    "cancel_url",
    "return_url",
    "custom_fields",
  ],
]);
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/**
 * An event's body as staff may see it: indented JSON with personal data, card data and secrets masked, whatever their
 * depth. Always text: what came from outside goes to a page as a string.
 */
export function maskPayload(payload: unknown): string {
  try {
    return JSON.stringify(payload, (key, value: unknown) => maskValue(key, value), 2) ?? "null";
  } catch (error) {
    // Only a nesting deeper than the stack; it is stored whole all the same.
    if (error instanceof RangeError) return '"[nested too deeply to be shown]"';
    throw error;
  }
}

function maskValue(key: string, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (MASKED.has(key)) return MASK;
  return typeof value === "string" ? value.replaceAll(EMAIL, MASK) : value;
}
