import { Link } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { shortenMiddle } from "~/lib/shorten.ts";
import type { ComingUp } from "../../../server/reporting/coming-up.ts";
import { Moment } from "../moment.tsx";
import { OfficeSection } from "../office/office-section.tsx";

/** What will happen to a customer by itself, soonest first: charges with their sums, ends, mails and checks. */
export function HappensNext({ events }: { events: readonly ComingUp[] }) {
  const t = useT();
  return (
    <OfficeSection title={t("office.customers.next")}>
      {events.length === 0 ? (
        <p className="text-fg-muted">{t("office.customers.nothingNext")}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {events.map((event) => (
            <li
              key={`${event.what}:${event.subject}:${event.at.toISOString()}`}
              className="flex flex-wrap justify-between gap-3 py-3"
            >
              <What event={event} />
              <Moment at={event.at} withTime={event.what === "check" || event.what === "mail"} />
            </li>
          ))}
        </ul>
      )}
    </OfficeSection>
  );
}

function What({ event }: { event: ComingUp }) {
  const words = useWords(event);
  if (event.emailId) return <Link to={`/admin/mail/${event.emailId}`}>{words}</Link>;
  if (event.subscriptionId) return <Link to={`/admin/memberships/${event.subscriptionId}`}>{words}</Link>;
  return <span>{words}</span>;
}

function useWords(event: ComingUp): string {
  const t = useT();
  const locale = useLocale();
  const { amount, currency } = event;
  const sum = amount !== null && currency ? formatMoney({ amount, currency }, locale, "ledger") : t("words.none");
  switch (event.what) {
    case "renewal":
      return t("office.customers.renewal", { sum });
    case "retry":
      return t("office.customers.retry", { sum });
    case "end":
      return t("office.customers.end");
    case "mail":
      return t("office.customers.mailGoes", { subject: event.subject });
    case "check":
      return t("office.customers.check", { subject: shortenMiddle(event.subject) });
  }
}
