metadata name = 'Roles of the app at a management group'
metadata description = 'For a platform whose spokes have no fixed list of subscriptions: the roles of subscriptions, defined and assigned at the management group of all of them. Deployed once, by whoever may assign roles there; main.bicep then gets an empty list of spoke subscriptions. Only these roles can: Azure refuses custom roles with data actions at a management group (Azure custom roles, "Custom role limits"), and these have none.'

targetScope = 'managementGroup'

import { conditionOf, definitionOf, guidOf } from 'modules/roles.bicep'

@description('Required. Object id of the identity of the app: output IDENTITY_PRINCIPAL_ID of main.bicep.')
@minLength(36)
param principalId string

@description('Optional. Whether the app may enforce recommendations that go beyond networks: just-in-time policies, for which Azure asks for the right to write machines, and adaptive hardening.')
param grantEnforceRole bool = false

@description('Optional. GUID of the role that managers of spokes get: `networkManagementRole` of the platform configuration.')
@minLength(36)
param networkManagementRoleDefinitionGuid string = '5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60'

@description('Optional. Suffix of names and GUIDs of the roles, where the tenant holds another installation.')
param roleNameSuffix string = ''

var roles = concat(
  [loadJsonContent('roles/read.json'), loadJsonContent('roles/provision.json')],
  grantEnforceRole ? [loadJsonContent('roles/enforce.json')] : []
)

resource roleDefinitions 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [
  for role in roles: {
    name: guidOf(role, roleNameSuffix)
    properties: definitionOf(role, roleNameSuffix, [managementGroup().id])
  }
]

resource roleAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (role, index) in roles: {
    name: guid(managementGroup().id, principalId, guidOf(role, roleNameSuffix))
    properties: union(
      {
        roleDefinitionId: roleDefinitions[index].id
        principalId: principalId
        principalType: 'ServicePrincipal'
      },
      conditionOf(role, networkManagementRoleDefinitionGuid)
    )
  }
]

@description('Resource ids of the role definitions.')
output roleDefinitionIds string[] = [for (role, index) in roles: roleDefinitions[index].id]
