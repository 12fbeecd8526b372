import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Locale } from "~/lib/locale.ts";
import type { OfficeLife } from "~/lib/memberships/office-life.ts";
import { actorWord } from "~/lib/office/act-words.ts";
import { causeWords } from "~/lib/office/told-words.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";

type Wish = OfficeLife["changes"][number];

/** Everything that was asked of a membership: by whom, why, and what came of it. */
export function MembershipWishes({ changes }: { changes: readonly Wish[] }) {
  const t = useT();
  const locale = useLocale();
  const columns: Column<Wish>[] = [
    {
      key: "what",
      header: t("memberships.history.what"),
      phone: "title",
      cell: (wish) =>
        wish.kind === "plan"
          ? `${t("memberships.kind.plan")}: ${t(`membership.way.${wish.timing}`)}`
          : [t(`memberships.kind.${wish.kind}`), wish.kind === "seats" || wish.kind === "units" ? wish.quantity : null]
              .filter((part) => part !== null)
              .join(": "),
    },
    {
      key: "state",
      header: t("memberships.history.state"),
      phone: "status",
      cell: (wish) => (
        <>
          {t(`memberships.state.${wish.status}`)}
          {wish.failureCode && <code className="ml-2 font-mono text-13">{wish.failureCode}</code>}
        </>
      ),
    },
    {
      key: "why",
      header: t("memberships.history.why"),
      phone: "meta",
      cell: (wish) =>
        [wish.reason ? t(`membership.reason.${wish.reason}`) : null, commentOf(wish, locale)]
          .filter(Boolean)
          .join(". ") || t("words.none"),
    },
    {
      key: "by",
      header: t("memberships.history.by"),
      phone: "meta",
      cell: (wish) =>
        wish.requestedBy.startsWith("customer:")
          ? t("office.memberships.member")
          : actorWord(wish.requestedBy, wish.who, t),
    },
    {
      key: "when",
      header: t("memberships.history.when"),
      phone: "aside",
      cell: (wish) => <Moment at={wish.createdAt} withTime />,
    },
  ];
  return <DataTable caption={t("memberships.history")} columns={columns} rows={changes} rowKey={(wish) => wish.id} />;
}

/** What a person wrote stays as it is; the shop's own reasons are put in the reader's words. */
function commentOf({ comment, requestedBy }: Wish, locale: Locale): string | null {
  return comment && requestedBy.startsWith("system:") ? causeWords(comment, locale) : comment;
}
