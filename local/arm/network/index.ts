import type { ResourceType } from "../resource-type.ts";
import { ipamPool } from "./address-management/ipam-pool.ts";
import { networkManager } from "./address-management/network-manager.ts";
import { staticCidr } from "./address-management/static-cidr.ts";
import { applicationGateway } from "./application-gateway/application-gateway.ts";
import { webApplicationFirewallPolicy } from "./application-gateway/web-application-firewall-policy.ts";
import { azureFirewall } from "./firewall/azure-firewall.ts";
import { firewallPolicy } from "./firewall/firewall-policy.ts";
import { ipGroup } from "./firewall/ip-group.ts";
import { ruleCollectionGroup } from "./firewall/rule-collection-group.ts";
import { networkInterface } from "./interfaces/network-interface.ts";
import { backendAddressPool } from "./load-balancing/backend-address-pool.ts";
import { loadBalancer } from "./load-balancing/load-balancer.ts";
import { natGateway } from "./load-balancing/nat-gateway.ts";
import { publicIPAddress } from "./load-balancing/public-ip-address.ts";
import { route } from "./route-tables/route.ts";
import { routeTable } from "./route-tables/route-table.ts";
import { applicationSecurityGroup } from "./security-groups/application-security-group.ts";
import { defaultSecurityRule } from "./security-groups/default-security-rule.ts";
import { networkSecurityGroup } from "./security-groups/network-security-group.ts";
import { securityRule } from "./security-groups/security-rule.ts";
import { subnet } from "./virtual-networks/subnet.ts";
import { virtualNetwork } from "./virtual-networks/virtual-network.ts";
import { virtualNetworkPeering } from "./virtual-networks/virtual-network-peering.ts";
import { flowLog } from "./watchers/flow-log.ts";
import { networkWatcher } from "./watchers/network-watcher.ts";

/** The resource types of Microsoft.Network that local Azure models. */
export const networkResourceTypes: readonly ResourceType[] = [
  virtualNetwork,
  subnet,
  virtualNetworkPeering,
  networkSecurityGroup,
  securityRule,
  defaultSecurityRule,
  applicationSecurityGroup,
  routeTable,
  route,
  networkInterface,
  loadBalancer,
  backendAddressPool,
  publicIPAddress,
  natGateway,
  networkWatcher,
  flowLog,
  azureFirewall,
  firewallPolicy,
  ruleCollectionGroup,
  ipGroup,
  applicationGateway,
  webApplicationFirewallPolicy,
  networkManager,
  ipamPool,
  staticCidr,
];
