import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { beginAnew } from "~/lib/checkout/begin-anew.ts";
import { beginCheckout } from "~/lib/checkout/begin-checkout.ts";
import { openPayment } from "~/lib/checkout/open-payment.ts";
import { readForm } from "~/lib/form-values.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageIn } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { CartLines } from "~/ui/checkout/cart-lines.tsx";
import { CartNotices } from "~/ui/checkout/cart-notices.tsx";
import { CartSum } from "~/ui/checkout/cart-sum.tsx";
import { OpenPaymentBanner } from "~/ui/checkout/open-payment-banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const variantId = searchParams.get("removed");
    const quantity = Number(searchParams.get("quantity"));
    const [cart, left] = await Promise.all([caller.checkout.cart.get(), openPayment(args.context, args.request)]);
    return {
      locale,
      cart,
      /** The cart's own payment first: a membership bought straight from its card is waited for where one looks for it. */
      payment: cart.openPage ?? left,
      removed: variantId && Number.isInteger(quantity) && quantity > 0 ? { variantId, quantity } : null,
    };
  });
}

export function action(args: ActionFunctionArgs) {
  return answer(args, async (context) => {
    const form = await readForm(args.request);
    const { cart } = context.caller.checkout;
    const variantId = form.text("variantId");
    const quantity = form.wholeNumber("quantity") ?? 1;
    switch (form.text("intent")) {
      case "pay":
        return beginCheckout(context, {
          source: { cart: true },
          acceptChangedPrices: form.ticked("acceptChangedPrices"),
        });
      case "quantity":
        await cart.setQuantity({ variantId, quantity });
        return redirect("/cart");
      case "remove":
        await cart.setQuantity({ variantId, quantity: 0 });
        return redirect(`/cart?removed=${encodeURIComponent(variantId)}&quantity=${quantity}`);
      case "undo":
        await cart.add({ variantId, quantity });
        return redirect("/cart");
      case "restart":
        await beginAnew(context, form.text("ref"));
        return redirect("/cart");
      default:
        return redirect("/cart");
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const t = translate(locale);
  return pageMeta({ title: t("checkout.cart.title"), description: t("checkout.cart.description"), locale });
};

export default function CartPage() {
  const t = useT();
  const locale = useLocale();
  const { cart, removed, payment } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const empty = cart.lines.length === 0 && cart.gone.length === 0;
  return (
    <div className="mx-auto flex w-full max-w-account flex-col gap-6 px-4 pt-8 md:px-6 md:pt-16">
      {result && "notice" in result && (
        <Banner live tone="warn" title={result.notice.title}>
          {result.notice.text}
        </Banner>
      )}
      <h1 className="type-display text-display">{t("checkout.cart.title")}</h1>
      <CartNotices cart={cart} removed={removed} />
      {payment && <OpenPaymentBanner payment={payment} primary />}
      {empty ? (
        <EmptyState
          art="empty"
          title={t("checkout.cart.empty")}
          action={
            <div className="flex flex-wrap gap-3">
              <LinkButton to={pageIn("/membership", locale)} variant={payment ? "outline" : "primary"}>
                {t("shop.home.see")}
              </LinkButton>
              <LinkButton to="/products">{t("shop.nav.products")}</LinkButton>
            </div>
          }
        >
          {t("checkout.cart.emptyNext")}
        </EmptyState>
      ) : (
        <>
          <CartLines cart={cart} />
          <CartSum cart={cart} />
        </>
      )}
    </div>
  );
}
