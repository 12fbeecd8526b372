import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settings } from "../../../server/kernel/config.ts";
import { STATUS_NOUNS, statesOf, statusView } from "../statuses.ts";
import { catalogues, type Message, type MessageKey } from "./catalogues.ts";
import { messageParts, t } from "./translate.ts";

/** As texts: every message as a type of its own, compared with every other, takes the compiler two seconds. */
const words: Record<keyof typeof catalogues, Readonly<Record<MessageKey, Message>>> = catalogues;
const keys = Object.keys(words.sv) as MessageKey[];
const forms = (message: Message) => (typeof message === "string" ? [message] : [message.one, message.other]);
const blanks = (text: string) => [...text.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]).sort();

describe("the two catalogues", () => {
  it("have the same keys", () => {
    expect(Object.keys(words.en).sort()).toEqual([...keys].sort());
  });

  it("have the same files and lose no key to another file of the same name", async () => {
    const files = (locale: string) => readdirSync(new URL(`./${locale}/`, import.meta.url)).sort();
    expect(files("en")).toEqual(files("sv"));
    let count = 0;
    const areas = files("sv").map((file) => file.replace(".ts", ""));
    for (const area of areas.filter((name) => name !== "index")) {
      const module: Record<string, Record<string, Message>> = await import(`./sv/${area}.ts`);
      const names = Object.keys(module[area] ?? {});
      expect(
        names.every((name) => name.startsWith(`${area}.`)),
        area,
      ).toBe(true);
      count += names.length;
    }
    expect(keys).toHaveLength(count);
  });

  it("ask for the same blanks and have the same plurals", () => {
    for (const key of keys) {
      const [sv, en] = [words.sv[key], words.en[key]];
      expect(typeof en, key).toBe(typeof sv);
      expect(forms(en).map(blanks), key).toEqual(forms(sv).map(blanks));
    }
  });

  it("keep the voice: no apology, no blame, no exclamation mark, no ellipsis of three dots", () => {
    const unwanted = /vänligen|tyvärr|oj\b|ogiltig|please|sorry|oops|\binvalid\b|an error occurred|!|\.\.\./i;
    // The button of a credit purchase says word for word what its document has.
    for (const key of keys.filter((one) => one !== "balance.processing")) {
      for (const locale of ["sv", "en"] as const) {
        for (const text of forms(words[locale][key])) expect(text, key).not.toMatch(unwanted);
      }
    }
  });

  it("say what every setting means, in English as the README does", () => {
    for (const [name, setting] of Object.entries(settings)) {
      const key = keys.find((one) => one === `settings.means.${name}`);
      expect(key && words.en[key], name).toBe(setting.description);
      expect(key && words.sv[key], name).not.toBe(setting.description);
    }
  });

  it("have a word for every state", () => {
    for (const noun of STATUS_NOUNS) {
      for (const state of statesOf(noun)) {
        expect(keys, `${noun} ${state}`).toContain(statusView(noun, state).message);
      }
    }
  });
});

describe("a message", () => {
  it("fills its blanks and chooses its plural", () => {
    expect(t("sv")("errors.summary", { count: 1 })).toBe("1 uppgift behöver rättas");
    expect(t("sv")("errors.summary", { count: 2 })).toBe("2 uppgifter behöver rättas");
    expect(t("en")("prices.campaignMonths", { count: 3, later: "SEK 399/month" })).toBe(
      "Campaign price for 3 months, then SEK 399/month",
    );
    expect(t("sv")("words.showing", { from: 1, to: 1284 })).toBe("Visar 1–1\u00a0284");
  });

  it("is not confused by what is filled in", () => {
    expect(t("sv")("errors.enter", { label: "{label} $& $1" })).toBe("Ange {label} $& $1");
  });

  it("can be cut at its blanks", () => {
    expect(messageParts("en", "prices.renews")).toEqual([
      { text: "Renews " },
      { name: "every" },
      { text: " until you cancel." },
    ]);
  });

  it("does not compile with a wrong key, a missing blank or one too many", () => {
    const _unused = () => {
      // @ts-expect-error unknown key
      t("sv")("shop.nothing");
      // @ts-expect-error missing blank
      t("sv")("errors.enter");
      // @ts-expect-error missing blank of a plural
      t("sv")("prices.campaignMonths", { count: 1 });
      // @ts-expect-error none expected
      t("sv")("words.close", { count: 1 });
    };
    expect(_unused).toBeTypeOf("function");
  });
});
