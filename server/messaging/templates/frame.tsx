import { Body, Container, Head, Hr, Html, Img, Link, Preview, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import type { Locale } from "../../../app/lib/locale.ts";
import type { MailBrand, Sender } from "../mail-templates.ts";
import { dark, fontFamily, light, yellow } from "./tokens.ts";

const DARK_RULES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: ${dark.canvas} !important; }
  .surface { background-color: ${dark.surface} !important; border-color: ${dark.line} !important; }
  .text, .text a { color: ${dark.text} !important; }
  .muted, .muted a { color: ${dark.muted} !important; }
  .line { border-color: ${dark.line} !important; }
  .action { border-color: ${yellow.fill} !important; }
}
@media (max-width: 480px) { .surface { padding: 24px 20px !important; } }`;

const WORDS = {
  sv: {
    org: "Org.nr",
    vat: "Momsreg.nr",
    automatic: "Du får det här mejlet för att det hör till ditt konto eller ditt köp.",
  },
  en: {
    org: "Company no.",
    vat: "VAT no.",
    automatic: "You receive this email because it belongs to your account or your purchase.",
  },
};

/** What every mail has around its words: the mark, the sheet, and who sent it. `preview` is the line a mailbox shows first. */
export function Frame({
  locale,
  sender,
  preview,
  brand,
  why,
  children,
}: {
  locale: Locale;
  sender: Sender;
  preview: string;
  /** Of the organization that it is about; null: the shop's own. */
  brand: MailBrand | null;
  /** Why it comes; undefined: it is about the reader's account or purchase. */
  why: string | undefined;
  children: ReactNode;
}) {
  const words = WORDS[locale];
  const { company } = sender;
  return (
    <Html lang={locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK_RULES}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="canvas" style={{ margin: 0, padding: 0, fontFamily }}>
        {/* The body's own color is copied to a cell that no dark rule reaches, so the canvas is a section. */}
        <Section className="canvas" style={{ backgroundColor: light.canvas, padding: "32px 12px" }}>
          <Container style={{ maxWidth: 560, margin: "0 auto" }}>
            <Text
              className="text"
              style={{ margin: "0 0 16px", color: light.text, fontSize: 18, lineHeight: "28px", fontWeight: 700 }}
            >
              {brand?.logoFileId ? (
                <Img
                  src={`${sender.baseUrl}/media/${brand.logoFileId}`}
                  alt=""
                  height={32}
                  style={{ display: "inline-block", height: 32, marginRight: 8, verticalAlign: "middle" }}
                />
              ) : (
                <span
                  style={{
                    display: "inline-block",
                    width: 10,
                    height: 10,
                    marginRight: 8,
                    backgroundColor: brand?.color ?? yellow.fill,
                    border: `1.5px solid ${brand?.ink ?? yellow.ink}`,
                  }}
                />
              )}
              <Link href={sender.baseUrl} style={{ color: "inherit", textDecoration: "none" }}>
                {brand?.name ?? "Kraftverk"}
              </Link>
            </Text>
            <Section
              className="surface"
              style={{
                backgroundColor: light.surface,
                border: `1px solid ${light.line}`,
                borderRadius: 10,
                padding: "32px 36px",
              }}
            >
              {children}
            </Section>
            <Hr
              className="line"
              style={{ border: "none", borderTop: `1px solid ${light.line}`, margin: "24px 0 16px" }}
            />
            <Text className="muted" style={{ margin: 0, color: light.muted, fontSize: 13, lineHeight: "20px" }}>
              {why ?? words.automatic}
            </Text>
            <Text className="muted" style={{ margin: "8px 0 0", color: light.muted, fontSize: 13, lineHeight: "20px" }}>
              {company.name}, {company.address}
              <br />
              {words.org}
              {"\u00a0"}
              {company.orgNumber}, {words.vat}
              {"\u00a0"}
              {company.vatNumber}
              <br />
              <Link href={`mailto:${company.email}`} style={{ color: "inherit", textDecoration: "underline" }}>
                {company.email}
              </Link>
              {company.phone && `, ${company.phone}`}
              {company.bank && (
                <>
                  <br />
                  {company.bank}
                </>
              )}
            </Text>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}
