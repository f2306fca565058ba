metadata name = 'Storage account'
metadata description = 'A storage account that knows no keys: every reader and writer is an identity with a role.'

import { privateEndpointType, roleAssignmentType } from 'types.bicep'

@description('Required. Name of the account, unique in the world.')
@minLength(3)
@maxLength(24)
param name string

@description('Optional. Location of the account.')
param location string = resourceGroup().location

@description('Optional. Redundancy.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param skuName string = 'Standard_LRS'

@description('Optional. Blob containers to make.')
param containers string[] = []

@description('Optional. Queues to make.')
param queues string[] = []

@description('Optional. Whether addresses of the Internet may reach the account at all. Where not, only private endpoints and what `networkBypass` names do.')
param allowPublicNetwork bool = true

@description('Optional. Who passes the network rules: AzureServices lets in the services that Azure Storage trusts, Event Grid among them, and only with an identity that has a role.')
@allowed(['None', 'AzureServices'])
param networkBypass string = 'None'

@description('Optional. Private endpoints of the account.')
param privateEndpoints privateEndpointType[] = []

@description('Conditional. Subnet of the private endpoints. Required if there are any.')
param privateEndpointSubnetResourceId string = ''

@description('Optional. Roles on the account.')
param roleAssignments roleAssignmentType[] = []

@description('Required. Workspace that blob, queue and table logs go to.')
param workspaceResourceId string

@description('Optional. Days in which a deleted blob or container can be brought back.')
@minValue(1)
@maxValue(365)
param deleteRetentionDays int = 7

@description('Optional. Tags of the account.')
param tags object = {}

// An account that trusted services write to must keep its public endpoint: they come by it, and the rules deny everybody else.
var isClosed = !allowPublicNetwork && networkBypass == 'None'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: skuName }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: networkBypass
      defaultAction: allowPublicNetwork ? 'Allow' : 'Deny'
    }
    publicNetworkAccess: isClosed ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: deleteRetentionDays }
      containerDeleteRetentionPolicy: { enabled: true, days: deleteRetentionDays }
    }

    resource blobContainers 'containers' = [for container in containers: { name: container }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource storageQueues 'queues' = [for queue in queues: { name: queue }]
  }

  resource tables 'tableServices' = {
    name: 'default'
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for assignment in roleAssignments: {
    scope: account
    name: guid(account.id, assignment.principalId, assignment.roleDefinitionGuid)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', assignment.roleDefinitionGuid)
      principalId: assignment.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

module endpoints 'private-endpoint.bicep' = [
  for endpoint in privateEndpoints: {
    params: {
      name: 'pep-${name}-${endpoint.service}'
      location: location
      subnetResourceId: privateEndpointSubnetResourceId
      privateLinkServiceResourceId: account.id
      service: endpoint.service
      privateDnsZoneResourceId: endpoint.privateDnsZoneResourceId
      tags: tags
    }
  }
]

var logs = [{ categoryGroup: 'allLogs', enabled: true }]
var metrics = [{ category: 'Transaction', enabled: true }]

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'to-workspace'
  properties: { workspaceId: workspaceResourceId, logs: logs, metrics: metrics }
}

resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::queueService
  name: 'to-workspace'
  properties: { workspaceId: workspaceResourceId, logs: logs, metrics: metrics }
}

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tables
  name: 'to-workspace'
  properties: { workspaceId: workspaceResourceId, logs: logs, metrics: metrics }
}

@description('Name of the account.')
output name string = account.name

@description('Resource id of the account.')
output resourceId string = account.id

@description('Address of the blob service.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of the queue service.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Address of the table service.')
output tableEndpoint string = account.properties.primaryEndpoints.table
