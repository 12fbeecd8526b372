import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { settingsList } from "~/lib/lists/settings.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { ShortcutSwitch } from "~/ui/office/shortcuts.tsx";

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale, company, installation, profile, sandboxUrl, cookieValue }) => {
    const asked = openList(args, settingsList);
    const settings = await caller.reporting.settings({ ...asked.filters, ...asked.place, counted: true });
    return {
      locale,
      settings: settings.items,
      list: await asked.view(settings),
      // What was written a moment ago, before this process has seen it.
      company: (await caller.company.history({ limit: 1 })).items[0] ?? company,
      mayEdit: role === "owner",
      mayRule: role === "owner" || role === "finance",
      saved: new URL(args.request.url).searchParams.has("company"),
      profile,
      sandboxUrl,
      installation,
      shortcuts: cookieValue("shortcuts") !== "off",
      state: await caller.reporting.state(),
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("settings.title"), locale });
};

type Data = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>;

/** How the shop is set up. Who sells is written here; everything else comes from the environment, and is read only. */
export default function SettingsPage() {
  const t = useT();
  const { company, mayEdit, mayRule, saved, sandboxUrl, shortcuts, settings, list, ...rest } =
    useLoaderData<typeof loader>();
  return (
    <div className="flex flex-col gap-8">
      {saved && <Banner live tone="ok" title={t("settings.company.saved")} />}
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">{t("settings.title")}</h1>
        <p className="max-w-prose text-fg-muted">{t("settings.about")}</p>
      </div>
      <div className="grid gap-8 lg:grid-cols-2">
        <OfficeSection title={t("settings.company")}>
          <DescriptionList
            prose
            rows={[
              { term: t("settings.company.name"), value: company.name },
              { term: t("settings.company.orgNumber"), value: company.orgNumber },
              { term: t("settings.company.vatNumber"), value: company.vatNumber },
              { term: t("settings.company.address"), value: company.address },
              { term: t("settings.company.email"), value: <span className="break-all">{company.email}</span> },
              { term: t("settings.company.phone"), value: company.phone ?? t("words.none") },
              { term: t("settings.company.bank"), value: company.bank ?? t("words.none") },
            ]}
          />
          {mayEdit && (
            <div>
              <LinkButton to="/admin/settings/company" size="compact">
                {t("settings.company.edit")}
              </LinkButton>
            </div>
          )}
        </OfficeSection>
        {mayRule && (
          <OfficeSection title={t("settings.changes")}>
            <p className="max-w-prose text-fg-muted">{t("settings.changes.summary")}</p>
            <div>
              <LinkButton to="/admin/settings/changes" size="compact">
                {t("settings.changes.edit")}
              </LinkButton>
            </div>
          </OfficeSection>
        )}
        <Installation data={rest} />
        <OfficeSection title={t("settings.clock")}>
          <p>
            <Moment at={rest.state.businessNow} style="prose" withTime />
          </p>
          {sandboxUrl ? (
            <>
              <p className="max-w-prose text-fg-muted">{t("settings.clock.sandbox")}</p>
              <div>
                <LinkButton to={sandboxUrl} size="compact" reloadDocument>
                  {t("settings.clock.move")}
                </LinkButton>
              </div>
            </>
          ) : (
            <p className="max-w-prose text-fg-muted">{t("settings.clock.real")}</p>
          )}
        </OfficeSection>
        <OfficeSection title={t("lists.keys.title")}>
          <p className="max-w-prose text-fg-muted">{t("lists.keys.about")}</p>
          <ShortcutSwitch on={shortcuts} />
        </OfficeSection>
      </div>
      <Processes processes={rest.state.processes} />
      <Effective settings={settings} list={list} />
    </div>
  );
}

function Installation({ data }: { data: Pick<Data, "installation" | "state" | "profile"> }) {
  const t = useT();
  const { installation, state, profile } = data;
  const pending = installation.knownMigrations - state.appliedMigrations;
  return (
    <OfficeSection title={t("settings.installation")}>
      <DescriptionList
        prose
        rows={[
          { term: t("settings.profile"), value: t(`settings.profile.${profile}`) },
          { term: "Kraftverk", value: installation.product },
          { term: "Node", value: installation.node },
          { term: "PostgreSQL", value: state.postgres },
          {
            term: t("settings.migrations"),
            value: (
              <Badge tone={pending === 0 ? "ok" : "warn"}>
                {pending === 0
                  ? t("settings.migrations.done", { count: state.appliedMigrations })
                  : pending > 0
                    ? t("settings.migrations.pending", { count: pending })
                    : t("settings.migrations.ahead", { count: -pending })}
              </Badge>
            ),
          },
        ]}
      />
    </OfficeSection>
  );
}

function Processes({ processes }: { processes: Data["state"]["processes"] }) {
  const t = useT();
  const columns: Column<(typeof processes)[number]>[] = [
    { key: "kind", header: t("settings.process"), phone: "title", cell: (one) => t(`settings.process.${one.kind}`) },
    { key: "id", header: "Id", cell: (one) => <code className="font-mono text-13">{one.id}</code> },
    {
      key: "since",
      header: t("settings.process.since"),
      phone: "meta",
      cell: (one) => <Moment at={one.startedAt} withTime />,
    },
  ];
  return (
    <OfficeSection title={t("settings.processes")}>
      <DataTable caption={t("settings.processes")} columns={columns} rows={processes} rowKey={(one) => one.id} />
    </OfficeSection>
  );
}

function Effective({ settings, list }: Pick<Data, "settings" | "list">) {
  const t = useT();
  const columns: Column<(typeof settings)[number]>[] = [
    {
      key: "name",
      header: t("settings.setting"),
      phone: "title",
      cell: (setting) => <code className="font-mono text-13">{setting.name}</code>,
    },
    {
      key: "value",
      header: t("settings.value"),
      phone: "status",
      cell: (setting) =>
        setting.value !== null ? (
          <code className="font-mono text-13 break-all">{setting.value}</code>
        ) : (
          <span className="text-fg-muted">{t(`settings.value.${setting.as === "secret" ? "secret" : "unset"}`)}</span>
        ),
    },
    {
      key: "meaning",
      header: t("settings.meaning"),
      cell: (setting) => (
        <span className="block max-w-prose text-13 text-fg-muted">{t(`settings.means.${setting.name}`)}</span>
      ),
    },
  ];
  return (
    <ListPage
      part
      definition={settingsList}
      list={list}
      columns={columns}
      rows={settings}
      rowKey={(setting) => setting.name}
    >
      <p className="max-w-prose text-fg-muted">{t("settings.effective.about")}</p>
    </ListPage>
  );
}
