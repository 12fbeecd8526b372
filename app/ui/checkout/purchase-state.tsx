import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Purchase } from "~/lib/checkout/cart-types.ts";
import type { Translate } from "~/lib/i18n/translate.ts";
import { lifeHome } from "~/lib/memberships/membership-life.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { buttonClass } from "../button-style.ts";
import { LinkButton } from "../link-button.tsx";
import { Stepper } from "../stepper.tsx";
import { PurchaseDone } from "./purchase-done.tsx";

type PurchaseStateProps = {
  purchase: Purchase;
  reference: string;
  signedIn: boolean;
  /** It is the page, unless it stands among others. */
  heading?: "h1" | "h3";
};

/** The truth about a purchase: what happened, what it means for money, what to do. Read aloud when it changes. */
export function PurchaseState(props: PurchaseStateProps) {
  const { purchase, heading: Heading = "h1" } = props;
  const t = useLifeWords(purchase.organizationId);
  const { title, text } = words(purchase, t);
  return (
    <div className="flex flex-col gap-5">
      <div role="status" className="flex flex-col gap-3">
        <Heading className="text-34">{title}</Heading>
        {text.map((sentence) => (
          <p key={sentence} className="text-18">
            {sentence}
          </p>
        ))}
        {purchase.state === "done" && <PurchaseDone {...props} />}
      </div>
      {purchase.state === "working" && <Steps purchase={purchase} />}
      <Actions {...props} />
    </div>
  );
}

type Words = { title: string; text: string[] };

function words(purchase: Purchase, t: Translate): Words {
  const { state, mode, url, declineClass, steps, totalAmount, credits, membership } = purchase;
  const what = mode === "subscription" ? "membership" : "order";
  switch (state) {
    case "done":
      if (membership?.trialRefused)
        return {
          title: t("checkout.return.trialAgain"),
          text: [
            t(totalAmount === 0 ? "checkout.return.trialAgain.free" : "checkout.return.trialAgain.text"),
            t("checkout.return.trialAgain.next"),
          ],
        };
      return { title: t(credits ? "checkout.return.done.credits" : `checkout.return.done.${what}`), text: [] };
    case "working":
      return steps.payment
        ? {
            title: t(totalAmount === 0 ? "checkout.return.ordered" : "checkout.return.working"),
            text: [t(`checkout.return.working.${what}`)],
          }
        : { title: t("checkout.return.checking"), text: [t("checkout.return.checking.text")] };
    case "processing":
      return { title: t("checkout.return.processing"), text: [t(`checkout.return.processing.${what}`)] };
    case "needs_approval":
      return { title: t("checkout.return.approval"), text: [t("checkout.return.approval.text")] };
    case "failed": {
      const money = [t("checkout.return.failed.money"), t("checkout.return.failed.hold")];
      return {
        title: t("checkout.return.failed"),
        text: declineClass ? [t(`checkout.decline.${declineClass}`), ...money] : money,
      };
    }
    case "unknown":
      return { title: t("checkout.return.unknown"), text: [t("checkout.return.unknown.text")] };
    case "expired":
      return {
        title: t("checkout.return.expired"),
        text: [t(mode === "subscription" ? "checkout.return.expired.membership" : "checkout.return.expired.text")],
      };
    case "open":
      return {
        title: t("checkout.return.open"),
        text: [t(url ? "checkout.return.open.text" : "checkout.return.openElsewhere")],
      };
  }
}

function Steps({ purchase }: { purchase: Purchase }) {
  const t = useLifeWords(purchase.organizationId);
  const { payment, membership, receipt } = purchase.steps;
  const rows: Array<{ label: string; done: boolean }> = [
    { label: t("checkout.return.step.payment"), done: payment },
    membership === null
      ? { label: t("checkout.return.step.order"), done: payment }
      : { label: t("checkout.return.step.membership"), done: membership },
    { label: t("checkout.return.step.receipt"), done: receipt },
  ];
  const current = rows.findIndex((row) => !row.done);
  return (
    <Stepper
      label={t("checkout.return.steps")}
      steps={rows.map((row, index) => ({
        label: row.label,
        state: row.done ? "done" : index === current ? "current" : "waiting",
      }))}
    />
  );
}

/** The one thing to press, if there is one: never a way to pay again while the outcome is open. */
function Actions({ purchase, reference, signedIn }: PurchaseStateProps) {
  const { state, url, backPath, mode, credits, organizationId } = purchase;
  const t = useLifeWords(organizationId);
  const orderPath = `/order?ref=${encodeURIComponent(reference)}`;
  let primary: ReactNode = null;
  if (purchase.membership?.trialRefused) {
    primary = (
      <LinkButton to={backPath} variant="primary" size="large">
        {t("checkout.return.trialAgain.action")}
      </LinkButton>
    );
  } else if (state === "done" && mode === "subscription" && signedIn) {
    primary = (
      <LinkButton to={lifeHome(organizationId)} variant="primary" size="large">
        {t("checkout.return.toMembership")}
      </LinkButton>
    );
  } else if (state === "done" && credits && signedIn) {
    primary = (
      <LinkButton to="/account/credits" variant="primary" size="large">
        {t("checkout.return.toCredits")}
      </LinkButton>
    );
  } else if (state === "done" || state === "processing") {
    primary = (
      <LinkButton to={orderPath} variant={state === "done" ? "primary" : "outline"} size="large">
        {t("checkout.return.toOrder")}
      </LinkButton>
    );
  } else if (url && (state === "open" || state === "needs_approval" || state === "failed")) {
    primary = (
      <a href={url} className={buttonClass({ variant: "primary", size: "large" })}>
        {t(ACTION[state])}
      </a>
    );
  } else if (state === "failed" || state === "expired" || state === "open") {
    primary = (
      <LinkButton to={backPath} variant="primary" size="large">
        {t(backPath === "/cart" ? "checkout.return.toCart" : "checkout.return.retry")}
      </LinkButton>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      {primary}
      {state === "unknown" && purchase.order && <Link to={orderPath}>{t("checkout.return.toOrder")}</Link>}
    </div>
  );
}

const ACTION = {
  open: "checkout.cart.resume",
  needs_approval: "checkout.return.approval.action",
  failed: "checkout.return.retry",
} as const;
