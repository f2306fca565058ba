metadata name = 'Zero Trust spokes'
metadata description = 'The app that hands out spokes: its resource group and everything in it, and the roles of its identity. How to deploy: docs/deployment.md.'

targetScope = 'subscription'

import { durableTaskSchedulerType, platformResourceGroupsType, privateNetworkType } from 'modules/types.bicep'

@description('Required. Name of this installation: part of the names of its resources.')
@minLength(1)
@maxLength(20)
param environmentName string

@description('Required. Location of all resources of the app.')
param location string

@description('Optional. Tags of all resources of the app.')
param tags object = {}

@description('Optional. Resource group of the app, made here.')
param resourceGroupName string = 'rg-zero-trust-spokes-${environmentName}'

@description('Required. Client id of the app registration that callers sign in to. The hook before provisioning makes it (infra/hooks).')
@minLength(36)
param signInClientId string

@description('Optional. Client ids of the applications that may bring callers, such as the portal. None: any application of the tenant, whose callers still need an app role.')
param allowedApplicationIds string[] = []

@description('Optional. `audit` tells what deviates, `enforce` makes it right.')
@allowed(['audit', 'enforce'])
param enforcementMode string = 'audit'

@description('Optional. Subscriptions that hold spokes or are looked after. None, where the roles are given at a management group (management-group-roles.bicep).')
param spokeSubscriptionIds string[] = []

@description('Optional. Resource groups of the platform in which the app does its part.')
param platformResourceGroups platformResourceGroupsType = { hubs: [], logs: [], secrets: [], names: [], addresses: [] }

@description('Optional. Whether the app may enforce recommendations that go beyond networks: just-in-time policies, for which Azure asks for the right to write machines, and adaptive hardening.')
param grantEnforceRole bool = false

@description('Optional. GUID of the role that managers of spokes get: `networkManagementRole` of the platform configuration. The app may assign this one and Network Contributor.')
@minLength(36)
param networkManagementRoleDefinitionGuid string = '5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60'

@description('Optional. Suffix of names and GUIDs of the custom roles, where the tenant holds another installation.')
param roleNameSuffix string = ''

@description('Optional. Queue of network events: `networkEvents.queueName` of the platform configuration.')
param networkEventsQueueName string = 'network-changes'

@description('Optional. Container of dead letters: `networkEvents.deadLetterContainer` of the platform configuration.')
param deadLetterContainerName string = 'network-changes-dead'

@description('Optional. Name of the storage account of network events, as `networkEvents.storageAccountId` of the platform configuration says. Empty: stzte and thirteen letters.')
@maxLength(24)
param eventsStorageAccountName string = ''

@description('Optional. Private network of the app. Absent: public addresses, behind sign-in and roles.')
param privateNetwork privateNetworkType?

@description('Optional. Durable Task Scheduler as the store of orchestrations. Absent: the storage account of the app.')
param durableTaskScheduler durableTaskSchedulerType?

@description('Optional. Redundancy of the storage accounts.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSkuName string = 'Standard_LRS'

@description('Optional. Days for which deleted and overwritten blobs of the app\'s storage can be restored: the only records of spokes are there.')
@minValue(1)
@maxValue(365)
param stateRetentionDays int = 30

@description('Optional. Whether instances of the app are spread over availability zones. Takes storage with ZRS or GZRS.')
param zoneRedundant bool = false

@description('Optional. Most instances of the app at a time.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Optional. Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Optional. Instances that are always ready, for HTTP and for Durable Functions each. 0 scales to nothing.')
@minValue(0)
param alwaysReadyInstanceCount int = 0

@description('Optional. Workspace that stands already. Absent: one is made.')
param workspaceResourceId string = ''

@description('Optional. Days that a workspace made here keeps its data.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Optional. Whether the app itself sends logs and metrics to the workspace by a diagnostic setting, beside what Application Insights gets. False where Flex Consumption does not take one, or where twice is too much.')
param appDiagnosticSettings bool = true

@description('Optional. Action groups that alert rules call.')
param actionGroupResourceIds string[] = []

@description('Optional. Further app settings, such as the addresses of notification targets. Secret ones as references to a key vault: @Microsoft.KeyVault(SecretUri=…).')
param additionalAppSettings object = {}

var token = uniqueString(subscription().id, resourceGroupName)
var functionAppName = 'func-zero-trust-${environmentName}-${take(token, 6)}'
var deploymentContainerName = 'app-package'
var allTags = union(tags, { 'azd-env-name': environmentName })

// Microsoft Graph has no entry in environment() (its `graph` is the retired Azure AD Graph): national cloud deployments of Microsoft Graph.
var graphEndpoints = {
  AzureCloud: 'https://graph.microsoft.com'
  AzureUSGovernment: 'https://graph.microsoft.us'
  AzureChinaCloud: 'https://microsoftgraph.chinacloudapi.cn'
}
var graphEndpoint = graphEndpoints[environment().name]
// Without the slash at its end.
var resourceManagerEndpoint = take(environment().resourceManager, length(environment().resourceManager) - 1)

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

module identity 'modules/user-assigned-identity.bicep' = {
  scope: group
  params: {
    name: 'id-zero-trust-${environmentName}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-zero-trust-${environmentName}'
    workspaceResourceId: workspaceResourceId
    applicationInsightsName: 'appi-zero-trust-${environmentName}'
    location: location
    retentionInDays: logRetentionDays
    publisherPrincipalId: identity.outputs.principalId
    tags: allTags
  }
}

module zones 'modules/private-dns-zones.bicep' = if (privateNetwork != null) {
  scope: group
  params: {
    privateNetwork: privateNetwork!
    tags: allTags
  }
}

@description('Storage Blob Data Owner: packages, leases of the host, records of spokes.')
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
@description('Storage Blob Data Contributor: takes in dead letters and removes them.')
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
@description('Storage Queue Data Contributor.')
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
@description('Storage Table Data Contributor: history and instances of Durable Functions.')
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

module appStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: 'stzta${token}'
    location: location
    deleteRetentionDays: stateRetentionDays
    skuName: storageSkuName
    containers: [deploymentContainerName]
    allowPublicNetwork: privateNetwork == null
    privateEndpointSubnetResourceId: privateNetwork.?privateEndpointSubnetResourceId ?? ''
    privateEndpoints: privateNetwork == null
      ? []
      : [
          { service: 'blob', privateDnsZoneResourceId: zones!.outputs.blob }
          { service: 'queue', privateDnsZoneResourceId: zones!.outputs.queue }
          { service: 'table', privateDnsZoneResourceId: zones!.outputs.table }
        ]
    roleAssignments: [
      { roleDefinitionGuid: storageBlobDataOwner, principalId: identity.outputs.principalId }
      { roleDefinitionGuid: storageQueueDataContributor, principalId: identity.outputs.principalId }
      { roleDefinitionGuid: storageTableDataContributor, principalId: identity.outputs.principalId }
    ]
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    tags: allTags
  }
}

// Its own account: the topics of Event Grid write here from every spoke's subscription, past the network rules, and the app's state is none of theirs.
module eventsStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: empty(eventsStorageAccountName) ? 'stzte${token}' : eventsStorageAccountName
    location: location
    skuName: storageSkuName
    containers: [deadLetterContainerName]
    queues: [networkEventsQueueName]
    allowPublicNetwork: privateNetwork == null
    networkBypass: 'AzureServices'
    privateEndpointSubnetResourceId: privateNetwork.?privateEndpointSubnetResourceId ?? ''
    privateEndpoints: privateNetwork == null
      ? []
      : [
          { service: 'blob', privateDnsZoneResourceId: zones!.outputs.blob }
          { service: 'queue', privateDnsZoneResourceId: zones!.outputs.queue }
        ]
    roleAssignments: [
      { roleDefinitionGuid: storageBlobDataContributor, principalId: identity.outputs.principalId }
      { roleDefinitionGuid: storageQueueDataContributor, principalId: identity.outputs.principalId }
    ]
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    tags: allTags
  }
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (durableTaskScheduler != null) {
  scope: group
  params: {
    name: 'dts-zero-trust-${environmentName}'
    location: location
    scheduler: durableTaskScheduler!
    taskHubName: 'zero-trust-spokes'
    principalId: identity.outputs.principalId
    tags: allTags
  }
}

// Settings override host.json (host.json reference, "Override host.json values").
var durableSettings = durableTaskScheduler == null
  ? {}
  : {
      AzureFunctionsJobHost__extensions__durableTask__hubName: 'zero-trust-spokes'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
    }

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: functionAppName
    planName: 'plan-zero-trust-${environmentName}'
    location: location
    identityResourceId: identity.outputs.resourceId
    identityClientId: identity.outputs.clientId
    deploymentContainerUri: '${appStorage.outputs.blobEndpoint}${deploymentContainerName}'
    // An app that nobody can sign in to is no app: said before it is made.
    signInClientId: signInClientId == '00000000-0000-0000-0000-000000000000'
      ? fail('signInClientId is not set: run the hook preprovision, or name the app registration')
      : signInClientId
    allowedApplicationIds: allowedApplicationIds
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    // What scales instances knows the store of orchestrations from host.json alone, not from the settings above (azure-functions-host,
    // FunctionsSyncManager, ReadDurableTaskConfig): it looks at the storage account, sees no work there, and starts nothing.
    alwaysReadyInstanceCount: durableTaskScheduler == null ? alwaysReadyInstanceCount : max(alwaysReadyInstanceCount, 1)
    zoneRedundant: zoneRedundant
    privateNetwork: privateNetwork
    siteDnsZoneResourceId: privateNetwork == null ? '' : zones!.outputs.sites
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    appDiagnosticSettings: appDiagnosticSettings
    appSettings: union(
      additionalAppSettings,
      {
        APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
        AZURE_AUTHORITY_HOST: environment().authentication.loginEndpoint
        AZURE_CLIENT_ID: identity.outputs.clientId
        AZURE_RESOURCE_MANAGER_AUDIENCE: resourceManagerEndpoint
        AZURE_RESOURCE_MANAGER_ENDPOINT: resourceManagerEndpoint
        AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
        AzureWebJobsStorage__blobServiceUri: appStorage.outputs.blobEndpoint
        AzureWebJobsStorage__clientId: identity.outputs.clientId
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__queueServiceUri: appStorage.outputs.queueEndpoint
        AzureWebJobsStorage__tableServiceUri: appStorage.outputs.tableEndpoint
        ENFORCEMENT_MODE: enforcementMode
        KEY_VAULT_SUFFIX: substring(environment().suffixes.keyvaultDns, 1)
        MICROSOFT_GRAPH_AUDIENCE: graphEndpoint
        MICROSOFT_GRAPH_ENDPOINT: graphEndpoint
        NetworkEvents__blobServiceUri: eventsStorage.outputs.blobEndpoint
        NetworkEvents__clientId: identity.outputs.clientId
        NetworkEvents__credential: 'managedidentity'
        NetworkEvents__queueServiceUri: eventsStorage.outputs.queueEndpoint
        PLATFORM_CONFIGURATION_FILE: 'platform-configuration.json'
        STORAGE_ENDPOINT_SUFFIX: environment().suffixes.storage
      },
      durableSettings
    )
    tags: union(allTags, { 'azd-service-name': 'app' })
  }
}

module roles 'modules/app-roles.bicep' = {
  params: {
    principalId: identity.outputs.principalId
    spokeSubscriptionIds: spokeSubscriptionIds
    platformResourceGroups: platformResourceGroups
    resourceGroupName: group.name
    eventsStorageAccountName: eventsStorage.outputs.name
    grantEnforceRole: grantEnforceRole
    networkManagementRoleDefinitionGuid: networkManagementRoleDefinitionGuid
    roleNameSuffix: roleNameSuffix
  }
}

module alertRules 'modules/alert-rules.bicep' = {
  scope: group
  params: {
    location: location
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    applicationInsightsResourceId: monitoring.outputs.applicationInsightsResourceId
    eventsStorageAccountName: eventsStorage.outputs.name
    deadLetterContainer: deadLetterContainerName
    queueName: networkEventsQueueName
    actionGroupResourceIds: actionGroupResourceIds
    tags: allTags
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    applicationInsightsResourceId: monitoring.outputs.applicationInsightsResourceId
    tags: allTags
  }
}

@description('Resource group of the app.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the app.')
output FUNCTION_APP_NAME string = functionApp.outputs.name

@description('Host name of the API.')
output FUNCTION_APP_HOST_NAME string = functionApp.outputs.defaultHostName

@description('Object id of the identity: for management-group-roles.bicep and for permissions of Microsoft Graph.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('Client id of the identity.')
output IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('What `networkEvents.storageAccountId` of the platform configuration has to say.')
output NETWORK_EVENTS_STORAGE_ACCOUNT_ID string = eventsStorage.outputs.resourceId

@description('The compliance workbook.')
output WORKBOOK_ID string = workbook.outputs.resourceId
