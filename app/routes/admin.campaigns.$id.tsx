import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { campaignState } from "~/lib/campaigns/campaign-state.ts";
import { testedPrice } from "~/lib/campaigns/tested-price.server.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { type CampaignActResult, CampaignActs } from "~/ui/campaigns/campaign-acts.tsx";
import { CampaignPrices } from "~/ui/campaigns/campaign-prices.tsx";
import { CodeBlock } from "~/ui/code-block.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { HeaderList } from "~/ui/inbox/header-list.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { PriceTester } from "~/ui/pricing/price-tester.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const campaign = await caller.pricing.campaigns.get({ id: args.params.id ?? "" });
    const known = campaign.products.flatMap(({ id, name, currencies }) =>
      name === null ? [] : [{ id, name, currencies, variants: [] }],
    );
    return { locale, campaign, known, tested: await testedPrice(caller, listPage(args.request), known) };
  });
}

const NOTHING: CampaignActResult = { done: null, reasonMissing: false, typedNote: null };

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    const { editor } = caller.pricing.campaigns;
    const outcome = (given: Partial<CampaignActResult>, status = 200) =>
      data({ ...NOTHING, ...given }, { status: formStatus(args.request, status) });
    const note = form.text("note");
    try {
      switch (form.text("act")) {
        case "end":
          await editor.end({ id, reason: form.text("reason") });
          return outcome({ done: "ended" });
        case "resume":
          await editor.resume({ id, reason: form.text("reason") });
          return outcome({ done: "resumed" });
        default:
          await editor.note({ id, note, before: form.text("before") });
          return outcome({ done: "noted" });
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code === "pricing.draft.conflict") return outcome({ typedNote: note }, 409);
      if (refusal?.kind === "invalid") return outcome({ reasonMissing: true }, 422);
      throw error;
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: data?.campaign.name ?? "Campaign", locale: data?.locale ?? "sv" });

export default function CampaignPage() {
  const t = useT();
  const locale = useLocale();
  const { campaign, known, tested } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>() ?? NOTHING;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 text-26 font-bold break-words">{campaign.name}</h1>
        <StatusBadge of="campaign" state={campaignState(campaign.phase)} />
        {campaign.source === "staff" && campaign.status !== "deleted" && (
          <span className="ml-auto">
            <LinkButton to="edit" size="compact" variant="outline">
              {t("campaigns.edit")}
            </LinkButton>
          </span>
        )}
      </div>
      <p className="max-w-prose">{t(`campaigns.owns.${campaign.source}`)}</p>
      <DescriptionList
        prose
        rows={[
          { term: "Id", value: <CopyText text={campaign.id} what="id" /> },
          { term: t("office.campaigns.owner"), value: t(`office.campaigns.owner.${campaign.source}`) },
          {
            term: t("office.campaigns.from"),
            value: campaign.startAt ? <Moment at={campaign.startAt} withTime /> : t("words.none"),
          },
          {
            term: t("office.campaigns.until"),
            value: campaign.endAt ? <Moment at={campaign.endAt} withTime /> : t("office.campaigns.open"),
          },
          ...(campaign.durationMonths === null
            ? []
            : [
                {
                  term: t("office.campaigns.period"),
                  value: t("office.campaigns.months", { count: campaign.durationMonths }),
                },
              ]),
          {
            term: t("office.campaigns.products"),
            value:
              campaign.products
                .map((p) =>
                  p.known ? (p.name?.[locale] ?? p.id) : `${p.id} (${t("office.campaigns.unknownProduct")})`,
                )
                .join(", ") || t("words.none"),
          },
        ]}
      />
      <CampaignPrices campaign={campaign} />
      <CampaignActs campaign={campaign} result={result} />
      <PriceTester products={known} {...tested} />
      {campaign.announcements.length > 0 && (
        <OfficeSection title={t("office.campaigns.announcements")}>
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {campaign.announcements.map((announcement) => (
              <li key={announcement.id} className="py-3">
                <details>
                  <summary className="flex flex-wrap items-baseline gap-3">
                    <code className="font-mono text-13">{announcement.action}</code>
                    <span>{t(`office.campaigns.result.${announcement.result}`)}</span>
                    <span className="ml-auto text-fg-muted">
                      <Moment at={announcement.receivedAt} withTime />
                    </span>
                  </summary>
                  <div className="flex flex-col gap-4 pt-2">
                    <CodeBlock code={announcement.body} label={t("office.campaigns.body")} />
                    <HeaderList headers={announcement.headers} why="before" />
                  </div>
                </details>
              </li>
            ))}
          </ul>
        </OfficeSection>
      )}
    </div>
  );
}
