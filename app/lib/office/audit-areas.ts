import type { AuditAction } from "../../../server/kernel/audit-actions.ts";
import { wordsOf } from "../i18n/catalogues.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { isAct } from "./act-words.ts";

type DomainOf<Action extends string> = Action extends `${infer Domain}.${string}` ? Domain : never;
type Area = Extract<MessageKey, `security.audit.area.${string}`>;

/** Where in the shop an act belongs, as its readers know the shop. A domain without a place does not compile. */
const AREAS: Readonly<Record<DomainOf<AuditAction>, Area>> = {
  alerts: "security.audit.area.machinery",
  announcements: "security.audit.area.campaigns",
  api_keys: "security.audit.area.accounts",
  billing: "security.audit.area.memberships",
  campaigns: "security.audit.area.campaigns",
  catalog: "security.audit.area.products",
  company: "security.audit.area.shop",
  credits: "security.audit.area.customers",
  customer: "security.audit.area.customers",
  customers: "security.audit.area.customers",
  email: "security.audit.area.mail",
  entitlements: "security.audit.area.plans",
  fulfilment: "security.audit.area.orders",
  identity: "security.audit.area.accounts",
  inventory: "security.audit.area.products",
  ledger: "security.audit.area.shop",
  list: "security.audit.area.shop",
  messaging: "security.audit.area.mail",
  offers: "security.audit.area.memberships",
  organizations: "security.audit.area.organizations",
  payments: "security.audit.area.orders",
  plans: "security.audit.area.plans",
  pricing: "security.audit.area.products",
  queue: "security.audit.area.machinery",
  receipts: "security.audit.area.products",
  reporting: "security.audit.area.shop",
  webhooks: "security.audit.area.machinery",
  withdrawals: "security.audit.area.orders",
};

/** Every act as the choice of a filter: its code, its words, and the area that it stands under. */
export const ACT_CHOICES = Object.keys(wordsOf("sv", "acts."))
  .flatMap((key) => (key.startsWith("acts.") ? [key.slice("acts.".length)] : []))
  .filter(isAct)
  .map((action) => {
    const domain = action.slice(0, action.indexOf(".")) as DomainOf<AuditAction>;
    return { value: action, label: `acts.${action}` as const, group: AREAS[domain] };
  });
