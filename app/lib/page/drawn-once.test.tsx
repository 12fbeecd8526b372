import { type ReactNode, useId } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { LanguageProvider, useLocale } from "../i18n/language.tsx";
import type { Locale } from "../locale.ts";
import { drawnOnce } from "./drawn-once.tsx";
import { createDrawn, type DrawnPieces } from "./drawn-pieces.server.ts";
import { pageBytes } from "./page-bytes.server.ts";
import { PageFactsProvider } from "./page-facts.tsx";

let drawings: string[] = [];
const Field = ({ label }: { label: string }) => {
  const id = useId();
  drawings.push(label);
  return (
    <p lang={useLocale()}>
      <label htmlFor={id}>{label}</label>
      <input id={id} />
    </p>
  );
};
const Kept = drawnOnce("field", Field);
const Group = drawnOnce("group", ({ labels }: { labels: readonly string[] }) => (
  <ul>
    {labels.map((label) => (
      <li key={label}>
        <Kept label={label} />
      </li>
    ))}
  </ul>
));

function page(children: ReactNode, pieces?: DrawnPieces, locale: Locale = "sv"): string {
  drawings = [];
  const text = renderToString(
    <PageFactsProvider value={{ nonce: "n", locale, theme: "system", requestId: "r", pieces }}>
      <LanguageProvider value={locale}>{children}</LanguageProvider>
    </PageFactsProvider>,
  );
  return pieces ? pageBytes(pieces.fill(text)).toString() : text;
}

test("a page of pieces reads as it would without them, and is drawn once", () => {
  const drawn = createDrawn();
  const shown = (labels: string[]) => (
    <main>
      Text – ångkraft
      <Kept label="<template data-drawn='before 0'>" />
      <Group labels={labels} />
      <Field label="after" />
    </main>
  );
  const plain = page(shown(["a", "b – å"]));
  expect(page(shown(["a", "b – å"]), drawn())).toBe(plain);
  expect(drawings).toHaveLength(4);
  expect(page(shown(["a", "b – å"]), drawn())).toBe(plain);
  expect(drawings).toEqual(["after"]);
  // The group is another; the fields in it were drawn.
  expect(page(shown(["a", "b", "c"]), drawn())).toBe(page(shown(["a", "b", "c"])));
});

test("another language, other props and another place are another piece", () => {
  const drawn = createDrawn();
  const two = [<Kept key="1" label="a" />, <Kept key="2" label="a" />];
  for (const locale of ["sv", "en"] as const) {
    expect(page(two, drawn(), locale)).toBe(page(two, undefined, locale));
    page(two, drawn(), locale);
    expect(drawings).toEqual([]);
  }
  expect(page(<Kept label="b" />, drawn())).toContain("b</label>");
});

test("what was not used for longest is forgotten when there is too much, and drawn again", () => {
  const drawn = createDrawn(220);
  for (const label of ["a", "b", "a", "c"]) page(<Kept label={label} />, drawn());
  page(<Kept label="a" />, drawn());
  expect(drawings).toEqual([]);
  page(<Kept label="b" />, drawn());
  expect(drawings).toEqual(["b"]);
});
