import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { listAt } from "~/lib/lists/definition.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { offerShowingsList } from "~/lib/lists/offer-showings.ts";
import { offerChoices } from "~/lib/memberships/offer-choices.server.ts";
import { readOfferForm } from "~/lib/memberships/offer-form.server.ts";
import { offerWords } from "~/lib/memberships/offer-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { OfferForm } from "~/ui/memberships/offer-form.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

const SELLING = ["owner", "marketing"] as const;
/** May read who left and why; the server has the same list. */
const HEARING = ["owner", "finance", "support"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const offer = await caller.offers.get({ id });
    const asked = openList(args, offerShowingsList, { offerId: id });
    const page = HEARING.some((one) => one === role)
      ? await caller.offers.showings({ ...asked.filters, ...asked.place, offerId: id, counted: true })
      : null;
    return {
      ...{ locale, offer, showings: page?.items ?? [], list: page && (await asked.view(page)) },
      ...(await offerChoices(caller, locale)),
      mayWrite: SELLING.some((one) => one === role),
      formKey: crypto.randomUUID(),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...SELLING]);
  return answer(args, async ({ caller }) => {
    const id = args.params.id ?? "";
    const form = await readForm(args.request);
    const act = form.text("act");
    try {
      if (act === "on" || act === "off") await caller.offers.switch({ id, on: act === "on" });
      else await caller.offers.edit({ id, revision: form.wholeNumber("revision") ?? -1, content: readOfferForm(form) });
      return data({ done: true, problem: null });
    } catch (error) {
      const kind = refusalOf(error)?.kind;
      if (kind !== "invalid" && kind !== "conflict") throw error;
      const problem = kind === "invalid" ? ("refused" as const) : ("changed" as const);
      return data({ done: false, problem }, { status: formStatus(args.request, kind === "invalid" ? 422 : 409) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.offer.name ?? "", locale: page?.locale ?? "sv" });

/** An offer: what came of it, what it says, and to whom it was shown. */
export default function OfferPage() {
  const t = useT();
  const locale = useLocale();
  const { offer, showings, list, products, instead, mayWrite, formKey } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const columns: Column<(typeof showings)[number]>[] = [
    { key: "email", header: t("office.memberships.member"), phone: "title", cell: (one) => one.email },
    {
      key: "answer",
      header: t("offers.answer"),
      phone: "status",
      cell: (one) => (
        <>
          {t(`offers.answer.${one.answer ?? "open"}`)}
          {one.changeStatus && `, ${t(`memberships.state.${one.changeStatus}`).toLowerCase()}`}
        </>
      ),
    },
    {
      key: "reason",
      header: t("memberships.history.why"),
      phone: "meta",
      cell: (one) =>
        [one.reason && t(`membership.reason.${one.reason}`), one.comment].filter(Boolean).join(". ") || t("words.none"),
    },
    { key: "shown", header: t("offers.shownAt"), phone: "aside", cell: (one) => <Moment at={one.shownAt} withTime /> },
  ];
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <p>
          <Link to="/admin/offers">{t("offers.title")}</Link>
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="min-w-0 text-26 font-bold break-words">{offer.name}</h1>
          <Badge tone={offer.on ? "ok" : "neutral"}>{t(offer.on ? "offers.on" : "offers.off")}</Badge>
        </div>
        <p className="text-18">{offerWords(offer, t, locale)}</p>
      </div>
      {result?.done && <Banner live tone="ok" title={t("offers.saved")} />}
      {result?.problem && <Banner live tone="bad" title={t(`offers.${result.problem}`)} />}
      <DescriptionList
        rows={[
          { term: t("offers.shown"), value: offer.shown },
          { term: t("offers.answer.accepted"), value: offer.accepted },
          { term: t("offers.answer.declined"), value: offer.declined },
          { term: t("offers.answer.open"), value: offer.shown - offer.accepted - offer.declined },
        ]}
      />
      {mayWrite && (
        <>
          <Form method="post">
            <SubmitButton
              name="act"
              value={offer.on ? "off" : "on"}
              size="compact"
              variant={offer.on ? "danger" : "outline"}
            >
              {t(offer.on ? "offers.turnOff" : "offers.turnOn")}
            </SubmitButton>
          </Form>
          <OfficeSection title={t("offers.edit")}>
            <OfferForm key={offer.revision} offer={offer} products={products} instead={instead} formKey={formKey} />
          </OfficeSection>
        </>
      )}
      {list ? (
        <ListPage
          part
          definition={listAt(offerShowingsList, `/admin/offers/${offer.id}`)}
          list={list}
          columns={columns}
          rows={showings}
          rowKey={(one) => one.id}
          rowHref={(one) => `/admin/memberships/${one.subscriptionId}`}
        />
      ) : (
        <p className="text-fg-muted">{t("offers.showingsNotYours")}</p>
      )}
    </div>
  );
}
