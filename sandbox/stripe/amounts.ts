const withoutDecimals = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const withThreeDecimals = new Set("bhd jod kwd omr tnd".split(" "));

function decimalsOf(currency: string): number {
  if (withoutDecimals.has(currency)) return 0;
  return withThreeDecimals.has(currency) ? 3 : 2;
}

const formats = new Map<string, Intl.NumberFormat>();
const locales = { en: "en-US", sv: "sv-SE" } as const;

function formatOf(currency: string, language: "en" | "sv"): Intl.NumberFormat {
  const known = formats.get(`${language} ${currency}`);
  if (known) return known;
  const decimals = decimalsOf(currency);
  const format = new Intl.NumberFormat(locales[language], {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formats.set(`${language} ${currency}`, format);
  return format;
}

/** An amount as the provider writes it: `SEK 299.00`, `$25.00`, in Swedish `299,00 kr`; its thousands never part at a line's end. */
export function formatAmount(minor: number, currency: string, language: "en" | "sv" = "en"): string {
  return formatOf(currency, language)
    .format(minor / 10 ** decimalsOf(currency))
    .replace(/(?<=\D)\s|\s(?=\D)/u, " ")
    .replace("-", "−");
}

/** The least that can be charged, in the smallest unit; 50 where the provider publishes nothing else. */
const least: Record<string, number> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  sek: 300,
  nok: 300,
  dkk: 250,
  chf: 50,
  pln: 200,
  czk: 1500,
  huf: 17_500,
  jpy: 50,
  ron: 200,
  hkd: 400,
  mxn: 1000,
  aed: 200,
  myr: 200,
  thb: 1000,
};

export function leastCharge(currency: string): number {
  return least[currency] ?? 50;
}

/** The most that can be charged, in the smallest unit. */
export const mostCharge = 99_999_999;
