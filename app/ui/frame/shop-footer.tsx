import { Link } from "@remix-run/react";
import { Fragment } from "react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";
import { type RootData, useRootData } from "~/lib/page/root-data.ts";
import { classNames } from "../class-names.ts";
import { LanguageSwitch, ThemeSwitch } from "./preference-switches.tsx";

/** Who sells, under which terms, and how to take a purchase back: on every page, in the same place, and who sells on paper too; `aboveBar` where a bar covers a phone's lower edge. */
export function ShopFooter({ aboveBar = false }: { aboveBar?: boolean }) {
  const company = useRootData()?.company;
  return (
    <footer
      className={classNames(
        "mt-16 border-t border-line bg-sunken text-14 print:mt-8 print:bg-transparent",
        aboveBar && "max-md:pb-16",
      )}
    >
      <div className="mx-auto grid max-w-shop gap-8 px-4 py-10 md:grid-cols-[1fr_auto] md:px-6 print:py-4">
        <div className="no-print">
          <FooterLinks help={company?.email ?? null} />
        </div>
        <div className="no-print flex flex-wrap items-center gap-3">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        {company && <Seller company={company} />}
      </div>
    </footer>
  );
}

const FooterLinks = drawnOnce("footer-links", ({ help }: { help: string | null }) => {
  const t = useT();
  const locale = useLocale();
  const links = [
    { to: "/plans", label: t("plans.title") },
    { to: pageIn("/terms", locale), label: t("shop.footer.terms") },
    { to: "/withdraw", label: t("shop.footer.withdraw") },
    { to: pageIn("/privacy", locale), label: t("shop.footer.privacy") },
    { to: "/cookies", label: t("shop.footer.cookies") },
  ];
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {links.map((link) => (
        <li key={link.to}>
          <Link to={link.to} className="inline-flex min-h-8 items-center">
            {link.label}
          </Link>
        </li>
      ))}
      {help !== null && (
        <li>
          <a href={`mailto:${help}`} className="inline-flex min-h-8 items-center">
            {t("shop.footer.help")}
          </a>
        </li>
      )}
    </ul>
  );
});

const Seller = drawnOnce("seller", ({ company }: { company: RootData["company"] }) => {
  const t = useT();
  const facts = [
    company.name,
    t("shop.footer.orgNumber", { number: company.orgNumber }),
    t("shop.footer.vatNumber", { number: company.vatNumber }),
    company.address,
    ...[company.email, company.phone, company.bank].flatMap((fact) => fact || []),
  ];
  return (
    <address className="text-fg-muted not-italic md:col-span-2">
      {facts.map((fact, place) => (
        <Fragment key={fact}>
          {place > 0 && " · "}
          <span className="inline-block">{fact}</span>
        </Fragment>
      ))}
    </address>
  );
});
