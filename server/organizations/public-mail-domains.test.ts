import { expect, test } from "vitest";
import { isPublicMailDomain, mailDomainOf } from "./public-mail-domains.ts";

test("anybody's mail providers are no company's, whatever is before or behind their name", () => {
  for (const domain of [
    "gmail.com",
    "outlook.com",
    "hotmail.se",
    "icloud.com",
    "telia.com",
    "proton.me",
    "yopmail.com",
  ])
    expect(isPublicMailDomain(domain), domain).toBe(true);
  for (const domain of ["kvarnen.se", "mail.kvarnen.se", "gmail.com.se", "notgmail.com", ""])
    expect(isPublicMailDomain(domain), domain).toBe(false);
});

test("the domain is what stands behind the last @", () => {
  expect(mailDomainOf('"a@b"@kvarnen.se')).toBe("kvarnen.se");
});
