import { expect, test } from "vitest";
import { fillCanned } from "./fill-canned";

const known = { "customer.name": "Maria", "agent.name": "Dewi" };
const unknown = { "customer.name": null, "agent.name": "Dewi" };

test("names go in", () => {
  expect(fillCanned("Hello {{customer.name}}, {{ agent.name }} here.", known)).toBe("Hello Maria, Dewi here.");
});

test("what is not known goes with the space before it, or becomes the author's fallback", () => {
  expect(fillCanned("Hello {{customer.name}}!", unknown)).toBe("Hello!");
  expect(fillCanned("Hello {{customer.name|there}}!", unknown)).toBe("Hello there!");
  expect(fillCanned("Hello {{customer.name|there}}!", known)).toBe("Hello Maria!");
});

test("a variable that does not exist stays to be seen", () => {
  expect(fillCanned("{{order.id}} {{constructor}} {{__proto__}}", known)).toBe(
    "{{order.id}} {{constructor}} {{__proto__}}",
  );
});

test("a name that looks like a variable or a pattern is only text", () => {
  const odd = { ...known, "customer.name": "$& {{agent.name}}" };
  expect(fillCanned("Hi {{customer.name}}", odd)).toBe("Hi $& {{agent.name}}");
});
