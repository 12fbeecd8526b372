import { type ReactNode, useEffect, useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";

const BOX = "size-4 accent-(--color-solid) align-middle";

/** One row's tick: part of the form that acts on the chosen rows, wherever that stands on the page. */
export function SelectRow({ form, value, name }: { form: string; value: string; name: string }) {
  const t = useT();
  return (
    <input
      type="checkbox"
      form={form}
      name="id"
      value={value}
      aria-label={t("lists.select", { what: name })}
      className={BOX}
      data-row-select
    />
  );
}

/** Ticks every row of the page. Without JavaScript there is none: each row still has its own. */
export function SelectAll({ form }: { form: string }) {
  const t = useT();
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) return <span className="sr-only">{t("lists.selectAll")}</span>;
  return (
    <input
      type="checkbox"
      aria-label={t("lists.selectAll")}
      className={BOX}
      onChange={(event) => {
        for (const box of boxesOf(form)) box.checked = event.currentTarget.checked;
        document.getElementById(form)?.dispatchEvent(new Event("change", { bubbles: true }));
      }}
    />
  );
}

/** The bar of what can be done with the chosen rows, and how many they are. Its form has the id the rows were given. */
export function BulkBar({ form, children }: { form: string; children: ReactNode }) {
  const t = useT();
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    const recount = () => setCount(boxesOf(form).filter((box) => box.checked).length);
    recount();
    document.addEventListener("change", recount);
    return () => document.removeEventListener("change", recount);
  }, [form]);
  return (
    <div className="flex flex-wrap items-end gap-3 rounded-card border border-line bg-surface p-3 max-md:hidden">
      <p role="status" className="min-h-8 content-center pr-2 font-medium">
        {count ? t("lists.selected", { count }) : t("lists.selectHint")}
      </p>
      {children}
    </div>
  );
}

function boxesOf(form: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[data-row-select][form="${CSS.escape(form)}"]`)];
}
