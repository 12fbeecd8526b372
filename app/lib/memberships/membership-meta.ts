import type { MetaFunction } from "@remix-run/node";
import { t as translate } from "../i18n/translate.ts";
import { pageMeta } from "../page/page-title.ts";
import type { membershipLoader } from "./membership-data.server.ts";

/** Title and description; where the page is in the other language stands in the head of every page. */
export const membershipMeta: MetaFunction<typeof membershipLoader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const t = translate(locale);
  return pageMeta({ title: t("shop.memberships.title"), description: t("shop.memberships.description"), locale });
};
