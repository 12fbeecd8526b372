import { countryName } from "../../../app/lib/format/country.ts";
import type { Locale } from "../../../app/lib/locale.ts";
import type { OrderConfirmation } from "../order-mails.ts";
import { Paragraph, Subtitle } from "./pieces.tsx";

const TITLE = { sv: "Levereras till", en: "Delivered to" };

/** Where goods go, as one writes it on a parcel. */
export function DeliveryAddress(props: { locale: Locale; address: NonNullable<OrderConfirmation["shippingAddress"]> }) {
  const { locale, address } = props;
  const { name, line1, line2, postalCode, city } = address;
  const lines = [name, line1, line2, `${postalCode} ${city}`, countryName(address.country, locale)].filter(Boolean);
  return (
    <>
      <Subtitle>{TITLE[locale]}</Subtitle>
      <Paragraph>
        {lines.map((line, index) => (
          <span key={line}>
            {index > 0 ? <br /> : null}
            {line}
          </span>
        ))}
      </Paragraph>
    </>
  );
}
