import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Icon } from "~/ui/icon.tsx";

export function loader(args: LoaderFunctionArgs) {
  const { email } = requireSignedIn(args);
  return answer(args, async ({ locale }) => ({ locale, email }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("balance.more.title"), locale });
};

/** The rest of the account, where the bar at the thumb has no room for it. */
export default function More() {
  const t = useT();
  const { email } = useLoaderData<typeof loader>();
  const pages = [
    { to: "/account/orders", label: t("account.nav.orders") },
    { to: "/account/organization", label: t("account.nav.organization") },
    { to: "/account/keys", label: t("account.nav.keys") },
    { to: "/account/security", label: t("account.nav.security") },
    { to: "/account/plan", label: t("plans.mine.title") },
  ];
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-26">{t("balance.more.title")}</h1>
        <p className="break-words text-fg-muted">{t("account.signedInAs", { who: email })}</p>
      </div>
      <ul className="divide-y divide-line border-y border-line">
        {pages.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} className="flex min-h-12 items-center justify-between gap-4 no-underline">
              {label}
              <Icon of={ChevronRight} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
