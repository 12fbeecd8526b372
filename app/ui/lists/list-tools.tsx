import { Form, useLocation } from "@remix-run/react";
import { Columns3, Download } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import type { ListDefinition } from "~/lib/lists/definition.ts";
import type { ListView } from "~/lib/lists/list-view.ts";
import { listHref } from "~/lib/lists/read-list.ts";
import { Button } from "../button.tsx";
import { buttonClass } from "../button-style.ts";
import { Checkbox } from "../checkbox.tsx";
import type { Column } from "../data-table.tsx";
import { Icon } from "../icon.tsx";

type ListToolsProps = {
  definition: ListDefinition;
  list: ListView;
  columns: readonly Pick<Column<never>, "key" | "header">[];
  exportable: boolean;
};

/** Which columns are shown, and the list as a file. */
export function ListTools({ definition, list, columns, exportable }: ListToolsProps) {
  const t = useT();
  const { pathname, search } = useLocation();
  const [, ...choosable] = columns;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {choosable.length > 1 && (
        <details className="relative max-md:hidden">
          <summary
            className={`${buttonClass({ variant: "outline", size: "compact" })} list-none [&::-webkit-details-marker]:hidden`}
          >
            <Icon of={Columns3} size={16} />
            {t("lists.columns")}
          </summary>
          <div className="absolute right-0 z-20 mt-2 w-64 rounded-card border border-line-strong bg-raised p-4 shadow-popover">
            <Form method="post" action="/preferences" className="flex flex-col gap-3" key={list.columns?.join(".")}>
              <input type="hidden" name="list" value={definition.name} />
              <input type="hidden" name="returnTo" value={`${pathname}${search}`} />
              {choosable.map((column) => (
                <Checkbox
                  key={column.key}
                  name="column"
                  value={column.key}
                  label={<span className="text-14">{column.header}</span>}
                  defaultChecked={list.columns === null || list.columns.includes(column.key)}
                />
              ))}
              <p className="text-13 text-fg-muted">{t("lists.columns.hint")}</p>
              <div className="flex gap-2">
                <Button type="submit" size="compact" variant="solid">
                  {t("words.save")}
                </Button>
                <Button type="submit" size="compact" variant="quiet" name="all" value="yes">
                  {t("lists.columns.all")}
                </Button>
              </div>
            </Form>
          </div>
        </details>
      )}
      {exportable && (
        <a
          href={listHref(`/admin/export/${definition.name}`, list.query, list.within)}
          download
          className={buttonClass({ variant: "outline", size: "compact" })}
        >
          <Icon of={Download} size={16} />
          {t("lists.export")}
        </a>
      )}
    </div>
  );
}
