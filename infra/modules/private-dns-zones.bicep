metadata name = 'Private DNS zones'
metadata description = 'The zones of all private endpoints of the app: those that the platform has, and the others made.'

import { privateNetworkType } from 'types.bicep'

@description('Required. Network of the endpoints.')
param privateNetwork privateNetworkType

@description('Optional. Tags of the zones that are made.')
param tags object = {}

var storageSuffix = environment().suffixes.storage
// App Service has no entry in environment(): its private zones by cloud (Azure Private Endpoint private DNS zone values).
var siteZones = {
  AzureCloud: 'privatelink.azurewebsites.net'
  AzureUSGovernment: 'privatelink.azurewebsites.us'
  AzureChinaCloud: 'privatelink.chinacloudsites.cn'
}
var virtualNetworkResourceId = split(privateNetwork.privateEndpointSubnetResourceId, '/subnets/')[0]
var given = privateNetwork.?privateDnsZoneResourceIds
var services = ['sites', 'blob', 'queue', 'table']
var zoneNames = {
  sites: siteZones[environment().name]
  blob: 'privatelink.blob.${storageSuffix}'
  queue: 'privatelink.queue.${storageSuffix}'
  table: 'privatelink.table.${storageSuffix}'
}

module zones 'private-dns-zone.bicep' = [
  for service in services: if (given[?service] == null) {
    params: {
      name: zoneNames[service]
      virtualNetworkResourceId: virtualNetworkResourceId
      tags: tags
    }
  }
]

@description('Resource id of the zone of sites.')
output sites string = given.?sites ?? resourceId('Microsoft.Network/privateDnsZones', zoneNames.sites)

@description('Resource id of the zone of blobs.')
output blob string = given.?blob ?? resourceId('Microsoft.Network/privateDnsZones', zoneNames.blob)

@description('Resource id of the zone of queues.')
output queue string = given.?queue ?? resourceId('Microsoft.Network/privateDnsZones', zoneNames.queue)

@description('Resource id of the zone of tables.')
output table string = given.?table ?? resourceId('Microsoft.Network/privateDnsZones', zoneNames.table)
