import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { WholeWords } from "./whole-words.tsx";

const drawn = (text: string) => renderToStaticMarkup(<WholeWords>{text}</WholeWords>);
const kept = (text: string) =>
  [...drawn(text).matchAll(/<span class="whitespace-nowrap">(.*?)<\/span>/g)].map(([, part]) => part);

describe("a heading", () => {
  it.each([
    ["Bekräfta e-postadressen", ["e-p"]],
    ["E-postdomäner och T-shirtar", ["E-p", "T-s"]],
    ["Öppet Plus, 12-månaders", []],
    ["kvar-e-post", []],
    ["", []],
  ])("%s keeps together what one letter begins: %j", (text, parts) => {
    expect(kept(text)).toEqual(parts);
    expect(drawn(text).replaceAll(/<[^>]+>/g, "")).toBe(text);
  });
});
