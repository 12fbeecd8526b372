import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { localPath } from "~/lib/local-path.ts";
import { isLocale, pathInLocale } from "~/lib/locale.ts";
import { isTheme } from "~/lib/theme.ts";

const YEAR_SECONDS = 31_536_000;

export function loader() {
  return redirect("/");
}

/** Remembers language and theme, and leads back to where the visitor was. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const locale = form.get("locale");
  const theme = form.get("theme");
  let target = localPath(form.get("returnTo")) ?? "/";
  if (isTheme(theme)) context.setCookie("theme", theme, { maxAgeSeconds: YEAR_SECONDS });
  if (isLocale(locale)) {
    context.setCookie("locale", locale, { maxAgeSeconds: YEAR_SECONDS });
    target = pathInLocale(target, locale);
  }
  return redirect(target);
}
