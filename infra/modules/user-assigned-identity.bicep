metadata name = 'User-assigned identity'
metadata description = 'The identity of the app: every call to Azure and to Microsoft Graph is made with it.'

@description('Required. Name of the identity.')
param name string

@description('Optional. Location of the identity.')
param location string = resourceGroup().location

@description('Optional. Tags of the identity.')
param tags object = {}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Name of the identity.')
output name string = identity.name

@description('Resource id of the identity.')
output resourceId string = identity.id

@description('Object id of its service principal: whom roles are assigned to.')
output principalId string = identity.properties.principalId

@description('Client id: whom a token is asked for.')
output clientId string = identity.properties.clientId
