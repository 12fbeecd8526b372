import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import {
  askedAlready,
  isMovedOn,
  lifeHome,
  type MembershipLife,
  outcomeHref,
} from "~/lib/memberships/membership-life.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { RetentionOffer } from "~/ui/memberships/retention-offer.tsx";
import { ShownEnd } from "~/ui/memberships/shown-end.tsx";
import { RadioGroup } from "~/ui/radio-group.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { CANCEL_REASONS } from "../../server/billing/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const life = await caller.billing.memberships.life({ id });
    const asked = life.allowed.cancel === null ? askedAlready(life, "cancel") : null;
    if (asked !== null) throw redirect(asked);
    const showingId = new URL(args.request.url).searchParams.get("offer");
    const offer = showingId === null ? null : await caller.offers.read({ showingId });
    const moved = new URL(args.request.url).searchParams.has("moved");
    return { locale, formKey: crypto.randomUUID(), life, moved, offer: offer?.subscriptionId === id ? offer : null };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    const { organizationId, currentPeriodEndAt } = await caller.billing.memberships.life({ id });
    const here = `/account/membership/${encodeURIComponent(id)}/cancel`;
    const timing = form.text("timing") === "now" ? ("now" as const) : ("period_end" as const);
    const showingId = form.text("showing");
    try {
      switch (form.text("intent")) {
        case "accept":
          return redirect(outcomeHref((await caller.offers.accept({ showingId })).changeId, organizationId));
        case "decline":
          return redirect(outcomeHref((await caller.offers.decline({ showingId, timing })).changeId, organizationId));
        default: {
          const reason = CANCEL_REASONS.find((one) => one === form.maybe("reason"));
          const comment = form.text("comment").slice(0, 500);
          const endsAt = form.maybe("endsAt");
          // Before anything is offered: the day that was shown is the one that is meant.
          if (timing === "period_end" && endsAt && endsAt !== currentPeriodEndAt?.toISOString())
            return redirect(`${here}?moved=1`);
          const wish = { id, ...(reason ? { reason } : {}), comment, formKey: form.text("formKey") };
          const shown = await caller.offers.show(wish);
          if (shown.showingId !== null) return redirect(`?offer=${encodeURIComponent(shown.showingId)}`);
          const { changeId } = await caller.billing.memberships.cancel({
            ...{ ...wish, timing, ...(endsAt ? { endsAt: new Date(endsAt) } : {}) },
          });
          return redirect(outcomeHref(changeId, organizationId));
        }
      }
    } catch (error) {
      if (!isMovedOn(error)) throw error;
      // An offer that is too old: the end is asked for anew, and what is offered now is seen.
      if (form.text("intent") === "accept") return redirect(here);
      if (refusalOf(error)?.code === "subscriptions.end_moved") return redirect(`${here}?moved=1`);
      return redirect(lifeHome(organizationId));
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const title = data?.life.organizationId ? "plans.life.title.cancel" : "membership.title.cancel";
  return pageMeta({ title: translate(locale)(title), locale });
};

/** Whether something of theirs is booked that an end takes the place of. The end of a campaign's months is nobody's wish, and comes back. */
const isBooked = ({ pauseAt, scheduled }: Pick<MembershipLife, "pauseAt" | "scheduled">): boolean =>
  pauseAt !== null || (scheduled !== null && scheduled.kind !== "version" && scheduled.campaignId === null);

/**
 * An end on one page: what ends and when, what stays, and the button. No reason has to be given. Where there is something to
 * offer for the reason that was, it is shown once, and a no is as near as a yes.
 */
export default function CancelMembership() {
  const locale = useLocale();
  const { life, formKey, moved, offer } = useLoaderData<typeof loader>();
  const t = useLifeWords(life.organizationId);
  const home = lifeHome(life.organizationId);
  const timing = life.allowed.cancel;
  if (timing === null) {
    return (
      <EmptyState
        title={t("membership.cancel.notNow")}
        action={<LinkButton to={home}>{t("checkout.return.toMembership")}</LinkButton>}
      >
        {null}
      </EmptyState>
    );
  }
  if (offer && offer.answer === null)
    return <RetentionOffer offer={offer} timing={timing} home={home} organizationId={life.organizationId} />;
  const date = life.currentPeriodEndAt ? formatDate(life.currentPeriodEndAt, locale, "prose") : "";
  const what =
    timing === "now"
      ? t(life.status === "paused" ? "membership.cancel.nowPaused" : "membership.cancel.now")
      : t(life.status === "trialing" ? "membership.cancel.trial" : "membership.cancel.end", { date });
  return (
    <div className="flex max-w-form flex-col gap-6">
      <h1 className="text-26">{t("membership.title.cancel")}</h1>
      {moved && (
        <Banner live tone="warn" title={t("membership.cancel.moved")}>
          {t("membership.cancel.movedText")}
        </Banner>
      )}
      <div className="flex flex-col gap-2">
        <p className="text-18">{what}</p>
        <p>{t(timing === "now" ? "membership.cancel.staysNow" : "membership.cancel.stays")}</p>
        {timing === "period_end" && isBooked(life) && <p>{t("membership.cancel.drops")}</p>}
      </div>
      {life.allowed.pause && (
        <section className="flex flex-col items-start gap-3 rounded-card border border-line bg-surface p-5">
          <h2 className="text-18 font-bold">{t("membership.cancel.offer")}</h2>
          <p>{t("membership.cancel.offerText")}</p>
          <LinkButton to={`/account/membership/${life.id}/pause`}>{t("membership.cancel.offerAction")}</LinkButton>
        </section>
      )}
      <Form method="post" className="flex flex-col gap-6">
        <input type="hidden" name="formKey" value={formKey} />
        <input type="hidden" name="timing" value={timing} />
        <ShownEnd at={life.currentPeriodEndAt} />
        <RadioGroup
          legend={t("membership.cancel.reason")}
          name="reason"
          choices={CANCEL_REASONS.map((value) => ({ value, label: t(`membership.reason.${value}`) }))}
        />
        <Field id="comment" name="comment" label={t("membership.cancel.comment")} maxLength={500} optional />
        <div className="flex flex-col gap-3">
          <SubmitButton variant="danger" size="large" full>
            {t("membership.toCancel")}
          </SubmitButton>
          <LinkButton to={home} size="large" full>
            {t("membership.back")}
          </LinkButton>
        </div>
      </Form>
    </div>
  );
}
