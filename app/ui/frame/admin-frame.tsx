import { Form, Link, useLocation } from "@remix-run/react";
import { Menu, Search, Store } from "lucide-react";
import type { ReactNode } from "react";
import { formatDateTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { useRootData } from "~/lib/page/root-data.ts";
import { Icon } from "../icon.tsx";
import { LogoMark } from "../logo.tsx";
import { isOn, OFFICE_PAGES } from "../office/navigation.ts";
import { OfficeKeys } from "../office/office-keys.tsx";
import { LanguageSwitch, ThemeSwitch } from "./preference-switches.tsx";

/** What is wrong now, by the address it is put right at: shown beside that entry, and only when it is not zero. */
export type NavCounts = Partial<Record<string, number>>;

/** The back office: navigation left, search and the shop's clock on top, dense content. */
export function AdminFrame({
  children,
  counts = {},
  shortcuts,
}: {
  children: ReactNode;
  counts?: NavCounts;
  /** Single keys act, unless they were switched off in this browser. */
  shortcuts: boolean;
}) {
  const t = useT();
  return (
    <div className="min-h-dvh text-14 md:grid md:grid-cols-[14rem_minmax(0,1fr)] print:block">
      <nav aria-label={t("admin.nav.label")} className="no-print border-line max-md:border-b md:border-r md:bg-sunken">
        <div className="flex items-center justify-between gap-4 px-4 py-3 md:sticky md:top-0 md:flex-col md:items-stretch md:py-4">
          <Link to="/admin" className="inline-flex min-h-8 items-center gap-2 no-underline hover:no-underline">
            <LogoMark className="size-7" />
            <span className="text-16 font-bold">{t("admin.title")}</span>
          </Link>
          <div className="max-md:hidden">
            <AdminLinks counts={counts} />
          </div>
          <details className="relative md:hidden">
            <summary className="inline-flex min-h-11 min-w-11 list-none items-center justify-center rounded-control hover:bg-sunken [&::-webkit-details-marker]:hidden">
              <Icon of={Menu} />
              <span className="sr-only">{t("words.menu")}</span>
            </summary>
            <div className="absolute right-0 z-30 mt-2 w-64 rounded-card border border-line-strong bg-raised p-2 shadow-popover">
              <AdminLinks counts={counts} />
            </div>
          </details>
        </div>
      </nav>
      <div className="flex min-w-0 flex-col">
        <TopBar shortcuts={shortcuts} />
        <main id="content" tabIndex={-1} className="w-full max-w-office grow px-4 py-6 focus:outline-none md:px-8">
          {children}
        </main>
      </div>
    </div>
  );
}

function AdminLinks({ counts }: { counts: NavCounts }) {
  const t = useT();
  const { pathname } = useLocation();
  return (
    <>
      {OFFICE_PAGES.map((group) => (
        <ul key={group[0]?.to} className="border-line py-2 not-first:border-t">
          {group.map((item) => (
            <li key={item.to}>
              <Link
                to={item.to}
                aria-current={isOn(item, pathname) ? "page" : undefined}
                className="flex min-h-8 items-center justify-between rounded-compact px-2 no-underline hover:bg-neutral hover:no-underline aria-[current]:bg-neutral aria-[current]:font-medium pointer-coarse:min-h-11"
              >
                {t(item.label)}
                {(counts[item.to] ?? 0) > 0 && <span className="tabular text-13 font-medium">{counts[item.to]}</span>}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </>
  );
}

function TopBar({ shortcuts }: { shortcuts: boolean }) {
  const t = useT();
  const locale = useLocale();
  const data = useRootData();
  return (
    <header className="no-print flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2 md:px-8">
      <Form action="/admin/search" role="search" className="relative min-w-48 grow md:max-w-form">
        <Icon of={Search} size={16} className="pointer-events-none absolute inset-y-0 left-2.5 my-auto text-fg-muted" />
        <input
          type="search"
          name="q"
          data-office-search
          aria-keyshortcuts="Meta+K Control+K"
          aria-label={t("admin.search")}
          placeholder={t("admin.search")}
          className="min-h-8 w-full rounded-compact border border-control bg-surface pr-2 pl-8 text-14 pointer-coarse:min-h-11 pointer-coarse:text-16"
        />
      </Form>
      <OfficeKeys on={shortcuts} />
      <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-2 text-13">
        {data?.viewer.kind === "staff" && (
          <span className="text-fg-muted">
            {t("admin.role", {
              role: data.viewer.role ? t(`errors.role.${data.viewer.role}`) : t("errors.role.staff"),
            })}
          </span>
        )}
        {data && (
          <span className="tabular text-fg-muted" title={t("admin.clock")}>
            <span className="sr-only">{t("admin.clock")} </span>
            {formatDateTime(data.businessNow, locale, "table")}
          </span>
        )}
        <Link to="/" className="inline-flex min-h-8 items-center gap-1.5">
          <Icon of={Store} size={16} />
          {t("admin.toShop")}
        </Link>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}
