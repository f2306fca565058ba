metadata name = 'Function app'
metadata description = 'The app on a Flex Consumption plan of its own: signed in to by Microsoft Entra alone, reaching its stores by identity alone.'

import { privateNetworkType } from 'types.bicep'

@description('Required. Name of the app, unique in the world.')
@minLength(2)
@maxLength(60)
param name string

@description('Required. Name of the plan.')
param planName string

@description('Optional. Location of the app.')
param location string = resourceGroup().location

@description('Required. Resource id of the identity of the app.')
param identityResourceId string

@description('Required. Client id of the identity of the app.')
param identityClientId string

@description('Required. Blob container of deployments, as an address.')
param deploymentContainerUri string

@description('Required. App settings, beyond those that the sign-in needs.')
param appSettings object

@description('Required. Client id of the app registration that callers sign in to.')
@minLength(36)
param signInClientId string

@description('Optional. Client ids of the applications that may bring callers, such as the portal. None: any application of the tenant, whose callers still need an app role.')
param allowedApplicationIds string[] = []

@description('Optional. Most instances at a time.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Optional. Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Optional. Instances that are always ready, for HTTP and for Durable Functions each. 0 scales to nothing.')
@minValue(0)
param alwaysReadyInstanceCount int = 0

@description('Optional. Whether instances are spread over availability zones.')
param zoneRedundant bool = false

@description('Optional. Private network. Absent: the app is reached by its public address, behind the sign-in.')
param privateNetwork privateNetworkType?

@description('Conditional. Private DNS zone of sites. Required with a private network.')
param siteDnsZoneResourceId string = ''

@description('Required. Workspace that logs and metrics of the app go to.')
param workspaceResourceId string

@description('Optional. Whether they go there. Microsoft\'s page on Flex Consumption long said that it takes no diagnostic settings; the host has them since 2025.')
param appDiagnosticSettings bool = true

@description('Optional. Tags of app and plan.')
param tags object = {}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityResourceId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: privateNetwork == null ? 'Enabled' : 'Disabled'
    virtualNetworkSubnetId: privateNetwork.?integrationSubnetResourceId
    keyVaultReferenceIdentity: identityResourceId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityResourceId
          }
        }
      }
      runtime: { name: 'node', version: '22' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReadyInstanceCount == 0
          ? []
          : [
              { name: 'http', instanceCount: alwaysReadyInstanceCount }
              { name: 'durable', instanceCount: alwaysReadyInstanceCount }
            ]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
  }

  // Deployments come with a token; user names and passwords for FTP and for the deployment site are off.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(appSettings, {
      // In place of a client secret: the app registration trusts the identity (federated credential, made by the hook).
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
      WEBSITE_AUTH_AAD_ALLOWED_TENANTS: tenant().tenantId
    })
  }

  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        excludedPaths: []
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: signInClientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: {
            allowedAudiences: [signInClientId, 'api://${signInClientId}']
            // An empty list of applications would let nobody in.
            defaultAuthorizationPolicy: empty(allowedApplicationIds)
              ? null
              : { allowedApplications: allowedApplicationIds }
          }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
    dependsOn: [settings]
  }
}

module endpoint 'private-endpoint.bicep' = if (privateNetwork != null) {
  params: {
    name: 'pep-${name}-sites'
    location: location
    subnetResourceId: privateNetwork!.privateEndpointSubnetResourceId
    privateLinkServiceResourceId: app.id
    service: 'sites'
    privateDnsZoneResourceId: siteDnsZoneResourceId
    tags: tags
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (appDiagnosticSettings) {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceResourceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the app.')
output name string = app.name

@description('Resource id of the app.')
output resourceId string = app.id

@description('Address of the API.')
output defaultHostName string = app.properties.defaultHostName
