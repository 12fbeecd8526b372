import { DeliveryAddress } from "./delivery-address.tsx";
import { Action, Note, Paragraph, Subtitle, TextLink, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Order ${number} är på väg`,
    text: (number: string) => `Vi har skickat varorna i order ${number}.`,
    with: (carrier: string) => `De kommer med ${carrier}.`,
    number: (number: string) => `Kollinummer: ${number}.`,
    lines: "I paketet",
    follow: "Följ paketet",
    action: "Se ordern",
    withdrawal: "Du kan ångra köpet till och med 14 dagar efter att du fick varorna.",
  },
  en: {
    subject: (number: string) => `Order ${number} is on its way`,
    text: (number: string) => `We have sent the goods of order ${number}.`,
    with: (carrier: string) => `They come with ${carrier}.`,
    number: (number: string) => `Parcel number: ${number}.`,
    lines: "In the parcel",
    follow: "Follow the parcel",
    action: "View order",
    withdrawal: "You can withdraw from the purchase until 14 days after you received the goods.",
  },
};

/** The goods have left: what, with whom, where to, and how to follow them. */
export const goodsShipped: Template<"goods-shipped"> = (locale, goods) => {
  const words = WORDS[locale];
  const { number, carrier, trackingNumber, trackingUrl, shippingAddress: to } = goods;
  const said = [
    words.text(number),
    carrier && words.with(carrier),
    trackingNumber && words.number(trackingNumber),
  ].filter(Boolean);
  return {
    subject: words.subject(number),
    preview: words.text(number),
    body: (
      <>
        <Title>{words.subject(number)}</Title>
        <Paragraph>{said.join(" ")}</Paragraph>
        <Action href={trackingUrl ?? goods.orderUrl}>{trackingUrl ? words.follow : words.action}</Action>
        <Subtitle>{words.lines}</Subtitle>
        {goods.lines.map((line) => (
          <Paragraph key={line.name}>
            {line.quantity} × {line.name}
          </Paragraph>
        ))}
        {to && <DeliveryAddress locale={locale} address={to} />}
        <Note>
          {words.withdrawal} {trackingUrl && <TextLink href={goods.orderUrl}>{words.action}</TextLink>}
        </Note>
      </>
    ),
  };
};
