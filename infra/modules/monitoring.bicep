metadata name = 'Monitoring'
metadata description = 'Application Insights over a Log Analytics workspace, fed by identities alone.'

@description('Required. Name of the workspace, where it is made.')
param workspaceName string

@description('Optional. Workspace that stands already and is used instead.')
param workspaceResourceId string = ''

@description('Required. Name of the Application Insights component.')
param applicationInsightsName string

@description('Optional. Location of both.')
param location string = resourceGroup().location

@description('Optional. Days that a workspace made here keeps its data.')
@minValue(30)
@maxValue(730)
param retentionInDays int = 90

@description('Required. Object id of the identity that sends telemetry.')
param publisherPrincipalId string

@description('Optional. Tags of both.')
param tags object = {}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = if (empty(workspaceResourceId)) {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionInDays
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

var workspaceId = empty(workspaceResourceId) ? workspace.id : workspaceResourceId

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: workspaceId
  }
}

@description('Monitoring Metrics Publisher: sends telemetry, reads none.')
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, publisherPrincipalId, monitoringMetricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('Resource id of the workspace.')
output workspaceResourceId string = workspaceId

@description('Resource id of the Application Insights component.')
output applicationInsightsResourceId string = insights.id

@description('Where telemetry goes. It is no secret: what it names accepts identities alone.')
output connectionString string = insights.properties.ConnectionString
