metadata name = 'Role assignments at a subscription'
metadata description = 'Custom roles for the identity of the app, each under the condition of its file.'

targetScope = 'subscription'

import { conditionOf, guidOf, roleType } from 'roles.bicep'

@description('Required. Object id of the identity.')
param principalId string

@description('Required. The roles. Their definitions stand.')
param roles roleType[]

@description('Optional. Suffix of name and GUID, where the tenant holds another installation.')
param roleNameSuffix string = ''

@description('Required. GUID of the role "Network Management" that the app gives to managers of spokes.')
param networkManagementRoleDefinitionGuid string

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(subscription().id, principalId, guidOf(role, roleNameSuffix))
    properties: union(
      {
        roleDefinitionId: subscriptionResourceId(
          'Microsoft.Authorization/roleDefinitions',
          guidOf(role, roleNameSuffix)
        )
        principalId: principalId
        principalType: 'ServicePrincipal'
      },
      conditionOf(role, networkManagementRoleDefinitionGuid)
    )
  }
]
