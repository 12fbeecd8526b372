import type { StaffRole } from "../kernel/actor.ts";

/**
 * Who may call what, written down a second time: `authorization.db.test.ts` walks every procedure and every page as every
 * kind of visitor and compares. A new one without an entry here fails the build, so that nobody opens a door by accident.
 */
export type ProcedureAccess = "public" | "customer" | "verified" | "staff" | readonly StaffRole[];

/** May act on webhooks and alerts. */
const ACTING = ["owner", "finance", "support"] as const;
/** May have the books verified. */
const BOOKKEEPING = ["owner", "finance"] as const;
/** May write, publish and end campaigns. */
const CAMPAIGNING = ["owner", "marketing"] as const;
/** May take a list out of the shop as a file. */
const EXPORTING = ["owner", "finance", "support", "marketing"] as const;
/** May send a mail again. */
const MAILING = ["owner", "support"] as const;
/** May say what lies on the shelves. */
const STOCKING = ["owner", "support"] as const;

export const PROCEDURES: Readonly<Record<string, ProcedureAccess>> = {
  "billing.invoices.mine": "customer",
  "catalog.memberships.list": "public",
  "catalog.products.get": "public",
  "catalog.products.list": "public",
  "checkout.abandon": "public",
  "checkout.cart.add": "public",
  "checkout.cart.clear": "public",
  "checkout.cart.count": "public",
  "checkout.cart.get": "public",
  "checkout.cart.setQuantity": "public",
  "checkout.confirm": "public",
  "checkout.start": "public",
  "checkout.status": "public",
  "customers.get": "staff",
  "customers.list": "staff",
  "fulfilment.list": "staff",
  "identity.completeSignIn": "public",
  "identity.factors.confirm": "customer",
  "identity.factors.list": "customer",
  "identity.factors.passkeys.add": "customer",
  "identity.factors.passkeys.options": "customer",
  "identity.factors.passkeys.remove": "customer",
  "identity.factors.renewRecoveryCodes": "customer",
  "identity.factors.totp.begin": "customer",
  "identity.factors.totp.confirm": "customer",
  "identity.factors.totp.prepared": "customer",
  "identity.factors.totp.remove": "customer",
  "identity.me": "public",
  "identity.passkeyQuestion": "public",
  "identity.requestPasswordReset": "public",
  "identity.resendVerification": "public",
  "identity.resetPassword": "public",
  "identity.secondStep": "public",
  "identity.sessions.list": "customer",
  "identity.sessions.revoke": "customer",
  "identity.sessions.revokeOthers": "customer",
  "identity.signIn": "public",
  "identity.signInWithPasskey": "public",
  "identity.signOut": "public",
  "identity.signUp": "public",
  "identity.verifyEmail": "public",
  "ledger.accounts.entries": "staff",
  "ledger.accounts.list": "staff",
  "ledger.postings.get": "staff",
  "ledger.status": "staff",
  "ledger.verify": BOOKKEEPING,
  "inventory.adjust": STOCKING,
  "inventory.movements": "staff",
  "inventory.ofProduct": "staff",
  "messaging.emails.get": "staff",
  "messaging.emails.list": "staff",
  "messaging.emails.resend": MAILING,
  "orders.byRef": "public",
  "orders.get": "staff",
  "orders.list": "staff",
  "orders.mine.get": "customer",
  "orders.mine.list": "customer",
  "overview.search": "staff",
  "overview.workQueue": "staff",
  "pricing.campaigns.editor.create": CAMPAIGNING,
  "pricing.campaigns.editor.discard": CAMPAIGNING,
  "pricing.campaigns.editor.end": CAMPAIGNING,
  "pricing.campaigns.editor.get": "staff",
  "pricing.campaigns.editor.note": CAMPAIGNING,
  "pricing.campaigns.editor.publish": CAMPAIGNING,
  "pricing.campaigns.editor.resume": CAMPAIGNING,
  "pricing.campaigns.editor.save": CAMPAIGNING,
  "pricing.campaigns.get": "staff",
  "pricing.campaigns.list": "staff",
  "pricing.preview": "staff",
  "pricing.receipts.examine": "staff",
  "pricing.receipts.get": "public",
  "pricing.receipts.recheck": ["owner", "finance", "marketing"],
  "reporting.export": EXPORTING,
  "reporting.views.list": "staff",
  "reporting.views.remove": "staff",
  "reporting.views.save": "staff",
  "reconciliation.drifts.list": "staff",
  "reconciliation.state": "staff",
  "subscriptions.get": "staff",
  "subscriptions.list": "staff",
  "subscriptions.mine.list": "customer",
  "webhooks.alerts.list": "staff",
  "webhooks.alerts.resolve": ACTING,
  "webhooks.batches.confirm": ACTING,
  "webhooks.batches.get": "staff",
  "webhooks.batches.list": "staff",
  "webhooks.batches.start": ACTING,
  "webhooks.batches.stop": ACTING,
  "webhooks.events.discard": ACTING,
  "webhooks.events.get": "staff",
  "webhooks.events.list": "staff",
  "webhooks.events.replay": ACTING,
  "webhooks.stats": "staff",
};

/** What a page asks of its visitor, in loader and action alike. `null`: the route has none. */
export type PageAccess = "public" | "signed_in" | "staff" | readonly StaffRole[];
type Doors = { readonly loader: PageAccess | null; readonly action: PageAccess | null };

const reads = (access: PageAccess): Doors => ({ loader: access, action: null });
const readsAndWrites = (access: PageAccess): Doors => ({ loader: access, action: access });
/** Every role reads; some act. */
const office = (acting: readonly StaffRole[]): Doors => ({ loader: "staff", action: acting });

export const ROUTES: Readonly<Record<string, Doors>> = {
  "$.tsx": readsAndWrites("public"),
  "_shop.$document.tsx": reads("public"),
  "_shop._index.tsx": reads("public"),
  "_shop.cart.tsx": readsAndWrites("public"),
  "_shop.checkout.return.tsx": reads("public"),
  "_shop.forgot.tsx": readsAndWrites("public"),
  "_shop.login.tsx": readsAndWrites("public"),
  "_shop.login_.second.tsx": readsAndWrites("public"),
  "_shop.medlemskap.tsx": readsAndWrites("public"),
  "_shop.membership.tsx": readsAndWrites("public"),
  // A guest's order, by the bearer token in the address.
  "_shop.order.tsx": reads("public"),
  // By the order's token in the address, or to its owner.
  "_shop.price.$id.tsx": reads("public"),
  "_shop.products.$id.tsx": readsAndWrites("public"),
  "_shop.products._index.tsx": reads("public"),
  "_shop.reset.tsx": readsAndWrites("public"),
  "_shop.signup.tsx": readsAndWrites("public"),
  "_shop.tsx": { loader: null, action: null },
  "_shop.verify.tsx": readsAndWrites("public"),
  "account._index.tsx": reads("signed_in"),
  "account.billing.tsx": reads("signed_in"),
  "account.membership.tsx": reads("signed_in"),
  "account.orders.$id.tsx": reads("signed_in"),
  "account.orders._index.tsx": reads("signed_in"),
  "account.security_.codes.tsx": readsAndWrites("signed_in"),
  "account.security_.confirm.tsx": readsAndWrites("signed_in"),
  "account.security_.passkeys.tsx": readsAndWrites("signed_in"),
  "account.security_.two-step.tsx": readsAndWrites("signed_in"),
  "account.security.tsx": readsAndWrites("signed_in"),
  "account.tsx": reads("signed_in"),
  "admin._index.tsx": reads("staff"),
  "admin.alerts.tsx": office(ACTING),
  "admin.campaigns.$id.tsx": office(CAMPAIGNING),
  "admin.campaigns.$id_.edit.tsx": office(CAMPAIGNING),
  "admin.campaigns._index.tsx": office(CAMPAIGNING),
  "admin.customers.$id.tsx": reads("staff"),
  "admin.customers._index.tsx": reads("staff"),
  "admin.ledger.$id.tsx": reads("staff"),
  "admin.ledger._index.tsx": office(BOOKKEEPING),
  "admin.ledger.postings.$id.tsx": reads("staff"),
  "admin.mail.$id.tsx": office(MAILING),
  "admin.mail._index.tsx": reads("staff"),
  "admin.memberships.$id.tsx": reads("staff"),
  "admin.memberships._index.tsx": reads("staff"),
  "admin.orders.$id.tsx": reads("staff"),
  "admin.orders._index.tsx": reads("staff"),
  "admin.prices.tsx": office(["owner", "finance", "marketing"]),
  "admin.receipts.$id.tsx": reads("staff"),
  "admin.products.tsx": reads("staff"),
  "admin.search.tsx": reads("staff"),
  "admin.tsx": reads("staff"),
  "admin.ui.tsx": reads("staff"),
  "admin.webhooks.$id.tsx": office(ACTING),
  "admin.webhooks._index.tsx": office(ACTING),
  "admin.webhooks.batches.$id.tsx": office(ACTING),
  "admin.webhooks.batches._index.tsx": reads("staff"),
  "admin_.export.$list.ts": reads(EXPORTING),
  "admin.webhooks.drift.tsx": reads("staff"),
  "admin_.mail.$id.body.ts": reads("staff"),
  "admin_.views.ts": { loader: null, action: "staff" },
  // The webhook proves itself by its signature.
  "api.webhooks.stripe.ts": readsAndWrites("public"),
  // By the bearer token in the address.
  "checkout.status.tsx": reads("public"),
  "logout.tsx": readsAndWrites("public"),
  "passkey.tsx": readsAndWrites("public"),
  "preferences.tsx": readsAndWrites("public"),
  "verify_.resend.tsx": readsAndWrites("public"),
};
