import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { askedAlready, isMovedOn, lifeHome, outcomeHref } from "~/lib/memberships/membership-life.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ShownEnd } from "~/ui/memberships/shown-end.tsx";
import { RadioGroup } from "~/ui/radio-group.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const life = await caller.billing.memberships.life({ id: args.params.id ?? "" });
    const asked = life.allowed.pause ? null : askedAlready(life, "pause");
    if (asked !== null) throw redirect(asked);
    const moved = new URL(args.request.url).searchParams.has("moved");
    return { locale, formKey: crypto.randomUUID(), life, moved };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    const { organizationId } = await caller.billing.memberships.life({ id });
    const months = form.wholeNumber("months");
    const endsAt = form.maybe("endsAt");
    try {
      const { changeId } = await caller.billing.memberships.pause({
        id,
        ...(months ? { months } : {}),
        ...(endsAt ? { endsAt: new Date(endsAt) } : {}),
        formKey: form.text("formKey"),
      });
      return redirect(outcomeHref(changeId, organizationId));
    } catch (error) {
      if (!isMovedOn(error)) throw error;
      if (refusalOf(error)?.code === "subscriptions.end_moved") return redirect("?moved=1");
      return redirect(lifeHome(organizationId));
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const title = data?.life.organizationId ? "plans.life.title.pause" : "membership.title.pause";
  return pageMeta({ title: translate(locale)(title), locale });
};

/** A pause: from when, for how long, and what is charged when it is over. */
export default function PauseMembership() {
  const locale = useLocale();
  const { life, formKey, moved } = useLoaderData<typeof loader>();
  const t = useLifeWords(life.organizationId, life.holdsOnPause);
  const home = lifeHome(life.organizationId);
  const from = life.currentPeriodEndAt;
  if (!life.allowed.pause || !from) {
    return (
      <EmptyState
        title={t("membership.pause.notNow")}
        action={<LinkButton to={home}>{t("checkout.return.toMembership")}</LinkButton>}
      >
        {null}
      </EmptyState>
    );
  }
  const sum = formatMoney({ amount: life.amount, currency: life.currency }, locale, "ledger");
  const choices = [
    ...life.pauseUntil.map(({ months, until }) => ({
      value: String(months),
      label: t("membership.pause.months", { count: months, date: formatDate(until, locale, "prose") }),
    })),
    // What holds on meanwhile is not had for ever.
    ...(life.holdsOnPause ? [] : [{ value: "0", label: t("membership.pause.open") }]),
  ];
  return (
    <div className="flex max-w-form flex-col gap-6">
      <h1 className="text-26">{t("membership.title.pause")}</h1>
      {moved && (
        <Banner live tone="warn" title={t("membership.pause.moved")}>
          {t("membership.pause.movedText")}
        </Banner>
      )}
      <p className="text-18">{t("membership.pause.from", { date: formatDate(from, locale, "prose") })}</p>
      <Form method="post" className="flex flex-col gap-6">
        <input type="hidden" name="formKey" value={formKey} />
        <ShownEnd at={from} />
        <RadioGroup legend={t("membership.pause.length")} name="months" choices={choices} defaultValue="1" required />
        <p>{t("membership.pause.then", { sum })}</p>
        <div className="flex flex-col gap-3">
          <SubmitButton variant="primary" size="large" full>
            {t("membership.title.pause")}
          </SubmitButton>
          <LinkButton to={home} size="large" full>
            {t("membership.back")}
          </LinkButton>
        </div>
      </Form>
    </div>
  );
}
