import type { AppLoadContext } from "@remix-run/node";
import type { FormValues } from "../form-values.ts";
import { minorUnitsOf } from "../format/minor-units.ts";
import { withoutCardOf } from "../memberships/trial-words.ts";

type Caller = AppLoadContext["caller"];
const REASONS = ["received", "counted", "damaged", "returned", "correction"] as const;

const INTERVALS = ["day", "week", "month", "year"] as const;
const CURRENCIES = ["SEK", "EUR", "USD"] as const;

const both = (form: FormValues, name: string) => ({ sv: form.text(`${name}.sv`), en: form.text(`${name}.en`) });

/** A whole number, below zero too; null for anything else. */
function integerOf(text: string): number | null {
  const plain = text.trim().replace("−", "-");
  return /^-?\d{1,7}$/.test(plain) ? Number(plain) : null;
}

async function base64Of(file: File | null): Promise<string> {
  return file ? Buffer.from(await file.arrayBuffer()).toString("base64") : "";
}

/** What a membership includes: a line each, in both languages alike. */
function includesOf(form: FormValues): { sv: string; en: string }[] {
  const [swedish, english] = (["sv", "en"] as const).map((language) =>
    form
      .text(`includes.${language}`)
      .split("\n")
      .filter((line) => line.trim() !== ""),
  );
  const count = Math.max(swedish?.length ?? 0, english?.length ?? 0);
  return Array.from({ length: count }, (_, at) => ({ sv: swedish?.[at] ?? "", en: english?.[at] ?? "" }));
}

/** Puts a product into the catalogue from the form that describes it. Answers its id. */
export async function makeProduct({ products }: Caller, form: FormValues): Promise<string> {
  const kind = form.text("kind") === "membership" ? "membership" : "merchandise";
  const optionNames = kind === "membership" ? [] : form.all("optionNames");
  const sku = form.text("sku").toUpperCase();
  const made = await products.create({
    ...{ id: form.text("id").trim(), kind, optionNames, art: form.text("art") },
    ...{ name: both(form, "name"), summary: both(form, "summary"), description: both(form, "description") },
    includes: includesOf(form),
    category: kind === "membership" ? "membership" : form.text("category"),
    taxRateBps: minorUnitsOf(form.text("vat")) ?? -1,
    ...(kind === "merchandise" && optionNames.length === 0 ? { sku } : {}),
  });
  return made.id;
}

/** Trial days, card and setup fee, where the form has them: empty is none. */
function termsOf(form: FormValues) {
  if (form.all("trialDays").length === 0) return {};
  return {
    trialDays: form.text("trialDays").trim() === "" ? 0 : (form.wholeNumber("trialDays") ?? -1),
    trialWithoutCard: withoutCardOf(form.text("trialCard")),
    setupFeeAmount: form.text("setupFee").trim() === "" ? 0 : (minorUnitsOf(form.text("setupFee")) ?? -1),
  };
}

/** What was done, by the form that was sent; what is malformed is left to the procedure to refuse. */
export async function actOnProduct({ products, inventory }: Caller, productId: string, form: FormValues) {
  switch (form.text("intent")) {
    case "price":
      await products.changePrice({
        priceId: form.text("priceId"),
        amount: minorUnitsOf(form.text("amount")) ?? 0,
        ...termsOf(form),
        reason: form.text("reason"),
      });
      return "priceOrdered" as const;
    case "addPrice": {
      const [unit = "", count = ""] = form.text("every").split(":");
      const interval = INTERVALS.find((one) => one === unit) ?? null;
      await products.addPrice({
        productId,
        variantId: form.maybe("variantId") ?? null,
        currency: CURRENCIES.find((one) => one === form.text("currency")) ?? "SEK",
        amount: minorUnitsOf(form.text("amount")) ?? 0,
        interval,
        intervalCount: interval === null ? null : Number(count),
        ...termsOf(form),
      });
      return "priceOrdered" as const;
    }
    case "addPicture":
      await products.addMedia({ productId, base64: await base64Of(form.file("file")), alt: both(form, "alt") });
      return "pictureAdded" as const;
    case "save":
    case "earlier":
    case "later":
    case "remove":
      await products.editMedia({
        productId,
        picture: form.text("picture"),
        act: form.text("intent") as "save" | "earlier" | "later" | "remove",
        alt: both(form, "alt"),
      });
      return "pictureSaved" as const;
    case "variant":
      await products.editVariant({
        id: form.text("variantId"),
        sku: form.text("sku").toUpperCase(),
        position: form.wholeNumber("position") ?? -1,
        active: form.ticked("active"),
        trackStock: form.ticked("trackStock"),
      });
      return "saved" as const;
    case "add": {
      const names = form.text("optionNames").split(",").filter(Boolean);
      const options = Object.fromEntries(names.map((name) => [name, both(form, `option.${name}`)]));
      await products.addVariant({ productId, sku: form.text("sku").toUpperCase(), options });
      return "added" as const;
    }
    case "stock": {
      const number = integerOf(form.text("number")) ?? Number.NaN;
      await inventory.adjust({
        variantId: form.text("variantId"),
        locationId: form.text("locationId"),
        change: form.text("how") === "counted" ? { counted: number } : { by: number },
        reason: REASONS.find((reason) => reason === form.text("why")) ?? "correction",
        note: form.maybe("note"),
        key: form.text("key"),
      });
      return "adjusted" as const;
    }
    default: {
      const vat = minorUnitsOf(form.text("vat"));
      await products.edit({
        id: productId,
        name: both(form, "name"),
        summary: both(form, "summary"),
        description: both(form, "description"),
        ...(form.all("includes.sv").length > 0 ? { includes: includesOf(form) } : {}),
        category: form.text("category"),
        taxRateBps: vat ?? -1,
        position: form.wholeNumber("position") ?? -1,
        active: form.ticked("active"),
        ...(form.maybe("mostUnits") === undefined ? {} : { mostUnits: form.wholeNumber("mostUnits") ?? -1 }),
        ...(form.maybe("graceDays") === undefined ? {} : { graceDays: form.wholeNumber("graceDays") ?? -1 }),
      });
      return "saved" as const;
    }
  }
}
