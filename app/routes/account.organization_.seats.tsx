import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { isMovedOn, outcomeHref } from "~/lib/memberships/membership-life.ts";
import { currentOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { answerSeats } from "~/lib/organizations/seat-change.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { buttonClass } from "~/ui/button-style.ts";
import { LinkButton } from "~/ui/link-button.tsx";
import { WishButton } from "~/ui/memberships/membership-plans-ahead.tsx";
import { SeatForm, SeatsHeld, SeatTerms, useSeatPress } from "~/ui/organizations/seat-change.tsx";
import { SeatFigures } from "~/ui/organizations/seat-figures.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { caller, locale } = context;
    const { current } = await currentOrganization(context);
    if (!current || current.kind === "personal" || current.role === "member") throw redirect("/account/organization");
    const company = await caller.billing.memberships.seats({ organizationId: current.id });
    const { plan } = company;
    const open = plan !== null && plan.why === null;
    const asked = open ? args.request : new Request(new URL("/", args.request.url));
    return {
      locale,
      company,
      expired: new URL(args.request.url).searchParams.has("expired"),
      formKey: crypto.randomUUID(),
      asked: await answerSeats(asked, locale, (wish) =>
        caller.billing.memberships.quoteSeats({ id: plan?.id ?? "", ...wish }),
      ),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const form = await readForm(args.request);
    const { current } = await currentOrganization(context);
    try {
      const { changeId } = await context.caller.billing.memberships.changeSeats({
        id: form.text("id"),
        quote: form.text("quote"),
        formKey: form.text("formKey"),
      });
      return redirect(outcomeHref(changeId, current?.id ?? null));
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
  return pageMeta({ title: translate(locale)("seats.title"), locale });
};

/** A company's seats: how many, what one more costs, and the way to more or fewer. */
export default function CompanySeats() {
  const t = useT();
  const locale = useLocale();
  const { company, asked, expired } = useLoaderData<typeof loader>();
  const { plan, seats, holders, name } = company;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <h1 className="text-26">{t("seats.title")}</h1>
        <p className="text-fg-muted">
          <Link to="/account/organization">{name}</Link>
        </p>
      </div>
      {expired && (
        <Banner live tone="warn" title={t("membership.quote.expired")}>
          {t("membership.quote.expiredText")}
        </Banner>
      )}
      <SeatFigures seats={seats} />
      <Standing />
      {plan && plan.why === null && !asked.offer && <SeatForm plan={plan} holders={holders} answer={asked} />}
      {asked.offer && <Confirm />}
      {plan?.why && (
        <Banner tone="info" title={t("seats.none")}>
          {plan.why === "free"
            ? t("seats.why.free", { date: plan.freeUntil ? formatDate(plan.freeUntil, locale, "prose") : "" })
            : t(`seats.why.${plan.why}`)}
        </Banner>
      )}
      {!plan && (
        <Banner tone="info" title={t("seats.none")} actions={<Link to="/plans">{t("plans.mine.compare")}</Link>}>
          {t("seats.why.no_plan")}
        </Banner>
      )}
    </div>
  );
}

/** What the seats cost now, and what is booked or waits for its payment. */
function Standing() {
  const t = useT();
  const locale = useLocale();
  const { company, formKey } = useLoaderData<typeof loader>();
  const { plan, organizationId } = company;
  if (!plan?.includedSeats || plan.seatAmount === null) return null;
  const { currency, change } = plan;
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const every = t(plan.interval === "year" ? "seats.eachYear" : "seats.eachMonth", { sum: sum(plan.seatAmount) });
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose">
        <SeatsHeld plan={plan} /> {every}
      </p>
      {change?.status === "scheduled" && change.effectiveAt && (
        <Banner
          tone="info"
          title={t("membership.scheduled.seats", {
            count: change.quantity ?? 0,
            date: formatDate(change.effectiveAt, locale, "prose"),
          })}
          actions={
            plan.keep === "seats" && (
              <WishButton intent="keep" id={plan.id} organizationId={organizationId} formKey={formKey}>
                {t("membership.undo.seats")}
              </WishButton>
            )
          }
        >
          {t("membership.scheduled.seatsText", { before: sum(plan.amount), after: sum(change.amount ?? plan.amount) })}
        </Banner>
      )}
      {change?.status === "awaiting_payment" && (
        <Banner
          tone="warn"
          title={t("membership.waits.seats", { count: change.quantity ?? 0 })}
          actions={
            change.payUrl && (
              <a href={change.payUrl} className={buttonClass({ variant: "primary" })}>
                {t("membership.waitsPay")}
              </a>
            )
          }
        >
          {t("seats.waitsText")}
        </Banner>
      )}
    </div>
  );
}

function Confirm() {
  const t = useT();
  const { company, asked, formKey } = useLoaderData<typeof loader>();
  const press = useSeatPress(asked);
  return (
    <section aria-labelledby="quote" className="flex max-w-form flex-col gap-4">
      <h2 id="quote" className="text-21">
        {t("seats.quote")}
      </h2>
      <SeatTerms answer={asked} holders={company.holders} />
      <p className="text-14 text-fg-muted">{t("seats.valid")}</p>
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="id" value={company.plan?.id ?? ""} />
        <input type="hidden" name="quote" value={asked.offer?.sealed ?? ""} />
        <input type="hidden" name="formKey" value={formKey} />
        <SubmitButton variant="primary" size="large" full>
          {press}
        </SubmitButton>
        <LinkButton to="/account/organization/seats" size="large" full>
          {t("seats.other")}
        </LinkButton>
      </Form>
    </section>
  );
}
