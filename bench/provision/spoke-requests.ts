import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../local/stack/stack-options.ts";

/** Part of the sample platform configuration that the requests need. */
interface Sample {
  readonly subscriptionIds: readonly string[];
}

export interface SpokeRequestBody {
  readonly name: string;
  readonly subscriptionId: string;
}

/**
 * So many requests for full spokes (hub, firewall, load balancers, Application Gateway) of one hub: each in a
 * subscription of its own, its address space out of the platform's pool.
 */
export function spokeRequests(count: number): readonly SpokeRequestBody[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(projectFolder, file), "utf8"));
  const { subscriptionIds } = read("platform-configuration.sample.json") as Sample;
  const { addressPrefix: _chosen, ...request } = read("local/demo/request.json") as SpokeRequestBody & {
    readonly addressPrefix: string;
    readonly application: object;
  };
  return subscriptionIds.slice(0, count).map((subscriptionId, index) => {
    const name = `many-${String(index + 1).padStart(2, "0")}`;
    return {
      ...request,
      name,
      subscriptionId,
      application: { ...request.application, hostName: `${name}.contoso.com` },
    };
  });
}
