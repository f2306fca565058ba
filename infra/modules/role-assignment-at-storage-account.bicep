metadata name = 'Role assignment at a storage account'
metadata description = 'A custom role for the identity of the app on one storage account, and nothing wider, under the condition of its file.'

import { conditionOf, guidOf, roleType } from 'roles.bicep'

@description('Required. Object id of the identity.')
param principalId string

@description('Required. The role. Its definition stands.')
param role roleType

@description('Optional. Suffix of name and GUID, where the tenant holds another installation.')
param roleNameSuffix string = ''

@description('Required. GUID of the role "Network Management" that the app gives to managers of spokes.')
param networkManagementRoleDefinitionGuid string

@description('Required. Name of the account, in this resource group.')
param storageAccountName string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageAccountName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, guidOf(role, roleNameSuffix))
  properties: union(
    {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guidOf(role, roleNameSuffix))
      principalId: principalId
      principalType: 'ServicePrincipal'
    },
    conditionOf(role, networkManagementRoleDefinitionGuid)
  )
}
