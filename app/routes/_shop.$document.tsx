import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { cookies } from "~/content/cookies.ts";
import { namingSeller, type TextDocument } from "~/content/document.ts";
import { privacy } from "~/content/privacy.ts";
import { terms } from "~/content/terms.ts";
import type { Failure } from "~/lib/failure.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Locale } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page/page-title.ts";

const DEMO = { terms, privacy, cookies } as const satisfies Record<string, Record<Locale, TextDocument>>;
const NAMES: Record<string, keyof typeof DEMO> = {
  villkor: "terms",
  terms: "terms",
  integritet: "privacy",
  privacy: "privacy",
  cookies: "cookies",
};

/** The pages of text, by address; any other single word leads nowhere. */
export function loader({ params, context }: LoaderFunctionArgs) {
  const word = params.document ?? "";
  const name = Object.hasOwn(NAMES, word) ? NAMES[word] : undefined;
  if (!name) throw data<Failure>({ requestId: context.requestId }, { status: 404 });
  const found = (context.ownTexts[name] ?? DEMO[name])[context.locale];
  return { locale: context.locale, document: namingSeller(found, context.company) };
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page ? pageMeta({ ...page.document, locale: page.locale }) : [];

export default function Document() {
  const t = useT();
  const locale = useLocale();
  const { document } = useLoaderData<typeof loader>();
  return (
    <article className="mx-auto flex w-full max-w-account flex-col gap-8 px-4 pt-8 md:px-6 md:pt-16">
      <header className="flex max-w-prose flex-col gap-3">
        <h1 className="type-display text-display">{document.title}</h1>
        <p className="text-18">{document.lead}</p>
        <p className="text-14 text-fg-muted">
          {t("words.updated", { date: formatDate(document.updated, locale, "prose") })}
        </p>
      </header>
      {document.sections.map((section) => (
        <section key={section.id} id={section.id} className="flex max-w-prose scroll-mt-6 flex-col gap-3">
          <h2 className="text-26">{section.title}</h2>
          {section.paragraphs.map((paragraph) =>
            typeof paragraph === "string" ? (
              <p key={paragraph}>{paragraph}</p>
            ) : (
              <ul key={paragraph.join()} className="flex list-disc flex-col gap-1 pl-5">
                {paragraph.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
            ),
          )}
        </section>
      ))}
    </article>
  );
}
