import { expect, it } from "vitest";
import { stateWithdrawalInput } from "./input.ts";

const said = { name: "Anna Andersson", email: "anna@example.se", number: "KV-10482", formKey: "0123456789abcdef" };
const read = (changed: Partial<typeof said>) => stateWithdrawalInput.safeParse({ ...said, ...changed });

it.each(["KV-10482", " kv-10482 ", "kv 10482", "KV10482", "10482", "KV – 10482"])(
  "an order's number as it is typed: %s",
  (number) => expect(read({ number }).data?.number).toBe("KV-10482"),
);

it.each(["KV", "KV-", "kvitto 12", "KV-10 482", "PO-10482", "", "KV-1234567890123"])(
  "no order's number: %s",
  (number) => expect(read({ number }).success).toBe(false),
);

it.each(["Anna", "Åsa-Märta O’Neill", "J. R. Öberg", "Kvarnen 24 AB", "山田 花子", "Ek & Co."])("a name: %s", (name) =>
  expect(read({ name }).data?.name).toBe(name),
);

it.each(["evil.example", "https://evil.example", "a@evil.example", "<b>Anna</b>", "Anna\nhttp", "x".repeat(81), " "])(
  "what a letter would not repeat: %s",
  (name) => expect(read({ name }).success).toBe(false),
);
