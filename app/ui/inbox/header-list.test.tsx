import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LanguageProvider } from "~/lib/i18n/language.tsx";
import { HeaderList, whyNoHeaders } from "./header-list.tsx";

type Props = Parameters<typeof HeaderList>[0];
const drawn = (props: Props, locale: "sv" | "en" = "en") =>
  renderToString(
    <LanguageProvider value={locale}>
      <HeaderList {...props} />
    </LanguageProvider>,
  );

test("each header that was kept has its row", () => {
  const headers = [
    { name: "user-agent", value: "Stripe/1.0 <b>" },
    { name: "signature-time", value: "1763812345" },
    { name: "signature-form", value: "stripe v1" },
  ] as const;
  const page = drawn({ headers: [...headers], why: "before" });
  expect(page.match(/<dt[^>]*>(.*?)<\/dt>/g)?.map((term) => term.replace(/<[^>]+>/g, ""))).toEqual([
    "User-Agent",
    "Time stamp of the signature (t)",
    "Verified signature",
  ]);
  expect(page.match(/<dd[^>]*>(.*?)<\/dd>/g)?.map((value) => value.replace(/<[^>]+>/g, ""))).toEqual([
    "Stripe/1.0 &lt;b&gt;",
    "1763812345",
    "stripe v1",
  ]);
  expect(drawn({ headers: [{ name: "signature-form", value: "none" }], why: "before" }, "sv")).toContain(
    "bara nyckeln",
  );
});

test("where there are none the page says why", () => {
  const at = new Date().toISOString();
  expect(drawn({ headers: null, why: whyNoHeaders({ source: "reconciled", emptiedAt: null }) })).toContain(
    "did not come as a request",
  );
  expect(drawn({ headers: null, why: whyNoHeaders({ source: "reconciled", emptiedAt: at }) })).toContain("Erased");
  expect(drawn({ headers: null, why: whyNoHeaders({ source: "delivered", emptiedAt: null }) })).toContain(
    "None are kept",
  );
});
