import { plainTextSelectors } from "@react-email/render";
import { compile } from "html-to-text";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { MailBrand, MailTemplates, Sender, TemplateName, TemplateProps } from "../mail-templates.ts";
import { accountExists } from "./account-exists.tsx";
import { changeEmail, emailChanged, emailInUse, staffInvitation } from "./change-email.tsx";
import { creditsLow, topUpFailed } from "./credits-low.tsx";
import { Frame } from "./frame.tsx";
import { goodsShipped } from "./goods-shipped.tsx";
import { membershipChange } from "./membership-change.tsx";
import { membershipStarted } from "./membership-started.tsx";
import { orderConfirmation } from "./order-confirmation.tsx";
import { organizationInvitation } from "./organization-invitation.tsx";
import { organizationAnswer, organizationNewcomer } from "./organization-newcomer.tsx";
import { paymentFailed } from "./payment-failed.tsx";
import { paymentNotice } from "./payment-notice.tsx";
import { ActionColors } from "./pieces.tsx";
import { refundMade } from "./refund-made.tsx";
import { renewalReceipt } from "./renewal-receipt.tsx";
import { resetPassword } from "./reset-password.tsx";
import type { Template } from "./template.ts";
import { yellow } from "./tokens.ts";
import { trialEnding } from "./trial-ending.tsx";
import { welcomeVerify } from "./welcome-verify.tsx";
import { withdrawalDismissed } from "./withdrawal-dismissed.tsx";
import { withdrawalLink } from "./withdrawal-link.tsx";
import { withdrawalLowered } from "./withdrawal-lowered.tsx";
import { withdrawalReceived } from "./withdrawal-received.tsx";
import { withdrawalRefused } from "./withdrawal-refused.tsx";
import { withdrawalStated } from "./withdrawal-stated.tsx";

const templates: { readonly [Name in TemplateName]: Template<Name> } = {
  "welcome-verify": welcomeVerify,
  "account-exists": accountExists,
  "reset-password": resetPassword,
  "change-email": changeEmail,
  "email-in-use": emailInUse,
  "email-changed": emailChanged,
  "staff-invitation": staffInvitation,
  "organization-invitation": organizationInvitation,
  "organization-newcomer": organizationNewcomer,
  "organization-answer": organizationAnswer,
  "order-confirmation": orderConfirmation,
  "payment-failed": paymentFailed,
  "payment-notice": paymentNotice,
  "membership-change": membershipChange,
  "membership-started": membershipStarted,
  "trial-ending": trialEnding,
  "renewal-receipt": renewalReceipt,
  "withdrawal-received": withdrawalReceived,
  "withdrawal-lowered": withdrawalLowered,
  "withdrawal-refused": withdrawalRefused,
  "withdrawal-link": withdrawalLink,
  "withdrawal-stated": withdrawalStated,
  "withdrawal-dismissed": withdrawalDismissed,
  "refund-made": refundMade,
  "goods-shipped": goodsShipped,
  "credits-low": creditsLow,
  "top-up-failed": topUpFailed,
};

/** Every mail of the shop. What is compiled to `build/mail/templates.js`. */
export function mailTemplates(sender: Sender): MailTemplates {
  return {
    async render<Name extends TemplateName>(
      template: Name,
      locale: "sv" | "en",
      props: TemplateProps[Name],
      brand: MailBrand | null = null,
    ) {
      const make: Template<Name> = templates[template];
      const { subject, preview, body, why } = make(locale, props, sender);
      const html = documentOf(
        <ActionColors.Provider value={brand ? { fill: brand.color, ink: brand.ink } : yellow}>
          <Frame locale={locale} sender={sender} preview={preview} brand={brand} why={why}>
            {body}
          </Frame>
        </ActionColors.Provider>,
      );
      return { template, locale, subject, html, text: plainText(html), host: new URL(sender.baseUrl).hostname };
    },
  };
}

const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/**
 * A letter as a document. What react-email's own `render` makes, but for the marks that pages need to come alive in a browser: no mail
 * waits for anything, so it needs no stream either, which took twice as long.
 */
function documentOf(letter: ReactElement): string {
  return DOCTYPE + renderToStaticMarkup(letter);
}

/**
 * The same words for programs without HTML: sums as a table, links with their address, no preview line. As react-email's own
 * `toPlainText`, which reads all of this anew for each mail.
 */
const plainText = compile({
  wordwrap: 78,
  selectors: [
    ...plainTextSelectors,
    { selector: "table.sums", format: "dataTable", options: { colSpacing: 3, maxColumnWidth: 60 } },
    { selector: "h1", options: { uppercase: false } },
    { selector: "h2", options: { uppercase: false } },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: ["(", ")"] } },
  ],
});
