import { expect, it } from "vitest";
import { Faults } from "../../../local/arm/faults/faults.ts";

it("faults meet the calls that match, as often as ordered, oldest first", () => {
  const faults = new Faults();
  const order = { kind: "503", retryAfterSeconds: null, error: null } as const;
  const first = { ...order, id: "1", match: { method: "PUT", pathRegex: "/subnets/" }, times: 2 };
  faults.add(first);
  faults.add({ ...order, id: "2", match: {}, times: 1 });
  expect(faults.find("PUT", "/x/SUBNETS/y")?.id).toBe("1");
  expect(faults.find("GET", "/x/subnets/y")?.id).toBe("2");
  faults.meet(first);
  expect(faults.list().map(({ id, times }) => [id, times])).toEqual([
    ["1", 1],
    ["2", 1],
  ]);
  faults.meet(first);
  expect(faults.list().map(({ id }) => id)).toEqual(["2"]);
});
