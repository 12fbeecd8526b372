import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { withdrawHref, withdrawPlace } from "~/lib/orders/withdraw-step.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { FormPage } from "~/ui/form-page.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { OwnPurchases } from "~/ui/withdrawals/withdraw-find.tsx";
import { WithdrawPage } from "~/ui/withdrawals/withdraw-page.tsx";
import { CheckStatement, StatementReceipt, StateWithdrawal } from "~/ui/withdrawals/withdraw-state.tsx";
import { stateWithdrawalInput } from "../../server/withdrawals/input.ts";

export function loader(args: LoaderFunctionArgs) {
  const search = new URL(args.request.url).searchParams;
  const place = withdrawPlace(search);
  return answer(args, async ({ caller, locale, viewer }) => {
    const formKey = crypto.randomUUID();
    const received = search.get("received");
    const receipt = search.get("receipt");
    const base = {
      ...{ locale, place, formKey, received, gone: false, signedIn: viewer.kind !== "anonymous" },
      ...{ mine: [], options: null, receipt: null },
    };
    try {
      if (place.order) return { ...base, options: await caller.withdrawals.options(place.order) };
      if (receipt !== null) return { ...base, receipt: await caller.withdrawals.receipt({ receipt }) };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "not_found" && refusal?.kind !== "invalid") throw error;
      return { ...base, gone: true };
    }
    return base.signedIn ? { ...base, mine: await caller.withdrawals.mine() } : base;
  });
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  const intent = form.get("intent");
  if (intent === "withdraw") return withdraw(args, form);
  if (intent === "state") {
    return answerForm(args, wordsOf(args, stateWithdrawalInput), async (value, { caller }) => {
      const { receipt } = await caller.withdrawals.state(value);
      return redirect(`/withdraw?${new URLSearchParams({ receipt })}`);
    });
  }
  // The second step, or from there back to the first: nothing is said yet, and what was typed stands in no address.
  const step = intent === "edit" ? "edit" : "check";
  return answerForm(args, wordsOf(args, stateWithdrawalInput.omit({ formKey: true })), async (stated) => ({
    step,
    stated,
  }));
}

function wordsOf<Schema extends z.ZodType>({ context }: ActionFunctionArgs, schema: Schema) {
  const say = translate(context.locale);
  const labels = { name: say("withdraw.name"), email: say("withdraw.email"), number: say("withdraw.number") };
  return { schema, labels, formats: { name: say("withdraw.nameFormat"), number: say("withdraw.numberFormat") } };
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
      // Pressed twice, in two windows, or on a page of long ago: what there is, is shown.
      const code = refusalOf(error)?.code;
      if (code === "withdrawals.already_withdrawn" || code === "withdrawals.left_to_staff")
        return redirect(withdrawHref(order));
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
    ...(data?.place.order || data?.receipt
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
  const { place, options, formKey } = page;
  if (page.gone) {
    return (
      <FormPage title={t("withdraw.gone")} lead={t("withdraw.goneText")}>
        <LinkButton to="/withdraw" variant="primary" size="large">
          {t("withdraw.goneAction")}
        </LinkButton>
      </FormPage>
    );
  }
  if (page.receipt) return <StatementReceipt receipt={page.receipt} />;
  if (options && place.order) {
    const { received } = page;
    return (
      <WithdrawPage options={options} place={{ ...place, order: place.order }} received={received} formKey={formKey} />
    );
  }
  const stated = result && "stated" in result ? result.stated : null;
  if (stated && result && "step" in result && result.step === "check")
    return <CheckStatement stated={stated} formKey={formKey} />;
  return (
    <StateWithdrawal typed={stated}>
      {page.signedIn && (
        <section className="flex flex-col gap-4">
          <h2 className="text-21 font-bold">{t("withdraw.mine")}</h2>
          <OwnPurchases orders={page.mine} />
          <h2 className="mt-4 text-21 font-bold">{t("withdraw.guest")}</h2>
        </section>
      )}
    </StateWithdrawal>
  );
}
