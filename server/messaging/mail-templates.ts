/** What the end of a trial brings when no card has come by then. */
type WithoutCard = "cancel" | "pause" | null;

/** An amount in minor units of a currency. */
type Amount = { readonly amount: number; readonly currency: string };
type Interval = { readonly unit: "day" | "week" | "month" | "year"; readonly count: number };
type Card = { readonly brand: string; readonly last4: string };

/** Why a bank said no, in the classes that customers are told. */
export type DeclineClass = "funds" | "expired" | "number" | "cvc" | "approval" | "blocked" | "generic" | "technical";

export type OrderConfirmation = {
  readonly number: string;
  readonly placedAt: Date;
  readonly currency: string;
  /** Minor units, tax included. */
  readonly lines: readonly {
    readonly name: string;
    readonly quantity: number;
    readonly totalAmount: number;
    readonly taxRateBps: number;
  }[];
  readonly totalAmount: number;
  /** What is charged once the trial is over; null: there is none. */
  readonly trial: {
    readonly endsAt: Date;
    readonly noticeDays: number;
    readonly withoutCard?: WithoutCard;
    readonly later: Amount;
  } | null;
  /** The tax inside the total, per rate. */
  readonly taxes: readonly { readonly rateBps: number; readonly amount: number }[];
  readonly card: Card | null;
  readonly shippingAddress: {
    readonly name: string;
    readonly line1: string;
    readonly line2: string | null;
    readonly postalCode: string;
    readonly city: string;
    readonly country: string;
  } | null;
  /** `goods`: 14 days from receipt. `service`: 14 days from the order; with consent to start, used days are paid. */
  readonly withdrawal: readonly ("goods" | "service" | "service_started")[];
  /** `SECRET_LINK` for a guest's order, or the page in the account. */
  readonly orderUrl: string;
};

export type PaymentFailed = {
  /** `order`: a first payment, nothing was bought. `renewal`: of a membership that exists. */
  readonly occasion: "order" | "renewal";
  readonly productName: string;
  readonly sum: Amount;
  readonly declineClass: DeclineClass;
  readonly nextAttemptAt: Date | null;
  /** Until when a membership holds although it is not paid; null: it does not, or there is none yet. */
  readonly graceEndsAt: Date | null;
  readonly actionUrl: string;
};

export type PaymentNotice = {
  /** `recovered`: what had failed is paid. `locked`: the grace is over. `payer`: somebody else pays for a company from now on. */
  readonly what: "recovered" | "locked" | "payer";
  readonly productName: string;
  readonly organization: string | null;
  /** What was paid, is owed, or is charged next. */
  readonly sum: Amount;
  readonly nextPaymentAt: Date | null;
  /** The card that is charged as long as nobody changes it. */
  readonly card: Card | null;
  readonly url: string;
};

export type MembershipStarted = {
  readonly productName: string;
  readonly price: Amount;
  readonly interval: Interval;
  /** The campaign whose price it is, and the price after it where it ends. */
  readonly campaign: {
    readonly name: string;
    readonly durationMonths: number | null;
    readonly later: Amount | null;
  } | null;
  /** The trial that it begins with: when it ends, and how many days before that is told. */
  readonly trial: { readonly endsAt: Date; readonly noticeDays: number; readonly withoutCard?: WithoutCard } | null;
  readonly nextPaymentAt: Date | null;
  readonly next: Amount | null;
  readonly accountUrl: string;
};

export type TrialEnding = {
  readonly productName: string;
  readonly endsAt: Date;
  /** What is charged then, and every interval from then on. */
  readonly price: Amount;
  readonly interval: Interval;
  /** What comes then as long as there is no card; null: there is one. The link leads to the page for a card then. */
  readonly withoutCard?: WithoutCard;
  /** It is an organization's plan, not a person's membership. */
  readonly ofPlan: boolean;
  readonly accountUrl: string;
};

/** What became of a wish that a membership becomes another. */
export type MembershipChange = {
  readonly what:
    | "ending"
    | "ended"
    | "trial_again"
    | "trial_over"
    | "trial_paused"
    | "kept"
    | "plan_changed"
    | "plan_scheduled"
    | "plan_waits"
    | "plan_failed"
    | "pausing"
    | "resumed"
    | "free"
    | "discount"
    | "discount_ended"
    | "price_scheduled"
    | "price_changed"
    | "price_waits"
    | "price_kept"
    | "terms_scheduled"
    | "terms_changed";
  readonly productName: string;
  /** What it becomes, where it becomes another. */
  readonly newProductName: string | null;
  /** The day on which it ends, changes or pauses. */
  readonly at: Date | null;
  /** The day on which a pause ends by itself, or a change that waits for its payment is given up. */
  readonly until: Date | null;
  /** What it costs from then on. */
  readonly price: Amount;
  /** What it costs when nothing is taken off any more, where something is. */
  readonly fullPrice: Amount | null;
  /** What it costs until then, where the price alone becomes another. */
  readonly priceBefore: Amount | null;
  readonly interval: Interval;
  /** Null: nothing more is charged. */
  readonly nextPaymentAt: Date | null;
  /** What is charged then, where something is taken off the price. */
  readonly nextPayment?: Amount | null;
  /** What is paid back with an end. */
  readonly refund: Amount | null;
  /** What a change has cost at once, or left over for the next bill; null: nothing. */
  readonly charged?: Amount | null;
  readonly credited?: Amount | null;
  /** Where a change that waits for its payment is paid. */
  readonly payUrl: string | null;
  /** It is an organization's plan, not a person's membership. */
  readonly ofPlan: boolean;
  readonly accountUrl: string;
};

export type RenewalReceipt = {
  /** `change`: of a membership that became another, or goes on after a pause. */
  readonly occasion: "renewal" | "change";
  readonly number: string;
  readonly paidAt: Date;
  readonly productName: string;
  readonly periodStartAt: Date | null;
  readonly periodEndAt: Date | null;
  readonly total: Amount;
  /** The tax inside the total. */
  readonly tax: { readonly rateBps: number; readonly amount: number };
  readonly card: Card | null;
  /** Null when there is none: the membership ends. */
  readonly nextPaymentAt: Date | null;
  readonly next: Amount;
  /** It is an organization's plan, not a person's membership. */
  readonly ofPlan: boolean;
  readonly accountUrl: string;
};

export type WithdrawalReceived = {
  readonly number: string;
  readonly receivedAt: Date;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  /** What is paid back by the rules; null when it came too late. */
  readonly refund: Amount | null;
  /** The last day for paying it back. */
  readonly refundDueAt: Date;
  readonly card: Card | null;
  /** For a service that had begun: whole days passed of the days that were paid for. */
  readonly used: { readonly days: number; readonly ofDays: number } | null;
  /** `return_goods`: paid back once they are here. `review`: a person looks first. */
  readonly follows: "refund" | "return_goods" | "review" | "too_late" | "nothing_owed";
  readonly endsMembership: boolean;
  /** `SECRET_LINK` for a guest, or the page in the account. */
  readonly orderUrl: string;
};

export type WithdrawalRefused = { readonly number: string; readonly reason: string; readonly orderUrl: string };
/** Its link is always secret. */
export type WithdrawalLink = { readonly number: string; readonly withdrawUrl: string };
export type RefundMade = {
  readonly number: string;
  readonly sum: Amount;
  readonly card: Card | null;
  readonly orderUrl: string;
};

export type GoodsShipped = {
  readonly number: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
  readonly shippingAddress: OrderConfirmation["shippingAddress"];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** Where the parcel can be followed. */
  readonly trackingUrl: string | null;
  /** `SECRET_LINK` for a guest, or the page in the account. */
  readonly orderUrl: string;
};

export type CreditsLow = {
  readonly available: number;
  /** The threshold that was asked for. */
  readonly below: number;
  readonly creditsUrl: string;
};
export type TopUpFailed = {
  readonly reason:
    | "no_card"
    | "declined"
    | "approval"
    | "not_for_sale"
    | "mismatch"
    | "disputed"
    | "refunded"
    | "daily_cap"
    | "monthly_cap";
  readonly settingsUrl: string;
};

export type OrganizationInvitation = {
  /** The company's name. */
  readonly organization: string;
  /** Who asks; null: they have told no name. */
  readonly invitedBy: string | null;
  readonly role: "owner" | "admin" | "billing" | "member";
};

/** Every mail there is, with what it is told. */
export type TemplateProps = {
  readonly "welcome-verify": { readonly name: string | null };
  readonly "account-exists": Record<string, never>;
  readonly "reset-password": Record<string, never>;
  readonly "change-email": Record<string, never>;
  readonly "email-in-use": Record<string, never>;
  readonly "email-changed": Record<string, never>;
  readonly "staff-invitation": Record<string, never>;
  readonly "organization-invitation": OrganizationInvitation;
  readonly "order-confirmation": OrderConfirmation;
  readonly "payment-failed": PaymentFailed;
  readonly "payment-notice": PaymentNotice;
  readonly "membership-started": MembershipStarted;
  readonly "trial-ending": TrialEnding;
  readonly "membership-change": MembershipChange;
  readonly "renewal-receipt": RenewalReceipt;
  readonly "withdrawal-received": WithdrawalReceived;
  readonly "withdrawal-refused": WithdrawalRefused;
  readonly "withdrawal-link": WithdrawalLink;
  readonly "refund-made": RefundMade;
  readonly "goods-shipped": GoodsShipped;
  readonly "credits-low": CreditsLow;
  readonly "top-up-failed": TopUpFailed;
};
export type TemplateName = keyof TemplateProps;

/** A mail as it will be stored and sent. Its secret link, if any, is still a placeholder. */
export type RenderedEmail = {
  readonly template: TemplateName;
  readonly locale: "sv" | "en";
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The shop's host: the right-hand side of the Message-ID. */
  readonly host: string;
};

/** How an organization's mails look in place of the shop's mark and color. The seller stands below them all the same. */
export type MailBrand = {
  readonly name: string;
  readonly color: string;
  /** What can be read on it. */
  readonly ink: string;
  readonly logoFileId: string | null;
};

/** Renders mails, before the transaction that queues them. */
export type MailTemplates = {
  render<Name extends TemplateName>(
    template: Name,
    locale: "sv" | "en",
    props: TemplateProps[Name],
    /** Of the organization that it is about. */
    brand?: MailBrand | null,
  ): Promise<RenderedEmail>;
};

/** Who sells: at the foot of every mail. */
export type Sender = {
  readonly baseUrl: string;
  readonly company: {
    readonly name: string;
    readonly orgNumber: string;
    readonly vatNumber: string;
    readonly address: string;
    readonly email: string;
    readonly phone?: string | null;
    readonly bank?: string | null;
  };
};
