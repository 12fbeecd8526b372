import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { pageMeta } from "~/lib/page/page-title.ts";
import { partPlace, TIMELINE_PLACE } from "~/lib/page/part-place.ts";
import { answer } from "~/lib/respond.ts";
import { InvoiceFacts } from "~/ui/memberships/invoice-facts.tsx";
import { InvoiceLines } from "~/ui/memberships/invoice-lines.tsx";
import { Money } from "~/ui/money.tsx";
import { HappeningPages } from "~/ui/office/happening-pages.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { OrderPayments } from "~/ui/orders/order-payments.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const MONEY: readonly string[] = ["owner", "finance"];

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    invoice: await caller.billing.invoices.get({
      id: args.params.id ?? "",
      ...partPlace(args.request, TIMELINE_PLACE),
    }),
    mayRefund: MONEY.includes(role),
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: data?.invoice.number ?? "Invoice", locale: data?.locale ?? "sv" });

const REFUNDABLE: ReadonlySet<string> = new Set(["paid", "partially_refunded"]);

/** One invoice: whom it asks and for what, what was paid and tried, and what happened with it. */
export default function InvoicePage() {
  const t = useT();
  const { invoice, mayRefund } = useLoaderData<typeof loader>();
  const back = invoice.payments.find((payment) => REFUNDABLE.has(payment.status));
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold break-all">{invoice.number ?? invoice.stripeInvoiceId}</h1>
        <StatusBadge of="invoice" state={invoice.status} />
        <span className="ml-auto text-26 font-bold">
          <Money of={{ amount: invoice.totalAmount, currency: invoice.currency }} />
        </span>
      </div>
      <InvoiceFacts invoice={invoice} />
      <OfficeSection title={t("invoices.lines")}>
        <InvoiceLines invoice={invoice} />
      </OfficeSection>
      <OfficeSection title={t("invoices.payments")}>
        {invoice.payments.length > 0 ? (
          <>
            <OrderPayments payments={invoice.payments} />
            {invoice.onlyNewestTries !== null && (
              <p className="text-fg-muted">{t("invoices.newestTries", { count: invoice.onlyNewestTries })}</p>
            )}
          </>
        ) : (
          <p className="text-fg-muted">{t("invoices.noPayment")}</p>
        )}
        {back && mayRefund && invoice.orderId && (
          <p>
            <Link to={`/admin/orders/${invoice.orderId}?refund=preview&payment=${back.id}#refund`}>
              {t("invoices.refund")}
            </Link>
          </p>
        )}
      </OfficeSection>
      <HappeningPages title={t("office.orders.timeline")} page={invoice.history} />
    </div>
  );
}
