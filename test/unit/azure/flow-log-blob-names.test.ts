import { describe, expect, test } from "vitest";
import { flowLogFolders, hourPrefixes, partsOfName } from "../../../shared/azure/flow-log-blob-names.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";

const subscription = "11111111-aaaa-1111-1111-111111111111";
const flowLogId = `/subscriptions/${subscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/fl-orders`;

test("both documented layouts are looked for", () => {
  const upper = subscription.toUpperCase();
  expect(flowLogFolders(flowLogId)).toEqual([
    `flowLogResourceID=/SUBSCRIPTIONS/${upper}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/FL-ORDERS/`,
    `flowLogResourceID=/${upper}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_FL-ORDERS/`,
  ]);
});

test.each([
  "",
  "/subscriptions/x",
  `${flowLogId}/../../other`,
  flowLogId.replace("fl-orders", "..%2fother"),
  flowLogId.replace("flowLogs", "packetCaptures"),
  "/providers/Microsoft.Network/networkWatchers/a/flowLogs/b",
])("%j is no id of a flow log", (id) => {
  expect(() => flowLogFolders(id)).toThrow(RefusedError);
});

describe("prefixes between two times", () => {
  const at = (text: string) => Date.parse(`2026-${text}:00Z`);

  test("few hours of a day are looked up one by one, over midnight too", () => {
    expect(hourPrefixes("f/", at("02-28T22:30"), at("03-01T01:00"))).toEqual([
      "f/y=2026/m=02/d=28/h=22/",
      "f/y=2026/m=02/d=28/h=23/",
      "f/y=2026/m=03/d=01/h=00/",
    ]);
  });

  test("more are looked up by day", () => {
    expect(hourPrefixes("f/", at("12-30T20:00"), at("12-31T23:59"))).toEqual([
      "f/y=2026/m=12/d=30/",
      "f/y=2026/m=12/d=31/",
    ]);
  });

  test("nothing lies between two times that are none", () => {
    expect(hourPrefixes("f/", at("12-30T20:00"), at("12-30T20:00"))).toEqual([]);
  });
});

test("hour and interface are told by the name, and other blobs are none", () => {
  const name = "flowLogResourceID=/X/y=2026/m=08/d=29/h=10/m=00/macAddress=00224871C205/PT1H.json";
  expect(partsOfName(name)).toEqual({ hour: Date.UTC(2026, 7, 29, 10), macAddress: "00224871C205" });
  expect(partsOfName(name.replace("PT1H", "other"))).toBeNull();
  expect(partsOfName(name.replace("d=29", "d=99"))).toBeNull();
});
