import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { columnsCookie, writeColumns } from "~/lib/lists/columns-cookie.ts";
import { addressInLocale, isLocale } from "~/lib/locale.ts";
import { localPath } from "~/lib/page/local-path.ts";
import { isTheme } from "~/lib/page/theme.ts";

const YEAR_SECONDS = 31_536_000;

export function loader() {
  return redirect("/");
}

/** Remembers language, theme, shortcuts and a list's columns, and leads back to where the visitor was. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const locale = form.get("locale");
  const theme = form.get("theme");
  let target = localPath(form.get("returnTo")) ?? "/";
  if (isTheme(theme)) context.setCookie("theme", theme, { maxAgeSeconds: YEAR_SECONDS });
  rememberColumns(form, context);
  const shortcuts = form.get("shortcuts");
  if (shortcuts === "on" || shortcuts === "off") {
    context.setCookie("shortcuts", shortcuts, { maxAgeSeconds: YEAR_SECONDS });
  }
  if (isLocale(locale)) {
    context.setCookie("locale", locale, { maxAgeSeconds: YEAR_SECONDS });
    target = addressInLocale(target, locale);
  }
  return redirect(target);
}

/** Which columns of a list are shown in this browser; choosing none or all is the same as never having chosen. */
function rememberColumns(form: FormData, context: ActionFunctionArgs["context"]): void {
  const list = form.get("list");
  if (typeof list !== "string" || !/^[a-z]{2,30}$/.test(list)) return;
  const columns = form.has("all") ? "" : writeColumns(form.getAll("column").map(String));
  context.setCookie(columnsCookie(list), columns, { maxAgeSeconds: columns === "" ? 0 : YEAR_SECONDS });
}
