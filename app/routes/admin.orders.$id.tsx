import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { actOnGoods } from "~/lib/catalog/goods-form.server.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { approvalsOf } from "~/lib/orders/approvals.server.ts";
import { actOnMoney, pickedLines, pickedPayment } from "~/lib/orders/refund-form.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { GoodsBadge } from "~/ui/catalog/goods-badge.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { Happenings } from "~/ui/office/happenings.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { OrderFacts, OrderLines } from "~/ui/orders/order-facts.tsx";
import { OrderGoods } from "~/ui/orders/order-goods.tsx";
import { OrderPayments } from "~/ui/orders/order-payments.tsx";
import { OrderReceipts } from "~/ui/orders/order-receipts.tsx";
import { OrderRefund } from "~/ui/orders/order-refund.tsx";
import { OrderRefunds } from "~/ui/orders/order-refunds.tsx";
import { OrderWithdrawal } from "~/ui/orders/order-withdrawal.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const search = new URL(args.request.url).searchParams;
    const order = await caller.orders.get({ id });
    const picked = pickedLines(search);
    const mayDecide = role === "owner" || role === "finance";
    const mayRefund = mayDecide && order.paidAt !== null;
    return {
      locale,
      order,
      withdrawals: await approvalsOf(caller, await caller.withdrawals.ofOrder({ id }), search),
      stated: (await caller.withdrawals.statements.list({ orderId: id, status: "unconfirmed", limit: 1 })).items,
      refunds: await caller.payments.refunds.list({ orderId: id }),
      refund: mayRefund
        ? {
            picked,
            previewed: search.get("refund") === "preview",
            preview: await caller.payments.refunds.preview({
              orderId: id,
              lines: picked,
              ...pickedPayment((name) => search.get(name)),
            }),
            formKey: crypto.randomUUID(),
          }
        : null,
      mayDecide,
      mayMove: role === "owner" || role === "support",
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async () => {
    const form = await readForm(args.request.clone());
    return form.text("intent") === "goods" ? actOnGoods(args, form) : actOnMoney(args);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: data?.order.number ?? "Order", locale: data?.locale ?? "sv" });

const DONE = { refund: "refunds.asked", withdrawal: "refunds.withdrawal.done", goods: "goods.done" } as const;

export default function OrderPage() {
  const t = useT();
  const { order, refund, refunds, withdrawals, stated, mayDecide, mayMove } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const payment = order.payments.at(-1);
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold">{order.number}</h1>
        {payment && <StatusBadge of="payment" state={payment.status} />}
        <GoodsBadge status={order.fulfilment?.status ?? null} paid={order.paidAt !== null} />
        <StatusBadge of="order" state={order.status} />
        <span className="ml-auto text-26 font-bold">
          <Money of={{ amount: order.totalAmount, currency: order.currency }} />
        </span>
      </div>
      {result?.done && <Banner live tone="ok" title={t(DONE[result.done])} />}
      {result?.problem === "changed" && <Banner live tone="warn" title={t("refunds.changed")} />}
      {stated.map((one) => (
        <Banner
          key={one.id}
          tone="warn"
          title={t("refunds.statement.open")}
          actions={
            <LinkButton to={`/admin/withdrawals/statements/${one.id}`} size="compact">
              {t("queue.do.withdrawal_statement")}
            </LinkButton>
          }
        >
          <Moment at={one.receivedAt} withTime />
        </Banner>
      ))}
      {withdrawals.map((one) => (
        <OfficeSection key={one.id} title={t("refunds.withdrawal.title")}>
          <OrderWithdrawal withdrawal={one} mayDecide={mayDecide} result={result} />
        </OfficeSection>
      ))}
      <OrderFacts order={order} />
      <OrderLines order={order} />
      {order.fulfilment && order.paidAt && (
        <OfficeSection title={t("goods.title")}>
          <OrderGoods
            goods={order.fulfilment}
            mayMove={mayMove}
            refused={result?.problem === "parcel"}
            paidBack={payment?.status === "refunded"}
          />
        </OfficeSection>
      )}
      <OfficeSection title={t("office.orders.payments")}>
        <OrderPayments payments={order.payments} />
      </OfficeSection>
      <OfficeSection title={t("refunds.list")}>
        <OrderRefunds refunds={refunds} />
      </OfficeSection>
      {order.paidAt && (
        <OfficeSection title={t("refunds.title")}>
          {refund ? (
            <OrderRefund {...refund} lines={order.lines} result={result} />
          ) : (
            <p className="text-fg-muted">{t("refunds.role")}</p>
          )}
        </OfficeSection>
      )}
      <OfficeSection title={t("office.orders.receipts")}>
        <OrderReceipts receipts={order.receipts} />
      </OfficeSection>
      <OfficeSection title={t("office.orders.timeline")}>
        <Happenings entries={order.timeline} />
      </OfficeSection>
    </div>
  );
}
