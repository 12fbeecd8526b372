import { afterEach, beforeEach, expect } from "vitest";

// What the product has to say goes to its log; anything on the console is a warning of React or of a library that
// nobody would read in a green run.
let said: string[] = [];
const original = { error: console.error, warn: console.warn };

beforeEach(() => {
  said = [];
  for (const level of ["error", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      said.push(words.map(String).join(" "));
      original[level](...words);
    };
  }
});

afterEach(() => {
  Object.assign(console, original);
  expect(said, "console.error and console.warn stay silent").toEqual([]);
});
