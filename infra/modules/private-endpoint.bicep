metadata name = 'Private endpoint'
metadata description = 'A private endpoint, with its address in a private DNS zone.'

@description('Required. Name of the endpoint.')
param name string

@description('Optional. Location of the endpoint: that of its subnet.')
param location string = resourceGroup().location

@description('Required. Subnet of the endpoint.')
param subnetResourceId string

@description('Required. Resource that is reached by the endpoint.')
param privateLinkServiceResourceId string

@description('Required. Kind of endpoint (group id).')
param service string

@description('Required. Private DNS zone that the address is written into.')
param privateDnsZoneResourceId string

@description('Optional. Tags of the endpoint.')
param tags object = {}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetResourceId }
    privateLinkServiceConnections: [
      {
        name: name
        properties: {
          privateLinkServiceId: privateLinkServiceResourceId
          groupIds: [service]
        }
      }
    ]
  }
}

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: service, properties: { privateDnsZoneId: privateDnsZoneResourceId } }
    ]
  }
}

@description('Resource id of the endpoint.')
output resourceId string = endpoint.id
