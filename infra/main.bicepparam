// What azd deploys (`azd up`): every value out of the azd environment. `azd env set NAME VALUE` sets one; the hook before provisioning sets
// those that follow from the platform configuration (infra/hooks/preprovision.ts). By hand, use main.dev.bicepparam or main.prod.bicepparam instead.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')

// By the hook: the app registration. As long as it has not run, the template refuses to be deployed.
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '00000000-0000-0000-0000-000000000000')

// By the hook, from the platform configuration. Lists are separated by commas.
param spokeSubscriptionIds = filter(split(readEnvironmentVariable('SPOKE_SUBSCRIPTION_IDS', ''), ','), id => !empty(id))
param platformResourceGroups = {
  hubs: filter(split(readEnvironmentVariable('HUB_RESOURCE_GROUPS', ''), ','), id => !empty(id))
  logs: filter(split(readEnvironmentVariable('LOG_RESOURCE_GROUPS', ''), ','), id => !empty(id))
  secrets: filter(split(readEnvironmentVariable('SECRET_RESOURCE_GROUPS', ''), ','), id => !empty(id))
  names: filter(split(readEnvironmentVariable('NAME_RESOURCE_GROUPS', ''), ','), id => !empty(id))
  addresses: filter(split(readEnvironmentVariable('ADDRESS_RESOURCE_GROUPS', ''), ','), id => !empty(id))
}
param networkManagementRoleDefinitionGuid = readEnvironmentVariable('NETWORK_MANAGEMENT_ROLE_GUID', '5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60')
param eventsStorageAccountName = readEnvironmentVariable('EVENTS_STORAGE_ACCOUNT_NAME', '')
param networkEventsQueueName = readEnvironmentVariable('NETWORK_EVENTS_QUEUE', 'network-changes')
param deadLetterContainerName = readEnvironmentVariable('DEAD_LETTER_CONTAINER', 'network-changes-dead')

// Yours.
param enforcementMode = readEnvironmentVariable('ENFORCEMENT_MODE', 'audit')
param grantEnforceRole = bool(readEnvironmentVariable('GRANT_ENFORCE_ROLE', 'false'))
param roleNameSuffix = readEnvironmentVariable('ROLE_NAME_SUFFIX', '')
param allowedApplicationIds = filter(split(readEnvironmentVariable('ALLOWED_APPLICATION_IDS', ''), ','), id => !empty(id))
param privateNetwork = empty(readEnvironmentVariable('PRIVATE_ENDPOINT_SUBNET_ID', ''))
  ? null
  : {
      integrationSubnetResourceId: readEnvironmentVariable('INTEGRATION_SUBNET_ID', '')
      privateEndpointSubnetResourceId: readEnvironmentVariable('PRIVATE_ENDPOINT_SUBNET_ID', '')
      // Those of the platform: a network cannot be linked with a second zone of a name that it has a zone of.
      privateDnsZoneResourceIds: json(readEnvironmentVariable('PRIVATE_DNS_ZONE_IDS', '{}'))
    }
param durableTaskScheduler = empty(readEnvironmentVariable('DURABLE_TASK_IP_ALLOWLIST', ''))
  ? null
  : {
      skuName: 'Consumption'
      ipAllowlist: split(readEnvironmentVariable('DURABLE_TASK_IP_ALLOWLIST', ''), ',')
    }
param storageSkuName = readEnvironmentVariable('STORAGE_SKU', 'Standard_LRS')
param zoneRedundant = bool(readEnvironmentVariable('ZONE_REDUNDANT', 'false'))
param stateRetentionDays = int(readEnvironmentVariable('STATE_RETENTION_DAYS', '30'))
param alwaysReadyInstanceCount = int(readEnvironmentVariable('ALWAYS_READY_INSTANCES', '0'))
param workspaceResourceId = readEnvironmentVariable('WORKSPACE_RESOURCE_ID', '')
param actionGroupResourceIds = filter(split(readEnvironmentVariable('ACTION_GROUP_IDS', ''), ','), id => !empty(id))
param additionalAppSettings = json(readEnvironmentVariable('APP_SETTINGS', '{}'))
param tags = json(readEnvironmentVariable('TAGS', '{}'))
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCES', '40'))
param logRetentionDays = int(readEnvironmentVariable('LOG_RETENTION_DAYS', '90'))
param appDiagnosticSettings = bool(readEnvironmentVariable('APP_DIAGNOSTIC_SETTINGS', 'true'))
