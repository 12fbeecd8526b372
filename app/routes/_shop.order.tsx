import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { withdrawOffer } from "~/lib/orders/withdraw-step.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { OrderDetail } from "~/ui/orders/order-detail.tsx";
import { OrderWithdrawals } from "~/ui/withdrawals/withdrawal-state.tsx";

/** A guest's order, opened by the link in the receipt. */
export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const ref = new URL(args.request.url).searchParams.get("ref") ?? "";
    const order = await caller.orders.byRef({ ref });
    return { locale, ref, order, withdrawal: await caller.withdrawals.options({ ref }) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        ...pageMeta({
          title: translate(data.locale)("account.order.title", { number: data.order.number }),
          locale: data.locale,
        }),
        // The address opens the order: it stays between the buyer and us.
        { name: "referrer", content: "same-origin" },
        { name: "robots", content: "noindex" },
      ]
    : [];

export default function GuestOrder() {
  const t = useT();
  const { ref, order, withdrawal } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto flex w-full max-w-account flex-col gap-8 px-4 pt-8 md:px-6 md:pt-16">
      <OrderDetail order={order} withdraw={withdrawOffer({ ref }, withdrawal.lines)}>
        <OrderWithdrawals of={withdrawal} />
      </OrderDetail>
      <p className="no-print text-14 text-fg-muted">{t("account.order.guest")}</p>
    </div>
  );
}
