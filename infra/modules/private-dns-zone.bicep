metadata name = 'Private DNS zone'
metadata description = 'A private DNS zone, linked with one virtual network.'

@description('Required. Name of the zone.')
param name string

@description('Required. Network that resolves names by the zone.')
param virtualNetworkResourceId string

@description('Optional. Tags of the zone.')
param tags object = {}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: 'global'
  tags: tags
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: zone
  name: 'link-${uniqueString(virtualNetworkResourceId)}'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: virtualNetworkResourceId }
  }
}

@description('Resource id of the zone.')
output resourceId string = zone.id
