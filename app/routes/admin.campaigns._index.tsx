import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { campaignState } from "~/lib/campaign-state.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StateFilter } from "~/ui/state-filter.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

const STATES = ["draft", "active", "ended", "deleted"] as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = { status: page.choice("status", STATES), q: page.filter("q")?.slice(0, 200) };
    const list = await caller.pricing.campaigns.list({ ...filters, cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, campaigns: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    try {
      const { id } = await caller.pricing.campaigns.editor.create({ name: form.text("name") });
      return redirect(`/admin/campaigns/${id}/edit`);
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ nameMissing: true }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.campaigns.title"), locale });
};

export default function Campaigns() {
  const t = useT();
  const { campaigns, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const navigation = useNavigation();
  const columns: Column<(typeof campaigns)[number]>[] = [
    { key: "name", header: t("office.campaigns.name"), phone: "title", cell: (campaign) => campaign.name },
    {
      key: "phase",
      header: t("office.campaigns.phase"),
      phone: "aside",
      cell: (campaign) => <StatusBadge of="campaign" state={campaignState(campaign.phase)} />,
    },
    {
      key: "products",
      header: t("office.campaigns.products"),
      phone: "status",
      cell: (campaign) => campaign.products.join(", ") || t("words.none"),
    },
    {
      key: "period",
      header: t("office.campaigns.until"),
      phone: "meta",
      cell: (campaign) => (campaign.endAt ? <Moment at={campaign.endAt} withTime /> : t("office.campaigns.open")),
    },
    {
      key: "problems",
      header: t("office.campaigns.prices"),
      cell: (campaign) =>
        campaign.problemCount > 0
          ? t("office.campaigns.problems", { count: campaign.problemCount })
          : t("office.campaigns.fine"),
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h1 className="text-26 font-bold">{t("office.campaigns.title")}</h1>
        <p className="flex flex-wrap gap-x-4">
          <Link to="/admin/announcements">{t("campaigns.incoming.link")}</Link>
          <Link to="/admin/endpoints">{t("campaigns.endpoints.link")}</Link>
        </p>
      </div>
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <div className="w-72 max-w-full">
          <Field
            compact
            name="name"
            label={t("campaigns.newName")}
            maxLength={200}
            error={result?.nameMissing ? t("campaigns.nameMissing") : undefined}
          />
        </div>
        <SubmitButton size="compact">{t("campaigns.create")}</SubmitButton>
      </Form>
      <FilterBar label={t("office.campaigns.title")} clearHref={filtered ? "/admin/campaigns" : undefined}>
        <Field compact type="search" name="q" label={t("office.campaigns.query")} defaultValue={filters.q} />
        <StateFilter of="campaign" states={STATES} current={filters.status} />
      </FilterBar>
      {campaigns.length === 0 ? (
        <EmptyState title={t(filtered ? "office.campaigns.noneMatch" : "office.campaigns.none")} />
      ) : (
        <DataTable
          caption={t("office.campaigns.title")}
          columns={columns}
          rows={campaigns}
          rowKey={(campaign) => campaign.id}
          rowHref={(campaign) => `/admin/campaigns/${encodeURIComponent(campaign.id)}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/campaigns"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
