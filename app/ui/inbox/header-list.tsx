import { useT } from "~/lib/i18n/language.tsx";
import type { Caller } from "../../../server/trpc/router.ts";
import { DescriptionList } from "../description-list.tsx";

type Event = Awaited<ReturnType<Caller["webhooks"]["events"]["get"]>>;

/** Why an event has no headers, where it has none. */
export function whyNoHeaders(event: { source: Event["source"]; emptiedAt: Date | string | null }) {
  if (event.emptiedAt !== null) return "emptied";
  return event.source === "reconciled" ? "reconciled" : "before";
}

type Props = { headers: Event["headers"]; why: ReturnType<typeof whyNoHeaders> };

/** The headers that are kept of a notification, by their own names; where there are none, why. */
export function HeaderList({ headers, why }: Props) {
  const t = useT();
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-14 text-fg-muted">{t("webhooks.headers")}</h2>
      {headers === null ? (
        <p className="max-w-prose">{t(`webhooks.noHeaders.${why}`)}</p>
      ) : (
        <DescriptionList
          prose
          rows={headers.map(({ name, value }) => ({
            term: t(`webhooks.header.${name}`),
            value: (
              <span className="wrap-anywhere">
                {name === "signature-form" && value === "none" ? t("webhooks.unsigned") : value}
              </span>
            ),
          }))}
        />
      )}
    </section>
  );
}
