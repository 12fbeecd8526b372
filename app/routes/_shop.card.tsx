import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { cardLink, forgetCardLink, rememberCardLink } from "~/lib/memberships/card-link.server.ts";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { buttonClass } from "~/ui/button-style.ts";
import { type Description, DescriptionList } from "~/ui/description-list.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

/** Where the provider's page leads back to it says which page that was; it is looked at now, should no notification come. */
export function loader(args: LoaderFunctionArgs) {
  return answer(args, async (context) => {
    const { caller, locale } = context;
    const url = new URL(args.request.url);
    const token = cardLink(context, url);
    const page = /^cs_\w{1,200}$/.exec(url.searchParams.get("card") ?? "")?.[0];
    try {
      const link = await caller.billing.cards.read({ token, page });
      if (page && !link.changed) await caller.billing.cards.confirm({ page, token });
      if (link.changed && link.state === "nothing_owed") forgetCardLink(context);
      return { locale, token, page: page ?? null, link };
    } catch (error) {
      const kind = refusalOf(error)?.kind;
      if (kind !== "not_found" && kind !== "invalid") throw error;
      return { locale, token, page: page ?? null, link: null };
    }
  });
}

export function action(args: ActionFunctionArgs) {
  return answer(args, async (context) => {
    const form = await readForm(args.request);
    const token = form.text("token");
    const { url } = await context.caller.billing.cards.change({ token });
    rememberCardLink(context, token);
    return redirect(url);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("card.title"), locale }),
    // The link is a secret: no other site may learn it. (Without any referrer a browser would not say where a form came from.)
    { name: "referrer", content: "same-origin" },
    { name: "robots", content: "noindex" },
  ];
};

/** What is owed, for what, the card's last digits, and the way to another card: all that the mailed link shows. */
export default function CardPage() {
  const t = useT();
  const locale = useLocale();
  const { token, page, link } = useLoaderData<typeof loader>();
  useRefresh(link?.state === "in_flight" || link?.state === "unknown");
  if (!link)
    return (
      <FormPage title={t("card.gone")} lead={t("card.goneText")}>
        <LinkButton to="/login?next=/account/membership" size="large" full>
          {t("card.login")}
        </LinkButton>
      </FormPage>
    );
  const { owed, state, approveUrl, card, nextAttemptAt, changed, trial } = link;
  const name = namedUnits(link.productName[locale], link.units);
  const first = trial !== null || (owed !== null && !card);
  const sum = owed ? formatMoney(owed, locale, "ledger") : "";
  const rows: Description[] = [{ term: t("card.plan"), value: name }];
  if (owed) rows.push({ term: t("card.sum"), value: sum });
  if (card) rows.push({ term: t("card.card"), value: t("checkout.card", card) });
  const waits = state === "in_flight" || state === "unknown";
  const title = trial ? t("card.add") : state === "nothing_owed" || waits ? t("card.title") : t("card.owed", { sum });
  const lead = approveUrl
    ? `${t("card.approval", { sum })} ${t("checkout.return.approval.text")}`
    : state === "owed"
      ? t(first ? "card.owedFirst" : "card.owedText", { sum })
      : trial
        ? t(trial.standing === "runs" ? `card.trial.${trial.withoutCard}` : `card.trial.${trial.standing}`, {
            product: name,
            date: formatDate(trial.endsAt, locale, "prose"),
            sum: formatMoney(trial.price, locale, "ledger"),
          })
        : undefined;
  return (
    <FormPage title={title} lead={lead}>
      {waits && (
        <Banner
          live
          tone={state === "unknown" ? "warn" : "info"}
          title={t(state === "unknown" ? "card.unknown" : "card.flight", { sum })}
          actions={
            <a href={page ? `/card?card=${page}` : `/card?token=${encodeURIComponent(token)}`}>{t("card.look")}</a>
          }
        />
      )}
      {state === "nothing_owed" && !trial && (
        <Banner live tone="ok" title={t(changed ? "card.done" : "card.paid")}>
          {changed ? undefined : t("card.paidText")}
        </Banner>
      )}
      {state === "owed" && changed && <Banner live tone="bad" title={t("card.refused", { sum })} />}
      <DescriptionList rows={rows} />
      {approveUrl && (
        <a href={approveUrl} className={buttonClass({ variant: "primary", size: "large", full: true })}>
          {t("checkout.return.approval.action")}
        </a>
      )}
      {!waits && (
        <Form method="post" reloadDocument className="flex flex-col gap-3">
          <input type="hidden" name="token" value={token} />
          <SubmitButton variant={state === "owed" || trial ? "primary" : "outline"} size="large" full>
            {t(approveUrl ? "card.other" : first ? "card.add" : "card.title")}
          </SubmitButton>
          <p className="text-14 text-fg-muted">
            {t("card.lead")}
            {state === "owed" && nextAttemptAt && !first
              ? ` ${t("card.next", { date: formatDate(nextAttemptAt, locale, "prose") })}`
              : null}
          </p>
        </Form>
      )}
    </FormPage>
  );
}
