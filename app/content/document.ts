/** A page of text: the terms, how personal data is treated, cookies. `{company}`, `{address}`, `{email}` are the seller's. */
export type TextDocument = {
  title: string;
  description: string;
  updated: string;
  lead: string;
  sections: ReadonlyArray<{ id: string; title: string; paragraphs: ReadonlyArray<string | readonly string[]> }>;
};

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
