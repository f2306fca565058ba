metadata name = 'Types'
metadata description = 'What several modules take as a parameter.'

@export()
@description('A private network: where the app goes out, and where it and its stores are reached.')
type privateNetworkType = {
  @description('Required. Subnet that the app sends its traffic through. It is delegated to Microsoft.App/environments and serves nothing else.')
  integrationSubnetResourceId: string

  @description('Required. Subnet of the private endpoints.')
  privateEndpointSubnetResourceId: string

  @description('Optional. Private DNS zones that resolve the endpoints, by the kind of endpoint. Absent ones are made in the resource group of the app and linked with the network of the endpoints.')
  privateDnsZoneResourceIds: {
    sites: string?
    blob: string?
    queue: string?
    table: string?
  }?
}

@export()
@description('A private endpoint of a resource.')
type privateEndpointType = {
  @description('Required. Kind of endpoint (group id), as the resource names it: sites, blob, queue, table.')
  service: string

  @description('Required. Private DNS zone that the address is written into.')
  privateDnsZoneResourceId: string
}

@export()
@description('A built-in role for a principal.')
type roleAssignmentType = {
  @description('Required. GUID of the role definition.')
  roleDefinitionGuid: string

  @description('Required. Object id of a managed identity or another service principal.')
  principalId: string
}

@export()
@description('Durable Task Scheduler instead of the storage account as the store of orchestrations.')
type durableTaskSchedulerType = {
  @description('Required. Consumption is billed by what is done, Dedicated by capacity units.')
  skuName: 'Consumption' | 'Dedicated'

  @description('Optional. Capacity units of the SKU Dedicated.')
  capacity: int?

  @description('Required. Addresses that may reach the scheduler, in CIDR notation: those that the app goes out by.')
  @minLength(1)
  ipAllowlist: string[]
}

@export()
@description('Resource groups of the platform in which the app does its part, as resource ids.')
type platformResourceGroupsType = {
  @description('Required. Those of the hubs, their firewall policies and their IP groups.')
  hubs: string[]

  @description('Required. Those of the workspace and of the storage accounts for activity logs and flow logs.')
  logs: string[]

  @description('Required. Those of the key vaults that hold certificates of Application Gateways.')
  secrets: string[]

  @description('Required. Those of the private DNS zones that spokes are linked with.')
  names: string[]

  @description('Required. That of the network manager, where address pools are IPAM pools; else none.')
  addresses: string[]
}
