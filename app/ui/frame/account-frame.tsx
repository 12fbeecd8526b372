import { Link } from "@remix-run/react";
import {
  Building2,
  Coins,
  CreditCard,
  Ellipsis,
  House,
  IdCard,
  KeyRound,
  Layers,
  type LucideIcon,
  Package,
  ShieldCheck,
} from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";
import { useMenuPlace } from "~/lib/page/menu-place.ts";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon.tsx";
import { ShopFooter } from "./shop-footer.tsx";
import { ShopHeader } from "./shop-header.tsx";

type Item = { to: string; label: string; icon: LucideIcon; end?: boolean };

/** The member's pages: a left column on wide screens, a bar of five at the thumb on a phone. */
export function AccountFrame({ children, switcher }: { children: ReactNode; switcher: ReactNode }) {
  const here = useMenuPlace();
  return (
    <div className="flex min-h-dvh flex-col">
      <ShopHeader />
      <div className="mx-auto grid w-full max-w-shop grow content-start gap-x-12 px-4 md:grid-cols-[12rem_minmax(0,var(--container-account))] md:px-6 print:block">
        <AccountLinks here={here} />
        <div className="min-w-0">
          {switcher && <div className="-mx-3 pt-4 md:pt-9">{switcher}</div>}
          <main
            id="content"
            tabIndex={-1}
            className={classNames("min-w-0 focus:outline-none", switcher ? "pt-4" : "pt-6 md:pt-10")}
          >
            {children}
          </main>
        </div>
      </div>
      <ShopFooter aboveBar />
    </div>
  );
}

const AccountLinks = drawnOnce("account-links", ({ here }: { here: string }) => {
  const t = useT();
  const items: Item[] = [
    { to: "/account", label: t("account.nav.overview"), icon: House, end: true },
    { to: "/account/membership", label: t("account.nav.membership"), icon: IdCard },
    { to: "/account/billing", label: t("account.nav.billing"), icon: CreditCard },
    { to: "/account/credits", label: t("account.nav.credits"), icon: Coins },
    { to: "/account/orders", label: t("account.nav.orders"), icon: Package },
    { to: "/account/organization", label: t("account.nav.organization"), icon: Building2 },
    { to: "/account/keys", label: t("account.nav.keys"), icon: KeyRound },
    { to: "/account/security", label: t("account.nav.security"), icon: ShieldCheck },
    { to: "/account/plan", label: t("plans.mine.title"), icon: Layers },
  ];
  // Four and the way to the rest: what a thumb reaches.
  const atThumb: Item[] = [...items.slice(0, 4), { to: "/account/more", label: t("account.nav.more"), icon: Ellipsis }];
  const isAmongTheRest = items.slice(4).some((item) => isAt(item, here));
  return (
    <nav aria-label={t("account.nav.label")} className="no-print">
      <ul className="pt-10 max-md:hidden">
        {items.map((item) => (
          <li key={item.to}>
            <Link
              to={item.to}
              aria-current={isAt(item, here) ? "page" : undefined}
              className="flex min-h-11 items-center gap-3 rounded-control px-3 no-underline hover:bg-sunken hover:no-underline aria-[current]:bg-sunken aria-[current]:font-medium"
            >
              <Icon of={item.icon} />
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
      <ul className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line-strong bg-raised pb-[env(safe-area-inset-bottom)] md:hidden">
        {atThumb.map((item) => (
          // As wide as its word and an equal part of what is left: the words never touch.
          <li key={item.to} className="grow">
            <Link
              to={item.to}
              aria-current={isAt(item, here) ? "page" : undefined}
              data-here={(item.to === "/account/more" && isAmongTheRest) || undefined}
              className="flex min-h-16 flex-col items-center justify-center gap-1 text-12 text-fg-muted no-underline aria-[current]:font-medium aria-[current]:text-fg aria-[current]:shadow-[inset_0_2px_0_var(--fg)] data-here:font-medium data-here:text-fg data-here:shadow-[inset_0_2px_0_var(--fg)]"
            >
              <Icon of={item.icon} />
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
});

/** Its own address, or one below it. */
function isAt({ to, end }: Item, here: string): boolean {
  return here === to || (!end && here.startsWith(`${to}/`));
}
