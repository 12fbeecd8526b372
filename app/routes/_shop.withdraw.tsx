import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { withdrawHref, withdrawPlace } from "~/lib/orders/withdraw-step.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { FormPage } from "~/ui/form-page.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { OwnPurchases, WithdrawLinkForm } from "~/ui/withdrawals/withdraw-find.tsx";
import { WithdrawPage } from "~/ui/withdrawals/withdraw-page.tsx";
import { requestWithdrawalLinkInput } from "../../server/withdrawals/input.ts";

export function loader(args: LoaderFunctionArgs) {
  const search = new URL(args.request.url).searchParams;
  const place = withdrawPlace(search);
  return answer(args, async ({ caller, locale, viewer }) => {
    const formKey = crypto.randomUUID();
    const received = search.get("received");
    const base = { locale, place, formKey, received, gone: false, signedIn: viewer.kind !== "anonymous" };
    if (place.order === null) {
      const mine = base.signedIn ? await caller.withdrawals.mine() : [];
      return { ...base, mine, options: null };
    }
    try {
      return { ...base, mine: [], options: await caller.withdrawals.options(place.order) };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "not_found" && refusal?.kind !== "invalid") throw error;
      return { ...base, mine: [], options: null, gone: true };
    }
  });
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  if (form.get("intent") === "withdraw") return withdraw(args, form);
  const say = translate(args.context.locale);
  const labels = { number: say("withdraw.number"), email: say("withdraw.email") };
  return answerForm(args, { schema: requestWithdrawalLinkInput, labels }, async (value, { caller }) => {
    await caller.withdrawals.requestLink(value);
    return { sentTo: value.email };
  });
}

function withdraw(args: ActionFunctionArgs, form: FormData) {
  return answer(args, async ({ caller }) => {
    const text = (name: string) => String(form.get(name) ?? "");
    const order = form.has("ref") ? { ref: text("ref") } : { orderId: text("order") };
    try {
      const { id } = await caller.withdrawals.submit({
        order,
        lineIds: form.getAll("line").map(String),
        formKey: text("formKey"),
      });
      return redirect(withdrawHref(order, { received: id }));
    } catch (error) {
      // Pressed twice, or in two windows: what there is, is shown.
      if (refusalOf(error)?.code === "withdrawals.already_withdrawn") return redirect(withdrawHref(order));
      throw error;
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const say = translate(locale);
  return [
    ...pageMeta({ title: say("withdraw.title"), description: say("withdraw.description"), locale }),
    // The address may open an order: it stays between the buyer and us.
    ...(data?.place.order
      ? [
          { name: "referrer", content: "same-origin" },
          { name: "robots", content: "noindex" },
        ]
      : []),
  ];
};

export default function Withdraw() {
  const t = useT();
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const form = useServerForm<"number" | "email">("withdraw", result);
  const { place, options } = page;
  if (result && "sentTo" in result) {
    return (
      <FormPage title={t("withdraw.sent")} lead={t("withdraw.sentText", { email: String(result.sentTo) })}>
        <p>{t("withdraw.sentMissing")}</p>
      </FormPage>
    );
  }
  if (page.gone) {
    return (
      <FormPage title={t("withdraw.gone")} lead={t("withdraw.goneText")}>
        <LinkButton to="/withdraw" variant="primary" size="large">
          {t("withdraw.goneAction")}
        </LinkButton>
      </FormPage>
    );
  }
  if (options && place.order) {
    const { received, formKey } = page;
    return (
      <WithdrawPage options={options} place={{ ...place, order: place.order }} received={received} formKey={formKey} />
    );
  }
  return (
    <FormPage title={t("withdraw.title")} lead={t("withdraw.lead")} summary={form.summary}>
      {page.signedIn && (
        <section className="flex flex-col gap-4">
          <h2 className="text-21 font-bold">{t("withdraw.mine")}</h2>
          <OwnPurchases orders={page.mine} />
          <h2 className="mt-4 text-21 font-bold">{t("withdraw.guest")}</h2>
        </section>
      )}
      <WithdrawLinkForm form={form} />
    </FormPage>
  );
}
