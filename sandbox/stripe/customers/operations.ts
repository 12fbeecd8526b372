import { invalid, refused, StripeFault } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, email, hash, integer, later, list, oneOf, range, required, text } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { attachTo, methodNamed } from "../payment-methods/attach.ts";
import { collectOverdue } from "../subscriptions/standing.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Customer } from "../wire.ts";
import { address, type SentAddress, wholeAddress } from "./address.ts";
import { moveBalance } from "./balance.ts";
import { customerOrGone, deleteCustomer } from "./delete.ts";
import { newCustomer } from "./shape.ts";
import { addSource, mustBeSource } from "./sources.ts";
import { addTaxId } from "./tax-ids.ts";

const writable = {
  address: clearable(address),
  balance: integer(-99_999_999, 99_999_999),
  business_name: later(),
  cash_balance: later(),
  description: clearable(text()),
  email: clearable(email()),
  individual_name: later(),
  invoice_prefix: text(12),
  invoice_settings: hash({
    custom_fields: later(),
    default_payment_method: clearable(text()),
    footer: clearable(text()),
    rendering_options: later(),
  }),
  metadata: metadata(),
  name: clearable(text(256)),
  next_invoice_sequence: integer(1),
  phone: clearable(text(20)),
  preferred_locales: list(text(35)),
  shipping: clearable(hash({ address, name: text(), phone: clearable(text()) })),
  source: text(),
  tax: later(),
  tax_exempt: oneOf(["exempt", "none", "reverse"]),
  validate: later(),
};

interface Sent {
  address?: SentAddress | null | undefined;
  description?: string | null | undefined;
  email?: string | null | undefined;
  invoice_prefix?: string | undefined;
  invoice_settings?:
    | { default_payment_method?: string | null | undefined; footer?: string | null | undefined }
    | undefined;
  name?: string | null | undefined;
  next_invoice_sequence?: number | undefined;
  phone?: string | null | undefined;
  preferred_locales?: string[] | undefined;
  shipping?:
    | { address?: SentAddress | undefined; name?: string | undefined; phone?: string | null | undefined }
    | null
    | undefined;
  tax_exempt?: "exempt" | "none" | "reverse" | undefined;
}

/** What the parameters change about a customer. */
function changes(unit: Unit, sentNow: Sent, current: Customer | undefined): Partial<Customer> {
  const patch: Partial<Customer> = {};
  if (sentNow.address !== undefined) patch.address = wholeAddress(sentNow.address);
  if (sentNow.description !== undefined) patch.description = sentNow.description;
  if (sentNow.email !== undefined) patch.email = sentNow.email;
  if (sentNow.invoice_prefix !== undefined) patch.invoice_prefix = sentNow.invoice_prefix;
  if (sentNow.name !== undefined) patch.name = sentNow.name;
  if (sentNow.next_invoice_sequence !== undefined) patch.next_invoice_sequence = sentNow.next_invoice_sequence;
  if (sentNow.phone !== undefined) patch.phone = sentNow.phone;
  if (sentNow.preferred_locales !== undefined) patch.preferred_locales = sentNow.preferred_locales;
  if (sentNow.tax_exempt !== undefined) patch.tax_exempt = sentNow.tax_exempt;
  if (sentNow.shipping !== undefined) {
    const parts = sentNow.shipping;
    const whole = wholeAddress(parts?.address ?? {});
    patch.shipping = parts && whole ? { address: whole, name: parts.name ?? "", phone: parts.phone ?? null } : null;
  }
  if (sentNow.invoice_settings) {
    const { default_payment_method: method, footer } = sentNow.invoice_settings;
    const before = current?.invoice_settings ?? newCustomer(unit, {}).invoice_settings;
    if (typeof method === "string") mustBelong(unit, method, current);
    patch.invoice_settings = {
      ...before,
      ...(method === undefined ? {} : { default_payment_method: method }),
      ...(footer === undefined ? {} : { footer }),
    };
  }
  return patch;
}

function mustBelong(unit: Unit, paymentMethod: string, customer: Customer | undefined): void {
  const param = "invoice_settings[default_payment_method]";
  const found = inParam(unit.world.paymentMethods, paymentMethod, param);
  if (!customer || found.customer !== customer.id) {
    throw refused(
      "The customer does not have a payment method with the ID " +
        `${paymentMethod}. The payment method must be attached to the customer.`,
      param,
      "resource_missing",
    );
  }
}

/** A test clock takes three customers. */
function mustHaveRoom(unit: Unit, clock: string): void {
  inParam(unit.world.testClocks, clock, "test_clock");
  if (unit.world.customers.by("test_clock", clock).length >= 3)
    throw invalid("A test clock can have at most 3 customers.", "test_clock");
}

export const customerOperations = [
  operation(
    "POST",
    "/v1/customers",
    {
      ...writable,
      payment_method: text(),
      tax_id_data: list(hash({ type: required(text(40)), value: required(text(100)) })),
      test_clock: text(),
    },
    ({ unit }, params) => {
      const method = params.payment_method === undefined ? undefined : methodNamed(unit, params.payment_method);
      const { invoice_settings: settings, ...own } = params;
      const base = { ...changes(unit, own, undefined), metadata: mergeMetadata({}, params.metadata) };
      if (params.test_clock !== undefined) mustHaveRoom(unit, params.test_clock);
      const made = newCustomer(unit, { ...base, balance: params.balance ?? 0, test_clock: params.test_clock ?? null });
      const customer = create(unit, unit.world.customers, made, "customer.created");
      for (const one of params.tax_id_data ?? []) addTaxId(unit, customer, one.type, one.value);
      if (method) attachTo(unit, method, customer);
      if (params.source !== undefined) addSource(unit, customer, params.source);
      const now = unit.world.customers.get(customer.id) ?? customer;
      const wanted = settings?.default_payment_method;
      const owned = {
        ...settings,
        ...(wanted && wanted === params.payment_method ? { default_payment_method: method?.id } : {}),
      };
      return settings ? change(unit, unit.world.customers, now, changes(unit, { invoice_settings: owned }, now)) : now;
    },
  ),
  operation(
    "GET",
    "/v1/customers",
    { ...paging, created: range(), email: text(), test_clock: text() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.customers, params, {
        where: sent({ email: params.email, test_clock: params.test_clock }),
        created: params.created ?? {},
        matches: (one) => params.test_clock !== undefined || one.test_clock === null,
      }),
  ),
  operation("GET", "/v1/customers/:id", {}, ({ unit, ids }) => customerOrGone(unit, ids[0])),
  // At this version a customer is given discounts on subscriptions and checkouts alone, never as a whole.
  operation("DELETE", "/v1/customers/:id/discount", {}, ({ unit, ids }) => {
    const { id } = inPath(unit.world.customers, ids[0]);
    throw new StripeFault(404, {
      type: "invalid_request_error",
      code: "resource_missing",
      message: `No active discount for customer: ${id}`,
    });
  }),
  operation("DELETE", "/v1/customers/:id", {}, ({ unit, ids }) => deleteCustomer(unit, ids[0])),
  operation("POST", "/v1/customers/:id", { ...writable, default_source: text() }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.customers, ids[0]);
    const usual =
      params.source === undefined ? params.default_source : addSource(unit, current, params.source, {}, false).id;
    if (params.source === undefined && usual !== undefined) mustBeSource(unit, current, usual);
    const patch = {
      ...changes(unit, params, current),
      default_source: usual ?? current.default_source,
      metadata: mergeMetadata(current.metadata, params.metadata),
    };
    const updated = change(unit, unit.world.customers, current, patch, "customer.updated");
    if (params.balance !== undefined && params.balance !== current.balance)
      moveBalance(unit, updated, {
        amount: params.balance - current.balance,
        currency: current.currency ?? "usd",
        type: "adjustment",
      });
    const before = current.invoice_settings.default_payment_method;
    if (updated.invoice_settings.default_payment_method !== before)
      for (const one of unit.world.subscriptions.by("customer", current.id))
        if (one.default_payment_method === null) collectOverdue(unit, one);
    return unit.world.customers.get(current.id) ?? updated;
  }),
];
