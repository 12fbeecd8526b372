import { expect, test } from "vitest";
import { fillSecretLink } from "./secret-link.ts";
import { SECRET_LINK } from "./secret-placeholder.ts";

const copy = { html: `<a href="${SECRET_LINK}">Bekräfta</a> ${SECRET_LINK}`, text: `Bekräfta (${SECRET_LINK})` };

test("every placeholder becomes the link", () => {
  expect(fillSecretLink(copy, "https://shop.example/verify?token=$&abc")).toEqual({
    html: '<a href="https://shop.example/verify?token=$&abc">Bekräfta</a> https://shop.example/verify?token=$&abc',
    text: "Bekräfta (https://shop.example/verify?token=$&abc)",
  });
});

test("a mail without a secret link goes out as it is stored", () => {
  expect(fillSecretLink(copy, null)).toBe(copy);
});
