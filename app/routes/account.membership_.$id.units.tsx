import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { isMovedOn, lifeHome, outcomeHref } from "~/lib/memberships/membership-life.ts";
import { answerUnits } from "~/lib/memberships/unit-change.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { UnitForm, UnitsHeld, UnitTerms, useUnitPress } from "~/ui/memberships/unit-change.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const life = await caller.billing.memberships.life({ id });
    const asked = life.units && life.allowed.units ? args.request : new Request(new URL("/", args.request.url));
    return {
      ...{ locale, id, life, formKey: crypto.randomUUID() },
      expired: new URL(args.request.url).searchParams.has("expired"),
      asked: await answerUnits(asked, locale, (units) => caller.billing.memberships.quoteUnits({ id, units })),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    try {
      const { changeId } = await caller.billing.memberships.changeUnits({
        ...{ id, quote: form.text("quote"), formKey: form.text("formKey") },
      });
      return redirect(outcomeHref(changeId, null));
    } catch (error) {
      if (!isMovedOn(error)) throw error;
      const again = new URL(args.request.url);
      if (refusalOf(error)?.code === "subscriptions.quote_expired") again.searchParams.set("expired", "1");
      return redirect(again.pathname.replace(/\.data$/, "") + again.search);
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("units.title"), locale });
};

/** More or fewer of one's membership: how many, then what that costs, then the press that makes it. */
export default function MembershipUnits() {
  const t = useT();
  const locale = useLocale();
  const { life, asked, expired } = useLoaderData<typeof loader>();
  if (!life.units || !life.allowed.units) {
    return (
      <EmptyState
        title={t("units.notNow")}
        action={<LinkButton to={lifeHome(null)}>{t("checkout.return.toMembership")}</LinkButton>}
      >
        {life.freeUntil
          ? t("membership.freeUntil", { date: formatDate(life.freeUntil, locale, "prose") })
          : t("units.notNowText")}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26">{t("units.title")}</h1>
      {expired && (
        <Banner live tone="warn" title={t("membership.quote.expired")}>
          {t("membership.quote.expiredText")}
        </Banner>
      )}
      <div className="flex max-w-prose flex-col gap-2">
        <p className="text-18">
          <UnitsHeld life={life} />
        </p>
        <p>{t("units.lead")}</p>
      </div>
      {asked.offer ? <Confirm /> : <UnitForm life={life} answer={asked} />}
    </div>
  );
}

function Confirm() {
  const t = useT();
  const { id, asked, formKey } = useLoaderData<typeof loader>();
  const press = useUnitPress(asked);
  return (
    <section aria-labelledby="quote" className="flex max-w-form flex-col gap-4">
      <h2 id="quote" className="text-21">
        {t("units.quote")}
      </h2>
      <UnitTerms answer={asked} />
      <p className="text-14 text-fg-muted">{t("units.valid")}</p>
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="quote" value={asked.offer?.sealed ?? ""} />
        <input type="hidden" name="formKey" value={formKey} />
        <SubmitButton variant="primary" size="large" full>
          {press}
        </SubmitButton>
        <LinkButton to={`/account/membership/${id}/units`} size="large" full>
          {t("units.other")}
        </LinkButton>
      </Form>
    </section>
  );
}
