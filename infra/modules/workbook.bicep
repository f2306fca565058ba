metadata name = 'Workbook'
metadata description = 'The Azure Monitor workbook of compliance: what the app measured, and what Azure Resource Graph says beside it.'

@description('Optional. Location of the workbook.')
param location string = resourceGroup().location

@description('Required. Application Insights component of the app.')
param applicationInsightsResourceId string

@description('Optional. Tags of the workbook.')
param tags object = {}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(applicationInsightsResourceId, 'zero-trust-compliance')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Zero Trust spokes: compliance'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: applicationInsightsResourceId
    serializedData: replace(
      loadTextContent('../workbook.json'),
      '{applicationInsightsResourceId}',
      applicationInsightsResourceId
    )
  }
}

@description('Resource id of the workbook.')
output resourceId string = workbook.id
