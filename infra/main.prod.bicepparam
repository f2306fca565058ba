// The installation that the organisation relies on: private endpoints, zone-redundant, always warm. It starts in audit; change to enforce
// when what it tells is what you expect (docs/deployment.md). Fill in the ids.
using 'main.bicep'

var platform = '/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups'
var network = '${platform}/rg-automation-network/providers/Microsoft.Network/virtualNetworks/vnet-automation-westeurope'
var zones = '${platform}/rg-platform-dns/providers/Microsoft.Network/privateDnsZones'

param environmentName = 'prod'
param location = 'westeurope'
param tags = { owner: 'platform-team' }

param signInClientId = '33333333-3333-3333-3333-333333333333' // the app registration (docs/deployment.md, "By hand")
param allowedApplicationIds = ['44444444-4444-4444-4444-444444444444'] // the portal

param enforcementMode = 'audit'
param grantEnforceRole = false
param spokeSubscriptionIds = [
  '11111111-1111-1111-1111-111111111111'
  '11111111-1111-1111-1111-000000000002'
]
param platformResourceGroups = {
  hubs: ['${platform}/rg-hub-westeurope', '${platform}/rg-hub-northeurope']
  logs: ['${platform}/rg-platform-logs']
  secrets: ['${platform}/rg-platform-secrets']
  names: ['${platform}/rg-platform-dns']
  addresses: []
}

param privateNetwork = {
  integrationSubnetResourceId: '${network}/subnets/snet-zero-trust-app'
  privateEndpointSubnetResourceId: '${network}/subnets/snet-private-endpoints'
  privateDnsZoneResourceIds: {
    sites: '${zones}/privatelink.azurewebsites.net'
    blob: '${zones}/privatelink.blob.core.windows.net'
    queue: '${zones}/privatelink.queue.core.windows.net'
    table: '${zones}/privatelink.table.core.windows.net'
  }
}

param storageSkuName = 'Standard_ZRS'
param zoneRedundant = true
param alwaysReadyInstanceCount = 1
param maximumInstanceCount = 100

param logRetentionDays = 365
param actionGroupResourceIds = [
  '${platform}/rg-platform-logs/providers/Microsoft.Insights/actionGroups/ag-network-security'
]
