import { expect, it } from "vitest";
import { inTurn } from "./in-turn.ts";

it("hears the first at once, and the others when their turn comes, whole", () => {
  let heard = "";
  const introduce = inTurn((text) => {
    heard += text;
  });
  const [first, second, third] = [introduce(), introduce(), introduce()];
  second.say("c");
  first.say("a");
  expect(heard).toBe("a");
  third.say("e");
  second.say("d");
  third.finish();
  expect(heard).toBe("a");
  first.say("b");
  first.finish();
  expect(heard).toBe("abcd");
  second.say("!");
  expect(heard).toBe("abcd!");
  second.finish();
  expect(heard).toBe("abcd!e");
  const late = introduce();
  late.say("f");
  expect(heard).toBe("abcd!ef");
});
