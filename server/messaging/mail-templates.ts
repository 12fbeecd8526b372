import type {
  MembershipChange,
  MembershipStarted,
  PaymentFailed,
  PaymentNotice,
  RenewalReceipt,
  TrialEnding,
} from "./membership-mails.ts";
import type {
  GoodsShipped,
  OrderConfirmation,
  RefundMade,
  WithdrawalDismissed,
  WithdrawalLink,
  WithdrawalLowered,
  WithdrawalReceived,
  WithdrawalRefused,
  WithdrawalStated,
} from "./order-mails.ts";

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

export type OrganizationNewcomer = {
  readonly organization: string;
  /** Null: they have told no name. */
  readonly who: string | null;
  readonly email: string;
  /** `full`: they ask, since no seat was free. */
  readonly what: "joined" | "asked" | "full";
  readonly url: string;
};
export type OrganizationAnswer = { readonly organization: string; readonly accepted: boolean; readonly url: string };

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
  readonly "organization-newcomer": OrganizationNewcomer;
  readonly "organization-answer": OrganizationAnswer;
  readonly "order-confirmation": OrderConfirmation;
  readonly "payment-failed": PaymentFailed;
  readonly "payment-notice": PaymentNotice;
  readonly "membership-started": MembershipStarted;
  readonly "trial-ending": TrialEnding;
  readonly "membership-change": MembershipChange;
  readonly "renewal-receipt": RenewalReceipt;
  readonly "withdrawal-received": WithdrawalReceived;
  readonly "withdrawal-lowered": WithdrawalLowered;
  readonly "withdrawal-refused": WithdrawalRefused;
  readonly "withdrawal-link": WithdrawalLink;
  readonly "withdrawal-stated": WithdrawalStated;
  readonly "withdrawal-dismissed": WithdrawalDismissed;
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
