import { Form } from "@remix-run/react";
import { X } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import type { ListDefinition } from "~/lib/lists/definition.ts";
import type { ListView } from "~/lib/lists/list-view.ts";
import { Button } from "../button.tsx";
import { buttonClass } from "../button-style.ts";
import { Field } from "../field.tsx";
import { Icon } from "../icon.tsx";
import { Tabs } from "../tabs.tsx";

/** A list's views of one's own as tabs, and the form that keeps what is filtered now under a name. */
export function SavedViews({ definition, list }: { definition: ListDefinition; list: ListView }) {
  const t = useT();
  const { path, name } = definition;
  const current = list.views.find((view) => view.query === list.query);
  const href = `${path}${list.query ? `?${list.query}` : ""}`;
  if (list.views.length === 0 && list.query === "") return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      {list.views.length > 0 && (
        <Tabs
          label={t("lists.views")}
          tabs={[
            { to: path, label: t("lists.views.all"), current: list.query === "" },
            ...list.views.map((view) => ({ to: `${path}?${view.query}`, label: view.name, current: view === current })),
          ]}
        />
      )}
      {current ? (
        <Form method="post" action="/admin/views">
          <input type="hidden" name="returnTo" value={path} />
          <input type="hidden" name="id" value={current.id} />
          <Button
            type="submit"
            name="intent"
            value="remove"
            size="compact"
            variant="quiet"
            icon={<Icon of={X} size={16} />}
          >
            {t("lists.views.remove", { name: current.name })}
          </Button>
        </Form>
      ) : (
        list.query !== "" && (
          <details className="relative">
            <summary
              className={`${buttonClass({ variant: "quiet", size: "compact" })} list-none [&::-webkit-details-marker]:hidden`}
            >
              {t("lists.views.save")}
            </summary>
            <Form
              method="post"
              action="/admin/views"
              className="absolute z-20 mt-2 flex w-72 max-w-[80vw] flex-col gap-3 rounded-card border border-line-strong bg-raised p-4 shadow-popover"
            >
              <input type="hidden" name="returnTo" value={href} />
              <input type="hidden" name="list" value={name} />
              <input type="hidden" name="query" value={list.query} />
              <Field compact name="name" label={t("lists.views.name")} required maxLength={60} />
              <Button type="submit" name="intent" value="save" size="compact" variant="solid">
                {t("words.save")}
              </Button>
            </Form>
          </details>
        )
      )}
    </div>
  );
}
