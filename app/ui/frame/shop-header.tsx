import { Link, NavLink, useLocation } from "@remix-run/react";
import { LayoutDashboard, type LucideIcon, Menu, ShoppingBag, User } from "lucide-react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";
import { useRootData } from "~/lib/page/root-data.ts";
import { usePrefetch } from "~/lib/page/use-prefetch.ts";
import { Icon } from "../icon.tsx";
import { Logo } from "../logo.tsx";

const LINK =
  "inline-flex min-h-11 items-center gap-2 rounded-control px-3 no-underline hover:bg-sunken hover:no-underline";

type HeaderProps = {
  /** The first part of the address: which of the links leads to where one is. */
  section: string;
  viewer: "anonymous" | "customer" | "staff";
  cartCount: number;
};

/** Name, the two things one can do here, account and cart. On a phone the rest folds into a menu that needs no script. */
export function ShopHeader() {
  const section = useLocation().pathname.toLowerCase().split("/", 2).join("/");
  const data = useRootData();
  return <Header section={section} viewer={data?.viewer.kind ?? "anonymous"} cartCount={data?.cartCount ?? 0} />;
}

const Header = drawnOnce("header", ({ viewer, cartCount }: HeaderProps) => {
  const t = useT();
  return (
    <header className="no-print border-b border-line">
      <div className="mx-auto flex max-w-shop flex-wrap items-center justify-between gap-x-4 px-4 py-2 md:px-6">
        <Link to="/" className="inline-flex min-h-11 items-center rounded-control no-underline hover:no-underline">
          <Logo />
        </Link>
        <nav aria-label={t("shop.nav.label")} className="contents">
          <ul className="mr-auto ml-4 flex max-md:hidden">
            <MainLinks />
          </ul>
          <ul className="flex items-center">
            <li className="max-md:hidden">
              <PersonLink viewer={viewer} />
            </li>
            <li>
              <Link to="/cart" className={LINK} aria-label={t("checkout.cart.openWith", { count: cartCount })}>
                <Icon of={ShoppingBag} />
                <span className="max-sm:sr-only">{t("checkout.cart.open")}</span>
                {cartCount > 0 && (
                  <span className="tabular grid h-6 min-w-6 place-items-center rounded-full bg-solid px-1.5 text-13 font-medium text-on-solid">
                    {cartCount}
                  </span>
                )}
              </Link>
            </li>
            <li className="md:hidden">
              <PhoneMenu viewer={viewer} />
            </li>
          </ul>
        </nav>
      </div>
    </header>
  );
});

function MainLinks() {
  const t = useT();
  const membershipPage = pageIn("/membership", useLocale());
  const toMembership = usePrefetch(membershipPage);
  const toProducts = usePrefetch("/products");
  return (
    <>
      <li>
        <NavLink to={membershipPage} prefetch={toMembership} className={LINK}>
          {t("shop.nav.memberships")}
        </NavLink>
      </li>
      <li>
        <NavLink to="/products" prefetch={toProducts} className={LINK}>
          {t("shop.nav.products")}
        </NavLink>
      </li>
    </>
  );
}

function PersonLink({ viewer }: Pick<HeaderProps, "viewer">) {
  const t = useT();
  const [to, label, icon]: [string, string, LucideIcon] =
    viewer === "staff"
      ? ["/admin", t("shop.nav.admin"), LayoutDashboard]
      : viewer === "customer"
        ? ["/account", t("shop.nav.account"), User]
        : ["/login", t("words.signIn"), User];
  return (
    <Link to={to} className={LINK}>
      <Icon of={icon} />
      {label}
    </Link>
  );
}

function PhoneMenu({ viewer }: Pick<HeaderProps, "viewer">) {
  const t = useT();
  return (
    <details className="group relative">
      <summary className={`${LINK} list-none [&::-webkit-details-marker]:hidden`}>
        <Icon of={Menu} />
        <span className="sr-only">{t("words.menu")}</span>
      </summary>
      <ul className="absolute right-0 z-30 mt-2 flex w-64 flex-col rounded-card border border-line-strong bg-raised p-2 shadow-popover">
        <MainLinks />
        <li className="mt-2 border-t border-line pt-2">
          <PersonLink viewer={viewer} />
        </li>
      </ul>
    </details>
  );
}
