import { Link } from "@remix-run/react";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import { useRootData } from "~/lib/page/root-data.ts";
import { Icon } from "../icon.tsx";

/** What people ask before they join. Opens without a script. */
export function Questions() {
  const t = useT();
  const locale = useLocale();
  const email = useRootData()?.company.email ?? "";
  const mail = <a href={`mailto:${email}`}>{email}</a>;
  const withdrawal = <Link to={`${pageIn("/terms", locale)}#withdrawal`}>{t("shop.footer.withdraw")}</Link>;
  return (
    <div className="max-w-prose divide-y divide-line border-y border-line">
      <Question title={t("shop.faq.term.question")}>{t("shop.faq.term.answer")}</Question>
      <Question title={t("shop.faq.cancel.question")}>
        <Rich message="shop.faq.cancel.answer" values={{ email: mail }} />
      </Question>
      <Question title={t("shop.faq.withdraw.question")}>
        <Rich message="shop.faq.withdraw.answer" values={{ link: withdrawal }} />
      </Question>
      <Question title={t("shop.faq.pause.question")}>
        <Rich message="shop.faq.pause.answer" values={{ email: mail }} />
      </Question>
    </div>
  );
}

function Question({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group py-1">
      <summary className="flex min-h-11 list-none items-center justify-between gap-4 py-2 text-18 font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <Icon of={Plus} className="transition-transform duration-(--duration-popover) group-open:rotate-45" />
      </summary>
      <p className="pb-4">{children}</p>
    </details>
  );
}
