import type { OwnText } from "../../server/http/parse-text.ts";

/** A page of text of the demo's, or of the owner's in its place. */
export type TextDocument = OwnText;

type Seller = { name: string; address: string; email: string };

/** The text with the seller's own name and addresses in it. */
export function namingSeller(document: TextDocument, seller: Seller): TextDocument {
  const values: Record<string, string> = { company: seller.name, address: seller.address, email: seller.email };
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank);
  return {
    ...document,
    lead: fill(document.lead),
    sections: document.sections.map((section) => ({
      ...section,
      paragraphs: section.paragraphs.map((one) => (typeof one === "string" ? fill(one) : one.map(fill))),
    })),
  };
}
