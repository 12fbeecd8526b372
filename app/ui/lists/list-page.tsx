import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { ListDefinition } from "~/lib/lists/definition.ts";
import type { ListView } from "~/lib/lists/list-view.ts";
import { listHref } from "~/lib/lists/read-list.ts";
import { INTL_TAG } from "~/lib/locale.ts";
import { Banner } from "../banner.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { KeysetPaging } from "../keyset-paging.tsx";
import { LinkButton } from "../link-button.tsx";
import { ListFilters } from "./list-filters.tsx";
import { ListTools } from "./list-tools.tsx";
import { SavedViews } from "./saved-views.tsx";

type ListPageProps<Row> = {
  definition: ListDefinition;
  list: ListView;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref?: (row: Row) => string;
  /** The page's one action, such as "create". */
  action?: ReactNode;
  /** Between the heading and the filters: figures, notices. */
  children?: ReactNode;
  /** Rows can be chosen for a form with this id; `bulk` is that form. */
  selection?: { form: string; name: (row: Row) => string };
  bulk?: ReactNode;
  /** Cards instead of the table's rows, where a row has its own acts and words. */
  items?: ReactNode;
  /** Comma-separated values of the whole list; on unless a list has none. */
  exportable?: boolean;
  /** It stands on a record's own page, under that page's heading. */
  part?: boolean;
};

/**
 * A whole list of the back office: heading with the number of rows, saved views, filters, columns, export, the table, paging
 * and what stands there when it is empty. Everything but what the columns show is the same in every list.
 */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { definition, list, columns, rows, rowKey, rowHref, selection, exportable = true, part = false } = props;
  const t = useT();
  const navigation = useNavigation();
  const filtered = Object.keys(list.filters).length > 0;
  // Nothing has happened to the record yet: the page's own forms are what is next.
  const bare = part && rows.length === 0 && !filtered && !list.lost;
  const at = (changes: Record<string, string | null>) => listHref(definition.path, list.query, changes);
  const refused = list.refused.flatMap((name) => definition.fields[name] ?? []).map((field) => t(field.label));
  const shown = list.columns
    ? columns.filter((column, index) => index === 0 || list.columns?.includes(column.key))
    : columns;
  const sortable = shown.map((column) =>
    column.key in definition.sorts
      ? { ...column, sortHref: (dir: "asc" | "desc") => at({ sort: column.key, dir }) }
      : column,
  );
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
        {part ? (
          <h2 className="text-18 font-bold">{t(definition.title)}</h2>
        ) : (
          <h1 className="text-26 font-bold">{t(definition.title)}</h1>
        )}
        {list.total && <TotalRows total={list.total} />}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {!bare && <ListTools definition={definition} list={list} columns={columns} exportable={exportable} />}
          {props.action}
        </div>
      </div>
      {props.children}
      {!bare && <SavedViews definition={definition} list={list} />}
      {!bare && <ListFilters definition={definition} list={list} />}
      {list.refused.length > 0 && <Banner tone="warn" title={t("lists.refused", { names: refused.join(", ") })} />}
      {props.bulk}
      {rows.length > 0 && props.items ? (
        props.items
      ) : rows.length > 0 ? (
        <DataTable
          caption={t(definition.title)}
          columns={sortable}
          rows={rows}
          rowKey={rowKey}
          rowHref={rowHref}
          selection={selection}
          sort={list.sort && list.direction ? { key: list.sort, direction: list.direction } : undefined}
          stale={navigation.state === "loading" && navigation.location.pathname === definition.path}
        />
      ) : list.lost ? (
        <EmptyState title={t("lists.lost")} action={<LinkButton to={at({})}>{t("lists.first")}</LinkButton>} />
      ) : bare ? (
        <p className="text-fg-muted">{t(definition.empty.ever)}</p>
      ) : (
        <EmptyState
          title={t(filtered ? definition.empty.filtered : definition.empty.ever)}
          action={
            filtered ? (
              <LinkButton to={definition.path}>{t("words.clearFilters")}</LinkButton>
            ) : (
              <LinkButton to={definition.empty.next.to}>{t(definition.empty.next.label)}</LinkButton>
            )
          }
        >
          {filtered ? t("lists.empty.clear") : definition.empty.why && t(definition.empty.why)}
        </EmptyState>
      )}
      <KeysetPaging
        previousHref={list.previousCursor ? at({ cursor: list.previousCursor }) : list.lost ? at({}) : null}
        nextHref={list.nextCursor ? at({ cursor: list.nextCursor }) : null}
      />
    </div>
  );
}

function TotalRows({ total }: { total: NonNullable<ListView["total"]> }) {
  const t = useT();
  const locale = useLocale();
  const count = new Intl.NumberFormat(INTL_TAG[locale]).format(total.count);
  return (
    <p className="tabular text-fg-muted">
      {total.more ? t("lists.totalMore", { count }) : t("lists.total", { count: total.count })}
    </p>
  );
}
