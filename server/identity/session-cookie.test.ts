import { expect, test } from "vitest";
import { cookiePolicy } from "./session-cookie.ts";

const chrome = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const safari =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15";
const locked = { prefix: "__Host-", secure: true };
const plain = { prefix: "", secure: false };

test.each([
  ["https anywhere", "live", "https://shop.example/", safari, locked],
  ["https in the sandbox", "sandbox", "https://192.168.1.7/", safari, locked],
  ["this machine, Chromium", "sandbox", "http://localhost:3000/", chrome, locked],
  ["this machine by number, Firefox", "sandbox", "http://127.0.0.1:3000/", firefox, locked],
  ["this machine, IPv6", "test", "http://[::1]:3000/", null, locked],
  ["this machine, Safari", "sandbox", "http://localhost:3000/", safari, plain],
  ["a phone on the local network", "sandbox", "http://192.168.1.7:3000/", chrome, plain],
  ["a name that only begins like ours", "sandbox", "http://localhost.evil.example/", chrome, plain],
  ["plain http in live, whatever it claims", "live", "http://shop.example/", safari, locked],
] as const)("%s", (_name, profile, url, userAgent, policy) => {
  expect(cookiePolicy(profile, new URL(url), userAgent)).toEqual(policy);
});
