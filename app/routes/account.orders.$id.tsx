import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { t as translate } from "~/lib/i18n/translate.ts";
import { withdrawOffer } from "~/lib/orders/withdraw-step.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { OrderDetail } from "~/ui/orders/order-detail.tsx";
import { OrderWithdrawals } from "~/ui/withdrawals/withdrawal-state.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const order = await caller.orders.mine.get({ id: args.params.id ?? "" });
    return { locale, order, withdrawal: await caller.withdrawals.options({ orderId: order.id }) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: translate(data.locale)("account.order.title", { number: data.order.number }),
        locale: data.locale,
      })
    : [];

export default function Order() {
  const { order, withdrawal } = useLoaderData<typeof loader>();
  return (
    <OrderDetail order={order} withdraw={withdrawOffer({ orderId: order.id }, withdrawal.lines)}>
      <OrderWithdrawals of={withdrawal} />
    </OrderDetail>
  );
}
