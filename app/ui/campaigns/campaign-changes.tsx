import { formatDateTime } from "~/lib/format/dates.ts";
import { formatEvery, formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Locale } from "~/lib/locale.ts";
import type { CampaignEditor } from "./campaign-editor-form.tsx";

type Change = CampaignEditor["changes"][number];
type Catalog = CampaignEditor["catalog"];

/** What differs between two descriptions of a campaign, line by line. */
export function CampaignChanges({ changes, catalog }: { changes: readonly Change[]; catalog: Catalog }) {
  const t = useT();
  const locale = useLocale();
  if (changes.length === 0) return <p className="text-fg-muted">{t("campaigns.editor.noChange")}</p>;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {changes.map((change) => {
        const field = t(`campaigns.editor.change.${change.field}`);
        const before = textOf(change, "before", catalog, locale);
        const after = textOf(change, "after", catalog, locale);
        const line =
          before === null
            ? t("campaigns.editor.change.added", { field, after: after ?? "" })
            : after === null
              ? t("campaigns.editor.change.removed", { field, before })
              : t("campaigns.editor.change.from", { field, before, after });
        return <li key={line}>{line}</li>;
      })}
    </ul>
  );
}

function textOf(change: Change, side: "before" | "after", catalog: Catalog, locale: Locale): string | null {
  const nameOf = (id: string) => catalog.find((product) => product.id === id)?.name[locale] ?? id;
  switch (change.field) {
    case "startAt":
    case "endAt": {
      const at = change[side];
      return at === null ? null : formatDateTime(at, locale, "prose");
    }
    case "product": {
      const id = change[side];
      return id === null ? null : nameOf(id);
    }
    case "price": {
      const price = change[side];
      if (price === null) return null;
      const { amount, currency, interval, intervalCount, stripePriceId, productId } = price;
      const sum = amount === null ? (stripePriceId ?? currency) : formatMoney({ amount, currency }, locale, "ledger");
      const every = interval === null ? [] : [formatEvery({ unit: interval, count: intervalCount ?? 1 }, locale)];
      return [sum, ...every, ...(productId === null ? [] : [nameOf(productId)])].join(", ");
    }
    default: {
      const value = change[side];
      return value === null || value === "" ? null : String(value);
    }
  }
}
