/** A process that reads the blobs named by its arguments in one way, a turn for each message that it gets. */
import { type WayName, ways } from "./ways.ts";

const [name, ...files] = process.argv.slice(2);
const read = ways[name as WayName](files);

process.on("message", () => {
  const before = process.cpuUsage();
  const found = read();
  const { user, system } = process.cpuUsage(before);
  process.send?.({ ...found, seconds: (user + system) / 1e6 });
});
process.send?.("ready");
