import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { OrderDetail } from "~/ui/order-detail.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    order: await caller.orders.mine.get({ id: args.params.id ?? "" }),
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: translate(data.locale)("account.order.title", { number: data.order.number }),
        locale: data.locale,
      })
    : [];

export default function Order() {
  return <OrderDetail order={useLoaderData<typeof loader>().order} />;
}
