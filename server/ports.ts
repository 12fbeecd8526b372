import type { AnnouncementSender } from "./announcements/index.ts";
import type { CardGateway } from "./billing/card-gateway.ts";
import type { CatalogMirror } from "./catalog/mirror.ts";
import type { BillingPortal } from "./checkout/billing-portal.ts";
import type { CardCharger } from "./checkout/card-charger.ts";
import type { CheckoutGateway } from "./checkout/gateway.ts";
import type { CompanyBook } from "./company/index.ts";
import type { CreditDesk } from "./credits/index.ts";
import type { EntitlementBook, TokenPorts } from "./entitlements/index.ts";
import type { CallLimits, RateLimits, RelyingParty } from "./identity/index.ts";
import type { Links } from "./kernel/links.ts";
import type { SecretBox } from "./kernel/secret-box.ts";
import type { ShownSetting } from "./kernel/shown-settings.ts";
import type { Mailer, MailTemplates } from "./messaging/index.ts";
import type { PaymentGateway } from "./payments/gateway.ts";
import type { PayoutGateway } from "./payments/payout-gateway.ts";
import type { RefundGateway } from "./payments/refund-gateway.ts";
import type { PriceMaker } from "./pricing/price-maker.ts";
import type { PriceSource } from "./pricing/price-source.ts";
import type { ShopWindows } from "./pricing/shop-window.ts";
import type { ProviderJournal } from "./reconciliation/provider-journal.ts";
import type { ChangeGateway } from "./subscriptions/change-gateway.ts";
import type { SubscriptionGateway } from "./subscriptions/gateway.ts";
import type { FoundEvents } from "./webhooks/found-events.ts";
import type { OwnDoor } from "./webhooks/own-door.ts";
import type { Rehearsals } from "./webhooks/rehearsal.ts";

/** Every port the product reaches the world through; `server/wire.ts` puts the adapters in. */
export type Providers = {
  readonly checkout: CheckoutGateway;
  /** The provider's pages of an organization's bills and card. */
  readonly portal: BillingPortal;
  /** The card that a membership is charged to. */
  readonly cards: CardGateway;
  /** Charges a saved card while its owner is away. */
  readonly cardCharger: CardCharger;
  /** Who sells, kept for a moment. */
  readonly company: CompanyBook;
  /** Where credits are spent on the spot. */
  readonly creditDesk: CreditDesk;
  /** What organizations may do, kept for a moment. */
  readonly entitlements: EntitlementBook;
  /** What signs what they may do, and as whom. */
  readonly entitlementKeys: TokenPorts["entitlementKeys"];
  readonly payments: PaymentGateway;
  readonly refunds: RefundGateway;
  readonly payouts: PayoutGateway;
  readonly subscriptions: SubscriptionGateway;
  /** Where what somebody wishes of a membership is asked for. */
  readonly subscriptionChanges: ChangeGateway;
  readonly prices: PriceSource;
  readonly priceMaker: PriceMaker;
  /** What the shop's pages are made of, kept for a moment. */
  readonly shopWindows: ShopWindows;
  readonly catalogMirror: CatalogMirror;
  /** The way out to other installations: public addresses only. */
  readonly announcementSender: AnnouncementSender;
  readonly mailer: Mailer;
  /** Renders mails before the transaction that queues them. */
  readonly templates: MailTemplates;
  /** Counts attempts across all web processes. */
  readonly rateLimits: RateLimits;
  /** What is set in this process, by name, with every secret masked. */
  readonly settings: readonly ShownSetting[];
  /** Counts requests of one address in this process. */
  readonly callLimits: CallLimits;
  /** Counts, for whoever watches the process, a procedure that was refused (`domain`) or went wrong, and whose fault it was. */
  readonly countError: (kind: "domain" | "provider" | "database" | "bug") => void;
  /** Seals what must be read again, marks what need only be recognized. */
  readonly secretBox: SecretBox;
  /** As whom the shop asks a passkey to sign. */
  readonly relyingParty: RelyingParty;
  readonly links: Links;
  readonly rehearsals: Rehearsals;
  readonly ownDoor: OwnDoor;
  /** What the provider notes about itself, and the inbox for what of it never came. */
  readonly journal: ProviderJournal;
  readonly foundEvents: FoundEvents;
};
