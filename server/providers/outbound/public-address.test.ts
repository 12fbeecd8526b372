import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";

describe("R31 outbound: which addresses are public", () => {
  it.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:400f::1"])(
    "%s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ...["127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    ...["169.254.169.254", "100.100.100.200", "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.0.0.192"],
    ...["::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8"],
    ...["64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001:0:7f00:1::", "localhost", "", "1.2.3", "0x7f.1"],
  ])("not %s", (address) => expect(isPublicAddress(address)).toBe(false));
});
