import { Form } from "@remix-run/react";
import type { OpenPayment } from "~/lib/checkout/open-payment.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { buttonClass } from "../button-style.ts";
import { SubmitButton } from "../submit-button.tsx";

/** A payment that was begun and left: go on, or begin anew. Nothing has been charged. */
export function OpenPaymentBanner({ payment, primary = false }: { payment: OpenPayment; primary?: boolean }) {
  const t = useT();
  return (
    <Banner
      tone="info"
      title={t("checkout.cart.openSession")}
      actions={
        <>
          <a href={payment.url} className={buttonClass({ variant: primary ? "primary" : "solid" })}>
            {t("checkout.cart.resume")}
          </a>
          <Form method="post" preventScrollReset>
            <input type="hidden" name="ref" value={payment.ref} />
            <SubmitButton pendingLabel={t("checkout.cart.restart")} name="intent" value="restart">
              {t("checkout.cart.restart")}
            </SubmitButton>
          </Form>
        </>
      }
    />
  );
}
